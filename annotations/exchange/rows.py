"""Highlights as a table: the columns that CSV, JSON and every other tabular format share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

Cell: TypeAlias = str | int | tuple[str, ...]
"""A tuple is a list of tag paths; formats without lists join it by :data:`TAG_SEPARATOR`."""

Row: TypeAlias = Sequence[Cell]

TAG_SEPARATOR = "; "

COLUMNS = (
    "id",
    "document",
    "title",
    "source",
    "start",
    "end",
    "quote",
    "tags",
    "note",
    "colour",
    "coder",
    "status",
    "created_at",
    "updated_at",
    "revision",
)
"""One row a highlight; ``document`` is its id, ``title`` and ``source`` are the document's."""

TAG_COLUMNS = tuple("tag" if name == "tags" else name for name in COLUMNS)
"""One row a highlight and tag; ``tag`` is empty for a highlight that has none."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to be written, to be consumed once."""

    columns: tuple[str, ...]
    rows: Iterable[Row]


TableWriter: TypeAlias = Callable[[Table, BinaryIO, bool], None]
"""Writes a table to a binary file. The last argument asks for the exact text of every cell, where
the format would otherwise change some (:mod:`annotations.exchange.csv`)."""
