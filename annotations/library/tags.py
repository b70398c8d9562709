"""Reading the codebook: the tags in their order, those at hand, those that exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from annotations.library import families
from annotations.library.connection import Connection, Row
from annotations.library.history import GIVEN
from annotations.library.journal import Journal
from annotations.library.tagpath import clean, fold
from annotations.library.trees import TAGS
from annotations.model import Tag, TagNames

KEYS = tuple("123456789")
"""The digits that apply a tag."""

_COLUMNS = """
    t.id, t.path, t.description, t.colour, t.key, n.highlights, t.inclusion, t.exclusion, t.note,
    t.exclusive, t.level
"""
_FROM = "FROM tags t JOIN tag_totals n ON n.tag = t.id"
_SELECT = f"SELECT {_COLUMNS} {_FROM}"

_WRITTEN = " || char(10) || ".join(("path", "description", "inclusion", "exclusion", "note"))
"""What is written on a tag, its path first, each on its lines."""

_BELOW = "\x01"
"""Parts the levels of a path that is to be sorted: a stroke comes after a blank, which would part a
parent from its children."""

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


# The family that a tag is right below ends in a stroke: it is what is left of the folded path when
# all that is no stroke is cut off at its end.
_PARENT = "x.folded || '/' = rtrim(t.folded, replace(t.folded, '/', ''))"

_CLASHES = f"""
    WITH several AS (
        SELECT x.path AS parent, count(*) AS borne, group_concat(t.path, char(10)) AS paths
        FROM picked CROSS JOIN highlight_tags ht ON ht.highlight = picked.id
        CROSS JOIN tags t ON t.id = ht.tag
        JOIN tags x ON {_PARENT}
        WHERE x.exclusive GROUP BY x.id, ht.highlight
    )
    SELECT parent, count(*), max(paths) FROM several WHERE borne > 1 GROUP BY parent
"""

_RIVALLED = f"""
    SELECT DISTINCT ht.highlight FROM picked JOIN tags t ON t.id = picked.id
    JOIN tags x ON {_PARENT} AND x.exclusive JOIN highlight_tags ht ON ht.tag = t.id
"""
"""The highlights with one of some tags that exclude others."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Tags that exclude each other and are borne together."""

    parent: str
    paths: tuple[str, ...]
    """Those of one of the passages, in no order."""
    passages: int
    """How many bear several."""

    def __str__(self) -> str:
        """What is to be said of it."""
        if self.passages == 1:
            return f"only one of {self.parent} should stand here: {', '.join(self.paths)}"
        return (
            f"only one of {self.parent} should stand on a passage: {self.passages:,} bear several"
        )


class Tags:
    """The tags of a library. A path names one tag, whatever its case."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal
        self._names = TagNames()
        self._read_at: int | None = None

    def tags(self) -> list[Tag]:
        """All tags in the order of the tree: children follow their parent, siblings come by level
        where they are ordered, then by name, whatever its case."""
        return self._in_order("")

    def where(self, says: Callable[[str], bool]) -> list[Tag]:
        """The tags, in the same order, of which something is true.

        Args:
            says: Whether it is; given what is written on a tag, its path first.
        """
        written = self._connection.all(f"SELECT id, {_WRITTEN} FROM tags")
        self._connection.pick(tag for tag, text in written if says(text))
        return self._in_order("WHERE t.id IN (SELECT id FROM picked)")

    def _in_order(self, where: str) -> list[Tag]:
        rows = self._connection.all(f"SELECT t.folded, {_COLUMNS} {_FROM} {where}")
        levels = self._connection.all("SELECT folded, level FROM tags WHERE level <> 0")
        return [_tag(row[1:]) for row in _in_tree_order(rows, levels)]

    def names(self) -> TagNames:
        """What a list of all tags needs of each, in the same order; read again only after a tag has
        changed."""
        connection = self._connection
        if connection.sqlite.in_transaction:
            # What is read now may never have been, and the next act reuse the journal's numbers.
            return self._read_names()
        latest: int = connection.value("SELECT coalesce(max(number), 0) FROM journal")
        if self._read_at is None or connection.value(
            "SELECT EXISTS (SELECT 1 FROM journal WHERE number > ? AND entity = 'tags')",
            (self._read_at,),
        ):
            self._names = self._read_names()
        self._read_at = latest
        return self._names

    def _read_names(self) -> TagNames:
        rows = self._connection.all("SELECT folded, path, description, colour, level FROM tags")
        if not rows:
            return TagNames()
        levels = [(row[0], row[-1]) for row in rows if row[-1]]
        _, paths, descriptions, colours, _ = zip(*_in_tree_order(rows, levels), strict=True)
        return TagNames(paths, descriptions, colours)

    def get(self, path: str) -> Tag:
        """The tag at ``path``.

        Raises:
            NotFoundError: there is none.
            InvalidError: ``path`` cannot be one.
        """
        row = self._connection.one(f"{_SELECT} WHERE t.folded = ?", (fold(clean(path)),))
        if row is None:
            raise TAGS.unknown(self._connection, path)
        return _tag(row)

    def bearers(self, path: str) -> int:
        """How many highlights bear the tag or one of its descendants: what deleting it takes.

        Raises:
            NotFoundError: there is no such tag.
        """
        return families.bearers(self._connection, TAGS.family(self._connection, path))

    def recent(self, limit: int = 9) -> list[Tag]:
        """The tags that this coder gave last, latest first."""
        rows = self._connection.all(_RECENT, {"coder": self._journal.coder, "limit": limit})
        return [_tag(row) for row in rows]

    def at_hand(self) -> dict[str, Tag]:
        """What each of :data:`KEYS` applies: the tag that has the key, and on the keys that are
        free the tags that this coder gave last."""
        pinned = self.pinned()
        others = iter([tag for tag in self.recent(2 * len(KEYS)) if not tag.key])
        tags = ((key, pinned.get(key) or next(others, None)) for key in KEYS)
        return {key: tag for key, tag in tags if tag is not None}

    def pinned(self) -> dict[str, Tag]:
        """The tags that have a key, by it."""
        rows = self._connection.all(f"{_SELECT} WHERE t.key <> ''")
        return {tag.key: tag for tag in map(_tag, rows)}

    def borne(self, highlight_ids: Iterable[str]) -> list[str]:
        """The paths of the tags that any of the highlights bears, by name."""
        self._connection.pick(highlight_ids)
        rows = self._connection.all(
            "SELECT path FROM tags WHERE id IN (SELECT tag FROM highlight_tags "
            "WHERE highlight IN (SELECT id FROM picked)) ORDER BY folded"
        )
        return [path for (path,) in rows]

    def used_in(self, document_id: str) -> dict[str, int]:
        """How many highlights of a document bear each tag itself, by its path."""
        return dict(
            self._connection.all(
                "SELECT t.path, count(*) FROM highlights h "
                "JOIN highlight_tags ht ON ht.highlight = h.id JOIN tags t ON t.id = ht.tag "
                "WHERE h.document = ? GROUP BY t.id",
                (document_id,),
            )
        )

    def clashes(self, highlight_ids: Iterable[str]) -> list[Clash]:
        """Which tags of some highlights exclude each other: children of an exclusive tag."""
        if not self._connection.value("SELECT EXISTS (SELECT 1 FROM tags WHERE exclusive)"):
            return []
        self._connection.pick(highlight_ids)
        return [
            Clash(parent, tuple(paths.split("\n")), number)
            for parent, number, paths in self._connection.all(_CLASHES)
        ]

    def clashes_of(self, paths: Iterable[str]) -> list[Clash]:
        """Which tags that exclude each other are borne together where one of them is at one of
        ``paths``, or below it.

        Raises:
            NotFoundError: there is nothing at one of them.
        """
        members = (each for path in paths for each in TAGS.family(self._connection, path))
        self._connection.pick(each.id for each in members)
        return self.clashes(highlight for (highlight,) in self._connection.all(_RIVALLED))


def _tag(row: Row) -> Tag:
    *columns, exclusive, level = row
    values: Row = (*columns, bool(exclusive), level)
    return Tag(*values)


def _in_tree_order(rows: Iterable[Row], ordered: Iterable[tuple[str, int]]) -> list[Row]:
    """Rows of tags, the folded path first, by their places, or by level among siblings that are
    ordered.

    Args:
        rows: Of some tags.
        ordered: The folded path and the level of every tag that has one.
    """
    levels = {_place(folded): level for folded, level in ordered}

    def levelled(row: Row) -> list[tuple[int, str]]:
        parts = _place(row[0]).split(_BELOW)
        places = [_BELOW.join(parts[:depth]) for depth in range(1, len(parts) + 1)]
        return [(levels.get(place, 0), part) for place, part in zip(places, parts, strict=True)]

    return sorted(rows, key=levelled if levels else lambda row: _place(row[0]))


def _place(folded: str) -> str:
    return folded.replace("/", _BELOW)
