"""Highlights as a table: the columns that CSV, JSON and every other tabular format share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, TypeAlias

from annotations.exchange.report import LossReport
from annotations.model import HIGHLIGHT_COLUMNS

Cell: TypeAlias = str | int | tuple[str, ...]
"""A tuple is a list of tag paths; formats without lists take it through :func:`join_tags`."""

Row: TypeAlias = Sequence[Cell]

TAG_SEPARATOR = "; "
_LITERAL = re.compile(r"(\\*)(; |$)")
_SEPARATOR = re.compile(r"(\\*); ")

COLUMNS = HIGHLIGHT_COLUMNS
"""One row a highlight; ``document`` is its id, ``title`` and ``source`` are the document's."""

TAG_COLUMNS = tuple("tag" if name == "tags" else name for name in COLUMNS)
"""One row a highlight and tag; ``tag`` is empty for a highlight that has none."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to be written, to be consumed once."""

    columns: tuple[str, ...]
    rows: Iterable[Row]
    report: LossReport = field(default_factory=LossReport)
    """Is told of what the format cannot hold."""


TableWriter: TypeAlias = Callable[[Table, BinaryIO, bool], None]
"""Writes a table to a binary file. The last argument asks for the exact text of every cell, where
the format would otherwise change some (:mod:`annotations.exchange.csv`)."""


def join_tags(paths: Iterable[str]) -> str:
    """Tag paths in one cell, separated by ``; ``.

    Where a path holds the separator itself, a backslash stands before it, and backslashes that
    stand there already are doubled, so that :func:`split_tags` gives the same paths back.
    """
    return TAG_SEPARATOR.join(map(_escaped, paths))


def split_tags(cell: str) -> tuple[str, ...]:
    """The tag paths that :func:`join_tags` was given; empty ones are left out."""
    if "\\" not in cell:
        if TAG_SEPARATOR not in cell:
            path = cell.strip()
            return (path,) if path else ()
        return tuple(filter(None, map(str.strip, cell.split(TAG_SEPARATOR))))
    paths = [""]
    end = 0
    for match in _SEPARATOR.finditer(cell):
        backslashes, literal = divmod(len(match[1]), 2)
        paths[-1] += cell[end : match.start()] + "\\" * backslashes
        if literal:
            paths[-1] += TAG_SEPARATOR
        else:
            paths.append("")
        end = match.end()
    rest = cell[end:]
    bare = rest.rstrip("\\")
    paths[-1] += bare + "\\" * ((len(rest) - len(bare) + 1) // 2)
    return tuple(path for path in map(str.strip, paths) if path)


def _escaped(path: str) -> str:
    if "; " not in path and not path.endswith("\\"):
        return path
    return _LITERAL.sub(lambda match: match[1] * 2 + ("\\; " if match[2] else ""), path)
