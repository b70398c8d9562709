"""What a coder says of their reading: read, unread, to be read; and how far they have come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotations.library.connection import Connection
from annotations.library.journal import Journal
from annotations.library.titles import pick, picked

_UNDONE_BY_READING = """
    SELECT 1 FROM reading_marks m WHERE m.coder = :coder AND m.mark = 'unread'
    AND m.document = r.document AND m.made_at >= r.updated_at
"""

HAVE_READ = f"""
    SELECT r.document FROM reading r
    WHERE r.coder = :coder AND NOT EXISTS ({_UNDONE_BY_READING})
    UNION ALL SELECT document FROM reading_marks WHERE coder = :coder AND mark = 'read'
"""
"""SQL: the documents that the coder ``:coder`` has read, or said so; opening one is reading it."""


MEANT = "SELECT document FROM reading_marks WHERE coder = :coder AND mark = 'to-read'"
"""SQL: the documents that the coder ``:coder`` means to read."""


def _marked(mark: str) -> str:
    """SQL: whether the coder ``:coder`` has put a mark on the document ``d``."""
    return (
        "EXISTS (SELECT 1 FROM reading_marks m "
        f"WHERE m.coder = :coder AND m.mark = '{mark}' AND m.document = d.id)"
    )


class Mark(StrEnum):
    """What can be said of a document."""

    READ = "read"
    UNREAD = "unread"
    TO_READ = "to-read"


_OPPOSITE = {Mark.READ: (Mark.UNREAD, Mark.TO_READ), Mark.UNREAD: (Mark.READ,), Mark.TO_READ: ()}
"""The marks that one takes off."""

_AMONG = {
    Mark.READ: f"IN ({HAVE_READ})",
    Mark.UNREAD: f"NOT IN ({HAVE_READ})",
    Mark.TO_READ: f"IN ({MEANT})",
}
"""SQL: what is true of a document of which a mark is."""

_SAID = {
    Mark.READ: "said that {} had been read",
    Mark.UNREAD: "said that {} had not been read",
    Mark.TO_READ: "put {} on the list to read",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a coder stands to a document."""

    unread: bool = True
    to_read: bool = False
    progress: float = 0.0
    """The furthest place that was reached, as a share of the text from 0 to 1."""


class Marks:
    """The marks of one coder."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def put(self, document_ids: Iterable[str], mark: Mark) -> None:
        """Mark documents. One that is read is no longer to be read.

        Raises:
            NotFoundError: one of them is not there; none was marked.
        """
        coder = self._journal.coder
        with self._journal.act(f"mark {mark}") as act:
            act.summary = _SAID[mark].format(self._picked(document_ids))
            for other in _OPPOSITE[mark]:
                self._take(other)
            self._connection.run(
                "INSERT INTO reading_marks SELECT ?, ?, id, ? FROM picked WHERE true "
                "ON CONFLICT DO UPDATE SET made_at = excluded.made_at WHERE mark = 'unread'",
                (coder, mark, act.at),
            )

    def take(self, document_ids: Iterable[str], mark: Mark) -> None:
        """Take a mark off documents.

        Raises:
            NotFoundError: one of them is not there; none was changed.
        """
        with self._journal.act("unmark") as act:
            act.summary = f"took the mark {mark} off {self._picked(document_ids)}"
            self._take(mark)

    def toggle(self, document_ids: Sequence[str], mark: Mark) -> bool:
        """Mark documents or, where that is true of all of them already, say the opposite; whether
        it is true of them now.

        Raises:
            NotFoundError: one of them is not there; none was changed.
        """
        if not self.true_of_all(mark, document_ids):
            self.put(document_ids, mark)
            return True
        if mark is Mark.TO_READ:
            self.take(document_ids, mark)
        else:
            self.put(document_ids, Mark.UNREAD if mark is Mark.READ else Mark.READ)
        return False

    def _take(self, mark: Mark) -> None:
        self._connection.run(
            "DELETE FROM reading_marks WHERE coder = ? AND mark = ? "
            "AND document IN (SELECT id FROM picked)",
            (self._journal.coder, mark),
        )

    def _picked(self, document_ids: Iterable[str]) -> str:
        """Pick documents; what they are called in a sentence."""
        pick(self._connection, document_ids)
        return picked(self._connection)

    def true_of_all(self, mark: Mark, document_ids: Iterable[str]) -> bool:
        """Whether a mark is true of all of some documents, said or not: one that was opened has
        been read."""
        return not self._connection.value(
            f"SELECT EXISTS (SELECT 1 FROM json_each(:ids) WHERE NOT value {_AMONG[mark]})",
            {"coder": self._journal.coder, "ids": json.dumps(list(document_ids))},
        )

    def standings(self, document_ids: Iterable[str]) -> dict[str, Standing]:
        """How the coder stands to documents, by their ids; those that are not there are left
        out."""
        rows = self._connection.all(
            f"""
            SELECT d.id,
                (r.document IS NULL OR EXISTS ({_UNDONE_BY_READING})) AND NOT {_marked("read")},
                {_marked("to-read")}, coalesce(r.furthest, 0), v.length
            FROM json_each(:ids) n JOIN documents d ON d.id = n.value
            JOIN revisions v ON v.id = d.revision
            LEFT JOIN reading r ON r.document = d.id AND r.coder = :coder
            """,
            {"coder": self._journal.coder, "ids": json.dumps(list(document_ids))},
        )
        return {
            document: Standing(bool(unread), bool(to_read), min(1.0, furthest / max(1, length)))
            for document, unread, to_read, furthest, length in rows
        }
