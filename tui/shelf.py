"""The highlights of a document as a list that is read where it is looked at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotations.model import Highlight
from tui.windowed import WINDOW, Windowed

if TYPE_CHECKING:
    from annotations.library.highlights import Highlights


class Shelf(Windowed[Highlight]):
    """The highlights of one document, in the order of their places; those that have none in its
    text come last.

    Args:
        highlights: Of the library.
        document: Its id; no highlights are in one that is not there.
    """

    def __init__(self, highlights: Highlights, document: str) -> None:
        super().__init__()
        self._highlights = highlights
        self._places = highlights.places(document)
        self._lost = highlights.lost(document)

    def __len__(self) -> int:
        return len(self._places) + len(self._lost)

    @property
    def placed(self) -> int:
        """How many lie in the text."""
        return len(self._places)

    def read(self, start: int) -> list[Highlight]:
        """From the library."""
        placed = [each for each, _, _ in self._places[start : start + WINDOW]]
        after = max(0, start - self.placed)
        lost = self._lost[after : after + WINDOW - len(placed)]
        return self._highlights.at(placed + lost)

    @property
    def lost(self) -> range:
        """The indices of those that have no place in the text."""
        return range(self.placed, len(self))

    def nearest(self, offset: int) -> int:
        """The index of the last that begins at or before an offset; 0 if none does."""
        return max(0, self.up_to(offset) - 1)

    def following(self, offset: int) -> Highlight | None:
        """The first that begins after an offset."""
        at = self.up_to(offset)
        return self[at] if at < self.placed else None

    def preceding(self, offset: int) -> Highlight | None:
        """The last that begins before an offset."""
        at = self.before(offset)
        return self[at - 1] if at else None

    def between(self, start: int, end: int) -> range:
        """The indices of those that begin at ``start`` or after it, before ``end``."""
        return range(self.before(start), self.before(end))

    def starts(self) -> Iterator[int]:
        """Where each begins."""
        return (start for _, start, _ in self._places)

    def in_text(self) -> Iterator[Highlight]:
        """Those that lie in the text."""
        return (self[at] for at in range(self.placed))

    def index_of(self, highlight: Highlight) -> int:
        """The index of a highlight; of one on the same place, if it is gone."""
        first = bisect_left(self._places, (highlight.start, highlight.end), key=_span)
        last = bisect_right(self._places, (highlight.start, highlight.end), key=_span)
        for at in range(first, last):
            if self[at].id == highlight.id:
                return at
        return min(first, max(len(self) - 1, 0))

    def before(self, offset: int) -> int:
        """How many begin before an offset."""
        return bisect_left(self._places, offset, key=_start)

    def up_to(self, offset: int) -> int:
        """How many begin before an offset or at it."""
        return bisect_right(self._places, offset, key=_start)


def _span(place: tuple[int, int, int]) -> tuple[int, int]:
    return place[1:]


def _start(place: tuple[int, int, int]) -> int:
    return place[1]
