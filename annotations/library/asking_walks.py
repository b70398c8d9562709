"""Walks that ask the library: by one statement that goes on, by looking at document after document,
or for all at once. See :mod:`annotations.library.walks`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cached_property

from annotations.library.connection import Connection
from annotations.library.walks import MOST, NONE, Listed, Walk

_ONE_BY_ONE = 50
"""Documents up to which it is asked of each whether it is one, instead of for all that are."""

_SAMPLED = 500
"""Documents, the latest, that tell about how many there are."""

_LOOKED_UP = 4
"""How many times as long it takes to look documents up as to go through all of them."""


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
        about: int = MOST,
        every: Callable[[], Set[int]] | None = None,
    ) -> None:
        """Args:
        connection: Where they are.
        sql: A SELECT of document numbers, as the column ``number``, in descending order, which may
            come several times each, up to that of its last question mark.
        values: Of the question marks before the last.
        steps: Rows that it goes on by before it is cheaper to ask anew from where it is wanted.
        first: What ``sql`` gives first up to :data:`MOST`, where that has been asked already.
        about: About how many documents it gives; all, where it says nothing.
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
        self.about = about

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

    def among(self, numbers: Set[int]) -> Set[int]:
        if len(numbers) <= _ONE_BY_ONE:
            return frozenset(filter(self.has, sorted(numbers, reverse=True)))
        return numbers & self.every()

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
        sql: A SELECT of document numbers, in descending order, that are greater than the value of
            its last question mark but one, and at most that of its last.
        values: Of the question marks before.
        every: Gives all of them.
        among: Gives those among a few documents.
        highest: The greatest number that there is.
        most: Numbers that are gone through where nothing is found; ten times as many at most.
    """

    def __init__(
        self,
        connection: Connection,
        sql: str,
        values: Sequence[object],
        every: Callable[[], Set[int]],
        among: Callable[[Set[int]], Set[int]],
        highest: int,
        most: int,
    ) -> None:
        self._connection = connection
        self._sql = f"{sql} LIMIT 1"
        self._sample = f"SELECT count(*) FROM ({sql})"
        self._values = tuple(values)
        self._every = every
        self._among = among
        self._highest = highest
        self._most = most
        self._gone_through = self._finds = 0
        self._asked = self._found = NONE
        self._all: Listed | None = None

    @cached_property
    def about(self) -> int:
        """As many of all as there are of the latest."""
        sampled = max(1, min(_SAMPLED, self._most))
        lowest = max(NONE, self._highest - sampled)
        found = self._connection.value(self._sample, (*self._values, lowest, self._highest))
        return int(found + 1) * self._highest // sampled

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
        if self._all is not None:
            return self._all.has(number)
        if self._found <= number <= self._asked:
            return number == self._found
        values = (*self._values, number - 1, number)
        return self._connection.value(self._sql, values) is not None

    def every(self) -> Set[int]:
        return self._asked_for.every()

    def among(self, numbers: Set[int]) -> Set[int]:
        if self._all is None and len(numbers) * _LOOKED_UP <= self._highest:
            return self._among(numbers)
        return numbers & self.every()

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

    @property
    def about(self) -> int:
        return self._walk.about

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

    def among(self, numbers: Set[int]) -> Set[int]:
        if len(numbers) <= self._left:
            return frozenset(filter(self.has, numbers))
        return self._asked_for.among(numbers)

    @property
    def _asked_for(self) -> Walk:
        if self._all is None:
            self._all = self._ask()
        return self._all
