"""Hypothesis: JSON of its API and of its client's export, and the client's CSV in; out what the
client exports and imports.

https://h.readthedocs.io/en/latest/api-reference/,
https://github.com/hypothesis/client/blob/main/src/sidebar/helpers/import.ts. Positions are UTF-16
units, for they come from a browser. A group other than the public one travels as the tag
``hypothesis/group/NAME``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from annotations.errors import InvalidError, UnreadableFileError
from annotations.exchange import webselectors
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    ReplyRecord,
    Selector,
    TagRecord,
)
from annotations.exchange.delimited import header, rows
from annotations.exchange.jsonstream import elements, list_of, object_of, text_of
from annotations.exchange.report import LossReport
from annotations.exchange.textfile import open_text
from annotations.exchange.times import utc
from annotations.library.rows import TEXTS
from annotations.model import Metadata, Span, Status
from annotations.text.offsets import Offsets, Unit

_PUBLIC = ("", "__world__", "Public")
_GROUP = "hypothesis/group/"
_PERMISSIONS = ("read", "update", "delete", "admin")
_AS_THE_API_HAS_IT = {
    "hidden": False,
    "flagged": False,
    "moderation_status": "APPROVED",
    "links": {},
    "actions": [],
}
"""What every annotation of the API has; nothing is known of it here."""
_UUID = "urn:uuid:"
_HERE = "@localhost"
"""The authority of users that Hypothesis does not know."""


def write(records: Iterable[Record], file: BinaryIO, report: LossReport) -> None:
    """Write what the client exports, as the records come."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    file.write(b'{"annotations": [')
    latest = ""
    for number, row in enumerate(_rows(records, report)):
        file.write(f"{',' if number else ''}\n{encode(row)}".encode())
        latest = max(latest, str(row["updated"]))
    about = {"export_date": latest, "export_userid": "", "client_version": "Florilegium"}
    file.write(f"\n], {encode(about)[1:]}\n".encode())


def _rows(records: Iterable[Record], report: LossReport) -> Iterator[dict[str, object]]:
    document = DocumentRecord("")
    text = ""
    offsets = Offsets(text)
    for record in records:
        match record:
            case DocumentRecord():
                document = record
                text = "".join(passage.text for passage in record.passages or ())
                offsets = Offsets(text)
                report.add_fields_of(record.metadata, "source")
                if record.passages is not None:
                    report.add(TEXTS, record.metadata.title)
                if record.note:
                    note = HighlightRecord(record.key, None, note=record.note)
                    yield _row(note, document, offsets, f"{record.id or record.key}-note")
            case HighlightRecord():
                if record.colour:
                    report.add("colours of highlights", record.id)
                if record.status is not Status.PLACED:
                    report.add("states (moved or lost)", record.id)
                if record.starred:
                    report.add("stars", record.id)
                yield _row(record, document, offsets, record.id)
            case ReplyRecord():
                reply = HighlightRecord(document.key, None, (), record.text, "", record.coder)
                row = _row(reply, document, offsets, record.id)
                yield {**row, "references": [record.to], "created": record.created_at}
            case TagRecord():
                report.add_what_is_said_of(record)


def _row(
    record: HighlightRecord, document: DocumentRecord, offsets: Offsets, identifier: str
) -> dict[str, object]:
    uri = document.metadata.source or f"{_UUID}{document.id or document.key}"
    target: dict[str, object] = {"source": uri}
    if record.selector is not None:
        target["selector"] = webselectors.written(_in_utf16(record.selector, offsets))
    group = next((tag for tag in record.tags if tag.startswith(_GROUP)), _GROUP + _PUBLIC[1])
    user = f"acct:{record.coder if '@' in record.coder else record.coder + _HERE}"
    return {
        "id": identifier,
        "created": record.created_at,
        "updated": record.updated_at or record.created_at,
        "user": user,
        # Theirs alone, until they decide otherwise.
        "permissions": {name: [user] for name in _PERMISSIONS},
        **_AS_THE_API_HAS_IT,
        "uri": uri,
        "text": record.note,
        "tags": [tag for tag in record.tags if not tag.startswith(_GROUP)],
        "group": group.removeprefix(_GROUP),
        "document": {"title": [document.metadata.title]},
        "target": [target],
    }


def _in_utf16(selector: Selector, offsets: Offsets) -> Selector:
    span = selector.span
    if span is not None:
        try:
            start, end = (offsets.units(each, Unit.UTF16) for each in (span.start, span.end))
            span = Span(start, end)
        except InvalidError:  # the text of the document did not come along
            span = None
    return Selector(span, Unit.UTF16, selector.quote, selector.prefix, selector.suffix)


def read(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the annotations, page notes and replies of an export.

    Raises:
        UnreadableFileError: It is none of Hypothesis's, or is cut short.
    """
    with open_text(path) as file:
        start = file.read(64).lstrip("\ufeff \t\r\n")
    seen: dict[str, str] = {}
    found = False
    source = _objects(path, report) if start[:1] in ("{", "[") else _table(path, report)
    for annotation in source:
        found = True
        yield from _records(annotation, seen, report)
    if not found and start[:1] == "{" and not report and not _is_empty(path):
        raise UnreadableFileError(f"{path.name} holds no annotations of Hypothesis")


def _is_empty(path: Path) -> bool:
    """Whether a file without annotations says that there are none."""
    said = {name for name, _ in elements(path, {"rows", "annotations"})}
    return bool(said & {"total", "client_version"}) and "@context" not in said


def _objects(path: Path, report: LossReport) -> Iterator[dict[str, object]]:
    alone: dict[str, object] = {}
    for name, value in elements(path, {"rows", "replies", "annotations"}):
        if name not in ("", "rows", "replies", "annotations"):
            alone[name] = value
        elif isinstance(value, dict) and text_of(value.get("uri")):
            yield value
        else:
            report.add("elements other than annotations")
    if "target" in alone and text_of(alone.get("uri")):
        yield alone


def _records(
    annotation: dict[str, object], seen: dict[str, str], report: LossReport
) -> Iterator[Record]:
    """What one annotation says; ``seen`` has the titles of documents by their keys."""
    identifier = text_of(annotation.get("id"))
    coder = text_of(annotation.get("user")).removeprefix("acct:").removesuffix(_HERE)
    created, updated = (utc(text_of(annotation.get(name))) for name in ("created", "updated"))
    note = text_of(annotation.get("text"))
    references = [text_of(each) for each in list_of(annotation.get("references"))]
    if references:
        # The first is the annotation itself; those between may have been deleted.
        yield ReplyRecord(references[0], note, coder, created, identifier)
        return
    uri = text_of(annotation.get("uri"))
    titles = list_of(object_of(annotation.get("document")).get("title"))
    title = next(filter(None, map(text_of, titles)), "")
    own = uri.removeprefix(_UUID) if uri.startswith(_UUID) else ""
    # Documents of one address differ by their titles alone.
    key = uri if seen.get(uri, title) == title else f"{uri}\n{title}"
    if key not in seen:
        seen[key] = title
        yield DocumentRecord(key, Metadata(title, source="" if own else uri), id=own)
    targets = [object_of(each) for each in list_of(annotation.get("target"))]
    selectors = [each["selector"] for each in targets if list_of(each.get("selector"))]
    if len(selectors) > 1:
        report.add("targets beyond the first", identifier)
    selector = _in_browser(selectors[0], report, identifier) if selectors else None
    tags = [text_of(each) for each in list_of(annotation.get("tags"))]
    group = text_of(annotation.get("group"))
    if group not in _PUBLIC:
        tags.append(_GROUP + group)
    yield HighlightRecord(
        key, selector, tuple(filter(None, tags)), note, "", coder, identifier, created, updated
    )


def _in_browser(value: object, report: LossReport, identifier: str) -> Selector:
    """A selector whose positions are UTF-16 units, whatever the model says."""
    found = webselectors.read(value)
    if found is None:
        report.add("selectors that plain text does not have", identifier)
        return Selector()
    return Selector(found.span, Unit.UTF16, found.quote, found.prefix, found.suffix)


def _table(path: Path, report: LossReport) -> Iterator[dict[str, object]]:
    """The rows of the CSV as the API would give them."""
    columns = header(path)
    quote = next((name for name in columns if name.startswith(("quote", "exact"))), "")
    kind = next((name for name in columns if name.endswith("type")), "")
    if not quote or not {"url", "uri"} & set(columns):
        raise UnreadableFileError(f"{path.name} holds no annotations of Hypothesis")
    for line, row in rows(path):
        uri = row.get("url") or row.get("uri") or ""
        if not uri:
            report.add("rows without an address", f"line {line}")
        elif row.get(kind, "").casefold() == "reply":
            report.add("replies, of which the table does not say to what", row.get("comment", ""))
        else:
            words = row.get(quote, "")
            selector = [{"type": "TextQuoteSelector", "exact": words}] if words else []
            tags = [tag.strip() for tag in row.get("tags", "").split(",")]
            yield {
                "uri": uri,
                "created": row.get("created at") or row.get("created") or "",
                "user": row.get("author") or row.get("user") or "",
                "group": row.get("group", ""),
                "text": row.get("comment") or row.get("text") or "",
                "tags": [tag for tag in tags if tag],
                "target": [{"selector": selector}],
            }
