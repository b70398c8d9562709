"""Reading the codebook: the tags in their order, those at hand, those that exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from annotations.errors import NotFoundError
from annotations.library import families
from annotations.library.connection import Connection, Row
from annotations.library.history import GIVEN
from annotations.library.journal import Journal
from annotations.library.tagpath import clean, fold
from annotations.library.wording import quoted
from annotations.model import Tag

KEYS = tuple("123456789")
"""The digits that apply a tag."""

_SELECT = """
    SELECT t.id, t.path, t.description, t.colour, t.key, n.highlights, t.inclusion, t.exclusion,
           t.note, t.exclusive, t.level
    FROM tags t JOIN tag_totals n ON n.tag = t.id
"""

# Of a bulk act, the first entries tell what it gave.
_RECENT = f"""
    WITH lately AS (
        SELECT number, first, changes FROM acts
        WHERE coder = :coder AND undone = 0 AND name NOT IN ('undo', 'redo')
        ORDER BY number DESC LIMIT 200
    ), given AS (
        SELECT {GIVEN} AS tag, max(j.number) AS latest
        FROM lately a JOIN journal j
            ON j.number >= a.first AND j.number < a.first + min(a.changes, 20)
        WHERE j.entity = 'highlight_tags' AND j.before IS NULL
        GROUP BY tag
    )
    {_SELECT} JOIN given ON given.tag = t.id ORDER BY given.latest DESC LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Clash:
    """Tags of one passage that exclude each other."""

    parent: str
    paths: tuple[str, ...]


class Tags:
    """The tags of a library. A path names one tag, whatever its case."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal
        # A picker asks for all tags at every opening, and reading thousands takes a while.
        self._known: list[Tag] = []
        self._read_at: int | None = None

    def tags(self) -> list[Tag]:
        """All tags in the order of the tree: children follow their parent, siblings come by level
        where they are ordered, then by name, whatever its case."""
        connection = self._connection
        if connection.sqlite.in_transaction:
            # What is read now may never have been.
            return self._read()
        latest: int = connection.value("SELECT coalesce(max(number), 0) FROM journal")
        if latest != self._read_at:
            if self._read_at is None or connection.value(
                "SELECT 1 FROM journal WHERE number > ? AND entity = 'tags' LIMIT 1",
                (self._read_at,),
            ):
                self._known = self._read()
            else:
                self._recount()
            self._read_at = latest
        return list(self._known)

    def _read(self) -> list[Tag]:
        # A stroke sorts after a blank, which would part a parent from its children.
        order = "ORDER BY replace(t.folded, '/', char(1))"
        tags = [_tag(row) for row in self._connection.all(f"{_SELECT} {order}")]
        levels = {fold(tag.path): tag.level for tag in tags if tag.level}
        if levels:
            tags.sort(key=lambda tag: _tree_order(fold(tag.path), levels))
        return tags

    def _recount(self) -> None:
        """Bring the counts of the tags that are known up to date."""
        rows = self._connection.all("SELECT tag, highlights FROM tag_totals")
        counts: dict[str, int] = dict(rows)
        self._known = [
            tag if tag.count == counts[tag.id] else replace(tag, count=counts[tag.id])
            for tag in self._known
        ]

    def get(self, path: str) -> Tag:
        """The tag at ``path``.

        Raises:
            NotFoundError: there is none.
            InvalidError: ``path`` cannot be one.
        """
        row = self._connection.one(f"{_SELECT} WHERE t.folded = ?", (fold(clean(path)),))
        if row is None:
            raise NotFoundError(f"no tag is called {quoted(path)}")
        return _tag(row)

    def bearers(self, path: str) -> int:
        """How many highlights bear the tag or one of its descendants: what deleting it takes.

        Raises:
            NotFoundError: there is no such tag.
        """
        return families.bearers(self._connection, families.family(self._connection, path))

    def recent(self, limit: int = 9) -> list[Tag]:
        """The tags that this coder gave last, latest first."""
        rows = self._connection.all(_RECENT, {"coder": self._journal.coder, "limit": limit})
        return [_tag(row) for row in rows]

    def at_hand(self) -> dict[str, Tag]:
        """What each of :data:`KEYS` applies: the tag that has the key, and on the keys that are
        free the tags that this coder gave last."""
        pinned = {
            tag.key: tag for tag in map(_tag, self._connection.all(f"{_SELECT} WHERE t.key <> ''"))
        }
        others = iter([tag for tag in self.recent(2 * len(KEYS)) if not tag.key])
        tags = ((key, pinned.get(key) or next(others, None)) for key in KEYS)
        return {key: tag for key, tag in tags if tag is not None}

    def clashes(self, paths: Iterable[str]) -> list[Clash]:
        """Which of the tags of one passage exclude each other: children of an exclusive tag."""
        rows = self._connection.all("SELECT folded, path FROM tags WHERE exclusive")
        exclusive: dict[str, str] = dict(rows)
        children: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            children[fold(path).rpartition("/")[0]].append(path)
        return [
            Clash(exclusive[parent], tuple(group))
            for parent, group in children.items()
            if parent in exclusive and len(group) > 1
        ]


def _tag(row: Row) -> Tag:
    *columns, exclusive, level = row
    values: Row = (*columns, bool(exclusive), level)
    return Tag(*values)


def _tree_order(folded: str, levels: dict[str, int]) -> list[tuple[int, str]]:
    """What sorts a tag after its parent, and its siblings by level, then by name."""
    parts = folded.split("/")
    return [(levels.get("/".join(parts[: depth + 1]), 0), part) for depth, part in enumerate(parts)]
