"""What is known by its numbers, as a list that grows and is read where it is looked at."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from annotations.model import Highlight
from tui.windowed import WINDOW, Windowed

T = TypeVar("T")


class Found(Windowed[T]):
    """The rows with given numbers.

    Args:
        at: Gives those with some numbers in their order; those that are gone are missing.
    """

    def __init__(self, at: Callable[[Iterable[int]], list[T]]) -> None:
        super().__init__()
        self._at = at
        self._numbers = array("q")

    @property
    def numbers(self) -> Sequence[int]:
        """Of all of them."""
        return self._numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def extend(self, numbers: Iterable[int]) -> None:
        """Add more at the end."""
        self._forget(len(self._numbers))
        self._numbers.extend(numbers)

    def read(self, start: int) -> list[T]:
        """From the library."""
        return self._at(self._numbers[start : start + WINDOW])


FoundHighlights = Found[Highlight]
