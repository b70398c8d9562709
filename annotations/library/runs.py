"""The documents of a section in their order, read where they are looked at.

A list is one run of documents or several: those that have a value to be compared by, then the rest.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from annotations.library.connection import Connection
from annotations.library.titles import Titles
from annotations.model import Document

_TIES = ("d.title COLLATE NOCASE", "d.id")
"""SQL for the order of documents ``d`` that are otherwise alike."""
_TOGETHER = 500
"""Documents that are read at once, where all are."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """What documents must fit."""

    sql: str
    """A condition for a document ``d``."""
    values: Mapping[str, object]
    """The parameters of it, by name."""

    def also(self, sql: str, **values: object) -> Fitting:
        """This, and another condition."""
        return Fitting(f"{self.sql} AND {sql}", {**self.values, **values})

    def among(self, name: str, numbers: Iterable[int]) -> Fitting:
        """This, of the documents whose current revisions have these numbers.

        Args:
            name: Of the SQL parameter that holds them.
            numbers: Of revisions.
        """
        revisions = f"SELECT v.id FROM json_each(:{name}) n JOIN revisions v ON v.number = n.value"
        return self.also(f"d.revision IN ({revisions})", **{name: json.dumps(list(numbers))})


@dataclass(frozen=True, slots=True)
class Order:
    """How a :class:`Sort` is done."""

    value: str
    """SQL for what documents ``d`` are compared by."""
    falling: bool = True
    index: str = ""
    """The index that has this order, from the least value on; empty: none."""
    valued: str = ""
    """SQL for the documents that have a value, where there is no index."""

    @property
    def keys(self) -> Sequence[str]:
        """SQL for all that documents are compared by, one after the other."""
        return [self.value, *(key for key in _TIES if key != self.value)]

    @property
    def by(self) -> str:
        """SQL, what follows ORDER BY."""
        way = "DESC" if self.falling else "ASC"
        # An index is read one way for all that it has.
        ties = way if self.index else "ASC"
        first, *rest = self.keys
        return ", ".join([f"{first} {way}", *(f"{key} {ties}" for key in rest)])

    def turned(self, reverse: bool = True) -> Order:
        """The same from the other end; or as it is."""
        return replace(self, falling=self.falling != reverse)


class Listing:
    """The documents of a section, read where they are looked at.

    Args:
        runs: One after the other.
    """

    def __init__(self, runs: Sequence[Scan | Gathered]) -> None:
        self._runs = runs

    def __len__(self) -> int:
        return sum(run.count for run in self._runs)

    def __iter__(self) -> Iterator[Document]:
        for run in self._runs:
            ids = run.ids()
            for at in range(0, len(ids), _TOGETHER):
                yield from run.titles.named(ids[at : at + _TOGETHER])

    def window(self, offset: int, limit: int) -> list[Document]:
        """So many of them from an offset on."""
        found: list[Document] = []
        for run in self._runs:
            if offset < run.count and limit > 0:
                found += run.window(offset, limit)
                limit -= min(limit, run.count - offset)
            offset = max(0, offset - run.count)
        return found

    def ids(self) -> Iterator[str]:
        """The ids of all of them, in order."""
        return chain.from_iterable(run.ids() for run in self._runs)

    @property
    def numbers(self) -> array[int]:
        """The numbers of the current revisions of all of them, in order."""
        return array("q", chain.from_iterable(run.numbers for run in self._runs))

    def index(self, document: Document) -> int | None:
        """Where a document is; None: not here."""
        before = 0
        for run in self._runs:
            found = run.index(document)
            if found is not None:
                return before + found
            before += run.count
        return None


@dataclass(frozen=True, slots=True)
class Gathered:
    """Documents by the numbers of their revisions."""

    titles: Titles
    numbers: array[int]
    deleted: bool

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.numbers)

    def window(self, offset: int, limit: int) -> list[Document]:
        """So many of them from an offset on."""
        return self.titles.at(self.numbers[offset : offset + limit], deleted=self.deleted)

    def ids(self) -> Sequence[str]:
        """The ids of all of them, in order."""
        return self.titles.ids(self.numbers)

    def index(self, document: Document) -> int | None:
        """Where a document is; None: not here."""
        number = self.titles.number(document)
        return self.numbers.index(number) if number in self.numbers else None


class Scan:
    """Documents in the order of an index.

    Args:
        connection: Where they are.
        titles: Reads them.
        order: Has an index.
        fitting: What they fit.
        count: How many they are.
    """

    def __init__(
        self,
        connection: Connection,
        titles: Titles,
        order: Order,
        fitting: Fitting,
        count: int,
    ) -> None:
        self._connection = connection
        self.titles = titles
        self._order = order
        self._fitting = fitting
        self._from = f"FROM documents d INDEXED BY {order.index} WHERE {fitting.sql}"
        self._by, self._backwards = f"ORDER BY {order.by}", f"ORDER BY {order.turned().by}"
        self.count = count

    def window(self, offset: int, limit: int) -> list[Document]:
        """So many of them from an offset on."""
        limit = min(limit, self.count - offset)
        after = self.count - offset - limit
        # From the nearer end: each that is passed over is read in the index.
        order, passed = (self._by, offset) if offset <= after else (self._backwards, after)
        values = {**self._fitting.values, "limit": limit, "offset": passed}
        return self.titles.of(
            f"SELECT d.id {self._from} {order} LIMIT :limit OFFSET :offset", values, self._by
        )

    def ids(self) -> Sequence[str]:
        """The ids of all of them, in order."""
        return self._every("d.id")

    @property
    def numbers(self) -> Sequence[int]:
        """The numbers of the current revisions of all of them, in order."""
        return self._every("(SELECT v.number FROM revisions v WHERE v.id = d.revision)")

    def _every(self, column: str) -> list[Any]:  # what it holds, the SQL says
        rows = self._connection.all(
            f"SELECT {column} {self._from} {self._by}", self._fitting.values
        )
        return [value for (value,) in rows]

    def index(self, document: Document) -> int | None:
        """Where a document is; None: not here."""
        keys, values = self._order.keys, self._fitting.values
        found = self._connection.one(
            f"SELECT {', '.join(keys)} FROM documents d WHERE {self._fitting.sql} AND d.id = :id",
            {**values, "id": document.id},
        )
        if found is None:
            return None
        before, beyond = (">", ">=") if self._order.falling else ("<", "<=")
        equal = ""
        parts = []
        for at, key in enumerate(keys):
            parts.append(f"({equal}{key} {before} :key{at})")
            equal += f"{key} = :key{at} AND "
        # What the first key says bounds the part of the index that is looked at.
        bound = f"{keys[0]} {beyond} :key0"
        number: int = self._connection.value(
            f"SELECT count(*) {self._from} AND {bound} AND ({' OR '.join(parts)})",
            {**values, **{f"key{at}": key for at, key in enumerate(found)}},
        )
        return min(number, max(0, self.count - 1))
