"""A search, answered from the index of words: which documents, in which order, and where in them.

Documents are told by number, that of their current revision (see :mod:`annotations.library.walks`).
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import cached_property
from heapq import merge
from itertools import groupby, islice

from annotations.library.connection import Connection
from annotations.library.phrases import register
from annotations.library.walks import (
    MOST,
    Both,
    Walk,
    down,
)
from annotations.library.word_index import PASSAGE_BITS
from annotations.library.word_walks import WordWalks, any_of, rows_of
from annotations.query.matching import Matcher, wanted_words
from annotations.query.nodes import Near, Query, Words

_READ = 100
"""Documents, the latest, that are read to rank them where every word is common."""

_MANY = 20
"""Words in so many of which it takes long to find the places of all."""

_WEIGHED = 4
"""Passages of each that are read."""

_USUAL_LENGTH = 8_000
"""Code points."""

_SHORT = 4
"""Passages of a short document."""

Matched = tuple[int, str, Sequence[tuple[int, int]]]
"""A passage: where it starts in the document, its text, and where in that the words are."""


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
        self._walks = WordWalks(connection, self.words)
        self._weighed: dict[int, list[Matched]] = {}
        """What was read of short documents to rank them, for those who read them next."""

    def notes(self, number: int, most: int) -> Sequence[int]:
        """The numbers of some highlights of a document whose notes hold a word."""
        return self._walks.notes.on(number, most)

    @cached_property
    def _walk(self) -> Walk:
        return Both([self._walks.of(self._query), self._walks.documents.current()])

    def documents(self) -> Iterator[int]:
        """The documents, the latest first."""
        return down(self._walk, MOST)

    def ranked(self) -> Iterator[int]:
        """The documents, the best first.

        A rare word ranks all that have it. Where all words are common, the latest documents are
        ranked by reading them; the others follow, the latest first.
        """
        walk = self._walk
        if self.words and not self._walks.rare:
            read = _READ // (1 + len(self.words) // _MANY)
            sample = list(islice(down(walk, MOST), read))
            titles = self._titles(sample)
            yield from sorted(
                sample, key=lambda number: self._weight(number, titles[number]), reverse=True
            )
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
        rare = [wanted for wanted in self.words if wanted in self._walks.rare]
        scores: dict[int, float] = {}
        if rare:
            for row, score in self._connection.stream(
                "SELECT rowid, bm25(passages_fts) FROM passages_fts WHERE passages_fts MATCH ?",
                (any_of(rare),),
            ):
                number = row >> PASSAGE_BITS
                scores[number] = min(score, scores.get(number, score))
        return scores

    def _titles(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """What some documents are called."""
        return dict(
            self._connection.all(
                "SELECT r.number, d.title FROM json_each(?) n "
                "JOIN revisions r ON r.number = n.value JOIN documents d ON d.id = r.document",
                (json.dumps(numbers),),
            )
        )

    def _weight(self, number: int, title: str) -> float:
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
        return self._walks.of(self._query).every() - self._walks.documents.obsolete

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
            (*rows_of(number), _SHORT + 1),
        )
        if len(rows) > _SHORT:
            return None
        return [(start, text, self.matcher.spans(text)) for start, text in rows]

    def _long(self, number: int) -> Iterator[Matched]:
        """The passages of a document that the index, or what is known of it, says hold a word."""
        first, last = rows_of(number)
        sources: list[Iterable[int]] = [
            rows[bisect_left(rows, first) : bisect_left(rows, last)]
            for rows in self._walks.rows.values()
        ]
        known = {each for wanted in self._walks.rows for each in wanted}
        unknown = [each for each in self.words if each not in known]
        if not self._walks.tried.isdisjoint(unknown):
            found = self._connection.stream(
                "SELECT number FROM passages WHERE number >= ? AND number < ? ORDER BY number",
                (first, last),
            )
            sources.append(row for (row,) in found)
        elif unknown:
            found = self._connection.stream(
                "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? AND rowid >= ? "
                "AND rowid < ? ORDER BY rowid",
                (any_of(unknown), first, last),
            )
            sources.append(row for (row,) in found)
        for row, _ in groupby(merge(*sources)):
            found_text = self._connection.one(
                "SELECT start, text FROM passages WHERE number = ?", (row,)
            )
            if found_text is not None:
                start, text = found_text
                yield start, text, self.matcher.spans(text)
