"""The beginning of what an export would write, without writing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, TagRecord
from annotations.exchange.export import By
from annotations.exchange.formats import FORMATS, format_named
from annotations.exchange.report import LossReport
from annotations.exchange.rows import COLUMNS, TAG_COLUMNS, Table
from annotations.exchange.selection import rows

if TYPE_CHECKING:
    from annotations.exchange.bundle import FolderWriter
    from annotations.library.library import Library

_ROWS = 8
"""Highlights that are looked at."""
_DOCUMENTS = 20
_UNSHOWN = ("html",)
"""Formats of text that begin with what says nothing to a reader."""
_LONGEST = 1 << 16
"""Bytes that are looked at."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an export would write."""

    highlights: int
    """How many there are in all."""
    lines: tuple[str, ...]
    """The first lines."""
    is_itself: bool
    """Otherwise they are those of a table, as nobody can read the format itself."""


def preview(
    library: Library,
    format_name: str,
    *,
    by: By = "highlight",
    document: str | None = None,
    query: str | None = None,
    raw: bool = False,
    lines: int = 5,
) -> Preview:
    """Look at the first lines of an export; however much there is, only a little of it is read.

    Args:
        library: Where it comes from.
        format_name: One of :data:`~annotations.exchange.formats.FORMATS`.
        by: In a table, a row for each highlight, or for each highlight and tag.
        document: The id of the only document wanted.
        query: Of the passages language: only what it asks for; takes the place of ``document``.
        raw: Do not guard cells that a spreadsheet would run as a formula.
        lines: How many to give at most.

    Raises:
        InvalidError: There is no such format, or it cannot hold what there is.
        NotFoundError: There is no such document.
        QuerySyntaxError: The query cannot be read.
    """
    chosen = format_named(format_name)
    is_itself = chosen.is_text and chosen.name not in _UNSHOWN
    if not is_itself:
        chosen = FORMATS["csv"]
    if chosen.table:
        found = (
            library.rows(by=by, document=document)
            if query is None
            else rows(library, library.passages.find(query, limit=_ROWS), by)
        )
        stream = BytesIO()
        columns = TAG_COLUMNS if by == "tag" else COLUMNS
        chosen.table_writer()(Table(columns, islice(found, _ROWS)), stream, raw)
        text = stream.getvalue()
    else:
        # Loaded here, as in an export.
        from annotations.exchange.outgoing import records

        sample = _sample(records(library, document, None, query))
        if chosen.folder:
            text = _first_file(chosen.folder_writer(), sample)
        else:
            stream = BytesIO()
            chosen.record_writer()(sample, stream, LossReport())
            text = stream.getvalue()
    shown = text[:_LONGEST].decode("utf-8", "replace").splitlines()
    return Preview(_count(library, document, query), tuple(islice(shown, lines)), is_itself)


def _count(library: Library, document: str | None, query: str | None) -> int:
    if query is None and document is not None:
        return library.documents.get(document).highlights
    return library.passages.count(query or "")


def _sample(records: Iterable[Record]) -> Iterator[Record]:
    """The first of the records, each document with the beginning of its text."""
    documents = highlights = 0
    for record in records:
        if isinstance(record, DocumentRecord):
            documents += 1
            passages = None if record.passages is None else islice(record.passages, 1)
            record = replace(record, passages=passages)
        highlights += isinstance(record, HighlightRecord)
        if documents > _DOCUMENTS or highlights > _ROWS:
            return
        yield record


def _first_file(write: FolderWriter, sample: Iterator[Record]) -> bytes:
    with TemporaryDirectory(prefix="florilegium-") as folder:
        said = (record for record in sample if not isinstance(record, TagRecord))
        write(islice(said, _ROWS), Path(folder), LossReport())
        first = min(Path(folder).iterdir(), default=None)
        return b"" if first is None else first.read_bytes()
