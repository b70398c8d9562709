"""Sections of the library: which of its documents are listed, and in what order.

Lists may be of any length. Where an index has the order, a section is read a window at a time;
what has no index (a folder, the last read, what words filter) is gathered as eight bytes a
document.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotations.library.connection import Connection
from annotations.library.folders import clean, members
from annotations.library.marks import HAVE_READ, MEANT
from annotations.library.narrowing import candidates
from annotations.library.runs import Fitting, Gathered, Listing, Order, Scan
from annotations.library.tagpath import fold
from annotations.library.titles import Titles
from annotations.library.word_index import DESCRIBING

_MOST_WORDS = 500
"""Of a filter that are looked for, since SQLite bounds how deep a condition may be."""
_LONGEST_WORD = 5_000
"""Code points of a word that are looked for, since SQLite bounds patterns."""
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

    @property
    def is_narrow(self) -> bool:
        """Whether the documents are to be had without looking through all."""
        return bool(self.folder or self.to_read or self.deleted) or self.among is not None


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
            most: Of what words filter, so many from the beginning are enough where that spares
                looking through all; those that are left out are past a list that is as long.
        """
        order, fitting = _ORDERS[section.sort].turned(section.reverse), self._fitting(section)
        few = candidates(self._connection, section.words) if section.words else None
        if few is not None:
            fitting = fitting.among("few", few)
        if few is not None or section.is_narrow:
            return Listing([self._gathered(section, order, fitting)])
        if order.index:
            return Listing([self._in_order(section, order, fitting, most)])
        has_value = f"IN ({order.valued})"
        valued = self._gathered(section, order, fitting.also(f"d.id {has_value}"), most)
        rest, titles = fitting.also(f"d.id NOT {has_value}"), _ORDERS[Sort.TITLE]
        others = self._in_order(section, titles, rest, most, valued.count)
        return Listing([others, valued] if section.reverse else [valued, others])

    def known(self, section: Section, numbers: array[int]) -> Listing:
        """The documents of a section, where :attr:`Listing.numbers` of it are known already."""
        return Listing([Gathered(self._titles, numbers, section.deleted)])

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

    def _in_order(
        self, section: Section, order: Order, fitting: Fitting, most: int | None, others: int = 0
    ) -> Scan | Gathered:
        """The documents that fit, in the order of an index; ``others`` of the section do not."""
        if section.words:
            return self._gathered(section, order, fitting, most, f"INDEXED BY {order.index}")
        number = self._number(section) - others
        return Scan(self._connection, self._titles, order, fitting, number)

    def _number(self, section: Section) -> int:
        """How many documents are in a section of all."""
        # Counting what is left out spares looking at each.
        out = f"d.deleted_at IS NOT NULL{f' OR d.id IN ({HAVE_READ})' if section.unread else ''}"
        return int(
            self._connection.value(
                "SELECT (SELECT count(*) FROM documents) "
                f"- (SELECT count(*) FROM documents d WHERE {out})",
                {"coder": self._coder},
            )
        )

    def _gathered(
        self,
        section: Section,
        order: Order,
        fitting: Fitting,
        most: int | None = None,
        index: str = "",
    ) -> Gathered:
        rows = self._connection.all(
            f"SELECT v.number FROM documents d {index} CROSS JOIN revisions v ON v.id = d.revision "
            f"WHERE {fitting.sql} ORDER BY {order.by} LIMIT :most",
            {**fitting.values, "most": -1 if most is None else most},
        )
        return Gathered(self._titles, array("q", (number for (number,) in rows)), section.deleted)

    def _fitting(self, section: Section) -> Fitting:
        """What a document of a section must fit."""
        fitting = Fitting(
            f"d.deleted_at IS {'NOT ' if section.deleted else ''}NULL", {"coder": self._coder}
        )
        if section.folder:
            folder = fold(clean(section.folder))
            fitting = fitting.also(f"d.id IN ({members('folder')})", folder=folder)
        if section.among is not None:
            fitting = fitting.among("among", section.among)
        if section.to_read:
            fitting = fitting.also(f"d.id IN ({MEANT})")
        if section.unread:
            fitting = fitting.also(f"d.id NOT IN ({HAVE_READ})")
        for number, word in enumerate(list(dict.fromkeys(section.words))[:_MOST_WORDS]):
            ways = {f"word{number}_{at}": way for at, way in enumerate(_ways(word))}
            # Column by column: putting them together first would take twice as long.
            either = (
                f"d.{column} LIKE :{name} ESCAPE '\\'" for name in ways for column in DESCRIBING
            )
            fitting = fitting.also(f"({' OR '.join(either)})", **ways)
        return fitting


def _ways(word: str) -> Iterable[str]:
    """Patterns of LIKE for a word. LIKE knows the case of ASCII letters alone, so that other words
    are looked for in the ways in which they are usually written."""
    ways = {word} if word.isascii() else {word, word.lower(), word.upper(), word.title()}
    return (f"%{_literal(way[:_LONGEST_WORD])}%" for way in sorted(ways))


def _literal(word: str) -> str:
    """A word in which the signs of LIKE stand for themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
