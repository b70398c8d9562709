"""Sections of the library: which of its documents are listed, and in what order.

Lists may be of any length. Where an index has the order, a section is read a window at a time;
what has no index (a folder, the last read) is gathered as eight bytes a document.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotations.library.connection import Connection
from annotations.library.folders import clean, members
from annotations.library.marks import HAVE_READ, MEANT
from annotations.library.runs import TIES, Gathered, Listing, Order, Scan
from annotations.library.tagpath import fold
from annotations.library.titles import Titles

_MOST_WORDS = 500
"""Of a filter that are looked for, since SQLite bounds how deep a condition may be."""
_LONGEST_WORD = 5_000
"""Code points of a word that are looked for, since SQLite bounds patterns."""
_TOLD = ("title", "author", "published", "publisher")
"""What a filter looks at."""
_READ = "(SELECT {} FROM reading r WHERE r.document = d.id AND r.coder = :coder)"


class Sort(StrEnum):
    """What the documents of a list are ordered by."""

    TITLE = "title"
    """ASCII letters whatever their case."""
    DATE = "date"
    """Of publication, the latest first."""
    ADDED = "added"
    """When they were added, the latest first."""
    READ = "read"
    """When the coder read them, the latest first; those not read yet follow by title."""
    HIGHLIGHTS = "highlights"
    """How many they have, the most first."""
    PROGRESS = "progress"
    """How far the coder has read, the furthest first."""


_ORDERS = {
    Sort.TITLE: Order("d.title COLLATE NOCASE", falling=False, index="documents_shelf"),
    Sort.DATE: Order("d.published", index="documents_published"),
    Sort.ADDED: Order("d.added_at", index="documents_added"),
    Sort.READ: Order(
        _READ.format("r.updated_at"), valued="SELECT document FROM reading WHERE coder = :coder"
    ),
    Sort.HIGHLIGHTS: Order(
        "(SELECT t.highlights FROM document_totals t WHERE t.document = d.id)",
        valued="SELECT document FROM document_totals WHERE highlights > 0",
    ),
    Sort.PROGRESS: Order(
        _READ.format("CAST(r.furthest AS REAL)")
        + " / max(1, (SELECT v.length FROM revisions v WHERE v.id = d.revision))",
        valued="SELECT document FROM reading WHERE coder = :coder AND furthest > 0",
    ),
}


@dataclass(frozen=True, slots=True)
class Section:
    """Which documents, and in what order; a document must fit all that is said."""

    words: tuple[str, ...] = ()
    """Each must be somewhere in the title, the author, the publisher or the date, in any case."""
    folder: str = ""
    """The path of a folder that they, or a folder in it that they, are in."""
    among: Sequence[int] | None = None
    """The numbers of their revisions: what :meth:`Search.documents` gives."""
    unread: bool = False
    """Only those that the coder has not read."""
    to_read: bool = False
    """Only those that the coder means to read."""
    deleted: bool = False
    """The deleted ones instead of the others."""
    sort: Sort = Sort.TITLE
    reverse: bool = False
    """From the other end."""


EVERYTHING = Section()
"""All documents by title."""


class Sections:
    """The sections of a library, as one coder sees them."""

    def __init__(self, connection: Connection, titles: Titles, coder: str) -> None:
        self._connection = connection
        self._titles = titles
        self._coder = coder

    def list(self, section: Section = EVERYTHING, *, most: int | None = None) -> Listing:
        """The documents of a section.

        Args:
            section: Which, and in what order.
            most: No more than about so many are counted and listed, where that spares looking
                through all.
        """
        order = _ORDERS[section.sort]
        if order.index and not _is_narrow(section):
            return Listing([self._scan(section, order, most)])
        if _is_narrow(section) or not order.valued:
            return Listing([self._gathered(section, order)])
        valued = self._gathered(section, order, order.valued)
        others = self._scan(section, _ORDERS[Sort.TITLE], most, order.valued)
        return Listing([others, valued] if section.reverse else [valued, others])

    def has_folders(self) -> bool:
        """Whether anybody has made a folder, or saved a search."""
        return bool(
            self._connection.value(
                "SELECT EXISTS (SELECT 1 FROM folders) "
                "OR EXISTS (SELECT 1 FROM saved_queries WHERE language = 'search')"
            )
        )

    def latest(self) -> int:
        """The number of the last entry in the journal, for :meth:`moved`."""
        return int(self._connection.value("SELECT coalesce(max(number), 0) FROM journal"))

    def moved(self, section: Section, since: int) -> bool:
        """Whether something done after a journal entry may have changed which documents a section
        lists, or in what order. How far the coder has read is no entry: a list does not move while
        one reads.

        Args:
            section: What is listed.
            since: What :meth:`latest` gave.
        """
        about = {"documents", "revisions", "folders", "folder_documents", "reading_marks"}
        if section.sort is Sort.HIGHLIGHTS:
            about.add("highlights")
        entities = ", ".join(f"'{each}'" for each in sorted(about))
        which = "" if section.among is not None else f"AND entity IN ({entities})"
        return bool(
            self._connection.value(
                f"SELECT EXISTS (SELECT 1 FROM journal WHERE number > ? {which})", (since,)
            )
        )

    def _scan(self, section: Section, order: Order, most: int | None, without: str = "") -> Scan:
        where, values = self._conditions(section)
        falling = order.falling != section.reverse
        if without:
            where += f" AND d.id NOT IN ({without})"
            falling = False
        scan = Order(order.value, falling, order.index)
        return Scan(self._connection, self._titles, scan, where, values, most)

    def _gathered(self, section: Section, order: Order, only: str = "") -> Gathered:
        where, values = self._conditions(section)
        if only:
            where += f" AND d.id IN ({only})"
        falling = "DESC" if order.falling != section.reverse else "ASC"
        rows = self._connection.all(
            "SELECT v.number FROM documents d JOIN revisions v ON v.id = d.revision "
            f"WHERE {where} ORDER BY {order.value} {falling}, {TIES}",
            values,
        )
        numbers = array("q", (number for (number,) in rows))
        return Gathered(self._titles, numbers, section.deleted)

    def _conditions(self, section: Section) -> tuple[str, dict[str, object]]:
        """SQL that a document ``d`` fits, and its parameters."""
        conditions = [f"d.deleted_at IS {'NOT ' if section.deleted else ''}NULL"]
        values: dict[str, object] = {"coder": self._coder}
        if section.folder:
            conditions.append(f"d.id IN ({members('folder')})")
            values["folder"] = fold(clean(section.folder))
        if section.among is not None:
            conditions.append(
                "d.revision IN (SELECT v.id FROM json_each(:among) n "
                "JOIN revisions v ON v.number = n.value)"
            )
            values["among"] = json.dumps(list(section.among))
        if section.to_read:
            conditions.append(f"d.id IN ({MEANT})")
        if section.unread:
            conditions.append(f"d.id NOT IN ({HAVE_READ})")
        for number, word in enumerate(list(dict.fromkeys(section.words))[:_MOST_WORDS]):
            ways = {f"word{number}_{at}": way for at, way in enumerate(_ways(word))}
            # Column by column: putting them together first would take twice as long.
            either = (f"d.{column} LIKE :{name} ESCAPE '\\'" for name in ways for column in _TOLD)
            conditions.append(f"({' OR '.join(either)})")
            values |= ways
        return " AND ".join(conditions), values


def _is_narrow(section: Section) -> bool:
    """Whether the documents are to be had without looking through all."""
    return bool(section.folder or section.to_read or section.deleted) or (section.among is not None)


def _ways(word: str) -> Iterable[str]:
    """Patterns of LIKE for a word. LIKE knows the case of ASCII letters alone, so that other words
    are looked for in the ways in which they are usually written."""
    ways = {word} if word.isascii() else {word, word.lower(), word.upper(), word.title()}
    return (f"%{_literal(way[:_LONGEST_WORD])}%" for way in sorted(ways))


def _literal(word: str) -> str:
    """A word in which the signs of LIKE stand for themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
