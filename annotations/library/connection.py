"""One connection to the library file: opening it, statements, transactions.

Nothing above this module sees :mod:`sqlite3`. A connection belongs to the thread that made it.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from time import monotonic
from typing import Any

from annotations.errors import LibraryBusyError, LibraryError
from annotations.library.sqlite_errors import Errors, no_room

_STEPS = 20_000
"""Steps of SQLite's machine, less than a millisecond, between two questions whether to go on."""
BUSY_SECONDS = 5.0
"""How long a write waits for another program's lock."""

Row = tuple[Any, ...]
"""A row as SQLite gives it; what its columns hold is known where the SQL is written."""

Parameters = Sequence[object] | Mapping[str, object]


def is_read_only(path: Path) -> bool:
    """Whether a file must not be written.

    A file without any write permission counts as read-only for root too, whom the operating system
    would let write; so does one in a folder where SQLite cannot put its log.
    """
    mode = path.stat().st_mode
    writable = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    return not (mode & writable and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells the file at ``path`` from any other; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


_MUCH_MEMORY = 64 << 10
"""KiB of pages, where much is written."""
_MUCH_LOG = 16_000
"""Pages of the log, 64 MB, before it is brought into the file."""
_GROWTH = 4
"""Bytes of the log for a code point of a text, its index included."""

_COPIED_AT_ONCE = 10_000
"""Pages of the file; a copy begins anew when somebody writes between them."""


class Connection:
    """A connection in autocommit mode; :meth:`transaction` groups statements."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open ``path``; with ``create`` a file that is missing is made.

        Raises:
            LibraryError: there is no such file, or it cannot be opened.
        """
        self.path = path
        self._errors = Errors(path)
        self.before_writing: Callable[[], None] | None = None
        """Called once, before the first transaction."""
        self.before_commit: Callable[[], None] | None = None
        """Called at the end of every transaction, inside it."""
        self.patience: Callable[[float], bool] | None = None
        """Asked whether to go on waiting for the lock of another program, each time that
        it was not to be had within the time that a statement waits; told the seconds since then."""
        self._go_on: Callable[[], bool] | None = None
        """Says whether the statements of now are still wanted."""
        self.commits = 0
        """How many transactions have ended here with what they wrote."""
        try:
            self.read_only = self._find(create)
        except OSError as error:
            raise LibraryError(f"cannot open {path}: {error.strerror or error}") from error
        mode = "ro" if self.read_only else "rwc" if create else "rw"
        with self.errors():
            self.sqlite = self._connect(mode)
        self._place = path.absolute()
        self._file = _identity(self._place)

    def _find(self, create: bool) -> bool:
        """Make sure that there is, or can be, a file; whether it must not be written."""
        path = self.path
        if path.is_file():
            return is_read_only(path)
        if path.exists():
            kind = "a folder" if path.is_dir() else "a device or a pipe"
            raise LibraryError(f"{path} is {kind}, not a library file")
        if not create:
            raise LibraryError(f"there is no library at {path}")
        path.parent.mkdir(parents=True, exist_ok=True)
        return False

    def _connect(self, mode: str) -> sqlite3.Connection:
        if mode == "ro" and not os.access(self.path.parent, os.W_OK):
            log = self.path.with_name(f"{self.path.name}-wal")
            # Without a log to read and a folder to make one in, SQLite must take the file as it is.
            mode = mode if log.exists() else "ro&immutable=1"
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def errors(self) -> AbstractContextManager[None]:
        """Turn SQLite's exceptions into ours."""
        return self._errors

    def close(self) -> None:
        """Close the file. The connection is of no use afterwards."""
        with self.errors():
            self.sqlite.close()

    def one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """The first row of the answer, or None."""
        with self.errors():
            row: Row | None = self.sqlite.execute(sql, parameters).fetchone()
            return row

    def value(self, sql: str, parameters: Parameters = ()) -> Any:  # what it is, the SQL says
        """The first column of the first row, or None."""
        row = self.one(sql, parameters)
        return None if row is None else row[0]

    def all(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Every row of the answer."""
        with self.errors():
            return self.sqlite.execute(sql, parameters).fetchall()

    def run(self, sql: str, parameters: Parameters = ()) -> int:
        """Run a statement that writes; the number of rows that it changed."""
        with self.errors():
            return self.sqlite.execute(sql, parameters).rowcount

    def insert(self, sql: str, parameters: Parameters = ()) -> int:
        """Run a statement that makes a row; its number."""
        with self.errors():
            # SQLite gives one for every statement that makes a row.
            return self.sqlite.execute(sql, parameters).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[Parameters]) -> int:
        """Run a statement that writes once for each of ``rows``; the number of rows changed."""
        with self.errors():
            return self.sqlite.executemany(sql, rows).rowcount

    @contextmanager
    def watched(self, go_on: Callable[[], bool]) -> Iterator[None]:
        """Ask, many times a second, whether the statements of the block, also those of a
        :meth:`snapshot`, are to go on; where not, the one that is running fails with
        :class:`ActStopped`."""
        self._go_on = go_on
        self.sqlite.set_progress_handler(lambda: not go_on(), _STEPS)
        try:
            yield
        finally:
            self._go_on = None
            self.sqlite.set_progress_handler(None, 0)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees one state of the library for the whole block.

        Outside a transaction it is another one, so that an answer that is read slowly does not keep
        this connection from writing; inside it is this one, which sees its own changes.
        """
        if self.sqlite.in_transaction:
            yield self
            return
        self.require_in_place()
        reader = Connection(self.path)
        try:
            with reader.watched(self._go_on) if self._go_on else nullcontext():
                reader.run("BEGIN")
                yield reader
        finally:
            reader.close()

    def stream(self, sql: str, parameters: Parameters = ()) -> Iterator[Row]:
        """The rows of the answer one after the other, of one :meth:`snapshot`, without holding
        them in memory."""
        with self.snapshot() as reader, reader.errors():
            # Not `yield from`: it would close the cursor, which may outlive its connection.
            for row in reader.sqlite.execute(sql, parameters):  # noqa: UP028
                yield row

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Group statements that write to temporary tables alone: nobody has to wait for them."""
        self.run("SAVEPOINT aside")
        try:
            yield
        finally:
            # A full disk makes SQLite roll back by itself.
            if self.sqlite.in_transaction:
                self.run("RELEASE aside")

    @contextmanager
    def writing_much(self, memory: int = _MUCH_MEMORY) -> Iterator[None]:
        """Keep what is written in a large memory, and out of the file, for longer: ids and hashes
        are as random as can be, so that in a large library every commit touches pages all over the
        indexes, which would each time be read and written again; ``memory`` is in KiB."""
        pages, log = self.value("PRAGMA cache_size"), self.value("PRAGMA wal_autocheckpoint")
        self.run(f"PRAGMA cache_size = -{memory}")
        self.run(f"PRAGMA wal_autocheckpoint = {_MUCH_LOG}")
        try:
            yield
        finally:
            self.run(f"PRAGMA cache_size = {pages}")
            self.run(f"PRAGMA wal_autocheckpoint = {log}")

    def pick(self, ids: Iterable[str]) -> None:
        """Put ``ids`` into the temporary table ``picked``, for statements over a set of rows."""
        self.run("CREATE TEMP TABLE IF NOT EXISTS picked (id TEXT PRIMARY KEY) WITHOUT ROWID")
        self.run("DELETE FROM picked")
        self.run_many("INSERT OR IGNORE INTO picked VALUES (?)", ((each,) for each in ids))

    def require_room(self, length: int) -> None:
        """Refuse to write a text that would fill the disk, while what was written of it before can
        still be taken back: what is in the log has to go from there into the file.

        Args:
            length: code points of what is to be written now.

        Raises:
            LibraryFullError: the disk is nearly full.
        """
        # Most starts write little, if anything.
        from shutil import disk_usage

        with suppress(OSError):
            log = self.path.with_name(f"{self.path.name}-wal")
            used = log.stat().st_size if log.exists() else 0
            if disk_usage(self.path.parent).free < used + 2 * _GROWTH * length:
                raise no_room(self.path)

    def copy_to(self, path: Path, told: Callable[[float], None] | None = None) -> None:
        """Write the library, as it is on disk, to a file that is not there yet.

        Args:
            path: the file.
            told: now and then, how much is written, 0 to 1; only for one that nobody writes to
                meanwhile.

        Raises:
            LibraryFullError: there is no room for it; what was written of it stays.
        """
        target = Connection(path, create=True)
        try:
            with target.errors():
                if told is None:
                    self.sqlite.backup(target.sqlite)
                else:
                    self.sqlite.backup(
                        target.sqlite,
                        pages=_COPIED_AT_ONCE,
                        progress=lambda _, left, pages: told(1 - left / max(1, pages)),
                    )
        finally:
            target.close()

    def empty_log(self) -> None:
        """Bring what is in the log into the file, as far as nobody reads an earlier state."""
        self.run("PRAGMA wal_checkpoint(TRUNCATE)")

    def require_writable(self) -> None:
        """Refuse to go on where nothing could be written, or nobody would find it.

        Raises:
            LibraryError: the file is read-only, or lies where it was opened no more.
        """
        if self.read_only:
            raise LibraryError(f"{self.path} is read-only: nothing was changed")
        self.require_in_place()

    def require_in_place(self) -> None:
        """Refuse to go on where nobody would find what was written. Any thread may call it.

        Raises:
            LibraryError: the file lies where it was opened no more.
        """
        if _identity(self._place) != self._file:
            raise LibraryError(
                f"{self.path} was moved, deleted or replaced after it was opened: "
                "nothing was changed; open it where it is"
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything in the block happens, or nothing.

        Inside another transaction the block is a savepoint of it.

        Raises:
            LibraryError: the file is read-only, or was moved since it was opened.
            LibraryBusyError: another program held the write lock for :data:`BUSY_SECONDS`, or for
                as long as :attr:`patience` lasted.
        """
        self.require_writable()
        if self.before_writing is not None:
            self.before_writing()
            self.before_writing = None
        nested = self.sqlite.in_transaction
        if nested:
            self.run("SAVEPOINT part")
        else:
            self._lock()
        try:
            yield
            if self.before_commit is not None and not nested:
                self.before_commit()
            self.run("RELEASE part" if nested else "COMMIT")
            self.commits += not nested
        except BaseException:
            # A full disk makes SQLite roll back by itself.
            if self.sqlite.in_transaction:
                if nested:
                    self.run("ROLLBACK TO part")
                    self.run("RELEASE part")
                else:
                    self.run("ROLLBACK")
            raise

    def _lock(self) -> None:
        """Begin a transaction that nobody else can write beside."""
        begun = monotonic()
        while True:
            try:
                self.run("BEGIN IMMEDIATE")
                return
            except LibraryBusyError:
                if self.patience is None or not self.patience(monotonic() - begun):
                    raise
