"""A long list of highlights of which only a window is in memory. Pure but for what it is given."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import overload

from annotations.model import Highlight

_PAGE = 64
"""Highlights read at a time."""
_PAGES = 32
"""Windows kept."""


class FoundHighlights(Sequence[Highlight]):
    """The highlights with given numbers, read where they are looked at.

    Args:
        read: Gives the highlights with some numbers in their order; those that are gone are
            missing.
    """

    def __init__(self, read: Callable[[Iterable[int]], list[Highlight]]) -> None:
        self._read = read
        self._numbers = array("q")
        self._pages: OrderedDict[int, list[Highlight]] = OrderedDict()

    def extend(self, numbers: Iterable[int]) -> None:
        """Add more at the end."""
        self._pages.pop(len(self._numbers) // _PAGE, None)
        self._numbers.extend(numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Highlight: ...
    @overload
    def __getitem__(self, index: slice) -> list[Highlight]: ...
    def __getitem__(self, index: int | slice) -> Highlight | list[Highlight]:
        if isinstance(index, slice):
            return self._read(self._numbers[index])
        page, at = divmod(range(len(self))[index], _PAGE)
        return self._page(page)[at]

    def _page(self, page: int) -> list[Highlight]:
        if page not in self._pages:
            numbers = self._numbers[page * _PAGE : (page + 1) * _PAGE]
            self._pages[page] = self._read(numbers)
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return self._pages[page]
