"""The acts on the codebook: making, naming, moving, merging, splitting, deleting tags."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.errors import InvalidError
from annotations.library import families
from annotations.library.clock import new_id
from annotations.library.colours import clean_colour
from annotations.library.describing import Described
from annotations.library.tagpath import clean, fold
from annotations.library.trees import TAGS, Member
from annotations.library.wording import counted, quoted
from annotations.model import Tag


def _below(path: str, parent: str) -> str:
    """Where the tag at ``path`` is below ``parent``, or at the top where that is empty."""
    name = clean(path).rpartition("/")[2]
    return f"{clean(parent)}/{name}" if parent.strip() else name


class Codebook(Described):
    """The acts on the codebook. A path stands for its family, the tag and its descendants, where
    tags are renamed, merged or deleted."""

    def add(self, path: str, description: str = "", colour: str = "", *, tag_id: str = "") -> Tag:
        """Make a tag.

        Args:
            path: where in the codebook.
            description: what it is for.
            colour: a name of :data:`COLOURS`, ``#rrggbb``, or empty.
            tag_id: the id that it has elsewhere, which no tag here has; empty: a new one.

        Raises:
            InvalidError: there is one at ``path``, or ``path`` or ``colour`` cannot be one.
        """
        colour = clean_colour(colour)
        with self._journal.act("add tag") as act:
            cleaned = self.free(path)
            made = self._insert(cleaned, act.at, description, colour, tag_id)
            act.summary = f"made the tag {made[0]}"
        return self.get(cleaned)

    def free(self, path: str) -> str:
        """``path`` as it is kept, if a tag can be made there.

        Raises:
            InvalidError: there is one, or ``path`` cannot be one.
        """
        cleaned = clean(path)
        row = self._connection.one("SELECT path FROM tags WHERE folded = ?", (fold(cleaned),))
        if row is not None:
            raise InvalidError(f"there is a tag {row[0]} already")
        return cleaned

    def ensure(self, paths: Iterable[str]) -> dict[str, str]:
        """The paths and ids of the tags at ``paths``, in their order; missing ones are made.

        To be called inside an act. The paths are as the codebook has them, and none comes twice.

        Raises:
            InvalidError: one of them cannot be a path.
        """
        tags: dict[str, str] = {}
        for path in paths:
            cleaned = clean(path)
            row = self._connection.one(
                "SELECT path, id FROM tags WHERE folded = ?", (fold(cleaned),)
            )
            if row is None:
                with self._journal.act("add tag") as act:
                    row = self._insert(cleaned, act.at)
            tags[row[0]] = row[1]
        return tags

    def _insert(
        self, path: str, at: str, description: str = "", colour: str = "", tag_id: str = ""
    ) -> tuple[str, str]:
        """Make a tag; the path and the id that it got."""
        path, tag_id = self._spelled(path), tag_id or new_id()
        self._connection.run(
            "INSERT INTO tags (id, path, folded, description, colour, created_at, updated_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (tag_id, path, fold(path), description, colour, at, at),
        )
        return path, tag_id

    def _spelled(self, path: str) -> str:
        """``path`` spelled as its relatives are that are there."""
        parts = path.split("/")
        for depth in range(len(parts), 0, -1):
            relative = families.relative(self._connection, "/".join(parts[:depth]))
            if relative is not None:
                return "/".join(relative.split("/")[:depth] + parts[depth:])
        return path

    def renamed(self, path: str, new_path: str) -> list[str]:
        """The paths that the family of ``path`` would have; fails as :meth:`rename` does."""
        return [target for _, target in TAGS.renamed(self._connection, path, new_path)]

    def moved(self, path: str, parent: str) -> list[str]:
        """The paths that the family of ``path`` would have below ``parent``; fails as :meth:`move`
        does."""
        return self.renamed(path, _below(path, parent))

    def rename(self, path: str, new_path: str) -> int:
        """Give the family of ``path`` another path; how many tags got one.

        Raises:
            NotFoundError: there is no such tag.
            InvalidError: ``new_path`` is below ``path``, is taken, or cannot be a path.
        """
        old, new = clean(path), clean(new_path)
        with self._journal.act("rename tag", f"renamed the tag {old} to {new}") as act:
            return TAGS.rename(self._connection, old, new, act.at)

    def move(self, path: str, parent: str) -> int:
        """Put the family of ``path`` below ``parent``, or at the top where that is empty; how many
        tags got another path.

        Raises:
            NotFoundError: there is no such tag.
            InvalidError: ``parent`` is ``path`` or below it, or has such a child already.
        """
        return self.rename(path, _below(path, parent))

    def merge(self, path: str, into: str) -> int:
        """Make the family of ``path`` one with that of ``into``; how many highlights bore it.

        Raises:
            NotFoundError: one of them is not there.
            InvalidError: ``into`` is ``path`` or below it.
        """
        with self._journal.act("merge tags") as act:
            target = self.get(into)
            members = TAGS.family(self._connection, path)
            number = families.bearers(self._connection, members)
            families.merge(self._connection, path, target.path, act.at)
            act.summary = (
                f"merged the tag {clean(path)} ({counted(number, 'highlight')}) into {target.path}"
            )
            return number

    def split(self, path: str, into: str, highlight_ids: Iterable[str]) -> int:
        """Give the highlights among ``highlight_ids`` that bear the tag ``into`` instead, which is
        made where it is missing; how many there were.

        Raises:
            NotFoundError: there is no tag at ``path``.
            InvalidError: ``into`` is the same tag, or cannot be one.
        """
        with self._journal.act("split tag") as act:
            tag = self.get(path)
            ((new_path, new_id_),) = self.ensure([into]).items()
            if new_id_ == tag.id:
                raise InvalidError(f"{quoted(path)} cannot be split into itself")
            self._connection.pick(highlight_ids)
            values = {"old": tag.id, "new": new_id_}
            self._connection.run(
                "INSERT OR IGNORE INTO highlight_tags "
                "SELECT highlight, :new, position, coder, created_at FROM highlight_tags "
                "WHERE tag = :old AND highlight IN (SELECT id FROM picked)",
                values,
            )
            number = self._connection.run(
                "DELETE FROM highlight_tags "
                "WHERE tag = :old AND highlight IN (SELECT id FROM picked)",
                values,
            )
            act.summary = f"moved {counted(number, 'highlight')} from {tag.path} to {new_path}"
            return number

    def set_exclusive(self, path: str, exclusive: bool = True) -> Tag:
        """Say that a passage should bear at most one child of the tag, which is made if there are
        only its children.

        Raises:
            NotFoundError: there is neither the tag nor a child.
        """
        with self._journal.act("describe tag") as act:
            TAGS.family(self._connection, path)
            (known,) = self.ensure([path])
            self._set("describe tag", known, "", exclusive=int(exclusive))
            verb = "may" if not exclusive else "should not"
            act.summary = f"said that a passage {verb} bear several tags of {known}"
        return self.get(path)

    def delete(self, path: str, *, children: bool = True) -> int:
        """Delete a tag; how many highlights lost one.

        Args:
            path: the tag.
            children: whether its descendants go with it; else they stay where they are.

        Raises:
            NotFoundError: there is no such tag.
        """
        with self._journal.act("delete tag") as act:
            if children:
                members = TAGS.family(self._connection, path)
            else:
                tag = self.get(path)
                members = [Member(tag.id, tag.path)]
            number = families.bearers(self._connection, members)
            families.delete(self._connection, members)
            below = f" and {counted(len(members) - 1, 'tag')} below it" if len(members) > 1 else ""
            act.summary = (
                f"deleted the tag {clean(path)}{below}, from {counted(number, 'highlight')}"
            )
            return number
