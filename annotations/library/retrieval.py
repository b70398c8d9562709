"""Which highlights a passages query asks for, in the order in which people get to see them.

The relations of a query are found first, the inner before the outer, each by a sweep over both of
its sides or, where the left side is small, by looking around each of it through the index; they are
kept as temporary tables. Everything else is one statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from annotations.library.closeness import Closeness
from annotations.library.conditions import condition
from annotations.library.connection import Connection
from annotations.library.finding import REACHES
from annotations.library.phrases import register
from annotations.library.planning import Plan, Planner
from annotations.library.sql import Sql, join
from annotations.query.nodes import And, Not, Or, Query, Related, Relation
from annotations.query.relations import Placed, related


@contextmanager
def retrieval(connection: Connection, query: Query) -> Iterator[Retrieval]:
    """Ask ``query`` of one state of the library."""
    with connection.snapshot() as reader:
        register(reader)
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
        self._planner = Planner(connection, self._tables)

    def close(self) -> None:
        """Forget what was kept on the way."""
        for table in self._tables.values():
            self._connection.run(f"DROP TABLE {table}")
        self._tables.clear()

    def numbers(self) -> Iterator[int]:
        """The numbers of the highlights, in order of document title, start and id."""
        plan = self._plan(self._query)
        if plan.is_of_all:
            # Document by document, the index gives the order: nothing has to be sorted.
            plan = Plan(
                Sql("documents d CROSS JOIN highlights h ON h.document = d.id"), plan.where, 0
            )
            found = plan.select("h.number", also="d.deleted_at IS NULL")
        else:
            found = plan.select("h.number", joined=_WITH_DOCUMENT, also="d.deleted_at IS NULL")
        ordered = f"{found.text} ORDER BY d.title, h.start, h.id"
        for (number,) in self._connection.stream(ordered, found.values):
            yield number

    def count(self) -> int:
        """How many highlights there are."""
        plan = self._plan(self._query)
        found = plan.select("count(*)", joined=_WITH_DOCUMENT, also="d.deleted_at IS NULL")
        return int(self._connection.value(found.text, found.values))

    def _plan(self, query: Query) -> Plan:
        self._find_relations(query)
        return self._planner.plan(query)

    def _find_relations(self, query: Query) -> None:
        """Make a table of the highlights of each relation in ``query``."""
        match query:
            case Not(operand):
                self._find_relations(operand)
            case And(operands) | Or(operands):
                for operand in operands:
                    self._find_relations(operand)
            case Related() if query not in self._tables:
                self._find(query)

    def _find(self, query: Related) -> None:
        lefts, rights = self._plan(query.left), self._plan(query.right)
        table = f"temp.related_{len(self._tables)}"
        self._connection.run(f"CREATE TABLE {table} (number INTEGER PRIMARY KEY)")
        self._tables[query] = table
        if query.relation in _AROUND and lefts.count * _FEW <= rights.count:
            wanted = condition(query.right, self._tables)
            found = _look_around(lefts, query.relation, wanted)
            self._connection.run(f"INSERT INTO {table} {found.text}", found.values)
            return
        closeness = Closeness(self._connection, query.distance) if query.distance else None
        numbers = related(self._placed(lefts), query.relation, self._placed(rights), closeness)
        self._connection.run_many(
            f"INSERT INTO {table} VALUES (?)", ((number,) for number in numbers)
        )

    def _placed(self, plan: Plan) -> Iterator[Placed]:
        found = plan.select('h.revision, h.start, h."end", h.number', also=_LIES_SOMEWHERE)
        ordered = f"{found.text} ORDER BY h.revision, h.start"
        return self._connection.stream(ordered, found.values)


_LIES_SOMEWHERE = "h.status <> 'lost'"
"""A lost highlight is in no relation to any."""

_WITH_DOCUMENT = "CROSS JOIN documents d ON d.id = h.document"

_FEW = 4
"""How many times fewer the left side has to be for looking around each of it."""

_AROUND = {
    Relation.OVERLAPS: 'h.start < l."end" AND h."end" > l.start',
    Relation.WITHIN: 'h.start <= l.start AND h."end" >= l."end"',
    Relation.CONTAINS: 'h.start >= l.start AND h.start < l."end" AND h."end" <= l."end"',
}
"""Where a right highlight ``h`` has to lie for a left one ``l`` to be in the relation."""


def _look_around(lefts: Plan, relation: Relation, wanted: Sql) -> Sql:
    """A SELECT of the numbers of ``lefts`` that are in ``relation`` to one that is ``wanted``.

    As where a window is read, the short ones are near, and the longer ones have their own indexes.
    """
    left = lefts.select('h.number, h.document, h.revision, h.start, h."end"', also=_LIES_SOMEWHERE)
    here = (
        f"h.document = l.document AND h.revision = l.revision AND {_LIES_SOMEWHERE} "
        f"AND {_AROUND[relation]}"
    )
    around = [
        Sql(
            f"EXISTS (SELECT 1 FROM highlights h INDEXED BY {reach.index} WHERE {here} "
            f"AND {reach.near('l.start')} AND {wanted.text})",
            wanted.values,
        )
        for reach in REACHES
    ]
    found = join("OR", around).inside(f"SELECT number FROM ({left.text}) AS l WHERE ")
    return Sql(found.text, left.values + found.values)
