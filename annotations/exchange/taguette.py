"""Taguette: its SQLite file and its two CSV files in, the CSV files out.

https://www.taguette.org. Documents are HTML there, and positions count bytes of UTF-8 in what is
left of it without tags.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from annotations.errors import InvalidError, UnreadableFileError
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    ReplyRecord,
    Selector,
    TagRecord,
)
from annotations.exchange.csv import guarded, unguarded
from annotations.exchange.delimited import header, rows
from annotations.exchange.foreign import ForeignFile, is_sqlite, open_foreign, text, whole
from annotations.exchange.htmltext import HtmlText, parse
from annotations.exchange.jsonstream import integer_of, object_of
from annotations.exchange.report import LossReport
from annotations.exchange.times import utc
from annotations.library.rows import TEXTS
from annotations.model import Metadata, Span, Status
from annotations.text.offsets import Offsets, Unit

_TABLES = {
    "projects": ("id", "name", "created"),
    "documents": ("id", "name", "description", "filename", "project_id", "contents"),
    "highlights": ("id", "document_id", "start_offset", "end_offset", "snippet"),
    "tags": ("id", "project_id", "path", "description"),
    "highlight_tags": ("highlight_id", "tag_id"),
}
_is_uuid = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}").fullmatch
_COLUMNS = ("id", "document", "tag", "content")


def write(records: Iterable[Record], file: BinaryIO, report: LossReport) -> None:
    """Write highlights as Taguette exports them: one row a highlight and tag."""
    titles: dict[str, str] = {}
    _row(file, _COLUMNS)
    for record in records:
        match record:
            case DocumentRecord():
                titles = {record.key: record.metadata.title}
                report.add_fields_of(record.metadata)
                if record.passages is not None:
                    report.add(TEXTS, record.metadata.title)
                if record.note:
                    report.add("notes on documents", record.metadata.title)
            case HighlightRecord():
                quote = record.selector.quote if record.selector else ""
                for tag in record.tags or ("",):
                    _row(file, (record.id, titles[record.document], tag, quote))
                _report_rest(record, report)
            case TagRecord():
                report.add_what_is_said_of(record)
            case ReplyRecord():
                report.add("replies", record.text)


def _report_rest(record: HighlightRecord, report: LossReport) -> None:
    report.add("places in the text")
    if record.note:
        report.add("notes", record.note)
    if record.colour:
        report.add("colours of highlights")
    if record.coder:
        report.add("names of coders", record.coder)
    if record.status is not Status.PLACED:
        report.add("states (moved or lost)")
    if record.starred:
        report.add("stars")


def _row(file: BinaryIO, cells: Iterable[str]) -> None:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(map(guarded, cells))
    file.write(line.getvalue().encode())


def read(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the records of a Taguette file, or of one of the CSV files that Taguette exports.

    Raises:
        UnreadableFileError: It is neither, or of a version that is not known.
    """
    if not is_sqlite(path):
        yield from _read_csv(path, report)
        return
    with open_foreign(path, report) as file:
        file.require(_TABLES, "Taguette")
        for project, name, created in list(file.rows("SELECT id, name, created FROM projects")):
            yield from _Project(file, report, project, f"{text(created)}/{text(name)}").records()


class _Project:
    """One of the projects in a file. Ids are numbers there, so they are told apart by ``name``."""

    def __init__(self, file: ForeignFile, report: LossReport, number: object, name: str) -> None:
        self._file = file
        self._report = report
        self._number = number
        self._name = name
        self._made = self._history() if file.columns("commands") else {}

    def records(self) -> Iterator[Record]:
        tags = self._file.rows(
            "SELECT path, description FROM tags WHERE project_id = ? ORDER BY path",
            (self._number,),
        )
        for path, description in tags:
            yield TagRecord(text(path), text(description))
        documents = self._file.rows(
            "SELECT id, name, filename, description, contents FROM documents "
            "WHERE project_id = ? ORDER BY id",
            (self._number,),
        )
        for number, title, filename, description, contents in documents:
            # As every reader of HTML does before it counts.
            html = parse(text(contents).replace("\r\n", "\n").replace("\r", "\n"))
            key = f"taguette/{self._name}/document/{number}"
            yield DocumentRecord(
                key,
                Metadata(text(title), source=text(filename)),
                html.passages(),
                text(description),
            )
            yield from self._highlights(key, number, text(title), html)

    def _highlights(
        self, key: str, document: object, title: str, html: HtmlText
    ) -> Iterator[Record]:
        offsets = Offsets(html.bare)
        found = self._file.rows(
            "SELECT id, start_offset, end_offset, snippet, (SELECT json_group_array(path) FROM "
            "(SELECT CAST(path AS TEXT) AS path FROM highlight_tags JOIN tags ON tags.id = tag_id "
            "WHERE highlight_id = highlights.id ORDER BY path)) "
            "FROM highlights WHERE document_id = ? ORDER BY start_offset, id",
            (document,),
        )
        for number, start, end, snippet, tags in found:
            own = f"taguette/{self._name}/highlight/{number}"
            selector = self._selector(html, offsets, whole(start), whole(end), text(snippet))
            if selector is None:
                self._report.add("highlights without a place and without words", own)
                continue
            coder, created, updated = self._made.get(whole(number) or 0, ("", "", ""))
            paths = json.loads(text(tags) or "[]")
            yield HighlightRecord(
                key,
                selector,
                tuple(map(text, paths)),
                coder=coder,
                id=own,
                created_at=created,
                updated_at=updated,
                also=_id_in_csv(title, str(number), parse(text(snippet)).bare),
            )

    def _selector(
        self, html: HtmlText, offsets: Offsets, start: int | None, end: int | None, snippet: str
    ) -> Selector | None:
        words = parse(snippet)
        try:
            if start is None or end is None or end <= start:
                raise InvalidError("no span")
            first = offsets.code_points(start, Unit.UTF8)
            last = offsets.code_points(end, Unit.UTF8)
        except InvalidError:
            self._report.add("offsets outside the text", f"{start} to {end}")
            return Selector(quote=words.text.strip()) if words.bare.strip() else None
        if words.bare.split() != html.bare[first:last].split() and words.bare.strip():
            self._report.add("highlights with other words at the offsets", words.bare)
            return Selector(quote=words.text.strip())
        span = Span(html.place(first), html.place(last, end=True))
        return (
            Selector(span, quote=html.text[span.start : span.end])
            if span.start < span.end
            else None
        )

    def _history(self) -> dict[int, tuple[str, str, str]]:
        """Who made each highlight, when, and when it was changed last."""
        found: dict[int, tuple[str, str, str]] = {}
        commands = self._file.rows(
            "SELECT payload, user_login, date FROM commands "
            "WHERE project_id = ? AND payload LIKE '%highlight_add%' ORDER BY id",
            (self._number,),
        )
        for payload, login, date in commands:
            try:
                number = integer_of(object_of(json.loads(text(payload))).get("highlight_id"))
            except (ValueError, RecursionError):
                number = None
            if number is not None:
                at = utc(text(date))
                coder, created, _ = found.get(number, (text(login), at, at))
                found[number] = (coder, created, at)
        return found


def _read_csv(path: Path, report: LossReport) -> Iterator[Record]:
    columns = set(header(path))
    if columns.issuperset(_COLUMNS):
        yield from _read_highlights(path, report)
    elif columns & {"tag", "name", "path"}:
        yield from _read_codebook(path, report)
    else:
        raise UnreadableFileError(f"{path.name} is no file of Taguette's")


def _read_highlights(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield a record for the rows of each highlight, which follow each other."""
    seen: set[str] = set()
    for (number, title, content), some in groupby(_cells(path, report), key=itemgetter(0, 1, 3)):
        if title not in seen:
            seen.add(title)
            yield DocumentRecord(title, Metadata(title))
        # The id is a number within one project, which the file does not name, or ours.
        is_ours = bool(_is_uuid(number))
        own = number if is_ours else _id_in_csv(title, number, content)
        tags = tuple(tag for _, _, tag, _ in some if tag)
        yield HighlightRecord(title, Selector(quote=content), tags, id=own, by_words=not is_ours)


def _cells(path: Path, report: LossReport) -> Iterator[tuple[str, str, str, str]]:
    """Number, title, tag and words of each row that has what a highlight needs."""
    for line, row in rows(path):
        number, title, tag, content = (unguarded(row.get(name, "")) for name in _COLUMNS)
        if title and content:
            yield number, title, tag, content
        else:
            report.add("rows without a document or words", f"line {line}")


def _id_in_csv(title: str, number: str, content: str) -> str:
    """What a highlight is known by where the project is not: blanks differ between its files."""
    return f"taguette-csv/{title}/{number}/{''.join(content.split())}"


def _read_codebook(path: Path, report: LossReport) -> Iterator[Record]:
    for line, row in rows(path):
        name = next((row[each] for each in ("tag", "name", "path") if row.get(each)), "")
        if not name.strip():
            report.add("rows without a tag", f"line {line}")
            continue
        colour = row.get("colour") or row.get("color") or ""
        yield TagRecord(
            unguarded(name).strip(), unguarded(row.get("description", "")).strip(), colour
        )
