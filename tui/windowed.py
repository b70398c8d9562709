"""A long list of which only what is looked at is in memory."""

from __future__ import annotations

from abc import abstractmethod
from collections import OrderedDict
from collections.abc import Sequence
from typing import TypeVar, overload

T = TypeVar("T")

WINDOW = 50
"""Items that are read at once."""
_KEPT = 32
"""Windows that are kept."""


class Windowed(Sequence[T]):
    """A sequence that is read in windows of :data:`WINDOW` items.

    An item that another program removes meanwhile leaves its window shorter; the last one that is
    left stands for it until the list is made anew.
    """

    def __init__(self) -> None:
        self._windows: OrderedDict[int, list[T]] = OrderedDict()

    @abstractmethod
    def read(self, start: int) -> list[T]:
        """The items from an index on, :data:`WINDOW` of them where there are so many."""

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        window = self._window(index // WINDOW)
        return window[min(index % WINDOW, len(window) - 1)]

    def _window(self, number: int) -> list[T]:
        found = self._windows.get(number)
        if found is None:
            found = self.read(number * WINDOW)
            if not found:
                raise IndexError(number * WINDOW)
            self._windows[number] = found
            while len(self._windows) > _KEPT:
                self._windows.popitem(last=False)
        self._windows.move_to_end(number)
        return found

    def _forget(self, index: int) -> None:
        """Read the window of an item anew when it is next looked at."""
        self._windows.pop(index // WINDOW, None)
