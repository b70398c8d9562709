"""The documents that a search asks for, as walks over the index of words.

Documents are told by number, that of their current revision (see :mod:`annotations.library.walks`).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property

from annotations.library.conditions import document_condition, is_of_documents
from annotations.library.connection import Connection, Row
from annotations.library.planning import Planner
from annotations.library.walks import (
    MOST,
    Both,
    Either,
    Listed,
    Scanned,
    Streamed,
    Tried,
    Walk,
    numbers_of,
)
from annotations.library.word_index import MOST_PASSAGES, PASSAGE_BITS
from annotations.query.matching import saying
from annotations.query.nodes import And, Everything, Near, Not, Or, Query, Words
from annotations.text.terms import spread, terms

_FEW = 2_000
"""Passages up to which a word is rare: all of them are read at once, and ranked. Beyond, it says
little of a document, and is only followed as far as documents are asked for."""

_FREQUENT = 10_000
"""Passages from which on a word says nothing: of phrases of such words alone it is not asked
beforehand how many there are, which takes as long as going through all of their passages."""

_BRIEF = 2
"""Letters of a beginning so short that most documents have such a word, and that gathering all of
them from the index takes a second of a large library ..."""

_LARGE = 5_000
"""... of so many texts."""

_TRIED = 400
"""Documents that are looked at for it one by one."""

_SCANNED = 8_000
"""Documents that are looked at, in about 40 ms, for what is said of them."""


def match_of(wanted: Words | Near) -> str:
    """What FTS5 is asked for ``wanted``."""
    match wanted:
        case Words(text, open_ended):
            phrase = spread(text).replace('"', " ").replace("\0", " ")
            return f'"{phrase}"{"*" if open_ended else ""}'
        case Near(operands, distance):
            return f"NEAR({' '.join(map(match_of, operands))}, {distance})"


def any_of(words: Iterable[Words | Near]) -> str:
    """What FTS5 is asked for one of ``words``."""
    return " OR ".join(map(match_of, words))


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

    def of(self, query: Query, barred: Sequence[Words | Near] = ()) -> Walk:
        """The documents of which a query is true.

        Args:
            query: What is asked.
            barred: Words of which it does not matter whether documents are found that hold them.
        """
        match query:
            case Everything():
                return self.current()
            case Not(operand):
                return Both([self.current()], [self.of(operand)])
            case And(operands):
                denied = [each.operand for each in operands if isinstance(each, Not)]
                words = [each for each in denied if isinstance(each, Words | Near)]
                wanted = [self.of(each, words) for each in operands if not isinstance(each, Not)]
                return Both(wanted or [self.current()], [self.of(each) for each in denied])
            case Or(operands):
                return Either([self.of(operand) for operand in operands])
            case Words() | Near():
                return self._holding(query, barred)
            case _ if is_of_documents(query):
                return self._described(query)
            case _:
                return self._with_highlights(query)

    def current(self) -> Walk:
        """The current texts of documents that are not deleted."""
        return Streamed(
            self._connection,
            "SELECT r.number FROM revisions r CROSS JOIN documents d ON d.revision = r.id "
            "WHERE d.deleted_at IS NULL AND r.number <= ? ORDER BY r.number DESC",
            (),
            steps=5,
            every=lambda: (
                numbers_of(self._connection, "SELECT number FROM revisions") - self.obsolete
            ),
        )

    @cached_property
    def obsolete(self) -> Set[int]:
        """The texts of deleted documents, the earlier texts of others, and those of none."""
        return numbers_of(
            self._connection,
            "SELECT number FROM revisions WHERE document IS NULL UNION ALL "
            "SELECT r.number FROM documents d JOIN revisions r ON r.document = d.id "
            "WHERE d.deleted_at IS NOT NULL UNION ALL "
            "SELECT r.number FROM "
            "(SELECT document FROM revisions GROUP BY document HAVING count(*) > 1) "
            "JOIN revisions r USING (document) JOIN documents d ON d.id = r.document "
            "WHERE d.revision <> r.id",
        )

    def _described(self, term: Query) -> Walk:
        """Documents of which ``term`` is true, which is about what is known of them."""
        where = document_condition(term)
        here = f"d.deleted_at IS NULL AND {where.text}"
        return Scanned(
            self._connection,
            "SELECT r.number FROM revisions r CROSS JOIN documents d ON d.revision = r.id "
            f"WHERE {here} AND r.number > ? AND r.number <= ? ORDER BY r.number DESC LIMIT 1",
            where.values,
            lambda: numbers_of(
                self._connection,
                "SELECT r.number FROM documents d JOIN revisions r ON r.id = d.revision "
                f"WHERE {here}",
                where.values,
            ),
            self._highest,
            _SCANNED,
        )

    def _holding(self, wanted: Words | Near, barred: Sequence[Words | Near]) -> Walk:
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
        return self._listed(wanted, match, noted, barred)

    def _is_brief(self, wanted: Words) -> bool:
        """Whether it is quicker to look into documents than to ask which have such a word."""
        if not wanted.open_ended or len(terms(wanted.text)[-1]) > _BRIEF:
            return False
        return self._highest > _LARGE

    @cached_property
    def _highest(self) -> int:
        """The number of the latest text."""
        return int(self._connection.value("SELECT coalesce(max(number), 0) FROM revisions"))

    def _texts(self, number: int) -> Iterator[str]:
        """What a document is called, and its text, a passage at a time."""
        for (text,) in self._connection.stream(
            "SELECT d.title || char(10) || d.author || char(10) || d.note "
            "FROM revisions r JOIN documents d ON d.id = r.document WHERE r.number = ? "
            "UNION ALL SELECT text FROM passages WHERE number >= ? AND number < ?",
            (number, *rows_of(number)),
        ):
            yield text

    def _listed(
        self,
        wanted: Words | Near,
        match: str,
        noted: Sequence[int],
        barred: Sequence[Words | Near] = (),
    ) -> Walk:
        """What the index says, and where notes say it."""
        sql = (
            "SELECT {} FROM passages_fts WHERE passages_fts MATCH ? "
            f"AND rowid < (? + 1) << {PASSAGE_BITS} ORDER BY rowid DESC"
        )
        first: list[Row] = []
        if not self._says_nothing(wanted):
            # Of a beginning of words all are kept: to look anew for where to go on costs as much.
            most = -1 if _is_open(wanted) else _FEW + 1
            first = self._connection.all(f"{sql.format('rowid')} LIMIT {most}", (match, MOST))
            if len(first) <= _FEW:
                self.rare.add(wanted)
        if wanted in self.rare or _is_open(wanted):
            rows = array("q", [row for (row,) in reversed(first)])
            if wanted in self._words:
                self.rows[wanted] = rows
            return Listed({row >> PASSAGE_BITS for row in rows}.union(noted))
        if barred:
            # A passage that holds both is in no document that is wanted.
            match = f"({match}) NOT ({any_of(barred)})"
            first = []
        streamed = Streamed(
            self._connection,
            sql.format(f"rowid >> {PASSAGE_BITS} AS number"),
            (match,),
            steps=100,
            first=[row >> PASSAGE_BITS for (row,) in first],
        )
        return Either([streamed, Listed(frozenset(noted))])

    def _says_nothing(self, wanted: Words | Near) -> bool:
        """Whether these are several words of which each is nearly everywhere."""
        operands = (wanted,) if isinstance(wanted, Words) else wanted.operands
        single = [term for each in operands for term in terms(each.text)]
        return len(single) > 1 and not _is_open(wanted) and all(map(self._is_frequent, single))

    def _is_frequent(self, term: str) -> bool:
        sql = "SELECT 1 FROM passages_fts WHERE passages_fts MATCH ? LIMIT 1 OFFSET ?"
        return self._connection.one(sql, (match_of(Words(term)), _FREQUENT)) is not None

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
        return Listed(numbers_of(self._connection, found.text, found.values))


def _is_open(wanted: Words | Near) -> bool:
    """Whether words are meant of which only the beginning is said."""
    operands = (wanted,) if isinstance(wanted, Words) else wanted.operands
    return any(each.open_ended for each in operands)


def rows_of(number: int) -> tuple[int, int]:
    """The first number that a passage of a document may have, and the last, which is none's."""
    first = number << PASSAGE_BITS
    return first, first + MOST_PASSAGES
