"""Which schema a library file has: making it, bringing it up to date, refusing what is not ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annotations.errors import LibraryError, LibraryFullError
from annotations.library import word_index
from annotations.library.clock import now
from annotations.library.connection import Connection

VERSION = 15
"""The number of migrations; the start compares it with PRAGMA user_version, so that it need not
import the migrations themselves."""

_TERMS_SINCE = 15
"""The version since which texts are cut into terms as they are now: the index of words of an older
library is made anew, which takes a minute for a gigabyte."""

APPLICATION_ID = 0x464C4F52
"""PRAGMA application_id of every library: ``FLOR``."""


_MAKING_SECONDS = 600.0
"""How long a program waits for another that is making or updating the same library."""

_COPYING = 0.1
"""The share of an update that the copy of the library takes."""

Updating = Callable[[float | None], None]
"""Told now and then how much of an update of an older library is done, 0 to 1; None: another
program makes or updates it, and is waited for."""


def prepare(
    connection: Connection, on_create: Callable[[], None], updating: Updating = lambda _: None
) -> None:
    """Make the schema of a new file, or bring that of an old one up to date.

    Args:
        connection: a connection to the file.
        on_create: fills a new library; runs in the transaction that makes it, so that a library
            is never seen half made.
        updating: may raise, which leaves the library as it was.

    Raises:
        LibraryError: the file is another program's, or of a newer version of this one.
    """
    if _version(connection) == VERSION:
        return
    if connection.read_only:
        raise LibraryError(
            f"{connection.path} is read-only and has to be updated: make it writable"
        )
    with connection.errors():
        connection.sqlite.execute("PRAGMA journal_mode = WAL")
    copy: Path | None = None

    def wait(seconds: float) -> bool:
        updating(None)
        return seconds < _MAKING_SECONDS

    connection.patience = wait
    try:
        with connection.transaction():
            # Another process may have done it while this one waited for the lock.
            version = _version(connection)
            if version == VERSION:
                return
            if version:
                copy = back_up(connection, version, lambda share: updating(share * _COPYING))
            _migrate(connection, version, lambda share: updating(_COPYING + share * (1 - _COPYING)))
            if not version:
                on_create()
    except BaseException:
        if copy is not None:
            # The library is as it was.
            copy.unlink(missing_ok=True)
        raise
    finally:
        connection.patience = None


def _version(connection: Connection) -> int:
    version = int(connection.value("PRAGMA user_version"))
    application = int(connection.value("PRAGMA application_id"))
    if application != APPLICATION_ID and (
        version or connection.value("SELECT count(*) FROM sqlite_schema")
    ):
        raise LibraryError(f"{connection.path} belongs to another program: it was left as it is")
    if version > VERSION:
        raise LibraryError(
            f"{connection.path} was made by a newer version of Florilegium "
            f"(schema {version}, this one knows {VERSION}): update the program"
        )
    return version


def _migrate(connection: Connection, version: int, told: Callable[[float], None]) -> None:
    # sqlite_utils costs more than a whole start: only a file that needs it pays.
    from sqlite_utils import Database

    from annotations.library.migrations import migrations

    with connection.errors():
        migrations.apply(Database(connection.sqlite))
    connection.run(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.run(f"PRAGMA user_version = {VERSION}")
    if version < _TERMS_SINCE:
        word_index.rebuild(connection, told)
    # What fills a new library writes before the connection is used for anything else.
    word_index.watch(connection)
    word_index.keep(connection)


def back_up(
    connection: Connection, version: int, told: Callable[[float], None] | None = None
) -> Path:
    """Copy the library beside itself, as it is on disk, before it is migrated.

    Args:
        connection: a connection to it, whose transaction keeps others from writing.
        version: the one that it has.
        told: now and then, how much is copied, 0 to 1.

    Raises:
        LibraryFullError: there is no room for the copy; what was written of it is removed.
    """
    path = connection.path
    stamp = now().replace(":", "").replace("-", "")
    copy = path.with_name(f"{path.stem}.schema-{version}.{stamp}{path.suffix}")
    # One that was killed leaves a copy that is not whole: the next one takes its place.
    begun = path.with_name(f"{path.name}.copying")
    _remove(begun)
    source = Connection(path)
    try:
        source.copy_to(begun, told)
    except BaseException as error:
        _remove(begun)
        if not isinstance(error, LibraryFullError):
            raise
        raise LibraryFullError(
            f"{path} has to be updated, and there is no room for a copy of it as it is: "
            "nothing was changed"
        ) from error
    finally:
        source.close()
    begun.replace(copy)
    return copy


def _remove(path: Path) -> None:
    """Remove an SQLite file with its journal."""
    for each in (path, path.with_name(f"{path.name}-journal")):
        each.unlink(missing_ok=True)
