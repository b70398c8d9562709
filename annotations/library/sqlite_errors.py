"""SQLite's errors in plain words."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from types import TracebackType

from annotations.errors import (
    ActStopped,
    FlorilegiumError,
    InvalidError,
    LibraryBusyError,
    LibraryError,
    LibraryFullError,
)

_NO_ROOM = {
    sqlite3.SQLITE_FULL,
    # What a limit on file sizes and a disk that fills up during the write itself come back as.
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
}
_DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_NO_TEXT = "Could not decode to UTF-8 column"
"""How Python begins to tell of such text, which follows whole."""
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class ConstraintError(LibraryError):
    """The schema forbids the row: its key is taken, or what it refers to is not there."""


class DamagedIndexError(LibraryError):
    """An index of words does not hold what it is asked to take out."""


class Errors:
    """Turns SQLite's exceptions into ours; no generator, since every statement passes through it.

    Args:
        path: Of the library.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, sqlite3.Error):
            raise in_words(error, self._path) from error
        if isinstance(error, UnicodeEncodeError):
            raise InvalidError("the text holds bytes that are no characters: use UTF-8") from error


def no_room(path: Path) -> LibraryFullError:
    """What is said where the disk is full."""
    return LibraryFullError(f"no room to write to {path}: nothing was changed")


def in_words(error: sqlite3.Error, path: Path) -> FlorilegiumError:
    """What went wrong with the library at ``path``, for the user."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code in _NO_ROOM or code & 0xFF == sqlite3.SQLITE_FULL:
        return no_room(path)
    if code == sqlite3.SQLITE_CORRUPT_VTAB:
        return DamagedIndexError(f"the index of words in {path} is damaged")
    match code & 0xFF:
        case primary if primary in _BUSY:
            return LibraryBusyError(
                f"{path} is in use by another program: nothing was changed, try again"
            )
        case primary if primary in _DAMAGED:
            return LibraryError(f"{path} is not a library file, or it is damaged: {error}")
        case sqlite3.SQLITE_READONLY:
            return LibraryError(f"{path} is read-only: nothing was changed")
        case sqlite3.SQLITE_CANTOPEN:
            folder = path.absolute().parent
            why = "" if os.access(folder, os.W_OK) else f": nothing can be written in {folder}"
            return LibraryError(f"cannot open {path}{why}")
        case sqlite3.SQLITE_CONSTRAINT:
            return ConstraintError(f"{path}: {error}")
        case sqlite3.SQLITE_TOOBIG:
            return InvalidError("the text is too long to be stored")
        case sqlite3.SQLITE_INTERRUPT:
            return ActStopped("stopped: nothing was changed")
        case _ if (said := str(error)).startswith(_NO_TEXT):
            column = said.removeprefix(_NO_TEXT).split("'")[1]
            return LibraryError(f"{path} is damaged: {column} holds bytes that are no characters")
        case _:
            return LibraryError(f"{path}: {error}")
