"""Where each coder is in each document. Not an act: nothing to undo."""

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
        value = self._connection.value(
            f"SELECT {column} FROM reading WHERE document = ? AND coder = ?",
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
            "INSERT INTO reading VALUES (:document, :coder, :position, :position, :at) "
            "ON CONFLICT DO UPDATE SET position = :position, "
            "furthest = max(furthest, :position), updated_at = :at",
            {
                "document": document_id,
                "coder": self._coder,
                "position": position,
                "at": now(),
            },
        )
