"""Reading the codebook: the tags in their order, those at hand, those that exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import itemgetter

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

_COLUMNS = """
    t.id, t.path, t.description, t.colour, t.key, n.highlights, t.inclusion, t.exclusion, t.note,
    t.exclusive, t.level
"""
_FROM = "FROM tags t JOIN tag_totals n ON n.tag = t.id"
_SELECT = f"SELECT {_COLUMNS} {_FROM}"

_BELOW = "\x01"
# A stroke sorts after a blank, which would part a parent from its children.
_KEYED = f"SELECT replace(t.folded, '/', char({ord(_BELOW)})), {_COLUMNS} {_FROM}"

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


_Known = tuple[str, Tag]
"""A tag after its place in the tree, as text that sorts."""


class Tags:
    """The tags of a library. A path names one tag, whatever its case."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal
        # A picker asks for all tags at every opening, and reading thousands takes a while.
        self._known: dict[str, _Known] = {}
        self._ordered: list[Tag] = []
        self._read_at: int | None = None

    def tags(self) -> list[Tag]:
        """All tags in the order of the tree: children follow their parent, siblings come by level
        where they are ordered, then by name, whatever its case."""
        connection = self._connection
        if connection.sqlite.in_transaction:
            # What is read now may never have been, and the next act reuse the journal's numbers.
            return _in_tree_order(_known(row) for row in connection.all(_KEYED))
        latest: int = connection.value("SELECT coalesce(max(number), 0) FROM journal")
        if latest != self._read_at:
            if self._read_at is None:
                self._known = {row[1]: _known(row) for row in connection.all(_KEYED)}
            else:
                self._follow_journal(self._read_at)
            self._ordered = _in_tree_order(self._known.values())
            self._read_at = latest
        return list(self._ordered)

    def _follow_journal(self, since: int) -> None:
        """Read again the tags that were changed after this entry, and the counts."""
        changed = "SELECT entity_id FROM journal WHERE number > ? AND entity = 'tags'"
        for (tag_id,) in self._connection.all(changed, (since,)):
            self._known.pop(tag_id, None)
        for row in self._connection.all(f"{_KEYED} WHERE t.id IN ({changed})", (since,)):
            self._known[row[1]] = _known(row)
        for tag_id, count in self._connection.all("SELECT tag, highlights FROM tag_totals"):
            # Another program may have made a tag in between: the next look finds it.
            place, tag = self._known.get(tag_id, ("", None))
            if tag is not None and tag.count != count:
                self._known[tag_id] = place, replace(tag, count=count)

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


def _known(row: Row) -> _Known:
    return row[0], _tag(row[1:])


def _in_tree_order(known: Iterable[_Known]) -> list[Tag]:
    """The tags by their places, or by level among siblings that are ordered."""
    all_known = list(known)
    levels = {place: tag.level for place, tag in all_known if tag.level}

    def levelled(each: _Known) -> list[tuple[int, str]]:
        parts = each[0].split(_BELOW)
        places = [_BELOW.join(parts[:depth]) for depth in range(1, len(parts) + 1)]
        return [(levels.get(place, 0), part) for place, part in zip(places, parts, strict=True)]

    all_known.sort(key=levelled if levels else itemgetter(0))
    return [tag for _, tag in all_known]
