"""Full-text search over documents, what they are called, the notes on them, and the codebook."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from annotations.library.codebook import Codebook
from annotations.library.connection import Connection
from annotations.library.documents import Documents
from annotations.library.listing import by_numbers
from annotations.library.word_search import WordSearch, word_search
from annotations.model import Document, Highlight, Span, Tag
from annotations.query import parse_search
from annotations.query.matching import saying
from annotations.query.nodes import Query

_AROUND = 80
"""Code points of context on each side of a hit."""
_SNIPPETS = 3
_NOTES = 3
_WINDOW = 50
"""Documents that are read at once."""
_COUNTED = 16
"""Passages of a document in which hits are counted for a list of results."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a document's text with hits in it."""

    start: int
    """Where ``text`` begins in the document's canonical text, in code points."""
    text: str
    hits: tuple[Span, ...]
    """In the document's canonical text; all inside the snippet."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document that a search found."""

    document: Document
    hits: int
    """How many places of its text hold the words; 0 where only its title or a note does."""
    counted: bool
    """False: it is long, and has more hits than were counted."""
    snippets: tuple[Snippet, ...]
    """Its first places; their context never crosses a passage."""
    title_hits: tuple[Span, ...]
    """In the title."""
    notes: tuple[Highlight, ...]
    """Highlights whose note, or whose lost quote, holds one of the words; a few."""


@dataclass(frozen=True, slots=True)
class Places:
    """How many places of a document hold the words."""

    document: Document
    hits: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a search found: code points of the document's canonical text."""

    document: str
    """The document's id."""
    start: int
    end: int


class Search:
    """Searches a library. For the language see :mod:`annotations.query.search_grammar`."""

    def __init__(self, connection: Connection, documents: Documents, codebook: Codebook) -> None:
        self._connection = connection
        self._documents = documents
        self._codebook = codebook

    def find(self, query: str, *, limit: int | None = None) -> Generator[Found, None, None]:
        """The documents that ``query`` is true of, the best first, read as they are asked for.

        Rare words rank all documents that have them. A query of common words alone ranks the
        latest documents that were added; the rest follows, the latest first.

        Args:
            query: In the search language; empty: all documents.
            limit: At most so many.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        return self._find(parse_search(query), limit)

    def _find(self, asked: Query, limit: int | None) -> Generator[Found, None, None]:
        with word_search(self._connection, asked) as answer:
            ranked = islice(answer.ranked(), limit)
            while window := list(islice(ranked, _WINDOW)):
                known = {each.id: each for each in self._documents.titles.at(window)}
                for number, document in answer.ids(window).items():
                    if document in known:
                        yield self._found(answer, number, known[document])

    def documents(self, query: str) -> Sequence[int]:
        """The numbers of the documents that :meth:`find` gives, by title: eight bytes a document
        for a list that shows a window of them through :meth:`Titles.at`.

        Looks at each, so it may take a while: not for the thread of a screen.

        Args:
            query: In the search language; empty: all documents.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        with word_search(self._connection, parse_search(query)) as answer:
            return self._documents.titles.ordered(answer.every())

    def count(self, query: str) -> int:
        """How many documents :meth:`find` gives; looks at all that have the words.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        with word_search(self._connection, parse_search(query)) as answer:
            return len(answer.every())

    def years(self, query: str) -> dict[str, int]:
        """How many of these documents were published in each year, in order; ``""``: undated.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        with word_search(self._connection, parse_search(query)) as answer:
            return answer.years()

    def places(self, query: str) -> list[Places]:
        """How many places there are in each document, those that have most first, then by title;
        reads all of them.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        with word_search(self._connection, parse_search(query)) as answer:
            hits = {
                number: sum(len(spans) for _, _, spans in answer.passages(number))
                for number in self._documents.titles.ordered(answer.every())
            }
            ids = answer.ids(list(hits))
            known = {each.id: each for each in self._documents.titles.at(list(hits))}
            found = [
                Places(known[document], hits[number])
                for number, document in ids.items()
                if document in known
            ]
            return sorted(found, key=lambda each: -each.hits)

    def hits(self, query: str, document: str | None = None) -> Iterator[Hit]:
        """Every place in the text of these documents that holds the words, document by document.

        Args:
            query: In the search language.
            document: Only those in the document with this id, whether or not the whole search is
                true of it.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        return self._hits(parse_search(query), document)

    def _hits(self, asked: Query, only: str | None) -> Iterator[Hit]:
        with word_search(self._connection, asked) as answer:
            for number in answer.documents() if only is None else answer.number(only):
                document = answer.ids([number])[number]
                for at, _, spans in answer.passages(number):
                    for start, end in spans:
                        yield Hit(document, at + start, at + end)

    def tags(self, query: str) -> list[Tag]:
        """The tags of whose path, description, rules and note ``query`` is true.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        return self._codebook.where(saying(parse_search(query)))

    def _found(self, answer: WordSearch, number: int, document: Document) -> Found:
        hits = 0
        snippets: list[Snippet] = []
        passages = answer.passages(number)
        for at, text, spans in islice(passages, _COUNTED):
            hits += len(spans)
            snippets += islice(_snippets(at, text, spans), _SNIPPETS - len(snippets))
        return Found(
            document,
            hits,
            next(passages, None) is None,
            tuple(snippets),
            tuple(Span(start, end) for start, end in answer.matcher.spans(document.title)),
            tuple(by_numbers(self._connection, answer.notes(number, _NOTES))),
        )


def _snippets(at: int, text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Snippet]:
    """The pieces of ``text``, a passage that starts at ``at``, around ``spans``; none over
    another."""
    position = end = 0
    while position < len(spans):
        first, last = spans[position]
        start = max(end, min(first, _word_edge(text, max(0, first - _AROUND), forward=True)))
        end = max(last, _word_edge(text, min(len(text), last + _AROUND), forward=False))
        inside = []
        while position < len(spans) and spans[position][0] < end:
            inside.append(Span(at + spans[position][0], at + spans[position][1]))
            end = max(end, spans[position][1])
            position += 1
        yield Snippet(at + start, text[start:end], tuple(inside))


_EDGE = 20
"""Code points that a snippet gives up to begin and end with whole words."""


def _word_edge(text: str, offset: int, *, forward: bool) -> int:
    """The nearest place after a blank (before one, if not ``forward``), or ``offset``."""
    if offset in (0, len(text)):
        return offset
    if forward:
        nearby = text[offset - 1 : offset + _EDGE]
        cut = next((index for index, each in enumerate(nearby) if each.isspace()), -1)
        return offset if cut < 0 else offset + cut
    nearby = text[offset - _EDGE : offset + 1]
    cut = next((index for index, each in enumerate(reversed(nearby)) if each.isspace()), -1)
    return offset if cut < 0 else offset - cut
