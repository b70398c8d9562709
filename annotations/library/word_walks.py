"""The documents that a search asks for, as walks over the index of words.

Documents are told by number, that of their current revision (see :mod:`annotations.library.walks`).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from annotations.library.conditions import document_condition, is_of_documents
from annotations.library.connection import Connection
from annotations.library.planning import Planner
from annotations.library.walks import MOST, Both, Either, Listed, Streamed, Tried, Walk, Without
from annotations.library.word_index import MOST_PASSAGES, PASSAGE_BITS
from annotations.query.matching import saying
from annotations.query.nodes import And, Everything, Near, Not, Or, Query, Words
from annotations.text.terms import spread, terms

_FEW = 2_000
"""Passages up to which a word is rare: all of them are read at once, and ranked. Beyond, it says
little of a document, and is only followed as far as documents are asked for."""

_BRIEF = 2
"""Letters of a beginning so short that most documents have such a word, and that gathering all of
them from the index takes a second of a large library ..."""

_LARGE = 5_000
"""... of so many texts."""

_TRIED = 400
"""Documents that are looked at for it one by one."""


def match_of(wanted: Words | Near) -> str:
    """What FTS5 is asked for ``wanted``."""
    match wanted:
        case Words(text, open_ended):
            phrase = spread(text).replace('"', " ").replace("\0", " ")
            return f'"{phrase}"{"*" if open_ended else ""}'
        case Near(operands, distance):
            return f"NEAR({' '.join(map(match_of, operands))}, {distance})"


class WordWalks:
    """The walks of one search, and what was learned of its words on the way.

    Args:
        connection: To one state of the library.
        words: What documents are found by.
    """

    def __init__(self, connection: Connection, words: Sequence[Words | Near]) -> None:
        self._connection = connection
        self._words = words
        self.rare: set[Words | Near] = set()
        """Those of the words that few passages hold."""
        self.rows: dict[Words | Near, array[int]] = {}
        """The numbers of the passages, in order, that hold the words of which they are known."""
        self.tried: set[Words] = set()
        """The beginnings of words that documents are looked at for."""
        self.notes: dict[int, list[int]] = defaultdict(list)
        """The numbers of the highlights whose notes hold a word, for each document."""

    def of(self, query: Query) -> Walk:
        """The documents of which a query is true."""
        match query:
            case Everything():
                return self.current()
            case Not(operand):
                return Without(self.current(), self.of(operand))
            case And(operands):
                wanted = [self.of(each) for each in operands if not isinstance(each, Not)]
                barred = [self.of(each.operand) for each in operands if isinstance(each, Not)]
                found = Both(wanted or [self.current()])
                return Without(found, Either(barred)) if barred else found
            case Or(operands):
                return Either([self.of(operand) for operand in operands])
            case Words() | Near():
                return self._holding(query)
            case _ if is_of_documents(query):
                where = document_condition(query)
                return self.current(f"AND ({where.text})", where.values)
            case _:
                return self._with_highlights(query)

    def current(self, also: str = "", values: Sequence[object] = ()) -> Walk:
        """The current texts of documents that are not deleted."""
        return Streamed(
            self._connection,
            "SELECT r.number FROM revisions r CROSS JOIN documents d ON d.revision = r.id "
            f"WHERE d.deleted_at IS NULL {also} AND r.number <= ? ORDER BY r.number DESC",
            values,
            steps=5,
        )

    def _holding(self, wanted: Words | Near) -> Walk:
        """Documents that hold ``wanted`` in their text or title, or in a note on them."""
        match = match_of(wanted)
        noted = self._noted(match)
        if isinstance(wanted, Words) and self._is_brief(wanted):
            self.tried.add(wanted)
            says, there = saying(wanted), frozenset(noted)
            return Tried(
                self.current(),
                lambda number: number in there or any(map(says, self._texts(number))),
                lambda: self._listed(wanted, match, noted),
                _TRIED,
            )
        return self._listed(wanted, match, noted)

    def _is_brief(self, wanted: Words) -> bool:
        """Whether it is quicker to look into documents than to ask which have such a word."""
        if not wanted.open_ended or len(terms(wanted.text)[-1]) > _BRIEF:
            return False
        return int(self._connection.value("SELECT max(number) FROM revisions") or 0) > _LARGE

    def _texts(self, number: int) -> Iterator[str]:
        """What a document is called, and its text, a passage at a time."""
        yield from chain.from_iterable(
            self._connection.all(
                "SELECT d.title, d.author, d.note FROM revisions r "
                "JOIN documents d ON d.id = r.document WHERE r.number = ?",
                (number,),
            )
        )
        for (text,) in self._connection.stream(
            "SELECT text FROM passages WHERE number >= ? AND number < ? ORDER BY number",
            rows_of(number),
        ):
            yield text

    def _listed(self, wanted: Words | Near, match: str, noted: Sequence[int]) -> Walk:
        """What the index says, and where notes say it."""
        sql = (
            "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? "
            f"AND rowid < (? + 1) << {PASSAGE_BITS} ORDER BY rowid DESC"
        )
        coming = (row for (row,) in self._connection.stream(sql, (match, MOST)))
        # Of a beginning of words all are kept: to look anew for where to go on costs as much.
        rows = array("q", coming if _is_open(wanted) else islice(coming, _FEW + 1))
        if len(rows) <= _FEW:
            self.rare.add(wanted)
        elif not _is_open(wanted):
            numbers = ((row >> PASSAGE_BITS,) for row in chain(rows, coming))
            by_document = sql.replace("rowid", f"rowid >> {PASSAGE_BITS}", 1)
            streamed = Streamed(self._connection, by_document, (match,), steps=100, rows=numbers)
            return Either([streamed, Listed(noted)])
        rows.reverse()
        if wanted in self._words:
            self.rows[wanted] = rows
        return Listed(chain((row >> PASSAGE_BITS for row in rows), noted))

    def _noted(self, match: str) -> list[int]:
        noted = []
        for highlight, number in self._connection.stream(
            "SELECT h.number, r.number FROM notes_fts n JOIN highlights h ON h.number = n.rowid "
            "JOIN documents d ON d.id = h.document JOIN revisions r ON r.id = d.revision "
            "WHERE notes_fts MATCH ?",
            (match,),
        ):
            noted.append(number)
            self.notes[number].append(highlight)
        return noted

    def _with_highlights(self, term: Query) -> Walk:
        """Documents that have a highlight of which ``term`` is true."""
        found = (
            Planner(self._connection, {})
            .plan(term)
            .select(
                "DISTINCT r.number",
                joined="CROSS JOIN documents d ON d.id = h.document "
                "CROSS JOIN revisions r ON r.id = d.revision",
            )
        )
        return Listed(number for (number,) in self._connection.stream(found.text, found.values))


def _is_open(wanted: Words | Near) -> bool:
    """Whether words are meant of which only the beginning is said."""
    operands = (wanted,) if isinstance(wanted, Words) else wanted.operands
    return any(each.open_ended for each in operands)


def rows_of(number: int) -> tuple[int, int]:
    """The first number that a passage of a document may have, and the last, which is none's."""
    first = number << PASSAGE_BITS
    return first, first + MOST_PASSAGES
