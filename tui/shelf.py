"""The highlights of a document as a list that is read where it is looked at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from annotations.model import Highlight

if TYPE_CHECKING:
    from annotations.library.highlights import Highlights

_WINDOW = 100
"""Highlights that are read at once."""
_KEPT = 8
"""Windows that are kept."""


class Shelf(Sequence[Highlight]):
    """The highlights of one document, in the order of their places.

    One that is removed by another program meanwhile leaves the window shorter; the list is made
    anew when that is noticed.

    Args:
        highlights: Of the library.
        document: Its id.
    """

    def __init__(self, highlights: Highlights, document: str) -> None:
        self._highlights = highlights
        self._places = highlights.places(document)
        self._windows: OrderedDict[int, list[Highlight]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Highlight: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Highlight]: ...

    def __getitem__(self, index: int | slice) -> Highlight | Sequence[Highlight]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        window = self._window(index // _WINDOW)
        return window[min(index % _WINDOW, len(window) - 1)]

    def _window(self, number: int) -> list[Highlight]:
        found = self._windows.get(number)
        if found is None:
            places = self._places[number * _WINDOW : (number + 1) * _WINDOW]
            found = self._highlights.at(each for each, _, _ in places)
            if not found:
                raise IndexError(number * _WINDOW)
            self._windows[number] = found
            while len(self._windows) > _KEPT:
                self._windows.popitem(last=False)
        self._windows.move_to_end(number)
        return found

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
