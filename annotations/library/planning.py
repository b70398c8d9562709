"""Where to start looking for what a passages query asks for: from the fewest highlights that can be
told beforehand, through an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.library.conditions import (
    RelatedTables,
    bearers,
    condition,
    documents,
    is_of_documents,
    speaks_of_tags_alone,
    tags,
)
from annotations.library.connection import Connection
from annotations.library.sql import TRUE, Sql
from annotations.model import Status
from annotations.query.nodes import (
    And,
    Equals,
    Field,
    Or,
    Query,
    Related,
    Starred,
    Tagged,
)

_FEW_DOCUMENTS = 200
"""Documents up to which their highlights are counted, to see whether to start from them."""
_MOST_PARTS = 100
"""SELECTs that are united in one statement; SQLite bounds them."""
_UNKNOWN = 1 << 62


@dataclass(frozen=True, slots=True)
class Plan:
    """Highlights to start from, and what has to be true of them."""

    origin: Sql
    """A FROM clause's tables, ``highlights h`` among them, each highlight once."""
    where: Sql
    """A condition on ``h``."""
    count: int
    """About how many there are to start from."""

    @property
    def is_of_all(self) -> bool:
        """Whether every highlight of the library is meant."""
        return self.origin == _ALL and self.where == TRUE

    def select(self, columns: str, *, joined: str = "", also: str = "true") -> Sql:
        """A SELECT of ``columns``, with more tables and a further condition."""
        text = (
            f"SELECT {columns} FROM {self.origin.text} {joined} WHERE {also} AND {self.where.text}"
        )
        return Sql(text, self.origin.values + self.where.values)


_ALL = Sql("highlights h")


@dataclass(frozen=True, slots=True)
class _Source:
    """Highlights to start from."""

    rows: Sql
    """A SELECT of them, each once: of the column ``highlight``, their ids, or ``number``."""
    by_id: bool
    count: int
    rest: tuple[Query, ...] = ()
    """What else has to be true of them."""

    @property
    def origin(self) -> Sql:
        on = "h.id = source.highlight" if self.by_id else "h.number = source.number"
        return self.rows.inside("(", f") AS source CROSS JOIN highlights h ON {on}")

    @property
    def numbers(self) -> Sql:
        """``rows`` as a SELECT of numbers."""
        if not self.by_id:
            return self.rows
        return self.rows.inside("SELECT number FROM highlights WHERE id IN (", ")")


class Planner:
    """Makes plans for one state of the library."""

    def __init__(self, connection: Connection, tables: RelatedTables) -> None:
        """Args:
        connection: Where the counts are.
        tables: Of the relations; those of a query have to be there when it is planned.
        """
        self._connection = connection
        self._tables = tables

    def plan(self, query: Query) -> Plan:
        """How to find what ``query`` asks for."""
        source = self._source(query)
        if source is None:
            total = self._connection.value("SELECT total(highlights) FROM document_totals")
            return Plan(_ALL, condition(query, self._tables, of_every=True), int(total))
        return Plan(source.origin, self._condition(source.rest), source.count)

    def _condition(self, queries: Sequence[Query], highlight: str = "h.id") -> Sql:
        if not queries:
            return TRUE
        query = queries[0] if len(queries) == 1 else And(tuple(queries))
        return condition(query, self._tables, highlight)

    def _source(self, query: Query) -> _Source | None:
        match query:
            case Tagged():
                return self._bearing([query])
            case Related():
                rows = Sql(f"SELECT number FROM {self._tables[query]}")
                count = self._connection.value(f"SELECT count(*) FROM {self._tables[query]}")
                return _Source(rows, False, count)
            case Starred():
                return self._few("highlights_starred", Sql("starred = 1"))
            case Equals(field=Field.STATUS, value=value) if value != Status.PLACED:
                which = Sql("status <> 'placed' AND status = ?", (value,))
                return self._few("highlights_displaced", which)
            case And(operands):
                return self._narrowest(operands)
            case Or(operands):
                return self._union(operands)
            case _ if is_of_documents(query):
                which, count = self._named(documents(query))
                rows = which.inside("SELECT number FROM highlights WHERE document IN (", ")")
                return _Source(rows, False, count)
            case _:
                return None

    def _few(self, index: str, which: Sql) -> _Source:
        """Start from highlights that have an index of their own."""
        rows = which.inside(f"FROM highlights INDEXED BY {index} WHERE ")
        count = self._connection.value(f"SELECT count(*) {rows.text}", rows.values)
        return _Source(rows.inside("SELECT number "), False, int(count))

    def _narrowest(self, operands: tuple[Query, ...]) -> _Source | None:
        """Start from the operand of the fewest highlights."""
        sources = [(self._source(operand), operand) for operand in operands]
        known = [(source, operand) for source, operand in sources if source is not None]
        if not known:
            return None
        source, start = min(known, key=lambda pair: pair[0].count)
        others = [operand for operand in operands if operand is not start]
        rows = source.rows
        if source.by_id:
            # What is said of tags is seen in their index, before any highlight is read.
            of_tags = [each for each in others if speaks_of_tags_alone(each)]
            others = [each for each in others if not speaks_of_tags_alone(each)]
            where = self._condition(of_tags, "bearer.highlight")
            rows = Sql(
                f"SELECT highlight FROM ({rows.text}) AS bearer WHERE {where.text}",
                rows.values + where.values,
            )
        return _Source(rows, source.by_id, source.count, (*source.rest, *others))

    def _union(self, operands: tuple[Query, ...]) -> _Source | None:
        """Start from all that each operand starts from, if that leaves nothing to be checked."""
        of_tags = [operand for operand in operands if isinstance(operand, Tagged)]
        sources = [self._source(each) for each in operands if not isinstance(each, Tagged)]
        if of_tags:
            sources.append(self._bearing(of_tags))
        known = [source for source in sources if source is not None and not source.rest]
        if len(known) != len(sources) or len(known) > _MOST_PARTS:
            return None
        if len(known) == 1:
            return known[0]
        parts = [source.numbers for source in known]
        text = " UNION ".join(part.text for part in parts)
        values = tuple(value for part in parts for value in part.values)
        return _Source(Sql(text, values), False, sum(source.count for source in known))

    def _bearing(self, terms: list[Tagged]) -> _Source:
        count = tags(terms).inside(
            "SELECT total(highlights) FROM tag_totals WHERE tag IN (SELECT id FROM tags WHERE ",
            ")",
        )
        return _Source(bearers(terms), True, int(self._connection.value(count.text, count.values)))

    def _named(self, which: Sql) -> tuple[Sql, int]:
        """Some documents, one by one if they are few, so that they are not looked for again; and
        how many highlights they have, if that is easy to tell."""
        some = which.inside(
            "SELECT document, highlights FROM document_totals WHERE document IN (SELECT id FROM (",
            f") LIMIT {_FEW_DOCUMENTS})",
        )
        rows = self._connection.all(some.text, some.values)
        if len(rows) == _FEW_DOCUMENTS:
            return which, _UNKNOWN
        ids = tuple(document for document, _ in rows)
        return Sql(", ".join("?" * len(ids)), ids), sum(highlights for _, highlights in rows)
