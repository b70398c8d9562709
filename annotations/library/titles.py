"""The documents in the order of their titles, a window at a time: for lists of any length."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence

from annotations.library.connection import Connection
from annotations.model import Document

_HERE = "FROM documents d INDEXED BY documents_shelf WHERE d.deleted_at IS NULL"
_ORDER = "ORDER BY d.title COLLATE NOCASE, d.id"
_TEXT = "d.title || char(10) || d.author || char(10) || d.publisher || char(10) || d.published"


class Titles:
    """The documents that are not deleted, in one order: by title, ASCII letters whatever their
    case, then by id.

    Words filter them: each must be somewhere in the title, the author, the publisher or the date,
    in any case.

    Args:
        connection: Where they are.
        select: SQL for the columns of a document ``d``, up to the joins.
    """

    def __init__(self, connection: Connection, select: str) -> None:
        self._connection = connection
        self._select = select

    def count(self, words: Sequence[str] = (), limit: int | None = None) -> int:
        """How many there are; with a limit, no more than that are counted."""
        condition, patterns = _matching(words)
        return int(
            self._connection.value(
                f"SELECT count(*) FROM (SELECT 1 {_HERE}{condition} LIMIT ?)",
                (*patterns, -1 if limit is None else limit),
            )
        )

    def window(self, offset: int, limit: int, words: Sequence[str] = ()) -> list[Document]:
        """So many of them from an offset on."""
        condition, patterns = _matching(words)
        rows = self._connection.all(
            f"{self._select} WHERE d.id IN "
            f"(SELECT d.id {_HERE}{condition} {_ORDER} LIMIT ? OFFSET ?) {_ORDER}",
            (*patterns, limit, offset),
        )
        return [Document(*row) for row in rows]

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

    def at(self, numbers: Sequence[int]) -> list[Document]:
        """The documents whose current revisions have these numbers, in their order; those deleted
        or changed since are left out."""
        rows = self._connection.all(
            f"{self._select} JOIN json_each(?) n ON n.value = r.number "
            "WHERE d.deleted_at IS NULL ORDER BY n.key",
            (json.dumps(list(numbers)),),
        )
        return [Document(*row) for row in rows]

    def get(self, document_id: str) -> Document | None:
        """The document with an id, unless it is deleted."""
        row = self._connection.one(
            f"{self._select} WHERE d.id = ? AND d.deleted_at IS NULL", (document_id,)
        )
        return Document(*row) if row else None

    def index(self, document: Document) -> int:
        """How many come before a document, unfiltered."""
        return int(
            self._connection.value(
                f"SELECT count(*) {_HERE} AND d.title COLLATE NOCASE <= :title "
                "AND (d.title COLLATE NOCASE < :title OR d.id < :id)",
                {"title": document.title, "id": document.id},
            )
        )


def _matching(words: Sequence[str]) -> tuple[str, list[str]]:
    """SQL for the words, and its parameters. LIKE knows the case of ASCII letters alone, so that
    other words are looked for in the ways in which they are usually written."""
    conditions: list[str] = []
    patterns: list[str] = []
    for word in words:
        ways = {word} if word.isascii() else {word, word.lower(), word.upper(), word.title()}
        either = " OR ".join(f"{_TEXT} LIKE ? ESCAPE '\\'" for _ in ways)
        conditions.append(f" AND ({either})")
        patterns += [f"%{_literal(way)}%" for way in sorted(ways)]
    return "".join(conditions), patterns


def _literal(word: str) -> str:
    """A word in which the signs of LIKE stand for themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
