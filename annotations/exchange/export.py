"""Exporting highlights: from the library through a format to a file or a stream."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from annotations.exchange.atomic import replacing
from annotations.exchange.formats import format_named
from annotations.exchange.rows import COLUMNS, TAG_COLUMNS, Table

if TYPE_CHECKING:
    from annotations.library.library import Library

By = Literal["highlight", "tag"]


def export_rows(
    library: Library,
    target: Path | BinaryIO,
    *,
    format_name: str = "csv",
    by: By = "highlight",
    document: str | None = None,
    tag: str | None = None,
    raw: bool = False,
) -> None:
    """Write highlights as a table, in order of document title, place and id.

    Args:
        library: where they come from; they stream, however many there are.
        target: a file, which is replaced whole or not at all, or a binary stream.
        format_name: one of :data:`~annotations.exchange.formats.FORMATS`.
        by: a row for each highlight, or for each highlight and tag.
        document: the id of the only document wanted.
        tag: the path of the only tag wanted.
        raw: do not guard cells that a spreadsheet would run as a formula.

    Raises:
        InvalidError: There is no such format, or it holds no table.
        NotFoundError: There is no such document or tag.
        UnwritableFileError: The file cannot be written; an old one is as it was.
    """
    write = format_named(format_name).table_writer()
    columns = TAG_COLUMNS if by == "tag" else COLUMNS
    table = Table(columns, library.rows(by=by, document=document, tag=tag))
    if isinstance(target, Path):
        with replacing(target) as stream:
            write(table, stream, raw)
    else:
        write(table, target, raw)
