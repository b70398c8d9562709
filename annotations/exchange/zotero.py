"""Zotero: annotations as JSON (of its API and of its reader), and the HTML of its notes.

https://www.zotero.org/support/dev/web_api/v3/basics. Annotations hang from attachments, attachments
from the items that carry title and author. Their places are areas of PDF pages: only the words help
to find them in a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from annotations.errors import UnreadableFileError
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, Selector
from annotations.exchange.colours import zotero_colour
from annotations.exchange.htmltext import parse
from annotations.exchange.htmltokens import Tag, tokens
from annotations.exchange.jsonstream import elements, list_of, object_of, text_of
from annotations.exchange.report import LossReport
from annotations.exchange.textfile import open_text
from annotations.exchange.times import utc
from annotations.exchange.zoteronotes import note_records, quotes_something
from annotations.model import Metadata

_MARKED = ("highlight", "underline")
_PIECE = 1 << 20
"""Characters of a note's HTML that are read at once ..."""
_LONGEST_PARAGRAPH = 16 * _PIECE
"""... and that are kept while no paragraph ends."""


def read(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield what was annotated.

    Raises:
        UnreadableFileError: It is none of Zotero's, or is cut short.
    """
    with open_text(path) as file:
        start = file.read(256).lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        yield from note_records(lambda: _markup(path), path.name, report)
    else:
        yield from _Items(path, report).records()


def _markup(path: Path) -> Iterator[Tag | str]:
    """The tags and texts of a file of HTML, read by pieces that end where a paragraph does."""
    with open_text(path) as file:
        html = ""
        while more := file.read(_PIECE):
            html += more
            end = html.rfind("</p>") if len(html) < _LONGEST_PARAGRAPH else html.rfind(">") + 1
            if end > 0:
                yield from tokens(html[:end])
                html = html[end:]
        yield from tokens(html)


class _Items:
    def __init__(self, path: Path, report: LossReport) -> None:
        self._path = path
        self._report = report
        self._seen: set[str] = set()
        # Of attachments and of the items that they belong to: those of annotations are many.
        self._parents: dict[str, str] = {}
        self._about: dict[str, Metadata] = {}
        # By items: the first attachment that has annotations.
        self._annotated: dict[str, str] = {}

    def records(self) -> Iterator[Record]:
        found = False
        for item in self._items():
            kind = text_of(item.get("itemType"))
            if kind not in ("annotation", "note") and "annotationType" not in item:
                key = text_of(item.get("key") or item.get("itemKey"))
                self._parents[key] = text_of(item.get("parentItem"))
                self._about[key] = _metadata(item)
        for item in self._items():
            if "annotationType" in item or text_of(item.get("itemType")) == "annotation":
                found = True
                yield from self._annotation(item)
        for item in self._items():
            if text_of(item.get("itemType")) == "note":
                found = True
                yield from self._note(item)
        if not found:
            raise UnreadableFileError(f"{self._path.name} holds no annotations of Zotero")

    def _items(self) -> Iterator[dict[str, object]]:
        """All items, those that other items hold too, in one form."""
        for name, value in elements(self._path, {"items"}):
            if name in ("", "items") and isinstance(value, dict):
                yield from _flattened(value, "")

    def _note(self, item: dict[str, object]) -> Iterator[Record]:
        """What a note quotes; one that quotes nothing is about its item."""
        html, parent = text_of(item.get("note")), text_of(item.get("parentItem"))
        about = self._about.get(parent, Metadata())
        if quotes_something(lambda: tokens(html)) or not about.title:
            yield from note_records(lambda: tokens(html), about.title or "Zotero", self._report)
            return
        key = self._annotated.get(parent, parent)
        yield from self._announce(key, about)
        yield HighlightRecord(key, None, self._tags(item), parse(html).text.strip())

    def _announce(self, key: str, about: Metadata) -> Iterator[DocumentRecord]:
        if key not in self._seen:
            self._seen.add(key)
            yield DocumentRecord(key, about if about.title else replace(about, title=key))

    def _annotation(self, item: dict[str, object]) -> Iterator[Record]:
        kind = text_of(item.get("annotationType"))
        own = text_of(item.get("key"))
        quote, note = text_of(item.get("annotationText")), text_of(item.get("annotationComment"))
        if kind not in _MARKED and not note:
            self._report.add("pictures or ink", own)
            return
        attachment = text_of(item.get("parentItem"))
        key = attachment or self._path.stem
        self._annotated.setdefault(self._parents.get(attachment, ""), key)
        yield from self._announce(key, self._metadata_above(attachment))
        page = text_of(item.get("annotationPageLabel"))
        where = f"(p. {page})" if page else ""
        yield HighlightRecord(
            key,
            Selector(quote=quote.strip()),
            self._tags(item),
            "\n\n".join(filter(None, (note, where))),
            zotero_colour(text_of(item.get("annotationColor"))),
            text_of(item.get("annotationAuthorName")),
            f"zotero/{own}" if own else "",
            utc(text_of(item.get("dateAdded"))),
            utc(text_of(item.get("dateModified"))),
        )

    def _metadata_above(self, attachment: str) -> Metadata:
        here = self._about.get(attachment, Metadata())
        above = self._about.get(self._parents.get(attachment, ""))
        return above if above is not None and above.title else here

    def _tags(self, item: dict[str, object]) -> tuple[str, ...]:
        tags = (object_of(tag).get("tag") or object_of(tag).get("name") for tag in _tags(item))
        return tuple(filter(None, map(text_of, tags)))


def _flattened(item: dict[str, object], parent: str) -> Iterator[dict[str, object]]:
    """An item and those that it holds, whose parent it becomes; with the API's names."""
    said = {**item, **object_of(item.get("data"))}
    said.setdefault("parentItem", parent)
    for name in ("text", "comment", "color", "pageLabel", "authorName", "type"):
        long = f"annotation{name[:1].upper()}{name[1:]}"
        if long not in said and "sortIndex" in said and name in said:
            said[long] = said[name]
    if "attachmentItemKey" in said and not said["parentItem"]:
        said["parentItem"] = said["attachmentItemKey"]
    named = ("itemKey", "id", "citationKey", "uri", "path")
    said.setdefault("key", next(filter(None, map(said.get, named)), ""))
    yield said
    own = text_of(said.get("key"))
    for name, kind in (
        ("attachments", "attachment"),
        ("annotations", "annotation"),
        ("notes", "note"),
    ):
        for each in list_of(item.get(name)):
            if isinstance(each, dict):
                yield from _flattened({"itemType": kind, **each}, own)


def _metadata(item: dict[str, object]) -> Metadata:
    names: list[str] = []
    for creator in map(object_of, list_of(item.get("creators"))):
        first, last = text_of(creator.get("firstName")), text_of(creator.get("lastName"))
        names.append(text_of(creator.get("name")) or ", ".join(filter(None, (last, first))))
    source = text_of(item.get("url"))
    if text_of(item.get("DOI")):
        source = f"https://doi.org/{text_of(item.get('DOI'))}"
    return Metadata(
        text_of(item.get("title") or item.get("filename")),
        "; ".join(filter(None, names)),
        text_of(item.get("publicationTitle") or item.get("publisher")),
        text_of(item.get("date")),
        text_of(item.get("language")),
        source=source,
    )


def _tags(item: dict[str, object]) -> list[object]:
    return [{"tag": tag} if isinstance(tag, str) else tag for tag in list_of(item.get("tags"))]
