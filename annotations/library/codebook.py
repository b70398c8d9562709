"""The codebook: the tags of a library and the acts on them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotations.errors import InvalidError, NotFoundError
from annotations.library.clock import new_id
from annotations.library.connection import Connection
from annotations.library.journal import Journal
from annotations.library.tagpath import clean, fold
from annotations.library.wording import quoted
from annotations.model import COLOURS, Tag

_SELECT = """
    SELECT t.id, t.path, t.description, t.colour, t.key, n.highlights
    FROM tags t JOIN tag_totals n ON n.tag = t.id
"""


def clean_colour(colour: str) -> str:
    """``colour`` as it is kept: a name of :data:`COLOURS`, ``#rrggbb``, or empty.

    Raises:
        InvalidError: it is none of these.
    """
    cleaned = colour.strip().lower()
    if cleaned and cleaned not in COLOURS and not re.fullmatch(r"#[0-9a-f]{6}", cleaned):
        raise InvalidError(f"{quoted(colour)} is no colour: use {', '.join(COLOURS)} or #rrggbb")
    return cleaned


class Codebook:
    """The tags of a library. A path names one tag, whatever its case."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def tags(self) -> list[Tag]:
        """All tags by path, whatever its case; children follow their parent."""
        tags = [Tag(*row) for row in self._connection.all(_SELECT)]
        return sorted(tags, key=lambda tag: fold(tag.path).split("/"))

    def get(self, path: str) -> Tag:
        """The tag at ``path``.

        Raises:
            NotFoundError: there is none.
            InvalidError: ``path`` cannot be one.
        """
        row = self._connection.one(f"{_SELECT} WHERE t.folded = ?", (fold(clean(path)),))
        if row is None:
            raise NotFoundError(f"no tag is called {quoted(path)}")
        return Tag(*row)

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
        cleaned, colour = clean(path), clean_colour(colour)
        with self._journal.act("add tag", f"made the tag {cleaned}") as act:
            row = self._connection.one("SELECT path FROM tags WHERE folded = ?", (fold(cleaned),))
            if row is not None:
                raise InvalidError(f"there is a tag {row[0]} already")
            self._insert(cleaned, description, colour, act.at, tag_id)
        return self.get(cleaned)

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
                    row = cleaned, self._insert(cleaned, "", "", act.at)
            tags[row[0]] = row[1]
        return tags

    def _insert(self, path: str, description: str, colour: str, at: str, tag_id: str = "") -> str:
        tag_id = tag_id or new_id()
        self._connection.run(
            "INSERT INTO tags (id, path, folded, description, colour, created_at, updated_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (tag_id, path, fold(path), description, colour, at, at),
        )
        return tag_id
