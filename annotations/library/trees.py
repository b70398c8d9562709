"""Paths that make a tree, of tags and of folders: what is at one and below it is a family, and goes
where it goes.

Everything that writes here happens inside an act that is open above.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotations.errors import InvalidError, NotFoundError
from annotations.library.connection import Connection
from annotations.library.naming import unknown
from annotations.library.tagpath import clean_path, fold
from annotations.library.wording import quoted

# 0 is the character after the stroke.
IS_BELOW = "folded > :path || '/' AND folded < :path || '0'"
"""SQL: a row is below the folded path ``:path``."""


@dataclass(frozen=True, slots=True)
class Member:
    """A row of a family."""

    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Tree:
    """The rows of a table, each at a path of its own."""

    table: str
    kind: str
    """What one of them is called."""
    taken: str = ""
    """What is to be done where there is one already, for the message."""

    def unknown(self, connection: Connection, path: str) -> NotFoundError:
        """That none is called so."""
        rows = connection.all(f"SELECT path FROM {self.table}")
        return unknown(self.kind, path, (known for (known,) in rows))

    def family(self, connection: Connection, path: str) -> list[Member]:
        """What is at ``path``, if there is anything, and what is below it; parents come first.

        Raises:
            NotFoundError: there is neither.
            InvalidError: ``path`` cannot be one.
        """
        rows = connection.all(
            f"SELECT id, path FROM {self.table} WHERE folded = :path OR ({IS_BELOW}) "
            "ORDER BY length(folded), folded",
            {"path": fold(clean_path(path, self.kind))},
        )
        if not rows:
            raise self.unknown(connection, path)
        return [Member(*row) for row in rows]

    def targets(self, members: list[Member], path: str, new_path: str) -> list[str]:
        """Where each of ``members`` is, if ``path`` is at ``new_path``.

        Raises:
            InvalidError: ``new_path`` is below ``path``, or cannot be one.
        """
        old, new = clean_path(path, self.kind), clean_path(new_path, self.kind)
        if fold(new).startswith(f"{fold(old)}/"):
            raise InvalidError(f"{quoted(old)} cannot go below itself, to {quoted(new)}")
        depth = old.count("/") + 1
        moved = ("/".join([new, *member.path.split("/")[depth:]]) for member in members)
        return [clean_path(target, self.kind) for target in moved]

    def renamed(self, connection: Connection, path: str, new_path: str) -> list[tuple[Member, str]]:
        """The family of ``path``, and the path that each of it has when ``path`` is at
        ``new_path``.

        Raises:
            NotFoundError: there is no such family.
            InvalidError: ``new_path`` is below ``path``, or there is such a row already.
        """
        members = self.family(connection, path)
        targets = self.targets(members, path, new_path)
        own = {member.id for member in members}
        for target in targets:
            row = connection.one(
                f"SELECT id, path FROM {self.table} WHERE folded = ?", (fold(target),)
            )
            if row is not None and row[0] not in own:
                raise InvalidError(f"there is a {self.kind} {row[1]} already{self.taken}")
        return list(zip(members, targets, strict=True))

    def rename(self, connection: Connection, path: str, new_path: str, at: str) -> int:
        """Put the family of ``path`` at ``new_path``, as :meth:`renamed` says; how many got
        another path."""
        return connection.run_many(
            f"UPDATE {self.table} SET path = ?, folded = ?, updated_at = ? "
            "WHERE id = ? AND path <> ?",
            [
                (target, fold(target), at, member.id, target)
                for member, target in self.renamed(connection, path, new_path)
            ],
        )


TAGS = Tree("tags", "tag", ": merge them instead")
FOLDERS = Tree("folders", "folder")
