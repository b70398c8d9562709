"""The scroll bar of a page, with marks where highlights, hits and headings lie."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from textual.strip import Strip

from annotations.model import Span
from tui.page.paint import Painter


class GutterKind(IntEnum):
    """What a mark stands for; on one cell the greatest shows."""

    HEADING = 1
    BOOKMARK = 2
    HIGHLIGHT = 3
    HIT = 4


_SIGNS = {
    GutterKind.HEADING: "╴",
    GutterKind.BOOKMARK: "◂",
    GutterKind.HIGHLIGHT: "▐",
    GutterKind.HIT: "•",
}


class GutterMark(NamedTuple):
    """A place of the source that the gutter shows."""

    position: int
    kind: GutterKind
    colour: str = ""
    """Of a highlight, as in :class:`tui.page.looks.Decoration`."""


class Gutter:
    """One column: where in the text the page is, and what lies elsewhere."""

    def __init__(self) -> None:
        self._marks: tuple[GutterMark, ...] = ()
        self._shown = lru_cache(maxsize=4)(self._by_row)

    @property
    def marks(self) -> tuple[GutterMark, ...]:
        """What it shows."""
        return self._marks

    @marks.setter
    def marks(self, marks: tuple[GutterMark, ...]) -> None:
        self._marks = marks
        self._shown.cache_clear()

    def _by_row(self, height: int, size: int) -> dict[int, GutterMark]:
        rows: dict[int, GutterMark] = {}
        for mark in self._marks:
            row = min(mark.position * height // max(size, 1), height - 1)
            if row not in rows or rows[row].kind < mark.kind:
                rows[row] = mark
        return rows

    def strip(self, y: int, height: int, visible: Span, size: int, painter: Painter) -> Strip:
        """The cell at a row.

        Args:
            y: The row.
            height: Rows of the page.
            visible: What the page shows, in positions, to the very ends where it shows them.
            size: Of the source.
            painter: For the colours.
        """
        palette = painter.palette
        length = max(size, 1)
        first = visible.start * height // length
        last = max(-(-visible.end * height // length), first + 1)
        ground = palette.thumb if first <= y < last else palette.track
        if visible.start <= 0 and visible.end >= size:
            ground = ""
        mark = self._shown(height, size).get(y)
        if mark is None:
            return painter.cell(" ", "", ground)
        if mark.kind is GutterKind.HIGHLIGHT:
            colour = palette.highlight(mark.colour).background
        elif mark.kind is GutterKind.HIT:
            colour = palette.current_hit.background
        else:
            colour = palette.heading
        return painter.cell(_SIGNS[mark.kind], colour, ground)
