"""Highlights laid aside in temporary tables while an import is prepared, and moved into the
library with a few statements.

Nothing here touches the library before :meth:`Staging.move`. One statement for all rows takes half
the time of one for each, since SQLite gets ready to take a statement back each time it runs; and
the time of moving is the time in which nobody else can write.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from annotations.library.afterwards import made_afterwards
from annotations.library.connection import Connection, Row
from annotations.library.listing import highlight_of
from annotations.library.tagpath import fold
from annotations.model import Document, Highlight, Status

Words = tuple[str, str, str]
"""A quote, and what stood before and after it."""

_UNMOVED: Words = ("", "", "")

_PAGE = 1_000
"""Rows that are handed out at a time."""

_TABLES = {
    "incoming": """(
        number INTEGER PRIMARY KEY, home INTEGER, starred, former, former_prefix, former_suffix,
        id, revision, start, "end", quote, prefix, suffix, note, colour, coder, status,
        created_at, updated_at)""",
    "incoming_tags": """(
        highlight INTEGER, position INTEGER, path INTEGER, PRIMARY KEY (highlight, position)
        ) WITHOUT ROWID""",
    # Which ids were met, as hashes, which a million of takes a third of the room of: of the id and
    # of the place that was said with it. A number is that of a highlight that may be here.
    "incoming_ids": "(hash INTEGER PRIMARY KEY, place INTEGER, number INTEGER)",
    "incoming_paths": "(number INTEGER PRIMARY KEY, path, tag)",
    "incoming_homes": "(number INTEGER PRIMARY KEY, key, document, revision, is_stub)",
}

_SELECT = """
    SELECT i.id, home.key, i.revision, i.start, i."end", i.quote, i.prefix, i.suffix, i.note,
        i.colour, i.coder, i.status, i.created_at, i.updated_at,
        coalesce((SELECT group_concat(path, char(10)) FROM (
            SELECT p.path FROM incoming_tags t JOIN incoming_paths p ON p.number = t.path
            WHERE t.highlight = i.number ORDER BY t.position)), ''),
        i.starred, i.former, i.former_prefix, i.former_suffix, i.number
    FROM incoming i JOIN incoming_homes home ON home.number = i.home
"""

_MOVE = (
    """
    INSERT INTO highlights (id, document, revision, start, "end", quote, prefix, suffix, note,
        colour, starred, coder, status, created_at, updated_at)
    SELECT i.id, home.document, home.revision, iif(i.status = 'lost', 0, i.start),
        iif(i.status = 'lost', 0, i."end"), i.quote, i.prefix, i.suffix, i.note, i.colour,
        i.starred, i.coder, i.status,
        coalesce(nullif(i.created_at, ''), nullif(i.updated_at, ''), :at),
        coalesce(nullif(i.updated_at, ''), nullif(i.created_at, ''), :at)
    FROM incoming i JOIN incoming_homes home ON home.number = i.home ORDER BY i.number
    """,
    # In the order of the ids, which is that of the tree: each page of it is touched once.
    """
    INSERT INTO highlight_tags (highlight, tag, position, coder, created_at)
    SELECT i.id, p.tag, t.position, i.coder,
        coalesce(nullif(i.updated_at, ''), nullif(i.created_at, ''), :at)
    FROM incoming i JOIN incoming_tags t ON t.highlight = i.number
    JOIN incoming_paths p ON p.number = t.path ORDER BY i.id, t.position
    """,
    """
    INSERT INTO placements (highlight, start, "end", quote, prefix, suffix, confidence, near)
    SELECT id, 0, 0, former, former_prefix, former_suffix, 0.0, start
    FROM incoming WHERE status = 'moved' AND former <> ''
    """,
)


class Staged(NamedTuple):
    """A highlight that is to come in."""

    highlight: Highlight
    """With what its file calls the document, and the id of the text in which its place was looked
    for: empty where none was. Of a lost one, where the file says that it is. Times may be empty."""
    number: int
    """What :meth:`Staging.meet` gave for its id; highlights go into the library in this order."""
    before: Words = _UNMOVED
    """Of a moved one: what it was on where it was made; it is reviewed like one that a revision
    moved."""


@contextmanager
def staging(connection: Connection) -> Iterator[Staging]:
    """An empty one, of which nothing is left afterwards."""
    for table, columns in _TABLES.items():
        connection.run(f"CREATE TEMP TABLE {table} {columns}")
    try:
        yield Staging(connection)
    finally:
        for table in _TABLES:
            connection.run(f"DROP TABLE IF EXISTS temp.{table}")


class Staging:
    """Takes highlights in, settles where they belong, and moves them into the library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._homes: dict[str, int] = {}
        self._paths: dict[str, int] = {}
        self._spelled: dict[str, int] = {}
        # Documents and paths that have no row yet.
        self._new_homes: list[tuple[int, str]] = []
        self._new_paths: list[tuple[int, str]] = []
        self._met = 0
        # The last number under which a highlight may be here.
        self._last = 0
        self.rows = 0
        """Highlights and tags of theirs that were taken in."""

    def __len__(self) -> int:
        """How many highlights are here."""
        return int(self._connection.value("SELECT count(*) FROM incoming"))

    def meet(self, said: Sequence[tuple[str, int]]) -> list[int]:
        """Number highlights by their ids.

        Args:
            said: the id of each, and a hash of the place where it is said to be.

        Returns:
            For each the number of the first one with its id; 0 where that was at another place.
        """
        new: dict[int, tuple[int, int, int]] = {}
        hashes = [hash(own) for own, _ in said]
        for key, (_, place) in zip(hashes, said, strict=True):
            if key not in new:
                self._met += 1
                new[key] = (key, place, self._met)
        # In the order of the tree, which spares it half of its pages.
        rows = sorted(new.values())
        with self._connection.aside():
            made = self._connection.run_many(
                "INSERT OR IGNORE INTO incoming_ids VALUES (?, ?, ?)", rows
            )
        if made < len(rows):
            new.update(
                (row[0], row)
                for row in self._connection.all(
                    "SELECT hash, place, number FROM incoming_ids "
                    "WHERE hash IN (SELECT value FROM json_each(?))",
                    (json.dumps(list(new)),),
                )
            )
        first = [new[key] for key in hashes]
        return [
            number if there == place else 0
            for (_, there, number), (_, place) in zip(first, said, strict=True)
        ]

    def add(self, arrived: Iterable[Staged]) -> None:
        """Take highlights in; none with their numbers is here."""
        rows, tags = [], []
        for each, number, before in arrived:
            own, document, *place_and_words, status, made, changed, paths, starred = each
            home = self._homes.get(document)
            if home is None:
                home = self._homes[document] = len(self._homes)
                self._new_homes.append((home, document))
            former = before if status is Status.MOVED else _UNMOVED
            # As plain text and numbers: anything else takes the driver as long as all the others.
            values = (number, home, int(starred), *former, own, *place_and_words, str(status))
            rows.append((*values, made, changed))
            given = dict.fromkeys(map(self._path, paths))
            tags += [(number, position, path) for position, path in enumerate(given)]
        self._last = self._met
        self.rows += len(rows) + len(tags)
        with self._connection.aside():
            self._insert("incoming", 19, rows)
            self._insert("incoming_tags", 3, tags)
            self._insert("incoming_homes (number, key)", 2, self._new_homes)
            self._insert("incoming_paths (number, path)", 2, self._new_paths)
        self._new_homes.clear()
        self._new_paths.clear()

    def _path(self, path: str) -> int:
        """The number of a tag, the same however it is spelled."""
        number = self._spelled.get(path)
        if number is None:
            folded = fold(path)
            number = self._paths.get(folded)
            if number is None:
                number = self._paths[folded] = len(self._paths)
                self._new_paths.append((number, path))
            self._spelled[path] = number
        return number

    def _insert(self, table: str, width: int, rows: Iterable[tuple[object, ...]]) -> None:
        marks = ", ".join("?" * width)
        self._connection.run_many(f"INSERT INTO {table} VALUES ({marks})", rows)

    def take_out(self, numbers: Iterable[int]) -> dict[str, Staged]:
        """Those of the highlights that are here, which they are no longer, by their ids."""
        known = [number for number in numbers if number <= self._last]
        if not known:
            return {}
        found = self._connection.all(
            f"{_SELECT} WHERE i.number IN (SELECT value FROM json_each(?))", (json.dumps(known),)
        )
        self._drop(row[-1] for row in found)
        return {row[0]: _staged(row) for row in found}

    def _drop(self, numbers: Iterable[int]) -> None:
        gone = [(number,) for number in numbers]
        self._connection.run_many("DELETE FROM incoming WHERE number = ?", gone)
        self._connection.run_many("DELETE FROM incoming_tags WHERE highlight = ?", gone)

    def documents(self) -> list[str]:
        """What the file calls the documents of the highlights that are here."""
        rows = self._connection.all(
            "SELECT key FROM incoming_homes WHERE number IN (SELECT home FROM incoming) "
            "ORDER BY number"
        )
        return [key for (key,) in rows]

    def settle(self, key: str, document: Document, is_stub: bool) -> None:
        """Say which document a key means, and whether its text is unknown."""
        self._connection.run(
            "UPDATE incoming_homes SET document = ?, revision = ?, is_stub = ? WHERE number = ?",
            (document.id, document.revision, is_stub, self._homes[key]),
        )

    def known(self) -> Iterator[list[Staged]]:
        """Take out those that are in the library already, some at a time."""
        return self._pages("EXISTS (SELECT 1 FROM highlights h WHERE h.id = i.id)")

    def outdated(self) -> Iterator[list[Staged]]:
        """Take out those whose places are in another text than the one that their document has,
        some at a time."""
        return self._pages("i.revision <> home.revision AND NOT home.is_stub")

    def _pages(self, which: str) -> Iterator[list[Staged]]:
        sql = f"{_SELECT} WHERE i.number > ? AND {which} ORDER BY i.number LIMIT {_PAGE}"
        last = 0
        while rows := self._connection.all(sql, (last,)):
            last = rows[-1][-1]
            self._drop(row[-1] for row in rows)
            yield [_staged(row) for row in rows]

    def move(self, at: str, tag: Callable[[str], str]) -> tuple[int, int]:
        """Put what is here into the library, inside an act; every document is settled.

        Args:
            at: the time that those get which have none.
            tag: the id of a tag by its path; made where it is missing.

        Returns:
            How many highlights that were, and how many of them are lost.
        """
        paths = self._connection.all(
            "SELECT number, path FROM incoming_paths "
            "WHERE number IN (SELECT path FROM incoming_tags) ORDER BY number"
        )
        self._connection.run_many(
            "UPDATE incoming_paths SET tag = ? WHERE number = ?",
            [(tag(path), number) for number, path in paths],
        )
        with made_afterwards(self._connection, len(self)):
            moved, _, _ = (self._connection.run(sql, {"at": at}) for sql in _MOVE)
        lost = self._connection.value("SELECT count(*) FROM incoming WHERE status = 'lost'")
        return moved, lost


def _staged(row: Row) -> Staged:
    former, prefix, suffix, number = row[16:]
    return Staged(highlight_of(row[:16]), number, (former, prefix, suffix))
