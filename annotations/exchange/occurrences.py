"""The places that a search found as a table: what stands there, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from annotations.exchange.counting import Progress
from annotations.exchange.export import opened_for, refuse_library
from annotations.exchange.formats import FORMATS, Format, format_named
from annotations.exchange.rows import Row, Table
from annotations.library.search import Hit

if TYPE_CHECKING:
    from annotations.library.library import Library

COLUMNS = (
    *("document", "title", "author", "published", "source"),
    *("start", "end", "before", "text", "after"),
)
"""``document`` is the document's id; ``start`` and ``end`` are code points of its text."""
TABLES: tuple[Format, ...] = tuple(each for each in FORMATS.values() if each.table)
"""The formats that hold a table."""
_AROUND = 80
"""Code points before and after a place."""


def rows(library: Library, hits: Iterable[Hit]) -> Iterator[Row]:
    """A row for each place, in the order in which they come."""
    document_of = lru_cache(maxsize=1)(library.documents.get)
    for hit in hits:
        about = document_of(hit.document)
        start = max(0, hit.start - _AROUND)
        text = library.documents.text(hit.document, start, hit.end + _AROUND)
        first, last = hit.start - start, hit.end - start
        yield (
            *(about.id, about.title, about.author, about.published, about.source),
            *(hit.start, hit.end, text[:first], text[first:last], text[last:]),
        )


def export_hits(
    library: Library,
    hits: Iterable[Hit],
    target: Path | BinaryIO,
    *,
    format_name: str = "csv",
    raw: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write places in a format that holds a table.

    Args:
        library: Where they are.
        hits: The places; they stream.
        target: A file, which is replaced whole or not at all, or a binary stream.
        format_name: One of :data:`TABLES`.
        raw: Do not guard cells that a spreadsheet would run as a formula.
        progress: Told how many bytes are written; what it raises leaves an old file as it was.

    Raises:
        InvalidError: There is no such format, or it holds no table, or the file is the library.
        UnwritableFileError: The file cannot be written; an old one is as it was.
    """
    refuse_library(library, target)
    write = format_named(format_name).table_writer()
    with opened_for(target, progress) as stream:
        write(Table(COLUMNS, rows(library, hits)), stream, raw)
