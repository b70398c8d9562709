"""Passages found by a query of the passages language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from annotations.library.conditions import tags
from annotations.library.connection import Connection
from annotations.library.listing import by_numbers
from annotations.library.retrieval import retrieval
from annotations.model import Highlight
from annotations.query import parse_passages
from annotations.query.nodes import Query, Tagged, terms

_WINDOW = 500
"""Highlights read at a time."""


class Passages:
    """Asks queries of a library. For the language see :mod:`annotations.query.passages_grammar`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, query: str, *, limit: int | None = None) -> Iterator[Highlight]:
        """The highlights that ``query`` asks for, in order of document title, start and id.

        They are read as they are asked for, all from one state of the library.

        Args:
            query: In the passages language; empty: all highlights.
            limit: At most so many.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        return self._find(parse_passages(query), limit)

    def _find(self, asked: Query, limit: int | None) -> Iterator[Highlight]:
        with self._connection.snapshot() as reader, retrieval(reader, asked) as answer:
            numbers = islice(answer.numbers(), limit)
            while window := list(islice(numbers, _WINDOW)):
                yield from by_numbers(reader, window)

    def numbers(self, query: str) -> Iterator[int]:
        """The numbers of the highlights that :meth:`find` gives: eight bytes a row for a list that
        shows a window of them through :meth:`at`.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        return self._numbers(parse_passages(query))

    def _numbers(self, asked: Query) -> Iterator[int]:
        with retrieval(self._connection, asked) as answer:
            yield from answer.numbers()

    def at(self, numbers: Iterable[int]) -> list[Highlight]:
        """The highlights with these numbers, in their order; those removed since are left out."""
        return by_numbers(self._connection, list(numbers))

    def count(self, query: str) -> int:
        """How many highlights :meth:`find` gives.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        with retrieval(self._connection, parse_passages(query)) as answer:
            return answer.count()

    def unknown_tags(self, query: str) -> list[str]:
        """The tags in ``query`` that the codebook has not, nor any below them where those are
        meant: it is no error to ask for them, but often a slip.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        asked = [term for term in terms(parse_passages(query)) if isinstance(term, Tagged)]
        unknown = []
        for term in dict.fromkeys(asked):
            which = tags([term])
            if term.path and self._connection.value(
                f"SELECT NOT EXISTS (SELECT 1 FROM tags WHERE {which.text})", which.values
            ):
                unknown.append(f"{term.path}/*" if term.below else term.path)
        return unknown
