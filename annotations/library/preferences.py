"""How each coder likes things shown. Not an act: nothing to undo."""

from __future__ import annotations

from annotations.library.connection import Connection


class Preferences:
    """The preferences of one coder: texts under names."""

    def __init__(self, connection: Connection, coder: str) -> None:
        self._connection = connection
        self._coder = coder

    def get(self, name: str) -> str:
        """What is kept under a name; empty: nothing."""
        value = self._connection.value(
            "SELECT value FROM preferences WHERE coder = ? AND name = ?", (self._coder, name)
        )
        return str(value or "")

    def set(self, name: str, value: str) -> None:
        """Keep something; in a read-only library it is forgotten.

        Raises:
            LibraryError: the library cannot be written.
        """
        if self._connection.read_only:
            return
        self._connection.run(
            "INSERT INTO preferences VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET value = excluded.value",
            (self._coder, name, value),
        )
