"""The notes that Zotero makes from annotations: HTML with the quotes, where they are from, and what
was said of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from annotations.errors import UnreadableFileError
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, Selector
from annotations.exchange.colours import zotero_colour
from annotations.exchange.htmltokens import Tag
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


Markup = Callable[[], Iterable[Tag | str]]
"""Gives the tags and texts of a note, each time that it is asked."""


def note_records(markup: Markup, title: str, report: LossReport) -> Iterator[Record]:
    """Yield what a note quotes, with the comment that follows each quote.

    Args:
        markup: Of the note; asked for twice.
        title: What to call the document of quotes that do not say where they are from.
        report: Is told of notes without a quotation, and of texts beside the quotes.

    Raises:
        UnreadableFileError: It is no HTML at all.
    """
    outline = _Outline(markup())
    if not outline.quotes:
        if not outline.elements:
            raise UnreadableFileError(f"{title} holds no note of Zotero")
        report.add("notes without a quotation", title)
        return
    seen: set[str] = set()
    for quote in _Reading(report).quotes(markup()):
        cited = object_of(quote.annotation.get("citationItem"))
        address = next(map(text_of, list_of(cited.get("uris"))), "")
        address = address or text_of(quote.annotation.get("attachmentURI")) or title
        if address not in seen:
            seen.add(address)
            yield DocumentRecord(address, outline.items.get(address) or Metadata(title))
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


def quotes_something(markup: Markup) -> bool:
    """Whether a note has quotes that say where they are from."""
    return bool(_Outline(markup()).quotes)


def _begins_quote(tag: Tag, said: Mapping[str, str]) -> bool:
    kinds = said.get("class", "").split()
    return tag.name == "span" and ("highlight" in kinds or "underline" in kinds)


class _Outline:
    """How many quotes a note has, and what it cites, which may be said behind the quotes."""

    def __init__(self, markup: Iterable[Tag | str]) -> None:
        self.elements = 0
        self.quotes = 0
        self.items: dict[str, Metadata] = {}
        """What is cited, by address."""
        for tag in markup:
            if isinstance(tag, Tag) and not tag.is_end:
                said = tag.attributes
                self.elements += 1
                self.quotes += _begins_quote(tag, said)
                self._cite(said.get("data-citation-items", ""))

    def _cite(self, written: str) -> None:
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
                self.items[address] = metadata


class _Reading:
    """Follows which part of a note the text belongs to.

    Args:
        report: Is told of what belongs to no quote, but for the heading.
    """

    def __init__(self, report: LossReport) -> None:
        self._report = report
        self._spans: list[str] = []
        self._quote: _Quote | None = None
        self._in_heading = False

    def quotes(self, markup: Iterable[Tag | str]) -> Iterator[_Quote]:
        """Yield each quote when all that belongs to it has been read."""
        before = None
        for token in markup:
            if isinstance(token, str):
                self._data(token)
            elif not token.is_end:
                self._start(token)
            elif token.name == "span" and self._spans:
                self._spans.pop()
            elif token.name == "h1":
                self._in_heading = False
            if self._quote is not before:
                if before is not None:
                    yield before
                before = self._quote
        if before is not None:
            yield before

    def _start(self, tag: Tag) -> None:
        said = tag.attributes
        if _begins_quote(tag, said):
            self._quote = _Quote(object_of(_decoded(said.get("data-annotation", ""))))
            self._spans.append("words")
        elif tag.name == "span":
            if "citation" in said.get("class", "").split():
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
        elif not self._in_heading and (said := data.strip()):
            self._report.add("texts of a note beside its quotes", said)


def _decoded(written: str) -> object:
    try:
        return json.loads(unquote(written)) if written else None
    except (ValueError, RecursionError):
        return None
