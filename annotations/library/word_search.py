"""A search, answered from the index of words: which documents, in which order, and where in them.

Documents are told by number, that of their current revision (see :mod:`annotations.library.walks`).
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from functools import cached_property
from heapq import merge
from itertools import chain, groupby, islice

from annotations.library.conditions import document_condition, is_of_documents, register
from annotations.library.connection import Connection
from annotations.library.planning import Planner
from annotations.library.walks import (
    MOST,
    Both,
    Either,
    Listed,
    Streamed,
    Tried,
    Walk,
    Without,
    down,
)
from annotations.library.word_index import MOST_PASSAGES, PASSAGE_BITS
from annotations.query.matching import Matcher, saying, wanted_words
from annotations.query.nodes import And, Everything, Near, Not, Or, Query, Words
from annotations.text.terms import spread, terms

_FEW = 2_000
"""Passages up to which a word is rare: all of them are read at once, and ranked. Beyond, it says
little of a document, and is only followed as far as documents are asked for."""

_READ = 100
"""Documents, the latest, that are read to rank them where every word is common."""

_WEIGHED = 4
"""Passages of each that are read."""

_USUAL_LENGTH = 8_000
"""Code points."""

_BRIEF = 2
"""Letters of a beginning so short that most documents have such a word, and that gathering all of
them from the index takes a second of a large library ..."""

_LARGE = 5_000
"""... of so many texts."""

_TRIED = 400
"""Documents that are looked at for it one by one."""

_SHORT = 4
"""Passages of a short document."""

Matched = tuple[int, str, Sequence[tuple[int, int]]]
"""A passage: where it starts in the document, its text, and where in that the words are."""


def match_of(wanted: Words | Near) -> str:
    """What FTS5 is asked for ``wanted``."""
    match wanted:
        case Words(text, open_ended):
            phrase = spread(text).replace('"', " ").replace("\0", " ")
            return f'"{phrase}"{"*" if open_ended else ""}'
        case Near(operands, distance):
            return f"NEAR({' '.join(map(match_of, operands))}, {distance})"


@contextmanager
def word_search(connection: Connection, query: Query) -> Iterator[WordSearch]:
    """Ask ``query`` of one state of the library."""
    with connection.snapshot() as reader:
        if reader is connection and connection.before_commit is not None:
            # Inside a transaction, which sees its own changes: they have to be in the index.
            connection.before_commit()
        register(reader)
        yield WordSearch(reader, query)


class WordSearch:
    """The answer to one search. Made by :func:`word_search`."""

    def __init__(self, connection: Connection, query: Query) -> None:
        self._connection = connection
        self._query = query
        self.words: Sequence[Words | Near] = wanted_words(query)
        """What documents are found by."""
        self.matcher = Matcher(self.words)
        self._rare: set[Words | Near] = set()
        self._rows: dict[Words | Near, array[int]] = {}
        """The numbers of the passages, in order, that hold the words of which they are known."""
        self._tried: set[Words] = set()
        """The beginnings of words that documents are looked at for."""
        self._weighed: dict[int, list[Matched]] = {}
        """What was read of short documents to rank them, for those who read them next."""
        self.notes: dict[int, list[int]] = defaultdict(list)
        """The numbers of the highlights whose notes hold a word, for each document."""

    @cached_property
    def _walk(self) -> Walk:
        return Both([self._walk_of(self._query), self._current()])

    def documents(self) -> Iterator[int]:
        """The documents, the latest first."""
        return down(self._walk, MOST)

    def ranked(self) -> Iterator[int]:
        """The documents, the best first.

        A rare word ranks all that have it. Where all words are common, the latest documents are
        ranked by reading them; the others follow, the latest first.
        """
        walk = self._walk
        if self.words and not self._rare:
            sample = list(islice(down(walk, MOST), _READ))
            yield from sorted(sample, key=self._weight, reverse=True)
            yield from down(walk, sample[-1] - 1) if sample else ()
            return
        scores = self._scores()
        for number in sorted(scores, key=lambda number: (scores[number], -number)):
            if walk.has(number):
                yield number
        for number in down(walk, MOST):
            if number not in scores:
                yield number

    def _scores(self) -> dict[int, float]:
        """The BM25 score of the best passage of the documents with rare words; less is better."""
        rare = [wanted for wanted in self.words if wanted in self._rare]
        scores: dict[int, float] = {}
        if rare:
            for row, score in self._connection.stream(
                "SELECT rowid, bm25(passages_fts) FROM passages_fts WHERE passages_fts MATCH ?",
                (_any_of(rare),),
            ):
                number = row >> PASSAGE_BITS
                scores[number] = min(score, scores.get(number, score))
        return scores

    def _weight(self, number: int) -> float:
        """BM25 without the rarity of the words, which none has here; more is better.

        Of the first passages alone; a word in the title weighs as much as any number in the text.
        """
        short = self._short(number)
        if short is not None:
            self._weighed[number] = short
        read = islice(self._long(number), _WEIGHED) if short is None else short
        hits = length = 0
        for _, text, spans in read:
            hits += len(spans)
            length += len(text)
        title = self._connection.value(
            "SELECT d.title FROM revisions r JOIN documents d ON d.id = r.document "
            "WHERE r.number = ?",
            (number,),
        )
        spread_out = 1.2 * (0.25 + 0.75 * length / _USUAL_LENGTH)
        return hits / (hits + spread_out) + bool(self.matcher.spans(title))

    def ids(self, numbers: Sequence[int]) -> dict[int, str]:
        """The ids of some documents by their numbers, in the order of these."""
        return dict(
            self._connection.stream(
                "SELECT r.number, r.document FROM json_each(?) n "
                "CROSS JOIN revisions r ON r.number = n.value ORDER BY n.key",
                (json.dumps(numbers),),
            )
        )

    def number(self, document: str) -> list[int]:
        """The number of a document in a list; none, if it is deleted."""
        rows = self._connection.all(
            "SELECT r.number FROM documents d JOIN revisions r ON r.id = d.revision "
            "WHERE d.id = ? AND d.deleted_at IS NULL",
            (document,),
        )
        return [number for (number,) in rows]

    def every(self) -> Set[int]:
        """All the documents, in no order: many times as fast as :meth:`documents`."""
        obsolete = self._connection.stream(
            "SELECT number FROM revisions WHERE document IS NULL UNION ALL "
            "SELECT r.number FROM documents d JOIN revisions r ON r.document = d.id "
            "WHERE d.deleted_at IS NOT NULL UNION ALL "
            "SELECT r.number FROM "
            "(SELECT document FROM revisions GROUP BY document HAVING count(*) > 1) "
            "JOIN revisions r USING (document) JOIN documents d ON d.id = r.document "
            "WHERE d.revision <> r.id"
        )
        return self._walk_of(self._query).every() - {number for (number,) in obsolete}

    def years(self) -> dict[str, int]:
        """How many of the documents were published in each year, in order; ``""``: undated."""
        return dict(
            self._connection.stream(
                "SELECT substr(d.published, 1, 4), count(*) FROM json_each(?) n "
                "CROSS JOIN revisions r ON r.number = n.value "
                "CROSS JOIN documents d ON d.id = r.document GROUP BY 1 ORDER BY 1",
                (json.dumps(list(self.every())),),
            )
        )

    def passages(self, number: int) -> Iterator[Matched]:
        """The passages of a document that may hold one of the words, in order."""
        if not self.words:
            return
        short = self._weighed.pop(number, None) or self._short(number)
        yield from self._long(number) if short is None else short

    def _short(self, number: int) -> list[Matched] | None:
        """All the passages of a short document: looking into them costs less than asking the
        index; ``None`` for a long one."""
        rows = self._connection.all(
            "SELECT start, text FROM passages WHERE number >= ? AND number < ? ORDER BY number "
            "LIMIT ?",
            (*_rows_of(number), _SHORT + 1),
        )
        if len(rows) > _SHORT:
            return None
        return [(start, text, self.matcher.spans(text)) for start, text in rows]

    def _long(self, number: int) -> Iterator[Matched]:
        """The passages of a document that the index, or what is known of it, says hold a word."""
        first, last = _rows_of(number)
        sources: list[Iterable[int]] = [
            rows[bisect_left(rows, first) : bisect_left(rows, last)] for rows in self._rows.values()
        ]
        unknown = [each for each in self.words if each not in self._rows]
        if not self._tried.isdisjoint(unknown):
            found = self._connection.stream(
                "SELECT number FROM passages WHERE number >= ? AND number < ? ORDER BY number",
                (first, last),
            )
            sources.append(row for (row,) in found)
        elif unknown:
            found = self._connection.stream(
                "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? AND rowid >= ? "
                "AND rowid < ? ORDER BY rowid",
                (_any_of(unknown), first, last),
            )
            sources.append(row for (row,) in found)
        for row, _ in groupby(merge(*sources)):
            found_text = self._connection.one(
                "SELECT start, text FROM passages WHERE number = ?", (row,)
            )
            if found_text is not None:
                start, text = found_text
                yield start, text, self.matcher.spans(text)

    def _walk_of(self, query: Query) -> Walk:
        match query:
            case Everything():
                return self._current()
            case Not(operand):
                return Without(self._current(), self._walk_of(operand))
            case And(operands):
                wanted = [self._walk_of(each) for each in operands if not isinstance(each, Not)]
                barred = [self._walk_of(each.operand) for each in operands if isinstance(each, Not)]
                found = Both(wanted or [self._current()])
                return Without(found, Either(barred)) if barred else found
            case Or(operands):
                return Either([self._walk_of(operand) for operand in operands])
            case Words() | Near():
                return self._holding(query)
            case _ if is_of_documents(query):
                where = document_condition(query)
                return self._current(f"AND ({where.text})", where.values)
            case _:
                return self._with_highlights(query)

    def _current(self, also: str = "", values: Sequence[object] = ()) -> Walk:
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
            self._tried.add(wanted)
            says, there = saying(wanted), frozenset(noted)
            return Tried(
                self._current(),
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
            _rows_of(number),
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
            self._rare.add(wanted)
        elif not _is_open(wanted):
            numbers = ((row >> PASSAGE_BITS,) for row in chain(rows, coming))
            by_document = sql.replace("rowid", f"rowid >> {PASSAGE_BITS}", 1)
            streamed = Streamed(self._connection, by_document, (match,), steps=100, rows=numbers)
            return Either([streamed, Listed(noted)])
        rows.reverse()
        if wanted in self.words:
            self._rows[wanted] = rows
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


def _rows_of(number: int) -> tuple[int, int]:
    """The first number that a passage of a document may have, and the last, which is none's."""
    first = number << PASSAGE_BITS
    return first, first + MOST_PASSAGES


def _any_of(words: Sequence[Words | Near]) -> str:
    return " OR ".join(map(match_of, words))
