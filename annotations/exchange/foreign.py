"""Reading other programs' SQLite files, which are never written and never trusted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from annotations.errors import UnreadableFileError
from annotations.exchange.report import LossReport, shorten
from annotations.exchange.textfile import unreadable

_MAGIC = b"SQLite format 3\0"
_STEP = 1_000_000
_MOST_STEPS = 20_000
"""Steps of SQLite's machine, in :data:`_STEP`, after which a query is taken for a trap."""


def is_sqlite(path: Path) -> bool:
    """Whether a file begins as every SQLite file does.

    Raises:
        UnreadableFileError: It cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError as error:
        raise unreadable(path, error) from error


class ForeignFile:
    """A connection that can read tables, and only those that are tables."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._name = name

    def columns(self, table: str) -> frozenset[str]:
        """The columns of a table; none where there is no such table."""
        is_table = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        if not list(self.rows(is_table, (table,))):
            return frozenset()
        found = self.rows("SELECT name FROM pragma_table_info(?)", (table,))
        return frozenset(str(name).lower() for (name,) in found)

    def require(self, tables: Mapping[str, Sequence[str]], program: str) -> None:
        """Check that the tables and columns that are going to be read are there.

        Raises:
            UnreadableFileError: They are not: it is no file of ``program``, or of another version.
        """
        missing = [name for name in tables if not self.columns(name)]
        if missing:
            raise UnreadableFileError(
                f"{self._name} is no {program} file that this version knows: "
                f"no table {', '.join(missing)}"
            )
        for table, columns in tables.items():
            lacking = [name for name in columns if name not in self.columns(table)]
            if lacking:
                raise UnreadableFileError(
                    f"{self._name} is of a {program} version that is not known: "
                    f"table {table} has no column {', '.join(lacking)}"
                )

    def rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[object, ...]]:
        """Yield the rows of a query as they come.

        Raises:
            UnreadableFileError: The file is damaged.
        """
        try:
            # Not `yield from`: it would close the cursor, which may outlive its connection.
            for row in self._connection.execute(sql, values):  # noqa: UP028
                yield row
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise damaged(self._name, error) from error


class Grouped:
    """Rows in the order of the whole number that they begin with, handed out number by number: one
    walk through a table without an index, however many numbers there are.

    Args:
        rows: In ascending order.
    """

    def __init__(self, rows: Iterator[tuple[object, ...]]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, number: int) -> Iterator[tuple[object, ...]]:
        """The rest of the rows that begin with ``number``, which is not below the one before."""
        while self._next is not None and (whole(self._next[0]) or 0) < number:
            self._next = next(self._rows, None)
        while self._next is not None and self._next[0] == number:
            yield self._next[1:]
            self._next = next(self._rows, None)


@contextmanager
def open_foreign(path: Path, report: LossReport) -> Iterator[ForeignFile]:
    """Open a SQLite file for reading, without leaving a trace beside it.

    Raises:
        UnreadableFileError: It is no SQLite file.
    """
    if not is_sqlite(path):
        raise UnreadableFileError(f"{path.name} is no SQLite file")
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        report.add("changes that the other program has not yet brought into its file", wal.name)
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    except sqlite3.Error as error:
        raise damaged(path.name, error) from error
    steps = 0

    def is_trap() -> bool:
        nonlocal steps
        steps += 1
        return steps > _MOST_STEPS

    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.set_progress_handler(is_trap, _STEP)
        yield ForeignFile(connection, path.name)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise damaged(path.name, error) from error
    finally:
        connection.close()


def damaged(name: str, error: Exception) -> UnreadableFileError:
    """The error for what SQLite says of a file; its words may be bytes of the file themselves."""
    why = error if isinstance(error, sqlite3.Error) else "it is damaged"
    return UnreadableFileError(f"{name} cannot be read: {shorten(str(why), 200)}")


def text(value: object) -> str:
    """A cell as text; empty for NULL and for what is binary."""
    return "" if value is None or isinstance(value, bytes) else str(value)


def whole(value: object) -> int | None:
    """A cell as a whole number; None where it is none."""
    return value if isinstance(value, int) else None
