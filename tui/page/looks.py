"""What each character of a row looks like: the spans that lie over it, flattened into runs. Pure.

A look says what lies there (a heading, emphasis, a highlight two deep, a hit, the caret); which
colours that means is for :mod:`tui.page.paint`, or for whoever prints the page elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotations.model import BlockKind, Mark, MarkKind
from annotations.text.graphemes import clusters, is_plain, next_edge
from annotations.text.symbols import SYMBOLS, positions
from tui.page.flow import Cell, Flow, Place
from tui.page.layout import LaidBlock, Piece
from tui.page.overlay import Layer, Lying, Overlay, Walk
from tui.page.shown import Shown


class Look(NamedTuple):
    """Everything that decides how a character is painted."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marks: frozenset[MarkKind] = frozenset()
    colour: str = ""
    """Of the topmost highlight."""
    depth: int = 0
    """How many highlights lie here, 3 standing for more."""
    hit: Layer | None = None
    selected: bool = False
    caret: bool = False
    ornament: bool = False
    """Not of the text: a bar, a rule, or the symbol for a control character."""


class LookRun(NamedTuple):
    """Text of one look on a row."""

    cell: int
    """Where it begins, from the left edge of the text column."""
    text: str
    width: int
    """Cells."""
    look: Look


_STYLED = frozenset(
    {MarkKind.EMPHASIS, MarkKind.STRONG, MarkKind.CODE, MarkKind.LINK, MarkKind.FOOTNOTE}
)
_NO_MARKS: frozenset[MarkKind] = frozenset()
_NO_SYMBOLS: frozenset[int] = frozenset()
_SYMBOLS = frozenset(SYMBOLS.values()) | {"�"}


class Cursor(NamedTuple):
    """What the reader does on the page, in local offsets of a stretch."""

    selection: tuple[int, int] | None = None
    caret: int | None = None
    behind: bool = False
    """The caret stands behind the last character of its row, not on the first of the next."""


_NOTHING = Cursor()


def row_runs(
    flow: Flow, place: Place, overlay: Overlay | None = None, cursor: Cursor = _NOTHING
) -> list[LookRun]:
    """A row as runs of one look each, in the order of their cells; gaps between them are blank.

    Args:
        flow: The page.
        place: The row.
        overlay: The decorations of the row's stretch.
        cursor: The selection, and the caret if it is on this very row.
    """
    laid = flow.stretch(place.stretch)
    block = laid.block(place.block)
    row = block.rows[place.row]
    base = Look(block.block.kind, block.block.level)
    ornament = base._replace(ornament=True)
    runs = [LookRun(cell, text, len(text), ornament) for cell, text in row.ornaments]
    marks = _marks(laid.stretch.marks, block)
    caret = -1 if cursor.caret is None else block.shown.index(cursor.caret)
    for piece in row.pieces:
        symbols = _symbols(block.shown, piece, laid.stretch.text)
        spans = _look_spans(block, piece, base, marks, overlay, cursor.selection, caret, symbols)
        runs += _placed(flow, block, piece, spans)
    on_text = any(piece.start <= caret < piece.end for piece in row.pieces)
    if caret >= 0 and row.pieces and (cursor.behind or not on_text):
        piece = next((each for each in reversed(row.pieces) if each.end <= caret), row.pieces[-1])
        cell = flow.end_cell(block, piece)
        runs.append(LookRun(cell, " ", 1, base._replace(caret=True)))
    return sorted(runs, key=lambda run: run.cell)


def _marks(marks: Iterable[Mark], block: LaidBlock) -> list[Mark]:
    start, end = block.block.start, block.block.end
    return [
        each for each in marks if each.kind in _STYLED and each.start < end and start < each.end
    ]


def _symbols(shown: Shown, piece: Piece, text: str) -> frozenset[int]:
    """The indices at which a piece shows symbols for what must not be shown."""
    if shown.text[piece.start : piece.end].isascii():
        return _NO_SYMBOLS
    start, end = shown.local(piece.start), shown.local(piece.end)
    indices = (shown.index(start + each) for each in positions(text[start:end]))
    return frozenset(each for each in indices if shown.text[each : each + 1] in _SYMBOLS)


class _LookSpan(NamedTuple):
    """Characters of one look, as indices of what the block shows."""

    start: int
    end: int
    look: Look


def _look_spans(
    block: LaidBlock,
    piece: Piece,
    base: Look,
    marks: list[Mark],
    overlay: Overlay | None,
    selection: tuple[int, int] | None,
    caret: int,
    symbols: frozenset[int],
) -> Iterator[_LookSpan]:
    """The looks of a piece, in the order of the text."""
    shown, text = block.shown, block.shown.text
    start, end = shown.local(piece.start), shown.local(piece.end)
    highlights = overlay.highlights(start, end) if overlay else []
    hits = overlay.hits(start, end) if overlay else []
    edges = {piece.start}
    edges.update(map(shown.index, _edges(highlights, hits, marks, selection)))
    for number in symbols:
        edges.update((number, number + 1))
    if caret >= 0:
        edges.update((caret, next_edge(text, caret)))
    run = text[piece.start : piece.end]
    if not is_plain(run):
        # An edge inside a cluster counts for nothing: it is painted as its first character is.
        edges &= {piece.start + first for first, _ in clusters(run)}
    highlight, hit = Walk(highlights), Walk(hits)
    begun, last = piece.start, base
    for here in sorted(edge for edge in edges if piece.start <= edge < piece.end):
        local = shown.local(here)
        over, found = highlight.at(local), hit.at(local) if hits else None
        look = Look(
            base.kind,
            base.level,
            _over(marks, local) if marks else _NO_MARKS,
            over.colour if over else "",
            over.depth if over else 0,
            found.layer if found else None,
            selection is not None and selection[0] <= local < selection[1],
            here == caret,
            here in symbols,
        )
        if look != last:
            if here > begun:
                yield _LookSpan(begun, here, last)
            begun, last = here, look
    if piece.end > begun:
        yield _LookSpan(begun, piece.end, last)


def _placed(
    flow: Flow, block: LaidBlock, piece: Piece, spans: Iterable[_LookSpan]
) -> Iterator[LookRun]:
    """The looks of a piece, each at its cell."""
    text = block.shown.text
    if is_plain(text[piece.start : piece.end]):
        for start, end, look in spans:
            cell = piece.cell + start - piece.start
            yield LookRun(cell, text[start:end], end - start, look)
        return
    cells = flow.piece_cells(block, piece)
    visual = flow.visual and block.directions is not None
    number = 0
    for _, end, look in spans:
        first = number
        while number < len(cells) and cells[number].start < end:
            number += 1
        if visual:
            yield from _visual(block, cells[first:number], look)
            continue
        last = cells[number - 1]
        run = text[cells[first].start : last.end]
        yield LookRun(cells[first].cell, run, last.cell + last.width - cells[first].cell, look)


def _visual(block: LaidBlock, cells: list[Cell], look: Look) -> Iterator[LookRun]:
    """Clusters that may stand in any order; brackets that run to the left are turned."""
    from annotations.text.bidi import MIRRORED

    assert block.directions is not None
    for cell in cells:
        text = block.shown.text[cell.start : cell.end]
        if block.directions.levels[cell.start] % 2:
            text = MIRRORED.get(text, text)
        yield LookRun(cell.cell, text, cell.width, look)


def _over(marks: list[Mark], local: int) -> frozenset[MarkKind]:
    return frozenset(mark.kind for mark in marks if mark.start <= local < mark.end)


def _edges(
    highlights: list[Lying],
    hits: list[Lying],
    marks: list[Mark],
    selection: tuple[int, int] | None,
) -> set[int]:
    """Where anything begins or ends, each place once."""
    edges = set(selection or ())
    for spans in (highlights, hits, marks):
        for span in spans:
            edges.add(span.start)
            edges.add(span.end)
    return edges
