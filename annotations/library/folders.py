"""Folders of documents. A document may be in several; ``sources/letters`` is a folder in
``sources``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotations.errors import InvalidError
from annotations.library.clock import new_id
from annotations.library.connection import Connection, Row
from annotations.library.journal import Journal
from annotations.library.tagpath import clean_path, fold
from annotations.library.titles import pick
from annotations.library.trees import FOLDERS, IS_BELOW
from annotations.library.wording import counted

_FAMILY = f"(folded = :path OR ({IS_BELOW}))"
_MEMBERS = f"""
    SELECT document FROM folder_documents
    WHERE folder IN (SELECT id FROM folders WHERE {_FAMILY})
"""

_Names = list[str]  # a class with a method called list cannot say so itself


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of documents."""

    id: str
    path: str
    documents: int
    """How many documents are in it or in the folders in it, without those deleted."""


def clean(path: str) -> str:
    """``path`` as it is kept: see :func:`annotations.library.tagpath.clean_path`.

    Raises:
        InvalidError: it cannot be one.
    """
    return clean_path(path, "folder")


def members(parameter: str) -> str:
    """SQL: the ids of the documents in the folder at a folded path, and in those in it.

    Args:
        parameter: The name of the SQL parameter that the path comes in.
    """
    return _MEMBERS.replace(":path", f":{parameter}")


class Folders:
    """The folders of a library. A path names one of them, whatever its case; where folders
    are renamed or deleted, those in them go along."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def list(self) -> list[Folder]:
        """All of them in the order of the tree: what is in a folder follows it."""
        hidden = self._connection.value(
            "SELECT EXISTS (SELECT 1 FROM documents WHERE deleted_at IS NOT NULL)"
        )
        # Most libraries are spared the look at every document.
        there = "JOIN documents d ON d.id = m.document AND d.deleted_at IS NULL" if hidden else ""
        rows = self._connection.all(
            f"""
            SELECT c.id, c.path, (
                SELECT count(DISTINCT m.document) FROM folders below
                JOIN folder_documents m ON m.folder = below.id {there}
                WHERE below.folded = c.folded
                OR (below.folded > c.folded || '/' AND below.folded < c.folded || '0'))
            FROM folders c ORDER BY replace(c.folded, '/', char(1))
            """
        )
        return [Folder(*row) for row in rows]

    def get(self, path: str) -> Folder:
        """The folder at ``path``.

        Raises:
            NotFoundError: there is none.
            InvalidError: ``path`` cannot be one.
        """
        folded = fold(clean(path))
        row = self._connection.one("SELECT id, path FROM folders WHERE folded = ?", (folded,))
        if row is None:
            raise FOLDERS.unknown(self._connection, path)
        number = self._connection.value(
            f"SELECT count(*) FROM documents WHERE deleted_at IS NULL AND id IN ({_MEMBERS})",
            {"path": folded},
        )
        return Folder(row[0], row[1], number)

    def of(self, document_id: str) -> _Names:
        """The paths of the folders that a document is in."""
        rows = self._connection.all(
            "SELECT c.path FROM folder_documents m JOIN folders c ON c.id = m.folder "
            "WHERE m.document = ? ORDER BY c.folded",
            (document_id,),
        )
        return [path for (path,) in rows]

    def by_document(self) -> dict[str, _Names]:
        """The same of every document that is in any, by its id."""
        found: dict[str, _Names] = {}
        for document, path in self._connection.all(
            "SELECT m.document, c.path FROM folder_documents m "
            "JOIN folders c ON c.id = m.folder ORDER BY c.folded"
        ):
            found.setdefault(document, []).append(path)
        return found

    def add(self, path: str) -> Folder:
        """Make a folder, and those that it is in where they are missing.

        Raises:
            InvalidError: there is one at ``path``, or ``path`` cannot be one.
        """
        cleaned = clean(path)
        with self._journal.act("add folder") as act:
            row = self._at(cleaned)
            if row is not None:
                raise InvalidError(f"there is a folder {row[1]} already")
            act.summary = f"made the folder {self._ensure(cleaned, act.at)[1]}"
        return self.get(cleaned)

    def rename(self, path: str, new_path: str) -> Folder:
        """Give a folder another path; those in it follow.

        Raises:
            NotFoundError: there is no such folder.
            InvalidError: ``new_path`` is in it, is taken, or cannot be a path.
        """
        new = clean(new_path)
        with self._journal.act("rename folder") as act:
            was = FOLDERS.family(self._connection, path)[0].path
            above, _, name = new.rpartition("/")
            if above:
                new = f"{self._ensure(above, act.at)[1]}/{name}"
            act.summary = f"renamed the folder {was} to {new}"
            FOLDERS.rename(self._connection, path, new, act.at)
        return self.get(new)

    def move(self, path: str, into: str) -> Folder:
        """Put a folder into another, or at the top where ``into`` is empty.

        Raises:
            NotFoundError: there is no such folder.
            InvalidError: ``into`` is ``path`` or in it, or has such a folder already.
        """
        name = self.get(path).path.rpartition("/")[2]
        return self.rename(path, f"{clean(into)}/{name}" if into.strip() else name)

    def delete(self, path: str) -> int:
        """Delete a folder and those in it; the documents stay. How many documents were in it.

        Raises:
            NotFoundError: there is no such folder.
        """
        with self._journal.act("delete folder") as act:
            number = self.get(path).documents
            members = FOLDERS.family(self._connection, path)
            act.summary = f"deleted the folder {members[0].path}"
            self._connection.pick(member.id for member in members)
            self._connection.run(
                "DELETE FROM folder_documents WHERE folder IN (SELECT id FROM picked)"
            )
            self._connection.run("DELETE FROM folders WHERE id IN (SELECT id FROM picked)")
            return number

    def put(self, path: str, document_ids: Iterable[str]) -> int:
        """Put documents into a folder, which is made if it is missing; how many were not in it.

        Raises:
            NotFoundError: one of the documents is not there; none was put anywhere.
            InvalidError: ``path`` cannot be a folder's.
        """
        cleaned = clean(path)
        with self._journal.act("put in folder") as act:
            folder, known = self._ensure(cleaned, act.at)
            pick(self._connection, document_ids)
            number = self._connection.run(
                "INSERT OR IGNORE INTO folder_documents SELECT ?, id, ? FROM picked",
                (folder, act.at),
            )
            act.summary = f"put {counted(number, 'document')} into {known}"
            return number

    def take_out(self, path: str, document_ids: Iterable[str]) -> int:
        """Take documents out of a folder and those in it; how many were in it.

        Raises:
            NotFoundError: there is no such folder, or one of the documents is not there.
        """
        with self._journal.act("take out of folder") as act:
            members = FOLDERS.family(self._connection, path)
            pick(self._connection, document_ids)
            chosen = (
                "document IN (SELECT id FROM picked) "
                f"AND folder IN (SELECT id FROM folders WHERE {_FAMILY})"
            )
            values = {"path": fold(clean(path))}
            number: int = self._connection.value(
                f"SELECT count(DISTINCT document) FROM folder_documents WHERE {chosen}", values
            )
            self._connection.run(f"DELETE FROM folder_documents WHERE {chosen}", values)
            act.summary = f"took {counted(number, 'document')} out of {members[0].path}"
            return number

    def _at(self, path: str) -> Row | None:
        return self._connection.one("SELECT id, path FROM folders WHERE folded = ?", (fold(path),))

    def _ensure(self, path: str, at: str) -> tuple[str, str]:
        """The id and the path of the folder at ``path``, made with those that it is in where
        they are missing, and spelled as those that are there."""
        known = ""
        made = ""
        for name in path.split("/"):
            known = f"{known}/{name}" if known else name
            row = self._at(known)
            if row is None:
                made = new_id()
                self._connection.run(
                    "INSERT INTO folders VALUES (?, ?, ?, ?, ?)",
                    (made, known, fold(known), at, at),
                )
            else:
                made, known = row
        return made, known
