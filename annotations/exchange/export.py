"""Exporting highlights: from the library through a format to a file or a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, cast

from annotations.errors import InvalidError
from annotations.exchange.atomic import opened
from annotations.exchange.counting import CountedFile, Progress, counted
from annotations.exchange.formats import format_named
from annotations.exchange.report import LossReport
from annotations.exchange.rows import COLUMNS, TAG_COLUMNS, Row, Table
from annotations.exchange.selection import rows

if TYPE_CHECKING:
    from annotations.library.library import Library

By = Literal["highlight", "tag"]


def export(
    library: Library,
    target: Path | BinaryIO,
    *,
    format_name: str = "csv",
    by: By = "highlight",
    document: str | None = None,
    tag: str | None = None,
    query: str | None = None,
    raw: bool = False,
    progress: Progress | None = None,
) -> LossReport:
    """Write highlights in any format, in order of document title, place and id.

    Args:
        library: where they come from; they stream, however many there are.
        target: a file, which is replaced whole or not at all, or a binary stream; for a format
            that is a folder, the folder.
        format_name: one of :data:`~annotations.exchange.formats.FORMATS`.
        by: in a table, a row for each highlight, or for each highlight and tag.
        document: the id of the only document wanted.
        tag: the path of the only tag wanted.
        query: of the passages language: only what it asks for; it takes the place of ``document``
            and ``tag``.
        raw: do not guard cells that a spreadsheet would run as a formula.
        progress: told how many bytes are written; what it raises leaves an old file as it was.

    Returns:
        What the format could not hold.

    Raises:
        InvalidError: There is no such format, or it cannot be written, or the file is the library.
        NotFoundError: There is no such document or tag.
        QuerySyntaxError: The query cannot be read.
        UnwritableFileError: The file cannot be written; an old one is as it was.
    """
    refuse_library(library, target)
    chosen = format_named(format_name)
    report = LossReport()
    if document is None and tag is None and query is None:
        for what, count in library.kept_back():
            report.add(what, count=count)
    if chosen.table:
        columns = TAG_COLUMNS if by == "tag" else COLUMNS
        found: Iterable[Row]
        if query is None:
            found = library.rows(by=by, document=document, tag=tag)
            for what, count in library.left_out(document=document, tag=tag):
                report.add(what, count=count)
        else:
            from annotations.exchange.outgoing import tag_records

            found = rows(library, library.passages.find(query), by, report)
            for each in tag_records(library):
                report.add_what_is_said_of(each)
        table = Table(columns, found, report)
        with opened_for(target, progress) as stream:
            chosen.table_writer()(table, stream, raw)
        return report
    # Loaded here, so that a table is written without what only records need.
    from annotations.exchange.outgoing import records

    found_records = records(library, document, tag, query)
    if chosen.folder:
        if not isinstance(target, Path):
            raise InvalidError(f"{chosen.name} is written to a folder: name one")
        if progress is not None:
            found_records = counted(found_records, progress)
        chosen.folder_writer()(found_records, target, report)
    else:
        write = chosen.record_writer()
        with opened_for(target, progress) as stream:
            write(found_records, stream, report)
    return report


@contextmanager
def opened_for(target: Path | BinaryIO, progress: Progress | None) -> Iterator[BinaryIO]:
    """A file as by :func:`~annotations.exchange.atomic.opened`, whose bytes are counted."""
    with opened(target) as stream:
        yield stream if progress is None else cast(BinaryIO, CountedFile(stream, progress))


def refuse_library(library: Library, target: Path | BinaryIO | None) -> None:
    """Keep what is written from taking the place of the library that it comes from.

    Raises:
        InvalidError: ``target`` is the library's file, or one that SQLite keeps beside it.
    """
    if not isinstance(target, Path):
        return
    own = (library.path.with_name(library.path.name + ending) for ending in ("", "-wal", "-shm"))
    if target.resolve() in (each.resolve() for each in own) or (
        target.exists() and target.samefile(library.path)
    ):
        raise InvalidError(f"{target} is the library itself: choose another file")
