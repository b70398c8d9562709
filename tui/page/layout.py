"""Blocks laid out as rows: indents, gaps, list markers, quotation bars, table columns. Pure.

A row consists of pieces of what its block shows, each at its own cell; only table rows have more
than one. The cells count from the left edge of the text column.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from annotations.model import Block, BlockKind, Mark, MarkKind
from annotations.text.graphemes import width as cells_of
from tui.page.shown import Shown, show
from tui.page.source import Stretch
from tui.page.wrap import wrap

MARKER = re.compile(
    r"(?:[-*+•‣◦▪–—]|\(?(?:\d{1,3}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,6})[.)]|o(?=  ))[ \t]+"
)
"""What a list item begins with; the rows after the first are indented by its width."""

_STEP = 2
"""Cells of indent for each level of lists and quotations."""
_NARROWEST = 8
"""Cells that indents leave for the text at least."""
_TOGETHER = frozenset({BlockKind.LIST_ITEM, BlockKind.VERSE, BlockKind.CODE, BlockKind.TABLE_ROW})
"""Kinds that stand without a gap between them where the text has no blank line there."""


class Piece(NamedTuple):
    """A run of what a block shows, on a row."""

    cell: int
    """Where it begins."""
    start: int
    """An index of :attr:`Shown.text`."""
    end: int


class Row(NamedTuple):
    """One row of the page. Without pieces it is a gap between blocks."""

    pieces: tuple[Piece, ...] = ()
    ornaments: tuple[tuple[int, str], ...] = ()
    """What the layout adds, at its cell: bars, rules, column lines."""


class Directions(NamedTuple):
    """Levels of right-to-left writing (:mod:`annotations.text.bidi`) of a block."""

    bases: list[int]
    """For each character, that of its line."""
    levels: list[int]
    """For each character, its own."""


@dataclass(frozen=True)
class LaidBlock:
    """A block with its rows."""

    block: Block
    shown: Shown
    rows: tuple[Row, ...]
    """At least one; gaps after the block are the last ones."""

    @cached_property
    def row_starts(self) -> list[int]:
        """The index at which each row with text begins."""
        return [row.pieces[0].start for row in self.rows if row.pieces]

    @cached_property
    def directions(self) -> Directions | None:
        """How its characters run; None where all run from left to right."""
        # Asked for only where the reader turns it, which few texts need.
        from annotations.text.bidi import has_right_to_left, levels

        if not has_right_to_left(self.shown.text):
            return None
        bases: list[int] = []
        of_characters: list[int] = []
        for line in self.shown.text.splitlines(keepends=True):
            base, found = levels(line)
            bases += [base] * len(found)
            of_characters += found
        return Directions(bases, of_characters)


class LaidStretch:
    """A stretch whose blocks are laid out one by one, when they are looked at.

    Args:
        stretch: The text with its blocks.
        measure: Cells of a row of text, at least 2.
        following: Gives the block that comes after the last one, if any.
    """

    def __init__(
        self, stretch: Stretch, measure: int, following: Callable[[], Block | None]
    ) -> None:
        self.stretch = stretch
        self._measure = measure
        self._following = following
        self._laid: dict[int, LaidBlock] = {}

    def block_at(self, local: int) -> int:
        """The index of the block that holds a local offset."""
        blocks = self.stretch.blocks
        low, high = 0, len(blocks) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if blocks[middle].start <= local:
                low = middle
            else:
                high = middle - 1
        return low

    def block(self, index: int) -> LaidBlock:
        """A block laid out."""
        laid = self._laid.get(index)
        if laid is None:
            laid = self._laid[index] = self._lay_out(index)
        return laid

    def shown(self, index: int) -> Shown:
        """What a block shows."""
        block = self.stretch.blocks[index]
        return show(self.stretch.text, block, self._hidden(block))

    @cached_property
    def _markup(self) -> list[Mark]:
        found = [mark for mark in self.stretch.marks if mark.kind is MarkKind.MARKUP]
        return sorted(found, key=lambda mark: mark.start)

    def _hidden(self, block: Block) -> tuple[tuple[int, int], ...]:
        return tuple(
            (mark.start, mark.end)
            for mark in self._markup
            if mark.start < block.end and block.start < mark.end
        )

    def _lay_out(self, index: int) -> LaidBlock:
        block = self.stretch.blocks[index]
        shown = self.shown(index)
        if block.kind is BlockKind.TABLE_ROW:
            rows = self._table_row(index, shown)
        elif block.kind is BlockKind.PAGE_BREAK:
            rows = [Row((Piece(0, 0, len(shown.text)),), ((2, "─" * max(self._measure - 2, 0)),))]
        else:
            rows = _paragraph(block, shown, self._measure)
        return LaidBlock(block, shown, (*rows, *[Row()] * self._gap(index)))

    def _gap(self, index: int) -> int:
        """Rows between a block and the next."""
        blocks = self.stretch.blocks
        block = blocks[index]
        after = blocks[index + 1] if index + 1 < len(blocks) else self._following()
        if after is None or after.continues:
            return 0
        if block.kind is after.kind and block.kind in _TOGETHER:
            tail = self.stretch.text[max(block.start, block.end - 64) : block.end]
            return 1 if tail[len(tail.rstrip()) :].count("\n") > 1 else 0
        return 1

    def _table_row(self, index: int, shown: Shown) -> list[Row]:
        cells = _cells(shown)
        columns = self._columns(index)
        if not columns:
            block = self.stretch.blocks[index]
            return _paragraph(block, shown, self._measure)
        return _in_columns(shown.text, cells, columns)

    def _columns(self, index: int) -> list[int]:
        """The widths of the columns of the table around a row; nothing if they don't fit."""
        first, last = self._table(index)
        widths = self._tables.get(first)
        if widths is None:
            rows = [
                [cells_of(shown.text[start:end]) for start, end in _cells(shown)]
                for shown in map(self.shown, range(first, last))
            ]
            widths = self._tables[first] = _fit(rows, self._measure)
        return widths

    @cached_property
    def _tables(self) -> dict[int, list[int]]:
        return {}

    def _table(self, index: int) -> tuple[int, int]:
        """The rows of the table around a row: block indexes (first, after the last)."""
        blocks = self.stretch.blocks
        first = last = index
        while first > 0 and blocks[first - 1].kind is BlockKind.TABLE_ROW:
            first -= 1
        while last < len(blocks) and blocks[last].kind is BlockKind.TABLE_ROW:
            last += 1
        return first, last


def _paragraph(block: Block, shown: Shown, measure: int) -> list[Row]:
    """A block as rows of running text."""
    indent = hang = 0
    bars: tuple[tuple[int, str], ...] = ()
    if block.kind is BlockKind.QUOTATION:
        indent = min(_STEP * max(block.level, 1), max(measure - _NARROWEST, 0))
        bars = tuple((cell, "▏") for cell in range(0, indent, _STEP))
    elif block.kind is BlockKind.LIST_ITEM:
        indent = min(_STEP * max(block.level - 1, 0), max(measure - _NARROWEST, 0))
        marker = None if block.continues else MARKER.match(shown.text)
        if marker:
            hang = cells_of(marker[0])
    hang = min(hang, max(measure - indent - _NARROWEST, 0))
    room = max(measure - indent - hang, 2)
    spans = wrap(shown.text, room, max(measure - indent, 2))
    return [
        Row((Piece(indent + (hang if number else 0), start, end),), bars)
        for number, (start, end) in enumerate(spans)
    ]


_BETWEEN = " │ "
"""What stands between two columns."""
_LEAST_COLUMN = 6
"""Cells under which a column is not squeezed."""


def _cells(shown: Shown) -> list[tuple[int, int]]:
    """The cells of a table row, as spans of what it shows; the text's tabs part them."""
    parts = []
    start = 0
    for tab in shown.tabs:
        parts.append((start, tab))
        start = tab + 1
    return [*parts, (start, len(shown.text))]


def _fit(rows: list[list[int]], measure: int) -> list[int]:
    """Column widths for a table whose cells have these widths; nothing where none can be found."""
    count = max(map(len, rows))
    widths = [max((row[i] for row in rows if i < len(row)), default=0) for i in range(count)]
    widths = [max(width, 1) for width in widths]
    room = measure - len(_BETWEEN) * (count - 1)
    if sum(min(width, _LEAST_COLUMN) for width in widths) > room:
        return []
    # The widest columns give way until the rest has room.
    while (over := sum(widths) - room) > 0:
        widest = max(widths)
        next_widest = max((width for width in widths if width < widest), default=_LEAST_COLUMN)
        wide = [i for i, width in enumerate(widths) if width == widest]
        down = min(widest - max(next_widest, _LEAST_COLUMN), -(-over // len(wide)))
        for i in wide:
            widths[i] -= max(down, 1)
    return widths


def _in_columns(text: str, cells: list[tuple[int, int]], columns: list[int]) -> list[Row]:
    """The rows of one table row, each cell wrapped in its column."""
    wrapped = [
        [(start + first, start + last) for first, last in wrap(text[start:end], columns[i])]
        if columns[i] > 1
        else [(start, end)]
        for i, (start, end) in enumerate(cells)
    ]
    edges = [sum(columns[:i]) + len(_BETWEEN) * i for i in range(len(columns))]
    lines = tuple((edge - 2, "│") for edge in edges[1:])
    return [
        Row(
            tuple(
                Piece(edges[i], *spans[number])
                for i, spans in enumerate(wrapped)
                if number < len(spans)
            ),
            lines,
        )
        for number in range(max(map(len, wrapped)))
    ]
