"""The documents of a section in their order, read where they are looked at.

A list is one run of documents or several: those that have a value to be compared by, then the rest.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from annotations.library.connection import Connection
from annotations.library.titles import Titles
from annotations.model import Document

TIES = "d.title COLLATE NOCASE, d.id"
"""SQL for the order of documents ``d`` that are otherwise alike."""


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
        at = 0
        while found := self.window(at, 500):
            yield from found
            at += 500

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
    """Documents in the order of an index."""

    def __init__(
        self,
        connection: Connection,
        titles: Titles,
        order: Order,
        where: str,
        values: dict[str, object],
        most: int | None,
    ) -> None:
        self._connection = connection
        self._titles = titles
        self._order = order
        self._values = values
        self._from = f"FROM documents d INDEXED BY {order.index} WHERE {where}"
        self._where = where
        self._ids: Sequence[str] | None = None
        ways = ("DESC", "ASC") if order.falling else ("ASC", "DESC")
        keys = [order.value, *([] if order.value in TIES else ["d.title COLLATE NOCASE"]), "d.id"]
        self._keys = keys
        self._by, self._backwards = (
            "ORDER BY " + ", ".join(f"{key} {way}" for key in keys) for way in ways
        )
        self.count: int
        if most is None:
            self.count = self._connection.value(f"SELECT count(*) {self._from}", values)
        else:
            # What is narrowed down is looked for once.
            found = f"SELECT d.id {self._from} {self._by} LIMIT {most}"
            self._ids = [id_ for (id_,) in self._connection.all(found, values)]
            self.count = len(self._ids)

    def window(self, offset: int, limit: int) -> list[Document]:
        """So many of them from an offset on."""
        if self._ids is not None:
            return self._titles.named(self._ids[offset : offset + limit])
        limit = min(limit, self.count - offset)
        after = self.count - offset - limit
        # From the nearer end: each that is passed over is read in the index.
        order, passed = (self._by, offset) if offset <= after else (self._backwards, after)
        values = {**self._values, "limit": limit, "offset": passed}
        return self._titles.of(
            f"SELECT d.id {self._from} {order} LIMIT :limit OFFSET :offset", values, self._by
        )

    def ids(self) -> Sequence[str]:
        """The ids of all of them, in order."""
        if self._ids is not None:
            return self._ids
        rows = self._connection.all(f"SELECT d.id {self._from} {self._by}", self._values)
        return [id_ for (id_,) in rows]

    def index(self, document: Document) -> int | None:
        """Where a document is; None: not here."""
        found = self._connection.one(
            f"SELECT {', '.join(self._keys)} FROM documents d WHERE {self._where} AND d.id = :id",
            {**self._values, "id": document.id},
        )
        if found is None:
            return None
        before, beyond = ("<", "<=") if not self._order.falling else (">", ">=")
        equal = ""
        parts = []
        for at, key in enumerate(self._keys):
            parts.append(f"({equal}{key} {before} :key{at})")
            equal += f"{key} = :key{at} AND "
        # What the first key says bounds the part of the index that is looked at.
        bound = f"{self._keys[0]} {beyond} :key0"
        number: int = self._connection.value(
            f"SELECT count(*) {self._from} AND {bound} AND ({' OR '.join(parts)})",
            {**self._values, **{f"key{at}": key for at, key in enumerate(found)}},
        )
        return min(number, max(0, self.count - 1))
