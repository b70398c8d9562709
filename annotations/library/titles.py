"""Documents for lists: read by their ids or the numbers of their texts, many at once."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence

from annotations.errors import NotFoundError
from annotations.library.connection import Connection
from annotations.library.wording import counted, listed, quoted
from annotations.model import Document

_ORDER = "ORDER BY d.title COLLATE NOCASE, d.id"
_NAMED = 3
"""The most documents that are called by their titles."""


def pick(connection: Connection, document_ids: Iterable[str]) -> None:
    """Put the ids of documents, deleted or not, into the table ``picked``.

    Raises:
        NotFoundError: one of them is not there.
    """
    connection.pick(document_ids)
    missing = connection.value(
        "SELECT id FROM picked WHERE id NOT IN (SELECT id FROM documents) LIMIT 1"
    )
    if missing is not None:
        raise NotFoundError(f"no document has the id {missing}")


def picked(connection: Connection) -> str:
    """What the documents in the table ``picked`` are called in a sentence: by their titles, if they
    are few."""
    rows = connection.all(
        "SELECT title FROM documents WHERE id IN (SELECT id FROM picked) "
        f"ORDER BY title COLLATE NOCASE, id LIMIT {_NAMED + 1}"
    )
    if len(rows) <= _NAMED:
        return listed([quoted(title) for (title,) in rows])
    return counted(connection.value("SELECT count(*) FROM picked"), "document")


class Titles:
    """The documents of a library.

    Args:
        connection: Where they are.
        select: SQL for the columns of a document ``d`` with its revision ``r``, up to the joins.
    """

    def __init__(self, connection: Connection, select: str) -> None:
        self._connection = connection
        self._select = select

    def ordered(self, numbers: Iterable[int]) -> array[int]:
        """These documents in the order of the titles; those that are not there are left out.

        Args:
            numbers: Of their current revisions.
        """
        rows = self._connection.stream(
            "SELECT r.number FROM json_each(?) n JOIN revisions r ON r.number = n.value "
            f"JOIN documents d ON d.revision = r.id WHERE d.deleted_at IS NULL {_ORDER}",
            (json.dumps(list(numbers)),),
        )
        return array("q", (number for (number,) in rows))

    def at(self, numbers: Sequence[int], *, deleted: bool = False) -> list[Document]:
        """The documents whose current revisions have these numbers, in their order; those deleted
        (with ``deleted``: brought back) or changed since are left out."""
        rows = self._connection.all(
            f"{self._select} JOIN json_each(?) n ON n.value = r.number "
            "WHERE (d.deleted_at IS NOT NULL) = ? ORDER BY n.key",
            (json.dumps(list(numbers)), deleted),
        )
        return [Document(*row) for row in rows]

    def ids(self, numbers: Iterable[int]) -> list[str]:
        """The ids of the documents whose current revisions have these numbers, in their order."""
        rows = self._connection.all(
            "SELECT d.id FROM json_each(?) n JOIN revisions r ON r.number = n.value "
            "JOIN documents d ON d.revision = r.id ORDER BY n.key",
            (json.dumps(list(numbers)),),
        )
        return [id_ for (id_,) in rows]

    def highlights(self, ids: Sequence[str]) -> int:
        """How many highlights the documents with these ids have together."""
        return int(
            self._connection.value(
                "SELECT total(highlights) FROM document_totals "
                "WHERE document IN (SELECT value FROM json_each(?))",
                (json.dumps(ids),),
            )
        )

    def shared(self, ids: Sequence[str], fields: Sequence[str]) -> dict[str, str | None]:
        """What is the same in all documents with these ids, of some columns; None: it differs."""
        ends = ", ".join(f"min({name}), max({name})" for name in fields)
        row = self._connection.one(
            f"SELECT {ends} FROM documents WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
        told = iter(row or ())
        pairs = zip(fields, told, told, strict=True)
        return {name: least if least == most else None for name, least, most in pairs}

    def named(self, ids: Sequence[str]) -> list[Document]:
        """The documents with these ids, in their order; those that are not there are left out."""
        rows = self._connection.all(
            f"{self._select} JOIN json_each(?) n ON n.value = d.id ORDER BY n.key",
            (json.dumps(list(ids)),),
        )
        return [Document(*row) for row in rows]

    def of(self, ids: str, values: Mapping[str, object], order: str) -> list[Document]:
        """The documents whose ids an SQL query gives.

        Args:
            ids: The query.
            values: Its parameters.
            order: SQL for the order of documents ``d``.
        """
        rows = self._connection.all(f"{self._select} WHERE d.id IN ({ids}) {order}", values)
        return [Document(*row) for row in rows]

    def get(self, document_id: str) -> Document | None:
        """The document with an id, unless it is deleted."""
        row = self._connection.one(
            f"{self._select} WHERE d.id = ? AND d.deleted_at IS NULL", (document_id,)
        )
        return Document(*row) if row else None

    def number(self, document: Document) -> int:
        """The number of the revision that a document had when it was read."""
        return int(
            self._connection.value(
                "SELECT number FROM revisions WHERE id = ?", (document.revision,)
            )
            or 0
        )
