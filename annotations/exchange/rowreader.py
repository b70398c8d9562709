"""Reading the tables that CSV, TSV, JSON and JSON Lines hold: the way back from their columns.

Apart from the writers, which start faster without what reading needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from annotations.errors import UnreadableFileError
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, Selector
from annotations.exchange.csv import unguarded
from annotations.exchange.delimited import header, rows
from annotations.exchange.jsonstream import (
    elements,
    integer_of,
    list_of,
    objects_by_line,
    text_of,
)
from annotations.exchange.report import LossReport
from annotations.exchange.rows import split_tags
from annotations.exchange.times import utc
from annotations.model import Metadata, Span, Status

_TEXTS = (
    "id",
    "document",
    "title",
    "source",
    "quote",
    "note",
    "colour",
    "coder",
    "status",
    "created_at",
    "updated_at",
    "revision",
)
_STATUSES = {each.value: each for each in Status}


def read_separated(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the records of a CSV or TSV file that we wrote, also after a spreadsheet saved it.

    Raises:
        UnreadableFileError: It is no table of highlights, or is cut short.
    """
    names = set(header(path))
    if "quote" not in names and not {"start", "end"} <= names:
        raise UnreadableFileError(f"{path.name} is no table of highlights: no column quote")
    lines = (
        (f"line {line}", {name: unguarded(cell) for name, cell in row.items()})
        for line, row in rows(path)
    )
    yield from records(lines, report)


def read_json(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the records of a JSON array that we wrote.

    Raises:
        UnreadableFileError: It is no JSON, is cut short, or is no array.
    """
    yield from records(_array(path, report), report)


def read_json_lines(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the records of a JSON Lines file that we wrote.

    Raises:
        UnreadableFileError: No line of it is an object, or its last one is cut short.
    """
    yield from records(objects_by_line(path, report), report)


def _array(path: Path, report: LossReport) -> Iterator[tuple[str, dict[str, object]]]:
    for number, (name, value) in enumerate(elements(path), 1):
        if name:
            raise UnreadableFileError(f"{path.name} is no list of highlights, but one object")
        if isinstance(value, dict):
            yield f"element {number}", value
        else:
            report.add("elements that are no objects", f"element {number}")


def records(
    table: Iterable[tuple[str, Mapping[str, object]]], report: LossReport
) -> Iterator[Record]:
    """Yield a record for each row and, before its first highlight, one for each document.

    Args:
        table: Where a row stands in its file (``line 7``), and its cells by column.
        report: Is told of rows that are no highlights.

    Raises:
        UnreadableFileError: No row is a highlight.
    """
    documents: set[str] = set()
    unsound = ""
    for where, row in table:
        cell = {name: text_of(row.get(name)) for name in _TEXTS}
        key = cell["document"] or cell["title"] or cell["source"]
        selector = _selector(row, cell["quote"], where, report)
        if not key or selector is None:
            report.add("rows without a document, or without a quote and a place", where)
            unsound = unsound or where
            continue
        if key not in documents:
            documents.add(key)
            yield DocumentRecord(
                key,
                Metadata(title=cell["title"], source=cell["source"]),
                id=cell["document"],
                revision=cell["revision"],
            )
        yield HighlightRecord(
            key,
            selector,
            tags=_tags(row),
            note=cell["note"],
            colour=cell["colour"],
            coder=cell["coder"],
            id=cell["id"],
            created_at=utc(cell["created_at"]),
            updated_at=utc(cell["updated_at"]),
            status=_STATUSES.get(cell["status"], Status.PLACED),
        )
    if unsound and not documents:
        raise UnreadableFileError(
            f"no row is a highlight: the one in {unsound} has no document, or no quote and place"
        )


def _selector(
    row: Mapping[str, object], quote: str, where: str, report: LossReport
) -> Selector | None:
    start, end = integer_of(row.get("start")), integer_of(row.get("end"))
    if start is None or end is None:
        return Selector(quote=quote) if quote else None
    if 0 <= start < end:
        return Selector(Span(start, end), quote=quote)
    if quote:
        report.add("offsets that are no span", f"{where}: {start} to {end}")
        return Selector(quote=quote)
    return None


def _tags(row: Mapping[str, object]) -> tuple[str, ...]:
    single = text_of(row.get("tag"))
    if single:
        return (single,)
    tags = row.get("tags")
    if isinstance(tags, str):
        return split_tags(tags)
    return tuple(filter(None, map(text_of, list_of(tags))))
