"""Which rows of a text are on the screen. Pure.

What the reader looks at is an anchor, a position in the text, and never a row number: so the text
stands still when it is wrapped anew or when its height turns out to be another than was thought.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import islice

from annotations.model import Span
from tui.page.flow import Flow, Place


class Align(StrEnum):
    """Where on the page a place is brought."""

    NEAREST = "nearest"
    """Scroll no further than is needed to see it."""
    TOP = "top"
    CENTRE = "centre"
    IN_CONTEXT = "in context"
    """Where it is, if it is seen; else in the middle."""


class Viewport:
    """A window of some rows on a flow.

    Args:
        flow: The text at its measure.
        height: Rows of the window, at least 1.
    """

    def __init__(self, flow: Flow, height: int = 1) -> None:
        self._flow = flow
        self._height = max(height, 1)
        # The position of the first character of the top row, and, where the top row is a gap, how
        # many rows it is below that character's row. Only scrolling changes it.
        self._anchor = (0, 0)
        self._rows: list[Place] = []
        self._spans: list[tuple[int, int]] = []
        self._extent: tuple[int, Span] | None = None

    @property
    def flow(self) -> Flow:
        """The text."""
        return self._flow

    @property
    def height(self) -> int:
        """Rows of the window."""
        return self._height

    def reshape(self, flow: Flow, height: int) -> None:
        """Wrap the text anew, or show more or fewer rows; the anchor stays."""
        if (flow, max(height, 1)) != (self._flow, self._height):
            self._flow = flow
            self._height = max(height, 1)
            self._forget()

    def _forget(self) -> None:
        self._rows, self._spans, self._extent = [], [], None

    @property
    def rows(self) -> list[Place]:
        """The rows in the window: as many as it has room for, if the text has so many."""
        if not self._rows:
            position, further = self._anchor
            top = self._flow.step(self._flow.place(position), further)
            self._rows = list(islice(self._flow.rows(top), self._height))
            if len(self._rows) < self._height:
                top = self._flow.step(self._flow.last(), 1 - self._height)
                self._rows = list(islice(self._flow.rows(top), self._height))
        return self._rows

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The positions of the first character and after the last one of each row in the window."""
        if not self._spans:
            self._spans = [
                (self._flow.start_of(place), self._flow.end_of(place)) for place in self.rows
            ]
        return self._spans

    @property
    def visible(self) -> Span:
        """The positions from the first to the last character in the window."""
        return Span(self.spans[0][0], self.spans[-1][1])

    @property
    def extent(self) -> Span:
        """What of the source the window stands for: to the very ends where it shows them."""
        size = self._flow.source.size
        if self._extent is None or self._extent[0] != size:
            self._extent = size, self._find_extent(size)
        return self._extent[1]

    def _find_extent(self, size: int) -> Span:
        visible = self.visible
        first = self._flow.source.stretch(0).start
        start = 0 if self.rows[0] == (first, 0, 0) else visible.start
        at_end = self.rows[-1].stretch == self._flow.source.stretch(size).start
        return Span(start, size if at_end and self.rows[-1] == self._flow.last() else visible.end)

    @property
    def is_blank(self) -> bool:
        """Whether the whole text is in the window, and nothing of it is to be seen."""
        if self.extent != Span(0, self._flow.source.size):
            return False
        pieces = (piece for place in self.rows for piece in self._flow.row(place).pieces)
        return all(piece.start == piece.end for piece in pieces)

    def shows(self, place: Place) -> bool:
        """Whether a row is in the window."""
        return self.rows[0] <= place <= self.rows[-1]

    def scroll_to(self, top: Place) -> None:
        """Put a row at the top, or the last row at the bottom if too few follow."""
        first = top
        while first.row > 0 and not self._flow.row(first).pieces:
            first = first._replace(row=first.row - 1)
        self._anchor = (self._flow.start_of(first), top.row - first.row)
        self._forget()

    def scroll(self, rows: int) -> None:
        """Scroll down, or up by a negative number."""
        self.scroll_to(self._flow.step(self.rows[0], rows))

    def bring(self, place: Place, align: Align = Align.NEAREST) -> None:
        """Scroll so that a row is in the window."""
        if align is Align.TOP:
            self.scroll_to(place)
        elif align is Align.CENTRE or (align is Align.IN_CONTEXT and not self.shows(place)):
            self.scroll_to(self._flow.step(place, -(self._height // 2)))
        elif place < self.rows[0]:
            self.scroll_to(place)
        elif place > self.rows[-1]:
            self.scroll_to(self._flow.step(place, 1 - self._height))

    def reveal(self, span: Span) -> None:
        """Bring a span to the middle of the window, unless it is in it whole."""
        first = self._flow.place(span.start)
        last = self._flow.place(span.end, before=True)
        if not self.shows(first) or not self.shows(last):
            rows = self._flow.distance(first, last, self._height) or 0
            self.scroll_to(self._flow.step(first, -max((self._height - rows) // 2, 0)))
