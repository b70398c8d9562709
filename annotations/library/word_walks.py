"""The documents that a search asks for, as walks: those that hold words, by the index of words.

Documents are told by number, that of their current revision (see :mod:`annotations.library.walks`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from annotations.library.asking_walks import Streamed, Tried
from annotations.library.conditions import speaks_of_documents_alone
from annotations.library.connection import Connection, Row
from annotations.library.described_walks import DescribedWalks
from annotations.library.note_walks import NoteWalks
from annotations.library.walks import MOST, Both, Either, Listed, Walk, down
from annotations.library.word_index import MOST_PASSAGES, PASSAGE_BITS
from annotations.query.matching import saying
from annotations.query.nodes import And, Everything, Near, Not, Or, Query, Words
from annotations.text.terms import is_open, spread, terms

_FEW = 2_000
"""Passages up to which a word is rare: all of them are read at once, and ranked. Beyond, it says
little of a document, and is only followed as far as documents are asked for."""

_FEW_OF_ALL = 10_000
"""Passages that are read so of all words together."""

_FREQUENT = 10_000
"""Passages from which on a word says nothing: of phrases of such words alone it is not asked
beforehand how many there are, which takes as long as going through all of their passages."""

_PROBED = 60
"""Documents, the latest, that are looked at for words of which only the beginning is said: the
index gathers all words that begin so, which takes a second of a large library ..."""

_USUAL = 3
"""... where one of so many has one, documents are looked at one by one instead."""

_TRIED = 400
"""Documents that are looked at so, at most."""

_APART = 10
"""Words of which one is enough, up to which each is followed by itself."""

Wanted = tuple[Words | Near, ...]
"""Words of which one is enough."""


def match_of(wanted: Words | Near) -> str:
    """What FTS5 is asked for ``wanted``."""
    match wanted:
        case Words(text, open_ended):
            phrase = spread(text).replace('"', " ").replace("\0", " ")
            return f'"{phrase}"{"*" if open_ended and is_open(text) else ""}'
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
        self._words = frozenset(words)
        self._few = min(_FEW, _FEW_OF_ALL // max(1, len(words)))
        self.documents = DescribedWalks(connection)
        self.notes = NoteWalks(connection, self.documents)
        self.rare: set[Words | Near] = set()
        """Those of the words that few passages hold."""
        self.rows: dict[Wanted, array[int]] = {}
        """The numbers of the passages, in order, that hold the words of which they are known."""
        self.tried: set[Words | Near] = set()
        """The beginnings of words that documents are looked at for."""

    def of(self, query: Query, barred: Wanted = ()) -> Walk:
        """The documents of which a query is true.

        Args:
            query: What is asked.
            barred: Words of which it does not matter whether documents are found that hold them.
        """
        match query:
            case Everything():
                return self.documents.current()
            case _ if speaks_of_documents_alone(query):
                return self.documents.described(query)
            case Not(operand):
                return Both([self.documents.current()], [self.of(operand)])
            case And(operands):
                return self._all(operands)
            case Or(operands):
                return self._any(operands)
            case Words() | Near():
                return self._holding((query,), barred)
            case _:
                return self.documents.with_highlights(query)

    def _all(self, operands: Sequence[Query]) -> Walk:
        described, others = _parted(operands)
        denied = [each.operand for each in others if isinstance(each, Not)]
        words = tuple(each for each in denied if isinstance(each, Words | Near))
        walks = [self.of(each, words) for each in others if not isinstance(each, Not)]
        if described:
            walks.append(self.documents.described(And(described)))
        return Both(walks or [self.documents.current()], [self._any(denied)] if denied else [])

    def _any(self, operands: Sequence[Query]) -> Walk:
        described, others = _parted(operands)
        words = tuple(each for each in others if isinstance(each, Words | Near))
        walks = [
            self._holding(wanted)
            for wanted in ([(each,) for each in words] if len(words) <= _APART else [words])
        ]
        walks += [self.of(each) for each in others if not isinstance(each, Words | Near)]
        if described:
            walks.append(self.documents.described(Or(described)))
        return Either(walks)

    def _holding(self, wanted: Wanted, barred: Wanted = ()) -> Walk:
        """Documents that hold one of ``wanted`` in their text or title, or in a note on them."""
        says = saying(Or(wanted))
        if _is_open(wanted) and self.documents.is_large:
            likely = self._likely(wanted)
            tried = Tried(
                likely,
                lambda number: any(map(says, self._texts(number))),
                lambda: self._listed(wanted, says),
                _TRIED,
            )
            latest = list(islice(down(likely, MOST), _PROBED))
            is_usual = sum(map(tried.has, latest)) * _USUAL >= len(latest)
            if is_usual or likely.about <= _TRIED:
                self.tried.update(wanted)
                if self._words.issuperset(wanted):
                    self.notes.look_for(says)
                return tried
        return self._listed(wanted, says, barred)

    def _likely(self, wanted: Wanted) -> Walk:
        """Documents that may hold one of ``wanted``: that have what is said whole of it."""
        phrases = _phrases(wanted[0]) if len(wanted) == 1 else ()
        whole = [self._holding((each,)) for each in map(_whole, phrases) if each is not None]
        return Both(whole) if whole else self.documents.current()

    def _texts(self, number: int) -> Iterator[str]:
        """What a document is called, its text, a passage at a time, and the notes on it."""
        for (text,) in self._connection.stream(
            "SELECT d.title || char(10) || d.author || char(10) || d.note "
            "FROM revisions r JOIN documents d ON d.id = r.document WHERE r.number = ? "
            "UNION ALL SELECT text FROM passages WHERE number >= ? AND number < ?",
            (number, *rows_of(number)),
        ):
            yield text
        yield from self.notes.texts(number)

    def _listed(self, wanted: Wanted, says: Callable[[str], bool], barred: Wanted = ()) -> Walk:
        """What the index says, and where notes say it."""
        match = any_of(wanted)
        noted = self.notes.holding(match, says, wanted=self._words.issuperset(wanted))
        sql = (
            "SELECT {} FROM passages_fts WHERE passages_fts MATCH ? "
            f"AND rowid < (? + 1) << {PASSAGE_BITS} ORDER BY rowid DESC"
        )
        first: list[Row] = []
        about = self.documents.highest
        if not self._says_nothing(wanted):
            # Of a beginning of words all are kept: to look anew for where to go on costs as much.
            most = -1 if _is_open(wanted) else self._few + 1
            first = self._connection.all(f"{sql.format('rowid')} LIMIT {most}", (match, MOST))
            if len(first) > self._few:
                about = self.documents.as_of_latest(len(first), first[-1][0] >> PASSAGE_BITS)
            elif not (_is_open(wanted) and self.documents.is_large):
                # To rank by a beginning of words the index would gather them twice more.
                self.rare.update(wanted)
        if self.rare.issuperset(wanted) or _is_open(wanted):
            rows = array("q", [row for (row,) in reversed(first)])
            if self._words.issuperset(wanted):
                self.rows[wanted] = rows
            return Either([Listed({row >> PASSAGE_BITS for row in rows}), noted])
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
            about=about,
        )
        return Either([streamed, noted])

    def _says_nothing(self, wanted: Wanted) -> bool:
        """Whether each of these is several words that are nearly everywhere."""
        return not _is_open(wanted) and all(map(self._is_of_frequent, wanted))

    def _is_of_frequent(self, wanted: Words | Near) -> bool:
        single = [term for each in _phrases(wanted) for term in terms(each.text)]
        return len(single) > 1 and all(map(self._is_frequent, single))

    def _is_frequent(self, term: str) -> bool:
        sql = "SELECT 1 FROM passages_fts WHERE passages_fts MATCH ? LIMIT 1 OFFSET ?"
        return self._connection.one(sql, (match_of(Words(term)), _FREQUENT)) is not None


def _parted(queries: Sequence[Query]) -> tuple[tuple[Query, ...], list[Query]]:
    """Those that speak of documents alone, which are asked for as one, and the others."""
    described = tuple(filter(speaks_of_documents_alone, queries))
    return described, [each for each in queries if not speaks_of_documents_alone(each)]


def _is_open(wanted: Wanted) -> bool:
    """Whether words are among these of which only the beginning is said."""
    return any(_goes_on(each) for either in wanted for each in _phrases(either))


def _goes_on(words: Words) -> bool:
    return words.open_ended and is_open(words.text)


def _whole(words: Words) -> Words | None:
    """What is said whole of a phrase, if anything is."""
    if not _goes_on(words):
        return words
    whole = terms(words.text)[:-1]
    return Words(" ".join(whole)) if whole else None


def _phrases(wanted: Words | Near) -> tuple[Words, ...]:
    return (wanted,) if isinstance(wanted, Words) else wanted.operands


def rows_of(number: int) -> tuple[int, int]:
    """The first number that a passage of a document may have, and the last, which is none's."""
    first = number << PASSAGE_BITS
    return first, first + MOST_PASSAGES
