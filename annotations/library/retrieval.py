"""Which highlights a passages query asks for, in the order in which people get to see them.

Relations are found by sweeps and kept as temporary tables of numbers; everything else is one
statement that starts from the fewest highlights that can be told beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from annotations.library.closeness import Closeness
from annotations.library.conditions import (
    TRUE,
    Sql,
    bearers,
    condition,
    documents,
    is_of_documents,
    speaks_of_tags_alone,
    tags,
)
from annotations.library.connection import Connection, Row
from annotations.query.nodes import And, Not, Or, Query, Related, Tagged
from annotations.query.relations import Placed, related
from annotations.text.folding import holds

_FEW_DOCUMENTS = 200
"""Documents up to which their highlights are counted, to see whether to start from them."""
_MANY = 1 << 62


@dataclass(frozen=True, slots=True)
class _Source:
    """Highlights to start from."""

    rows: Sql
    """A SELECT of the column ``key`` of highlights, each once."""
    key: str
    """``id`` or ``number``."""
    count: int
    """About how many they are."""
    rest: tuple[Query, ...] = ()
    """What else has to be true of them."""

    def numbers(self) -> Sql:
        """``rows`` as a SELECT of numbers."""
        if self.key == "number":
            return self.rows
        return self.rows.inside("SELECT number FROM highlights WHERE id IN (", ")")


@contextmanager
def retrieval(connection: Connection, query: Query) -> Iterator[Retrieval]:
    """Ask ``query`` of one state of the library."""
    with connection.snapshot() as reader:
        with reader.errors():
            reader.sqlite.create_function("holds", 2, holds, deterministic=True)
        asked = Retrieval(reader, query)
        try:
            yield asked
        finally:
            asked.close()


class Retrieval:
    """The answer to one query. Made by :func:`retrieval`."""

    def __init__(self, connection: Connection, query: Query) -> None:
        self._connection = connection
        self._query = query
        self._tables: dict[Related, str] = {}

    def close(self) -> None:
        """Forget what was kept on the way."""
        for table in self._tables.values():
            self._connection.run(f"DROP TABLE {table}")
        self._tables.clear()

    def numbers(self) -> Iterator[int]:
        """The numbers of the highlights, in order of document title, start and id."""
        source, where = self._plan(self._query)
        if source is None:
            # Document by document, the index gives the order: the first are there at once.
            origin = Sql("documents d CROSS JOIN highlights h ON h.document = d.id")
        else:
            origin = _from(source).inside("", " CROSS JOIN documents d ON d.id = h.document")
        for (number,) in self._rows(
            "SELECT h.number FROM", origin, where, "d.deleted_at IS NULL", "d.title, h.start, h.id"
        ):
            yield number

    def count(self) -> int:
        """How many highlights there are."""
        source, where = self._plan(self._query)
        origin = _from(source).inside("", " CROSS JOIN documents d ON d.id = h.document")
        return int(
            next(self._rows("SELECT count(*) FROM", origin, where, "d.deleted_at IS NULL", "1"))[0]
        )

    def _rows(self, select: str, origin: Sql, where: Sql, also: str, order: str) -> Iterator[Row]:
        return self._connection.stream(
            f"{select} {origin.text} WHERE {also} AND {where.text} ORDER BY {order}",
            (*origin.values, *where.values),
        )

    def _plan(self, query: Query) -> tuple[_Source | None, Sql]:
        """Where to start, and what has to be true of what is found there."""
        self._find_relations(query)
        source = self._source(query)
        rest: Sequence[Query] = (query,) if source is None else source.rest
        return source, self._condition(rest)

    def _condition(self, queries: Sequence[Query], highlight: str = "h.id") -> Sql:
        if not queries:
            return TRUE
        query = queries[0] if len(queries) == 1 else And(tuple(queries))
        return condition(query, self._tables, highlight)

    def _source(self, query: Query) -> _Source | None:
        match query:
            case Tagged():
                return _Source(bearers([query]), "id", self._count_bearers([query]))
            case Related():
                rows = Sql(f"SELECT number FROM {self._tables[query]}")
                count = self._connection.value(f"SELECT count(*) FROM {self._tables[query]}")
                return _Source(rows, "number", count)
            case And(operands):
                return self._narrowest(operands)
            case Or(operands):
                return self._union(operands)
            case _ if is_of_documents(query):
                rows = documents(query).inside(
                    "SELECT number FROM highlights WHERE document IN (", ")"
                )
                return _Source(rows, "number", self._count_in_documents(documents(query)))
            case _:
                return None

    def _narrowest(self, operands: tuple[Query, ...]) -> _Source | None:
        """Start from the operand of the fewest highlights."""
        sources = [(self._source(operand), operand) for operand in operands]
        known = [(source, operand) for source, operand in sources if source is not None]
        if not known:
            return None
        source, start = min(known, key=lambda pair: pair[0].count)
        others = [operand for operand in operands if operand is not start]
        rows = source.rows
        if source.key == "id":
            # What is said of tags is seen in their index, before any highlight is read.
            of_tags = [each for each in others if speaks_of_tags_alone(each)]
            others = [each for each in others if not speaks_of_tags_alone(each)]
            if of_tags:
                where = self._condition(of_tags, "bearer.highlight")
                rows = Sql(
                    f"SELECT highlight FROM ({rows.text}) AS bearer WHERE {where.text}",
                    rows.values + where.values,
                )
        return _Source(rows, source.key, source.count, (*source.rest, *others))

    def _union(self, operands: tuple[Query, ...]) -> _Source | None:
        """Start from all that each operand starts from, if that leaves nothing to be checked."""
        of_tags = [operand for operand in operands if isinstance(operand, Tagged)]
        others = [operand for operand in operands if not isinstance(operand, Tagged)]
        sources = [self._source(operand) for operand in others]
        if of_tags:
            sources.append(_Source(bearers(of_tags), "id", self._count_bearers(of_tags)))
        known = [source for source in sources if source is not None and not source.rest]
        if len(known) != len(sources) or len(known) > _MOST_PARTS:
            return None
        if len(known) == 1:
            return known[0]
        parts = [source.numbers() for source in known]
        rows = Sql(
            " UNION ".join(part.text for part in parts),
            tuple(value for part in parts for value in part.values),
        )
        return _Source(rows, "number", sum(source.count for source in known))

    def _count_bearers(self, terms: list[Tagged]) -> int:
        which = tags(terms).inside(
            "SELECT coalesce(sum(highlights), 0) FROM tag_totals "
            "WHERE tag IN (SELECT id FROM tags WHERE ",
            ")",
        )
        return int(self._connection.value(which.text, which.values))

    def _count_in_documents(self, which: Sql) -> int:
        few = which.inside(
            "SELECT count(*), sum(highlights) FROM document_totals "
            "WHERE document IN (SELECT id FROM (",
            f") LIMIT {_FEW_DOCUMENTS})",
        )
        row = self._connection.one(few.text, few.values)
        return _MANY if row is None or row[0] == _FEW_DOCUMENTS else row[1] or 0

    def _find_relations(self, query: Query) -> None:
        """Make a table of the highlights of each relation in ``query``, the inner ones first."""
        match query:
            case Not(operand):
                self._find_relations(operand)
            case And(operands) | Or(operands):
                for operand in operands:
                    self._find_relations(operand)
            case Related(left, relation, right, distance) if query not in self._tables:
                closeness = Closeness(self._connection, distance) if distance else None
                found = related(self._placed(left), relation, self._placed(right), closeness)
                table = f"temp.related_{len(self._tables)}"
                self._connection.run(f"CREATE TEMP TABLE {table[5:]} (number INTEGER PRIMARY KEY)")
                self._tables[query] = table
                self._connection.run_many(
                    f"INSERT INTO {table} VALUES (?)", ((number,) for number in found)
                )

    def _placed(self, query: Query) -> Iterator[Placed]:
        source, where = self._plan(query)
        return self._rows(
            'SELECT h.revision, h.start, h."end", h.number FROM',
            _from(source),
            where,
            "true",
            "h.revision, h.start",
        )


_MOST_PARTS = 100
"""SELECTs that are united in one statement; SQLite bounds them."""


def _from(source: _Source | None) -> Sql:
    """``highlights h``, from those of ``source`` on."""
    if source is None:
        return Sql("highlights h")
    column = "highlight" if source.key == "id" else "number"
    return source.rows.inside(
        "(", f") AS source CROSS JOIN highlights h ON h.{source.key} = source.{column}"
    )
