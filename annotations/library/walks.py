"""Documents in step: what a search asks for, answered from the latest document down to the first.

A document is known by the number of its current revision. Every part of a search can be asked for
the greatest number, up to a given one, of a document that it is true of, and whether it is true of
one. So of ``and`` the part that fewest have leads, the others are asked about its documents, and no
more is read than is asked for, however common a word is. The parts that ask the library are in
:mod:`annotations.library.asking_walks`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from operator import attrgetter
from typing import Protocol

NONE = 0
"""No document; numbers start at 1."""

MOST = 1 << 40
"""No document has a greater number."""

_VAIN = 500
"""Documents, of which each question takes microseconds, that are asked about in vain before all
that the walks have is asked for ..."""

_VAIN_A_FIND = 10
"""... and how many more each find allows."""


class Walk(Protocol):
    """The documents that a part of a search is true of."""

    @property
    def about(self) -> int:
        """About how many there are, as far as it is known; :data:`MOST`: all."""

    def latest(self, number: int) -> int:
        """The greatest document number that is at most ``number``, or :data:`NONE`."""

    def has(self, number: int) -> bool:
        """Whether the document ``number`` is one of them."""

    def every(self) -> Set[int]:
        """All of them: for what needs all, many times as fast as one after the other."""

    def among(self, numbers: Set[int]) -> Set[int]:
        """Those of ``numbers`` that are some of them."""


def down(walk: Walk, number: int) -> Iterator[int]:
    """All documents of ``walk`` from ``number`` on, downwards."""
    while (number := walk.latest(number)) != NONE:
        yield number
        number -= 1


class Listed:
    """Documents that are few enough to be held."""

    def __init__(self, numbers: Set[int]) -> None:
        self._numbers = array("q", sorted(numbers))

    @property
    def about(self) -> int:
        return len(self._numbers)

    def latest(self, number: int) -> int:
        index = bisect_right(self._numbers, number)
        return self._numbers[index - 1] if index else NONE

    def has(self, number: int) -> bool:
        return self.latest(number) == number

    def every(self) -> Set[int]:
        return frozenset(self._numbers)

    def among(self, numbers: Set[int]) -> Set[int]:
        return numbers & self.every()


class Both:
    """Documents that every one of ``walks`` has, and none of ``barred``.

    The walk of the fewest leads; where that finds little for long, all that each of them has are
    held against each other.
    """

    def __init__(self, walks: Sequence[Walk], barred: Sequence[Walk] = ()) -> None:
        # About how many there are is not asked where nothing depends on it.
        self._walks = sorted(walks, key=attrgetter("about")) if len(walks) > 1 else walks
        self._barred = barred
        self._left = _VAIN
        self._all: Walk | None = None

    @property
    def about(self) -> int:
        return self._walks[0].about

    def latest(self, number: int) -> int:
        if self._all is None:
            lead, *others = self._walks
            for each in down(lead, number):
                if self._agreed(others, each):
                    self._left += _VAIN_A_FIND
                    return each
                self._left -= 1
                if self._left < 0:
                    break
            else:
                return NONE
            self._all = Listed(self.every())
        return self._all.latest(number)

    def has(self, number: int) -> bool:
        return self._agreed(self._walks, number)

    def _agreed(self, walks: Sequence[Walk], number: int) -> bool:
        """Whether all of ``walks`` have a document, and it is not barred."""
        return all(each.has(number) for each in walks) and not any(
            each.has(number) for each in self._barred
        )

    def every(self) -> Set[int]:
        first, *others = self._walks
        return self._left_by(others, first.every())

    def among(self, numbers: Set[int]) -> Set[int]:
        return self._left_by(self._walks, numbers)

    def _left_by(self, walks: Sequence[Walk], numbers: Set[int]) -> Set[int]:
        """Those of ``numbers`` that are in all of ``walks``, and not barred."""
        for each in walks:
            if numbers:
                numbers = each.among(numbers)
        for each in self._barred:
            if numbers:
                numbers = numbers - each.among(numbers)
        return numbers


class Either:
    """Documents that one of ``walks`` has."""

    def __init__(self, walks: Sequence[Walk]) -> None:
        self._walks = walks

    @property
    def about(self) -> int:
        return min(MOST, sum(walk.about for walk in self._walks))

    def latest(self, number: int) -> int:
        found = NONE
        for walk in self._walks:
            found = max(found, walk.latest(number))
            if found == number:
                break
        return found

    def has(self, number: int) -> bool:
        return any(walk.has(number) for walk in self._walks)

    def every(self) -> Set[int]:
        return frozenset().union(*(walk.every() for walk in self._walks))

    def among(self, numbers: Set[int]) -> Set[int]:
        return frozenset().union(*(walk.among(numbers) for walk in self._walks))
