"""Where each coder is in each document and has put bookmarks, and how the text is shown. No act:
nothing to undo."""

from __future__ import annotations

from annotations.library.clock import now
from annotations.library.connection import Connection


class Reading:
    """The places of one coder, in code points of the document's canonical text."""

    def __init__(self, connection: Connection, coder: str) -> None:
        self._connection = connection
        self._coder = coder

    def position(self, document_id: str) -> int:
        """Where the coder left off; 0 in a document not opened before."""
        return self._value("position", document_id)

    def furthest(self, document_id: str) -> int:
        """The furthest that the coder has been."""
        return self._value("furthest", document_id)

    def latest(self) -> str | None:
        """The document that the coder read last, of those that are not deleted."""
        found = self._connection.value(
            "SELECT r.document FROM reading r JOIN documents d ON d.id = r.document "
            "WHERE r.coder = ? AND d.deleted_at IS NULL ORDER BY r.updated_at DESC LIMIT 1",
            (self._coder,),
        )
        return None if found is None else str(found)

    def _value(self, column: str, document_id: str) -> int:
        # The text may have become shorter since.
        value = self._connection.value(
            f"SELECT min(r.{column}, t.length) FROM reading r "
            "JOIN documents d ON d.id = r.document JOIN revisions t ON t.id = d.revision "
            "WHERE r.document = ? AND r.coder = ?",
            (document_id, self._coder),
        )
        return int(value or 0)

    def save(self, document_id: str, position: int) -> None:
        """Remember the place; in a read-only library, where reading goes on, it is forgotten.

        Raises:
            LibraryError: the library cannot be written.
        """
        if self._connection.read_only:
            return
        self._connection.run(
            "INSERT INTO reading (document, coder, position, furthest, updated_at) "
            "VALUES (:document, :coder, :position, :position, :at) "
            "ON CONFLICT DO UPDATE SET position = :position, "
            "furthest = max(furthest, :position), updated_at = :at",
            {
                "document": document_id,
                "coder": self._coder,
                "position": position,
                "at": now(),
            },
        )

    def turned(self, document_id: str) -> bool:
        """Whether the coder wants right-to-left text put in the order of reading."""
        return bool(self._value("turned", document_id))

    def turn(self, document_id: str, turned: bool) -> None:
        """Remember whether right-to-left text is put in the order of reading.

        Raises:
            LibraryError: the library cannot be written.
        """
        with self._connection.transaction():
            self._connection.run(
                "INSERT INTO reading (document, coder, position, furthest, updated_at, turned) "
                "VALUES (?, ?, 0, 0, ?, ?) ON CONFLICT DO UPDATE SET turned = excluded.turned",
                (document_id, self._coder, now(), int(turned)),
            )

    def bookmarks(self, document_id: str) -> list[int]:
        """Where the coder put bookmarks, in the order of the text."""
        rows = self._connection.all(
            "SELECT b.position FROM bookmarks b JOIN documents d ON d.id = b.document "
            "JOIN revisions t ON t.id = d.revision "
            "WHERE b.document = ? AND b.coder = ? AND b.position <= t.length ORDER BY b.position",
            (document_id, self._coder),
        )
        return [position for (position,) in rows]

    def toggle_bookmark(self, document_id: str, position: int) -> bool:
        """Put a bookmark, or take away the one that is there; whether there is one now.

        Raises:
            LibraryError: the library cannot be written.
        """
        place = (document_id, self._coder, position)
        with self._connection.transaction():
            if position in self.bookmarks(document_id):
                self._connection.run(
                    "DELETE FROM bookmarks WHERE document = ? AND coder = ? AND position = ?", place
                )
                return False
            self._connection.run("INSERT INTO bookmarks VALUES (?, ?, ?, ?)", (*place, now()))
            return True
