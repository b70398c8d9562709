"""Documents in step: what a search asks for, answered from the latest document down to the first.

A document is known by the number of its current revision. Every part of a search can be asked for
the greatest number, up to a given one, of a document that it is true of. So ``and`` leaps from one
part to the next, and no more is read than is asked for, however common a word is.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import cycle
from typing import Protocol

from annotations.library.connection import Connection

NONE = 0
"""No document; numbers start at 1."""

MOST = 1 << 40
"""No document has a greater number."""

_LEAPS = 1_000
"""Questions to walks, a few microseconds each, after which an answer is looked for otherwise."""


class Walk(Protocol):
    """The documents that a part of a search is true of."""

    def latest(self, number: int) -> int:
        """The greatest document number that is at most ``number``, or :data:`NONE`."""

    def has(self, number: int) -> bool:
        """Whether the document ``number`` is one of them."""

    def every(self) -> Set[int]:
        """All of them: for what needs all, many times as fast as one after the other."""


def down(walk: Walk, number: int) -> Iterator[int]:
    """All documents of ``walk`` from ``number`` on, downwards."""
    while (number := walk.latest(number)) != NONE:
        yield number
        number -= 1


class Listed:
    """Documents that are few enough to be held."""

    def __init__(self, numbers: Set[int]) -> None:
        self._numbers = array("q", sorted(numbers))

    def latest(self, number: int) -> int:
        index = bisect_right(self._numbers, number)
        return self._numbers[index - 1] if index else NONE

    def has(self, number: int) -> bool:
        return self.latest(number) == number

    def every(self) -> Set[int]:
        return frozenset(self._numbers)


class Streamed:
    """Documents that a statement gives, downwards."""

    def __init__(
        self,
        connection: Connection,
        sql: str,
        values: Sequence[object],
        *,
        steps: int,
        first: Sequence[int] = (),
        every: Callable[[], Set[int]] | None = None,
    ) -> None:
        """Args:
        connection: Where they are.
        sql: A SELECT of document numbers, as the column ``number``, in descending order, which may
            come several times each, up to that of its last question mark.
        values: Of the question marks before the last.
        steps: Rows that it goes on by before it is cheaper to ask anew from where it is wanted.
        first: What ``sql`` gives first up to :data:`MOST`, where that has been asked already.
        every: Gives all of them, where there is a quicker way.
        """
        self._connection = connection
        self._sql = sql
        self._values = tuple(values)
        self._steps = steps
        self._rows: Iterator[tuple[int]] = ((number,) for number in first)
        self._asked = MOST + 1 if first else NONE
        self._found = self._asked
        """The answer for every number from here up to what was last asked for."""
        self._every = every or self._ask_for_every

    def latest(self, number: int) -> int:
        if self._found <= number <= self._asked:
            return self._found
        if number < self._asked:
            for _, (found,) in zip(range(self._steps), self._rows, strict=False):
                if found <= number:
                    self._asked, self._found = number, found
                    return found
        self._rows = self._connection.stream(self._sql, (*self._values, number))
        self._asked, self._found = number, next(self._rows, (NONE,))[0]
        return self._found

    def has(self, number: int) -> bool:
        return self.latest(number) == number

    def every(self) -> Set[int]:
        return self._every()

    def _ask_for_every(self) -> Set[int]:
        return numbers_of(self._connection, self._sql, (*self._values, MOST))


def numbers_of(connection: Connection, sql: str, values: Sequence[object] = ()) -> Set[int]:
    """All that a SELECT of document numbers, as the column ``number``, gives."""
    # As one value: a row for each would take three times as long.
    listed = connection.value(f"SELECT json_group_array(number) FROM ({sql})", values)
    return frozenset(json.loads(listed))


class Scanned:
    """Documents that are told by looking at each, downwards, for as long as that finds some; then
    all are asked for at once.

    Args:
        connection: Where they are.
        sql: A SELECT of the greatest document number between those of its last two question marks,
            the first of which is not meant.
        values: Of the question marks before.
        every: Gives all of them.
        highest: The greatest number that there is.
        most: Numbers that are gone through where nothing is found; ten times as many at most.
    """

    def __init__(
        self,
        connection: Connection,
        sql: str,
        values: Sequence[object],
        every: Callable[[], Set[int]],
        highest: int,
        most: int,
    ) -> None:
        self._connection = connection
        self._sql = sql
        self._values = tuple(values)
        self._every = every
        self._highest = highest
        self._most = most
        self._gone_through = self._finds = 0
        self._asked = self._found = NONE
        self._all: Listed | None = None

    def latest(self, number: int) -> int:
        number = min(number, self._highest)
        if self._all is None and self._left > 0:
            if self._found <= number <= self._asked:
                return self._found
            lowest = max(NONE, number - self._left)
            found = self._connection.value(self._sql, (*self._values, lowest, number))
            if found is not None or lowest == NONE:
                self._asked, self._found = number, found or NONE
                self._gone_through += number - self._found
                self._finds += 1
                return self._found
        return self._asked_for.latest(number)

    def has(self, number: int) -> bool:
        return self.latest(number) == number

    def every(self) -> Set[int]:
        return self._asked_for.every()

    @property
    def _left(self) -> int:
        """Numbers that may be gone through yet."""
        return int(self._most * min(10, 1 + self._finds / 10)) - self._gone_through

    @property
    def _asked_for(self) -> Listed:
        if self._all is None:
            self._all = Listed(self._every())
        return self._all


class Tried:
    """Documents of ``walk`` that are looked at one by one, as long as that finds many; where it
    does not, all are asked for at once.

    Args:
        walk: Those that may be.
        is_one: Looks at one.
        ask: Asks for all that are.
        most: How many are looked at, at most.
    """

    def __init__(
        self, walk: Walk, is_one: Callable[[int], bool], ask: Callable[[], Walk], most: int
    ) -> None:
        self._walk = walk
        self._is_one = is_one
        self._ask = ask
        self._left = most
        self._tried: dict[int, bool] = {}
        self._asked = self._found = NONE
        self._all: Walk | None = None

    def latest(self, number: int) -> int:
        if self._found <= number <= self._asked:
            return self._found
        found = self._walk.latest(number)
        while found != NONE and not self.has(found):
            if self._all is not None:
                return self._all.latest(number)
            found = self._walk.latest(found - 1)
        self._asked, self._found = number, found
        return found

    def has(self, number: int) -> bool:
        if number not in self._tried:
            if not self._left:
                return self._asked_for.has(number)
            self._left -= 1
            self._tried[number] = self._is_one(number)
        return self._tried[number]

    def every(self) -> Set[int]:
        return self._asked_for.every()

    @property
    def _asked_for(self) -> Walk:
        if self._all is None:
            self._all = self._ask()
        return self._all


class Both:
    """Documents that every one of ``walks`` has, and none of ``barred``.

    The walks leap over each other; where that has found nothing for long, all that each of them
    has are held against each other.
    """

    def __init__(self, walks: Sequence[Walk], barred: Sequence[Walk] = ()) -> None:
        self._walks = walks
        self._barred = barred
        self._all: Walk | None = None

    def latest(self, number: int) -> int:
        if self._all is not None:
            return self._all.latest(number)
        agreed = 0
        for _, walk in zip(range(_LEAPS), cycle(self._walks), strict=False):
            found = walk.latest(number)
            agreed = agreed + 1 if found == number else 1
            number = found
            if number == NONE:
                return NONE
            if agreed >= len(self._walks):
                if not any(each.has(number) for each in self._barred):
                    return number
                number, agreed = number - 1, 0
        self._all = Listed(self.every())
        return self._all.latest(number)

    def has(self, number: int) -> bool:
        return all(each.has(number) for each in self._walks) and not any(
            each.has(number) for each in self._barred
        )

    def every(self) -> Set[int]:
        found = frozenset.intersection(*(frozenset(each.every()) for each in self._walks))
        return found.difference(*(each.every() for each in self._barred)) if found else found


class Either:
    """Documents that one of ``walks`` has."""

    def __init__(self, walks: Sequence[Walk]) -> None:
        self._walks = walks

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
