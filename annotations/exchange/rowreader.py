"""Reading the tables that CSV, TSV, JSON and JSON Lines hold: the way back from their columns.

Apart from the writers, which start faster without what reading needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from annotations.errors import UnreadableFileError
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, Selector
from annotations.exchange.csv import unguarded
from annotations.exchange.delimited import header, picked
from annotations.exchange.jsonstream import (
    elements,
    integer_of,
    list_of,
    objects_by_line,
    text_of,
)
from annotations.exchange.report import LossReport
from annotations.exchange.rows import COLUMNS, split_tags
from annotations.exchange.times import utc
from annotations.model import Metadata, Span, Status

Cells: TypeAlias = tuple[str, ...]
"""What a row has in each of :data:`COLUMNS`."""

_TAGS = COLUMNS.index("tags")
_STATUSES = {each.value: each for each in Status}


def read_separated(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the records of a CSV or TSV file that we wrote, also after a spreadsheet saved it.

    Raises:
        UnreadableFileError: It is no table of highlights, or is cut short.
    """
    names = set(header(path))
    if "quote" not in names and not {"start", "end"} <= names:
        raise UnreadableFileError(f"{path.name} is no table of highlights: no column quote")
    yield from records(_unguarded(path), "line", report)


def _unguarded(path: Path) -> Iterator[tuple[int, Cells, tuple[str, ...]]]:
    for line, row in picked(path, (*COLUMNS, "tag")):
        # Few rows have an apostrophe anywhere: the others are spared a look at every cell.
        cells = tuple(map(unguarded, row)) if "'" in "".join(row) else row
        tag = cells[-1]
        yield line, cells[:-1], (tag,) if tag else split_tags(cells[_TAGS])


def read_json(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the records of a JSON array that we wrote.

    Raises:
        UnreadableFileError: It is no JSON, is cut short, or is no array.
    """
    yield from records(map(_as_text, _array(path, report)), "element", report)


def read_json_lines(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the records of a JSON Lines file that we wrote.

    Raises:
        UnreadableFileError: No line of it is an object, or its last one is cut short.
    """
    yield from records(map(_as_text, objects_by_line(path, report)), "line", report)


def _as_text(numbered: tuple[int, dict[str, object]]) -> tuple[int, Cells, tuple[str, ...]]:
    number, row = numbered
    tag, tags = text_of(row.get("tag")), row.get("tags")
    if tag:
        paths: tuple[str, ...] = (tag,)
    elif isinstance(tags, str):
        paths = split_tags(text_of(tags))
    else:
        paths = tuple(filter(None, map(text_of, list_of(tags))))
    return number, tuple(text_of(row.get(name)) for name in COLUMNS), paths


def _array(path: Path, report: LossReport) -> Iterator[tuple[int, dict[str, object]]]:
    sound = True
    for number, (name, value) in enumerate(elements(path), 1):
        if name:
            raise UnreadableFileError(f"{path.name} is no list of highlights, but one object")
        if isinstance(value, dict):
            sound = True
            yield number, value
        else:
            sound = sound and number > 1
            report.add("elements other than objects", f"element {number}")
    if not sound:
        raise UnreadableFileError(f"{path.name} is no list of highlights: it holds no objects")


def records(
    table: Iterable[tuple[int, Cells, tuple[str, ...]]], unit: str, report: LossReport
) -> Iterator[Record]:
    """Yield a record for each row and, before its first highlight, one for each document.

    Args:
        table: The number of a row in its file, its cells by column, and its tags.
        unit: What is numbered: ``line``.
        report: Is told of rows that are no highlights.

    Raises:
        UnreadableFileError: No row is a highlight.
    """
    documents: set[str] = set()
    unsound = ""
    for number, cells, tags in table:
        own, document, title, source, start, end, quote, _, note, colour, *rest = cells
        coder, status, created_at, updated_at, revision = rest
        key = document or title or source
        selector = _selector(start, end, quote)
        if selector is not None and selector.span is None and (start or end):
            report.add("offsets of no span", f"{unit} {number}: {start} to {end}")
        if not key or selector is None:
            unsound = unsound or f"{unit} {number}"
            report.add(
                "rows without a document, or without a quote and a place", f"{unit} {number}"
            )
            continue
        if key not in documents:
            documents.add(key)
            yield DocumentRecord(
                key, Metadata(title, source=source), id=document, revision=revision
            )
        made = utc(created_at)
        yield HighlightRecord(
            key,
            selector,
            tags,
            note,
            colour,
            coder,
            own,
            made,
            made if updated_at == created_at else utc(updated_at),
            _STATUSES.get(status, Status.PLACED),
        )
    if unsound and not documents:
        raise UnreadableFileError(
            f"no row is a highlight: the one in {unsound} has no document, or no quote and place"
        )


def _selector(start: str, end: str, quote: str) -> Selector | None:
    first, last = integer_of(start), integer_of(end)
    if first is not None and last is not None and 0 <= first < last:
        return Selector(Span(first, last), quote=quote)
    return Selector(quote=quote) if quote else None
