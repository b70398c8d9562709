"""Where the caret goes: by character, word, sentence, paragraph. Pure functions over a flow.

Movement along the text is over what is shown, so that hidden markup and the blank lines between
paragraphs are stepped over. Where a motion leaves a block it goes on in the next one.
"""

from __future__ import annotations

from collections.abc import Callable

from annotations.model import Span
from annotations.text import boundaries
from annotations.text.graphemes import next_edge, previous_edge
from tui.page.flow import Flow
from tui.page.shown import Shown
from tui.page.source import Stretch

Segmenter = Callable[[str], list[tuple[int, int]]]


class Spot:
    """A position seen from inside its block."""

    def __init__(self, flow: Flow, position: int) -> None:
        laid = flow.stretch(position)
        local = laid.stretch.local(position)
        self.stretch: Stretch = laid.stretch
        self.number = laid.block_at(local)
        self.shown: Shown = laid.block(self.number).shown
        self.index = self.shown.index(local)

    @property
    def text(self) -> str:
        """What the block shows."""
        return self.shown.text

    def position(self, index: int) -> int:
        """The position of an index of what the block shows."""
        return self.stretch.position(self.shown.local(index))

    def span(self, start: int, end: int) -> Span:
        """The positions of a run of what the block shows; markup behind it stays outside."""
        last = self.shown.local(end - 1) + 1 if end > start else self.shown.local(end)
        return Span(self.position(start), self.stretch.position(last))

    @property
    def next_block(self) -> int:
        """The position where the next block begins, or the end of the source."""
        return self.stretch.position(self.stretch.blocks[self.number].end)

    @property
    def block_start(self) -> int:
        """The position where the block begins."""
        return self.stretch.position(self.stretch.blocks[self.number].start)


def _below(flow: Flow, spot: Spot) -> Spot | None:
    """The start of the next block that shows anything."""
    position = spot.next_block
    while position < flow.source.size:
        below = Spot(flow, position)
        if below.text or below.next_block >= flow.source.size:
            below.index = 0
            return below
        position = below.next_block
    return None


def _above(flow: Flow, spot: Spot) -> Spot | None:
    """The end of the block before that shows anything."""
    position = spot.block_start
    while position > 0:
        above = Spot(flow, position - 1)
        if above.text or above.block_start <= 0:
            above.index = len(above.text)
            return above
        position = above.block_start
    return None


def snapped(flow: Flow, position: int) -> int:
    """The nearest place at or before a position where the caret can stand."""
    spot = Spot(flow, min(max(position, 0), flow.source.size))
    if spot.index >= len(spot.text):
        return spot.position(len(spot.text))
    return spot.position(previous_edge(spot.text, spot.index + 1))


def character(flow: Flow, position: int, forward: bool) -> int:
    """One cluster on or back; over a paragraph's end to the next paragraph."""
    spot = Spot(flow, position)
    if forward:
        if spot.index < len(spot.text):
            return spot.position(next_edge(spot.text, spot.index))
        below = _below(flow, spot)
        return below.position(0) if below else position
    if spot.index > 0:
        return spot.position(previous_edge(spot.text, spot.index))
    above = _above(flow, spot)
    return above.position(above.index) if above else position


def _start(flow: Flow, position: int, forward: bool, segments: Segmenter) -> int:
    """The start of the next segment, or of this one, or of the one before."""
    spot: Spot | None = Spot(flow, position)
    assert spot is not None
    here = spot.index
    if forward:
        for start, _ in segments(spot.text):
            if start > here:
                return spot.position(start)
        end = spot.position(len(spot.text))
        below = _below(flow, spot)
        if below is None:
            return end
        found = segments(below.text)
        return below.position(found[0][0] if found else 0)
    for start, _ in reversed(segments(spot.text)):
        if start < here:
            return spot.position(start)
    above = _above(flow, spot)
    if above is None:
        return spot.position(0)
    found = segments(above.text)
    return above.position(found[-1][0] if found else 0)


def word(flow: Flow, position: int, forward: bool) -> int:
    """The start of the next word, or of this one or the one before."""
    return _start(flow, position, forward, boundaries.words)


def sentence(flow: Flow, position: int, forward: bool) -> int:
    """The start of the next sentence, or of this one or the one before."""
    return _start(flow, position, forward, boundaries.sentences)


def word_end(flow: Flow, position: int) -> int:
    """The end of this word, or of the next where the caret stands at an end."""
    spot = Spot(flow, position)
    while True:
        for _, end in boundaries.words(spot.text):
            if end > spot.index:
                return spot.position(end)
        below = _below(flow, spot)
        if below is None:
            return spot.position(len(spot.text))
        if not below.text:
            return below.position(0)
        spot = below


def paragraph(flow: Flow, position: int, forward: bool) -> int:
    """The start of the next block, or of this one or the one before."""
    spot = Spot(flow, position)
    if forward:
        below = _below(flow, spot)
        return below.position(0) if below else spot.position(len(spot.text))
    if spot.index > 0:
        return spot.position(0)
    above = _above(flow, spot)
    return above.position(0) if above else position


def _span_at(flow: Flow, position: int, segments: Segmenter) -> Span | None:
    spot = Spot(flow, position)
    found = boundaries.span_at(segments(spot.text), spot.index)
    return spot.span(*found) if found else None


def word_at(flow: Flow, position: int) -> Span | None:
    """The word at a position, or the one before it in its block."""
    return _span_at(flow, position, boundaries.words)


def sentence_at(flow: Flow, position: int) -> Span | None:
    """The sentence at a position."""
    return _span_at(flow, position, boundaries.sentences)


def paragraph_at(flow: Flow, position: int) -> Span | None:
    """The block at a position, as far as it shows anything."""
    spot = Spot(flow, position)
    return spot.span(0, len(spot.text)) if spot.text else None
