"""Which files the library has read: what spares reading one again that has not changed since."""

from __future__ import annotations

import os

from annotations.library.connection import Connection
from annotations.model import FileState
from annotations.text.symbols import storable


class Files:
    """The files that texts of a library came from."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unchanged(self, path: str, state: FileState) -> tuple[str, str] | None:
        """The id and the title of the document that has the text of a file, if the file is as it
        was when it was read, and the document has that text still; None: it has to be read.

        Args:
            path: Of the file.
            state: What it is now.
        """
        row = self._connection.one(
            "SELECT d.id, d.title FROM files f JOIN revisions r ON r.id = f.revision "
            "JOIN documents d ON d.id = r.document AND d.revision = r.id "
            "WHERE f.path = ? AND f.size = ? AND f.modified = ? AND d.deleted_at IS NULL",
            (_key(path), state.size, state.modified),
        )
        return None if row is None else (row[0], row[1])

    def remember(self, path: str, state: FileState, revision: str) -> None:
        """Keep that a file, in a state, has the text with an id."""
        self._connection.run(
            "INSERT INTO files VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
            "size = excluded.size, modified = excluded.modified, revision = excluded.revision",
            (_key(path), state.size, state.modified, revision),
        )


def _key(path: str) -> str:
    return storable(os.path.abspath(path))
