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
    """The highlights of one document, in the order of their places.

    Args:
        highlights: Of the library.
        document: Its id.
    """

    def __init__(self, highlights: Highlights, document: str) -> None:
        super().__init__()
        self._highlights = highlights
        self._places = highlights.places(document)

    def __len__(self) -> int:
        return len(self._places)

    def read(self, start: int) -> list[Highlight]:
        """From the library."""
        places = self._places[start : start + WINDOW]
        return self._highlights.at(each for each, _, _ in places)

    def starts(self) -> Iterator[int]:
        """Where each begins."""
        return (start for _, start, _ in self._places)

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
