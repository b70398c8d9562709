"""The scroll bar of a page, with marks where highlights, hits and headings lie."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from rich.segment import Segment

from annotations.model import Span
from tui.page.paint import Painter
from tui.page.palette import Palette


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
    """Of a highlight, as in :class:`tui.page.overlay.Decoration`."""


class Gutter:
    """One column: where in the text the page is, and what lies elsewhere."""

    def __init__(self) -> None:
        self._marks: tuple[GutterMark, ...] = ()
        self._by_row = lru_cache(maxsize=4)(self._find_rows)
        self._column = lru_cache(maxsize=4)(self._paint)

    @property
    def marks(self) -> tuple[GutterMark, ...]:
        """What it shows."""
        return self._marks

    @marks.setter
    def marks(self, marks: tuple[GutterMark, ...]) -> None:
        self._marks = marks
        self._by_row.cache_clear()
        self._column.cache_clear()

    def _find_rows(self, height: int, size: int) -> dict[int, GutterMark]:
        rows: dict[int, GutterMark] = {}
        for mark in self._marks:
            row = min(mark.position * height // max(size, 1), height - 1)
            if row not in rows or rows[row].kind < mark.kind:
                rows[row] = mark
        return rows

    def cell(self, y: int, height: int, visible: Span, size: int, painter: Painter) -> Segment:
        """The cell at a row.

        Args:
            y: The row.
            height: Rows of the page.
            visible: What the page shows, in positions, to the very ends where it shows them.
            size: Of the source.
            painter: For the colours.
        """
        return self._column(height, visible, size, painter)[y]

    def _paint(self, height: int, visible: Span, size: int, painter: Painter) -> list[Segment]:
        """All cells, from the first row to the last."""
        palette = painter.palette
        length = max(size, 1)
        first = visible.start * height // length
        last = max(-(-visible.end * height // length), first + 1)
        whole = visible.start <= 0 and visible.end >= size
        marks = self._by_row(height, size)
        cells = []
        for y in range(height):
            ground = "" if whole else palette.thumb if first <= y < last else palette.track
            mark = marks.get(y)
            sign = " " if mark is None else _SIGNS[mark.kind]
            cells.append(painter.cell(sign, _ink(mark, palette), ground))
        return cells


def _ink(mark: GutterMark | None, palette: Palette) -> str:
    """What a mark is painted with."""
    if mark is None:
        return ""
    if mark.kind is GutterKind.HIGHLIGHT:
        return palette.highlight(mark.colour).background
    return palette.current_hit.background if mark.kind is GutterKind.HIT else palette.heading
