"""The notes that Zotero makes from annotations: HTML with the quotes, where they are from, and what
was said of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from annotations.errors import UnreadableFileError
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, Selector
from annotations.exchange.colours import zotero_colour
from annotations.exchange.htmltokens import Tag, tokens
from annotations.exchange.jsonstream import list_of, object_of, text_of
from annotations.exchange.report import LossReport
from annotations.model import Metadata

_QUOTES = "“”\"'‘’«»„ \n"


@dataclass(slots=True)
class _Quote:
    annotation: dict[str, object]
    parts: dict[str, list[str]] = field(
        default_factory=lambda: {"words": [], "citation": [], "comment": []}
    )

    def said(self, part: str) -> str:
        return "".join(self.parts[part]).strip()


@dataclass(slots=True)
class _Note:
    items: dict[str, Metadata] = field(default_factory=dict)
    """What is cited, by address."""
    quotes: list[_Quote] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    """What belongs to no quote, but for the heading."""


def note_records(html: str, title: str, report: LossReport) -> Iterator[Record]:
    """Yield what a note quotes, with the comment that follows each quote.

    Args:
        html: The note.
        title: What to call the document of quotes that do not say where they are from.
        report: Is told of notes without a quotation.

    Raises:
        UnreadableFileError: It is no HTML at all.
    """
    reading = _Reading()
    reading.read(html)
    note = reading.note
    if not note.quotes:
        if not reading.elements:
            raise UnreadableFileError(f"{title} holds no note of Zotero")
        report.add("notes without a quotation", title)
        return
    for said in filter(None, map(str.strip, note.rest)):
        report.add("texts of a note beside its quotes", said)
    seen: set[str] = set()
    for quote in note.quotes:
        cited = object_of(quote.annotation.get("citationItem"))
        address = next(map(text_of, list_of(cited.get("uris"))), "")
        address = address or text_of(quote.annotation.get("attachmentURI")) or title
        if address not in seen:
            seen.add(address)
            yield DocumentRecord(address, note.items.get(address) or Metadata(title))
        page = text_of(quote.annotation.get("pageLabel") or cited.get("locator"))
        where = f"(p. {page})" if page else quote.said("citation")
        key = text_of(quote.annotation.get("annotationKey"))
        yield HighlightRecord(
            address,
            Selector(quote=quote.said("words").strip(_QUOTES)),
            note="\n\n".join(filter(None, (quote.said("comment"), where))),
            colour=zotero_colour(text_of(quote.annotation.get("color"))),
            id=f"zotero/{key}" if key else "",
        )


def quotes_something(html: str) -> bool:
    """Whether a note has quotes that say where they are from."""
    reading = _Reading()
    reading.read(html)
    return bool(reading.note.quotes)


class _Reading:
    """Follows which part of a note the text belongs to."""

    def __init__(self) -> None:
        self.note = _Note()
        self.elements = 0
        self._spans: list[str] = []
        self._quote: _Quote | None = None
        self._in_heading = False

    def read(self, html: str) -> None:
        for token in tokens(html):
            if isinstance(token, str):
                self._data(token)
            elif not token.is_end:
                self._start(token)
            elif token.name == "span" and self._spans:
                self._spans.pop()
            elif token.name == "h1":
                self._in_heading = False

    def _start(self, tag: Tag) -> None:
        self.elements += 1
        said = tag.attributes
        if "data-citation-items" in said:
            self._items(said["data-citation-items"])
        if tag.name == "span":
            kinds = said.get("class", "").split()
            if "highlight" in kinds or "underline" in kinds:
                self._quote = _Quote(object_of(_decoded(said.get("data-annotation", ""))))
                self.note.quotes.append(self._quote)
                self._spans.append("words")
            elif "citation" in kinds:
                self._spans.append("citation")
            else:
                self._spans.append(self._spans[-1] if self._spans else "comment")
        elif tag.name in ("p", "h1", "h2", "h3", "li") and not self._spans:
            # A comment may follow its quote in the same paragraph only.
            self._quote = None
            self._in_heading = tag.name == "h1"
        elif tag.name == "br":
            self._data("\n")

    def _data(self, data: str) -> None:
        if self._quote is not None:
            self._quote.parts[self._spans[-1] if self._spans else "comment"].append(data)
        elif not self._in_heading:
            self.note.rest.append(data)

    def _items(self, written: str) -> None:
        for item in map(object_of, list_of(_decoded(written))):
            about = object_of(item.get("itemData"))
            names = [
                ", ".join(filter(None, map(text_of, (each.get("family"), each.get("given")))))
                for each in map(object_of, list_of(about.get("author")))
            ]
            metadata = Metadata(
                text_of(about.get("title")), "; ".join(names), source=text_of(about.get("URL"))
            )
            for address in map(text_of, list_of(item.get("uris"))):
                self.note.items[address] = metadata


def _decoded(written: str) -> object:
    try:
        return json.loads(unquote(written))
    except (ValueError, RecursionError):
        return None
