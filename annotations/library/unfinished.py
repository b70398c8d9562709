"""Texts whose import was killed: found by the process that was writing them, and freed."""

from __future__ import annotations

import os

from annotations.library.clock import device_name, new_id
from annotations.library.connection import Connection
from annotations.library.texts import Texts

_SELF = f"{os.getpid()} {new_id()}"
"""This process. Another one may have had its number before."""


def begin(connection: Connection, revision: int) -> None:
    """Note that this process is writing the text with a number."""
    connection.run("INSERT INTO imports VALUES (?, ?, ?)", (revision, device_name(), _SELF))


def end(connection: Connection, revision: int) -> None:
    """Note that the text is complete."""
    connection.run("DELETE FROM imports WHERE revision = ?", (revision,))


def sweep(connection: Connection) -> None:
    """Free the texts that nobody is writing any more. Those of other machines, of which it cannot
    be known, are left for `flor compact`.

    Raises:
        LibraryError: the library cannot be written.
    """
    for revision, process in connection.all(
        "SELECT revision, process FROM imports WHERE device = ?", (device_name(),)
    ):
        if not _is_alive(process):
            Texts(connection).remove(revision)


def _is_alive(process: str) -> bool:
    number = int(process.partition(" ")[0])
    if number == os.getpid():
        return process == _SELF
    if os.name != "posix":
        # Asking for a process there can end it.
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
