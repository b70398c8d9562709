"""Readwise: the CSV that it exports, one row a highlight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, Selector
from annotations.exchange.delimited import require, rows
from annotations.exchange.report import LossReport
from annotations.exchange.times import utc
from annotations.model import COLOURS, Metadata


def read(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the books and what was highlighted in them.

    Raises:
        UnreadableFileError: It is no table, or lacks the columns of Readwise.
    """
    require(path, ("highlight", "book title"), "an export of Readwise")
    seen: set[str] = set()
    for line, row in rows(path):
        quote = row.get("highlight", "").strip()
        title, author = row.get("book title", "").strip(), row.get("book author", "").strip()
        if not quote or not title:
            report.add("rows without words or a book", f"line {line}")
            continue
        key = f"{title}\0{author}"
        if key not in seen:
            seen.add(key)
            labels = " ".join(f"#{tag}" for tag in _tags(row.get("document tags", "")))
            yield DocumentRecord(key, Metadata(title, author), note=labels)
        colour = row.get("color", "").strip().lower()
        if colour and colour not in COLOURS:
            report.add("colours not known here", colour)
            colour = ""
        kind, place = row.get("location type", "").strip(), row.get("location", "").strip()
        where = f"({kind} {place})" if kind and place else ""
        note = "\n\n".join(filter(None, (row.get("note", "").strip(), where)))
        yield HighlightRecord(
            key,
            Selector(quote=quote),
            tuple(_tags(row.get("tags", ""))),
            note,
            colour,
            created_at=utc(row.get("highlighted at", "")),
        )


def _tags(cell: str) -> list[str]:
    return [tag.strip() for tag in cell.split(",") if tag.strip()]
