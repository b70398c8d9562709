"""Queries that are kept under a name."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.errors import InvalidError
from annotations.library.clock import new_id
from annotations.library.connection import Connection
from annotations.library.journal import Journal
from annotations.library.naming import unknown
from annotations.library.tagpath import fold
from annotations.library.wording import quoted, single_line
from annotations.query import Language, parse

_COLUMNS = "id, name, language, query, created_at, updated_at"


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query under a name."""

    id: str
    name: str
    language: Language
    query: str
    """As it was typed."""
    created_at: str
    updated_at: str


class SavedQueries:
    """The saved queries of a library. A name stands for one of them, whatever its case."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def list(self) -> list[SavedQuery]:
        """All of them by name, whatever its case."""
        rows = self._connection.all(f"SELECT {_COLUMNS} FROM saved_queries ORDER BY folded")
        return [SavedQuery(row[0], row[1], Language(row[2]), *row[3:]) for row in rows]

    def get(self, name: str) -> SavedQuery:
        """The query called ``name``.

        Raises:
            NotFoundError: There is none.
        """
        row = self._connection.one(
            f"SELECT {_COLUMNS} FROM saved_queries WHERE folded = ?", (fold(single_line(name)),)
        )
        if row is None:
            raise unknown("saved query", name, (each.name for each in self.list()))
        return SavedQuery(row[0], row[1], Language(row[2]), *row[3:])

    def save(self, name: str, query: str, language: Language = Language.PASSAGES) -> SavedQuery:
        """Keep ``query`` under ``name``, in place of what was kept under it.

        Raises:
            QuerySyntaxError: The query cannot be read; nothing was kept.
            InvalidError: The name is empty.
        """
        parse(query, language)
        name = _named(name)
        with self._journal.act("save query", f"saved the query {quoted(name)}") as act:
            self._connection.run(
                "INSERT INTO saved_queries "
                "(id, name, folded, language, query, created_at, updated_at) "
                "VALUES (:id, :name, :folded, :language, :query, :at, :at) "
                "ON CONFLICT (folded) DO UPDATE "
                "SET name = :name, language = :language, query = :query, updated_at = :at "
                "WHERE (name, language, query) IS NOT (:name, :language, :query)",
                {
                    "id": new_id(),
                    "name": name,
                    "folded": fold(name),
                    "language": language,
                    "query": query,
                    "at": act.at,
                },
            )
        return self.get(name)

    def rename(self, name: str, new_name: str) -> SavedQuery:
        """Give the query called ``name`` another name.

        Raises:
            NotFoundError: There is none.
            InvalidError: The new name is empty, or that of another query.
        """
        saved, new_name = self.get(name), _named(new_name)
        folded = fold(new_name)
        taken = self._connection.value(
            "SELECT name FROM saved_queries WHERE folded = ? AND id <> ?", (folded, saved.id)
        )
        if taken is not None:
            raise InvalidError(f"there is a saved query {quoted(taken)} already")
        summary = f"renamed the query {quoted(saved.name)} to {quoted(new_name)}"
        with self._journal.act("rename query", summary) as act:
            self._connection.run(
                "UPDATE saved_queries SET name = ?, folded = ?, updated_at = ? "
                "WHERE id = ? AND name <> ?",
                (new_name, folded, act.at, saved.id, new_name),
            )
        return self.get(new_name)

    def forget(self, name: str) -> None:
        """Keep the query called ``name`` no longer.

        Raises:
            NotFoundError: There is none.
        """
        saved = self.get(name)
        with self._journal.act("forget query", f"forgot the query {quoted(saved.name)}"):
            self._connection.run("DELETE FROM saved_queries WHERE id = ?", (saved.id,))


def _named(name: str) -> str:
    """``name`` as it is kept.

    Raises:
        InvalidError: It is empty.
    """
    name = single_line(name)
    if not name:
        raise InvalidError("a saved query needs a name")
    return name
