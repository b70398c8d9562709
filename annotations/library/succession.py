"""The texts of a document, one after the other, and what it says of itself.

Changed inside an act of whoever gives it another text. Knows nothing of highlights and places.
"""

from __future__ import annotations

from dataclasses import fields

from annotations.errors import ConflictError, NotFoundError
from annotations.library.connection import Connection
from annotations.library.placing import changed_meanwhile
from annotations.library.stubs import MEDIA_TYPE
from annotations.library.wording import quoted
from annotations.model import Metadata

_OF_THE_FILE = ("path", "media_type", "encoding")
"""What is true of the file that a text came from, whatever was said of the one before."""

_TAKE_TEXTS = """
    UPDATE revisions SET document = :older, ordinal = ordinal +
        (SELECT max(ordinal) FROM revisions WHERE document = :older)
    WHERE document = :newer
"""
_TAKE_REST = (
    """
    UPDATE documents SET note = iif(note = '', '', note || char(10, 10)) ||
        (SELECT note FROM documents WHERE id = :newer)
    WHERE id = :older AND (SELECT note FROM documents WHERE id = :newer) NOT IN ('', note)
    """,
    "UPDATE highlights SET document = :older WHERE document = :newer",
    """
    INSERT OR IGNORE INTO folder_documents
    SELECT folder, :older, created_at FROM folder_documents WHERE document = :newer
    """,
    "DELETE FROM folder_documents WHERE document = :newer",
    "DELETE FROM reading_marks WHERE document = :newer",
    "DELETE FROM documents WHERE id = :newer",
)
"""What becomes of a document that turns out to be a later state of another one."""


class Succession:
    """Gives documents their texts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self, document: str) -> tuple[str, str]:
        """The title of a document and the id of its text.

        Raises:
            NotFoundError: there is no such document, or it is deleted.
        """
        row = self._connection.one(
            "SELECT title, revision FROM documents WHERE id = ? AND deleted_at IS NULL", (document,)
        )
        if row is None:
            raise NotFoundError(f"no document has the id {document}")
        return row[0], row[1]

    def still(self, document: str, revision: str) -> None:
        """Make sure, inside an act, that a document still has the text that was looked at.

        Raises:
            ConflictError: it has another one.
        """
        title, current = self.current(document)
        if current != revision:
            raise changed_meanwhile(title)

    def hold(self, document: str, revision: str) -> None:
        """Make a text one of the document's, if it is not.

        Raises:
            ConflictError: it is another document's.
        """
        self.current(document)
        row = self._connection.one(
            "SELECT r.document, d.title, d.deleted_at FROM revisions r "
            "LEFT JOIN documents d ON d.id = r.document WHERE r.id = ?",
            (revision,),
        )
        holder, title, deleted_at = row or (None, "", None)
        if holder is None:
            self._connection.run(
                "UPDATE revisions SET document = :document, ordinal = (SELECT "
                "coalesce(max(ordinal), 0) + 1 FROM revisions WHERE document = :document) "
                "WHERE id = :revision",
                {"document": document, "revision": revision},
            )
        elif holder != document:
            which = "the deleted document" if deleted_at else "the document"
            raise ConflictError(
                f"this is the text of {which} {quoted(title)} ({holder[:8]}): "
                "link the two instead (flor revisions --link)"
            )

    def said(self, document: str) -> Metadata:
        """What a document says of itself."""
        names = [field.name for field in fields(Metadata)]
        row = self._connection.all(
            f"SELECT {', '.join(names)} FROM documents WHERE id = ?", (document,)
        )[0]
        return Metadata(*row)

    def describe(self, document: str, about: Metadata) -> None:
        """Let the document say what the file says and it does not, and the facts of the file."""
        said = self.said(document)
        waited = said.media_type == MEDIA_TYPE
        news = {
            field.name: value
            for field in fields(about)
            if field.name != "title"
            and (value := getattr(about, field.name)) not in ("", getattr(said, field.name))
            and (waited or field.name in _OF_THE_FILE or not getattr(said, field.name))
        }
        if news:
            settings = ", ".join(f"{name} = ?" for name in news)
            self._connection.run(
                f"UPDATE documents SET {settings} WHERE id = ?", (*news.values(), document)
            )

    def turn(self, document: str, revision: str, at: str) -> None:
        """Make a text of the document its current one."""
        self._connection.run(
            "UPDATE documents SET revision = ?, updated_at = ? WHERE id = ?",
            (revision, at, document),
        )

    def take_texts(self, older: str, newer: str) -> None:
        """Let a document have the texts of another one, after its own."""
        self._connection.run(_TAKE_TEXTS, {"older": older, "newer": newer})

    def take_rest(self, older: str, newer: str) -> None:
        """Let a document have all else that is another one's; that one is gone then."""
        for statement in _TAKE_REST:
            self._connection.run(statement, {"older": older, "newer": newer})
