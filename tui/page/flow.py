"""The rows of a whole source at one measure, found from any place without counting the rest. Pure.

Nothing here knows how many rows a document has. A row is named by its place, and other rows are
reached by stepping from it, so that the cost of a screen is the screen's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from annotations.model import Block, BlockKind, Span
from annotations.text.graphemes import cluster_width, clusters, is_plain
from tui.page.layout import LaidBlock, LaidStretch, Piece, Row
from tui.page.source import Source, Stretch

_KEPT = 48
"""Stretches that are kept laid out."""


class Place(NamedTuple):
    """A row: the position where its stretch begins, its block there, its number in the block."""

    stretch: int
    block: int
    row: int


class Cell(NamedTuple):
    """A cluster on a row."""

    cell: int
    """The cell where it begins, from the left edge of the text column."""
    width: int
    start: int
    """The index of its first character in what the block shows."""
    end: int


class Flow:
    """A source at a measure.

    Args:
        source: The text.
        measure: Cells of a row of text, at least 2.
        visual: Whether right-to-left text is put in the order in which it is read, for terminals
            that do not do so themselves.
    """

    def __init__(self, source: Source, measure: int, visual: bool = False) -> None:
        self.source = source
        self.measure = max(measure, 2)
        self.visual = visual
        self._laid: OrderedDict[int, LaidStretch] = OrderedDict()

    def stretch(self, position: int) -> LaidStretch:
        """The stretch that holds a position, laid out as far as it has been looked at."""
        laid = self._laid.get(position)
        if laid is not None:
            return laid
        stretch = self.source.stretch(position)
        laid = self._laid.get(stretch.start)
        if laid is None:
            laid = LaidStretch(stretch, self.measure, partial(self._block_after, stretch))
            self._laid[stretch.start] = laid
            while len(self._laid) > _KEPT:
                self._laid.popitem(last=False)
        self._laid.move_to_end(stretch.start)
        return laid

    def _block_after(self, stretch: Stretch) -> Block | None:
        if stretch.end >= self.source.size:
            return None
        return self.source.stretch(stretch.end).blocks[0]

    def block(self, place: Place) -> LaidBlock:
        """The block of a row."""
        return self.stretch(place.stretch).block(place.block)

    def row(self, place: Place) -> Row:
        """A row."""
        return self.block(place).rows[place.row]

    def step(self, place: Place, rows: int) -> Place:
        """The row that many rows further down (negative: up), or the last (first) one."""
        while rows:
            further = self._below(place, rows) if rows > 0 else self._above(place, -rows)
            if further is None:
                return place if rows < 0 else self._last_in(place)
            place, left = further
            rows = left if rows > 0 else -left
        return place

    def _last_in(self, place: Place) -> Place:
        return place._replace(row=len(self.block(place).rows) - 1)

    def _below(self, place: Place, rows: int) -> tuple[Place, int] | None:
        """As far down as the block goes, or the first row of the next; and the rows left to go."""
        laid = self.stretch(place.stretch)
        count = len(laid.block(place.block).rows)
        if place.row + rows < count:
            return place._replace(row=place.row + rows), 0
        left = rows - (count - place.row)
        if place.block + 1 < len(laid.stretch.blocks):
            return Place(place.stretch, place.block + 1, 0), left
        if laid.stretch.end >= self.source.size:
            return None
        return Place(self.source.stretch(laid.stretch.end).start, 0, 0), left

    def _above(self, place: Place, rows: int) -> tuple[Place, int] | None:
        """As far up as the block goes, or the last row of the one before; and the rows left."""
        if place.row >= rows:
            return place._replace(row=place.row - rows), 0
        left = rows - place.row - 1
        if place.block > 0:
            before = self._last_in(place._replace(block=place.block - 1, row=0))
        elif place.stretch > 0:
            stretch = self.source.stretch(place.stretch - 1)
            before = self._last_in(Place(stretch.start, len(stretch.blocks) - 1, 0))
        else:
            return None if place.row == 0 else (place._replace(row=0), 0)
        return before, left

    def rows(self, place: Place) -> Iterator[Place]:
        """A row and those below it, to the end."""
        while True:
            count = len(self.block(place).rows)
            for row in range(place.row, count):
                yield place._replace(row=row)
            further = self._below(place, count - place.row)
            if further is None:
                return
            place = further[0]

    def distance(self, first: Place, last: Place, limit: int) -> int | None:
        """Rows from one row down to another; None if it is not among the next ``limit``."""
        for number, place in enumerate(self.rows(first)):
            if place >= last or number >= limit:
                return number if place == last else None
        return None

    def place(self, position: int, before: bool = False) -> Place:
        """The row on which the character at a position is.

        Args:
            position: Any position of the source.
            before: Where a row ends at the position and the next begins there, take the former.
        """
        laid = self.stretch(position)
        local = laid.stretch.local(position)
        number = laid.block_at(local)
        block = laid.block(number)
        index = block.shown.index(local)
        return Place(laid.stretch.start, number, _row_of(block, index, before))

    def hides(self, span: Span) -> bool:
        """Whether nothing of a span is on the page: it is markup, or a running head."""
        laid = self.stretch(span.start)
        shown = laid.block(laid.block_at(laid.stretch.local(span.start))).shown
        start, end = (shown.index(laid.stretch.local(each)) for each in (span.start, span.end))
        return start == end

    def last(self) -> Place:
        """The last row."""
        laid = self.stretch(self.source.size)
        return self._last_in(Place(laid.stretch.start, len(laid.stretch.blocks) - 1, 0))

    def start_of(self, place: Place) -> int:
        """The position of the first character of a row; of a gap, the end of its block."""
        return self._edge(place, first=True)

    def end_of(self, place: Place) -> int:
        """The position after the last character of a row, before the blanks where it was cut."""
        return self._edge(place, first=False)

    def _edge(self, place: Place, first: bool) -> int:
        laid = self.stretch(place.stretch)
        block = laid.block(place.block)
        pieces = block.rows[place.row].pieces
        if not pieces:
            return laid.stretch.position(block.shown.end)
        index = pieces[0].start if first else pieces[-1].end
        return laid.stretch.position(block.shown.local(index))

    def cells(self, place: Place) -> Iterator[Cell]:
        """The clusters of a row, in the order of the text."""
        block = self.block(place)
        for piece in block.rows[place.row].pieces:
            yield from self.piece_cells(block, piece)

    def piece_cells(self, block: LaidBlock, piece: Piece) -> list[Cell]:
        """The clusters of a piece, in the order of the text."""
        cells = list(_logical_cells(block.shown.text, piece))
        directions = block.directions if self.visual else None
        if directions is None or not cells:
            return cells
        from annotations.text.bidi import visual_order

        order = visual_order([directions.levels[each.start] for each in cells])
        cell = piece.cell
        if directions.bases[piece.start]:
            cell = max(self.measure - sum(each.width for each in cells), piece.cell)
        for number in order:
            cells[number] = cells[number]._replace(cell=cell)
            cell += cells[number].width
        return cells

    def end_cell(self, block: LaidBlock, piece: Piece) -> int:
        """The cell behind the last cluster of a piece, where more of the text would go on."""
        cells = self.piece_cells(block, piece)
        if not cells:
            return piece.cell
        directions = block.directions if self.visual else None
        if directions is not None and directions.bases[piece.start]:
            return min(each.cell for each in cells) - 1
        return max(each.cell + each.width for each in cells)

    def position_at(self, place: Place, cell: int) -> int:
        """The position of the cluster at a cell of a row; of its start or end beyond them.

        Args:
            place: The row.
            cell: From the left edge of the text column; may lie outside the text.
        """
        laid = self.stretch(place.stretch)
        block = laid.block(place.block)
        pieces = block.rows[place.row].pieces
        if not pieces:
            return laid.stretch.position(block.shown.end)
        piece = next((each for each in reversed(pieces) if each.cell <= cell), pieces[0])
        index = self._index_at(block, piece, cell)
        return laid.stretch.position(block.shown.local(index))

    def _index_at(self, block: LaidBlock, piece: Piece, cell: int) -> int:
        """The index of the cluster at a cell of a piece, or of the end that is nearer to it."""
        cells = self.piece_cells(block, piece)
        for each in cells:
            if each.cell <= cell < each.cell + each.width:
                return each.start
        before = cell < min((each.cell for each in cells), default=cell + 1)
        leftwards = self.end_cell(block, piece) < min((each.cell for each in cells), default=-1)
        return piece.start if before != leftwards else piece.end

    def cell_of(self, place: Place, position: int) -> int:
        """The cell of a row at which a position lies, the row's end for one behind it."""
        laid = self.stretch(place.stretch)
        block = laid.block(place.block)
        index = block.shown.index(laid.stretch.local(position))
        pieces = block.rows[place.row].pieces
        piece = next((each for each in pieces if each.start <= index <= each.end), None)
        if piece is None:
            return pieces[-1].cell if pieces else 0
        for each in self.piece_cells(block, piece):
            if each.start >= index:
                return each.cell
        return self.end_cell(block, piece)


def _logical_cells(text: str, piece: Piece) -> Iterator[Cell]:
    """The clusters of a piece, each right of the one before."""
    run = text[piece.start : piece.end]
    if is_plain(run):
        for number in range(len(run)):
            yield Cell(piece.cell + number, 1, piece.start + number, piece.start + number + 1)
        return
    cell = piece.cell
    for start, end in clusters(run):
        width = cluster_width(run[start:end])
        yield Cell(cell, width, piece.start + start, piece.start + end)
        cell += width


def _row_of(block: LaidBlock, index: int, before: bool) -> int:
    """The number of the row of a block on which an index of what it shows is."""
    if block.block.kind is BlockKind.TABLE_ROW:
        return _row_of_table(block, index)
    starts = block.row_starts
    number = max(bisect_right(starts, index) - 1, 0)
    if before and number and index == starts[number]:
        return number - 1
    return number


def _row_of_table(block: LaidBlock, index: int) -> int:
    """The same for a row of a table, whose cells have rows of their own."""
    found = 0
    for number, row in enumerate(block.rows):
        for piece in row.pieces:
            if piece.start <= index < piece.end:
                return number
            if piece.end <= index and piece.end >= block.rows[found].pieces[-1].end:
                found = number
    return found
