"""Clippings that belong together: a highlight with its later versions and the notes made at its
place.

A device writes them one after the other as they are made, those of all books in one file. They are
laid aside on disk until the file is read, so that memory does not grow with it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from annotations.errors import UnwritableFileError
from annotations.exchange.report import LossReport

_TABLES = (
    "CREATE TABLE books (number INTEGER PRIMARY KEY, title TEXT UNIQUE)",
    """
    CREATE TABLE clippings (
        number INTEGER PRIMARY KEY, book INTEGER, is_note INTEGER, start INTEGER, "end" INTEGER,
        place TEXT, made_at TEXT, words TEXT, mark INTEGER)
    """,
    # Which highlight was made last at a place; those of its earlier versions are its own too.
    """
    CREATE TABLE marks (
        book INTEGER, start INTEGER, number INTEGER, PRIMARY KEY (book, start)) WITHOUT ROWID
    """,
)
_GATHER = (
    """
    UPDATE clippings SET mark = coalesce(
        (SELECT m.number FROM marks m WHERE m.book = clippings.book AND m.start = "end"),
        (SELECT m.number FROM marks m WHERE m.book = clippings.book AND m.start = clippings.start))
    WHERE is_note
    """,
    "CREATE INDEX clippings_mark ON clippings (mark)",
    # Of each book the highlights, then the notes that belong to none.
    "CREATE INDEX clippings_order ON clippings (book, is_note, number) WHERE mark IS NULL",
)
_GATHERED = """
    SELECT b.title, c.is_note, c.start, c."end", c.place, c.made_at, c.words,
        (SELECT json_group_array(words) FROM (
            SELECT words FROM clippings note WHERE note.mark = c.number ORDER BY note.number))
    FROM clippings c JOIN books b ON b.number = c.book WHERE c.mark IS NULL
    ORDER BY c.book, c.is_note, c.number
"""


@dataclass(frozen=True, slots=True)
class Clipping:
    """A highlight or a note, as the device wrote it down."""

    book: str
    is_note: bool
    start: int
    """Of the location, or of the page where there is none; -1 where there is neither."""
    end: int
    place: str
    """Location and page in words."""
    made_at: str
    words: str


class Clippings:
    """Takes clippings in the order of the file, and gives back what belongs together."""

    def __init__(self, file: sqlite3.Connection, report: LossReport) -> None:
        self._file = file
        self._report = report
        for table in _TABLES:
            file.execute(table)

    def add(self, clipping: Clipping) -> None:
        """Take one in.

        The file keeps every version: of highlights that begin or end at one place, with words of
        which one has the other's, the last counts.
        """
        book = self._book(clipping.book)
        number = None if clipping.is_note else self._renewed(book, clipping)
        if number is None:
            number = self._file.execute(
                "INSERT INTO clippings VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, NULL)",
                (
                    *(book, clipping.is_note, clipping.start, clipping.end),
                    *(clipping.place, clipping.made_at, clipping.words),
                ),
            ).lastrowid
        if not clipping.is_note:
            self._file.executemany(
                "INSERT OR REPLACE INTO marks VALUES (?, ?, ?)",
                [(book, at, number) for at in (clipping.start, clipping.end) if at >= 0],
            )

    def _book(self, title: str) -> int:
        self._file.execute("INSERT OR IGNORE INTO books (title) VALUES (?)", (title,))
        found = self._file.execute("SELECT number FROM books WHERE title = ?", (title,))
        return int(found.fetchone()[0])

    def _renewed(self, book: int, clipping: Clipping) -> int | None:
        """The number of the highlight of which this is a version, and which is so now."""
        for at in (clipping.start, clipping.end):
            older = self._file.execute(
                "SELECT c.number, c.words FROM marks m JOIN clippings c ON c.number = m.number "
                "WHERE m.book = ? AND m.start = ?",
                (book, at),
            ).fetchone()
            if older and (clipping.words in older[1] or older[1] in clipping.words):
                if older[1] != clipping.words:
                    self._report.add("earlier versions of a highlight", older[1])
                # It is as old as its first version.
                self._file.execute(
                    'UPDATE clippings SET start = ?, "end" = ?, place = ?, words = ?, '
                    "made_at = iif(made_at = '', ?, made_at) WHERE number = ?",
                    (
                        *(clipping.start, clipping.end, clipping.place, clipping.words),
                        *(clipping.made_at, older[0]),
                    ),
                )
                return int(older[0])
        return None

    def __iter__(self) -> Iterator[tuple[Clipping, list[str]]]:
        """The highlights, each with the notes at its place, and the notes that stand alone: book by
        book, in the order in which the books came."""
        for statement in _GATHER:
            self._file.execute(statement)
        for book, is_note, *rest, notes in self._file.execute(_GATHERED):
            yield Clipping(book, bool(is_note), *rest), json.loads(notes)


@contextmanager
def laid_aside(report: LossReport) -> Iterator[Clippings]:
    """An empty one, of which nothing is left afterwards.

    Args:
        report: is told of earlier versions of a highlight.

    Raises:
        UnwritableFileError: There is no room on the disk.
    """
    # SQLite removes a file without a name when it is closed.
    file = sqlite3.connect("", isolation_level=None)
    try:
        file.execute("PRAGMA journal_mode = OFF")
        file.execute("BEGIN")
        yield Clippings(file, report)
    except sqlite3.OperationalError as error:
        raise UnwritableFileError(f"the import could not be prepared: {error}") from error
    finally:
        file.close()
