"""The highlights that a query found, as a list that grows and is read where it is looked at."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable

from annotations.model import Highlight
from tui.windowed import WINDOW, Windowed


class FoundHighlights(Windowed[Highlight]):
    """The highlights with given numbers.

    Args:
        at: Gives the highlights with some numbers in their order; those that are gone are missing.
    """

    def __init__(self, at: Callable[[Iterable[int]], list[Highlight]]) -> None:
        super().__init__()
        self._at = at
        self._numbers = array("q")

    def __len__(self) -> int:
        return len(self._numbers)

    def extend(self, numbers: Iterable[int]) -> None:
        """Add more at the end."""
        self._forget(len(self._numbers))
        self._numbers.extend(numbers)

    def read(self, start: int) -> list[Highlight]:
        """From the library."""
        return self._at(self._numbers[start : start + WINDOW])
