"""The documents of which something is known, or on which something was highlighted, as walks.

Documents are told by number, that of their current revision (see :mod:`annotations.library.walks`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Set
from functools import cached_property

from annotations.library.asking_walks import Scanned, Streamed, numbers_of
from annotations.library.conditions import condition, document_condition
from annotations.library.connection import Connection
from annotations.library.planning import Planner
from annotations.library.sql import TRUE, Sql
from annotations.library.walks import Listed, Walk
from annotations.query.nodes import Query

_SCANNED = 2_000
"""Documents, and highlights, that are looked at, in a few milliseconds, for what is said of them
before all are asked for."""

_FEW = 2_000
"""Highlights that are asked for at once."""

LARGE = 5_000
"""Texts from which on a search looks into the latest before it asks for all."""


class DescribedWalks:
    """The documents of one state of the library.

    Args:
        connection: To it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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
        found = numbers_of(
            self._connection,
            "SELECT number FROM revisions WHERE document IS NULL UNION ALL "
            "SELECT r.number FROM documents d JOIN revisions r ON r.document = d.id "
            "WHERE d.deleted_at IS NOT NULL",
        )
        if not self._connection.value(
            "SELECT (SELECT count(*) FROM revisions WHERE document NOTNULL) "
            "> (SELECT count(*) FROM documents)"
        ):
            return found
        return found | numbers_of(
            self._connection,
            "SELECT r.number FROM "
            "(SELECT document FROM revisions GROUP BY document HAVING count(*) > 1) "
            "JOIN revisions r USING (document) JOIN documents d ON d.id = r.document "
            "WHERE d.revision <> r.id",
        )

    @property
    def is_large(self) -> bool:
        """Whether there are so many documents that asking for all of them takes a while."""
        return self.highest > LARGE

    def as_of_latest(self, found: int, number: int) -> int:
        """About how many documents something is true of, if it is of ``found`` from the latest
        down to ``number``."""
        return found * self.highest // (self.highest - number + 1)

    @cached_property
    def highest(self) -> int:
        """The number of the latest text."""
        return int(self._connection.value("SELECT coalesce(max(number), 0) FROM revisions"))

    def described(self, query: Query) -> Walk:
        """Documents of which ``query``, which speaks of documents alone, is true."""
        where = document_condition(query)
        return self._scanned(where, lambda: self._all_of(where), _SCANNED)

    def with_highlights(self, term: Query) -> Walk:
        """Documents that have a highlight of which ``term`` is true."""
        plan = Planner(self._connection, {}).plan(term)
        # The plus: not in the order of an index, which would read the table all over the place.
        found = plan.select("DISTINCT +h.document AS id")

        def from_highlights() -> Set[int]:
            return numbers_of(
                self._connection,
                f"SELECT r.number FROM ({found.text}) AS bearer "
                "CROSS JOIN documents d ON d.id = bearer.id "
                "CROSS JOIN revisions r ON r.id = d.revision",
                found.values,
            )

        if plan.count <= _FEW:
            return Listed(from_highlights())
        here = condition(term, {}).inside(
            "EXISTS (SELECT 1 FROM highlights h WHERE h.document = d.id AND (", "))"
        )
        highlights = self._connection.value("SELECT coalesce(max(number), 0) FROM highlights")
        # Where more highlights are meant than documents, it is quicker to find one of each.
        is_common = plan.where == TRUE and plan.count > self.highest
        return self._scanned(
            here,
            (lambda: self._all_of(here)) if is_common else from_highlights,
            _SCANNED * self.highest // (self.highest + highlights),
        )

    def _scanned(self, where: Sql, every: Callable[[], Set[int]], most: int) -> Walk:
        """Documents ``d`` of which a condition is true."""
        select = (
            "SELECT r.number FROM {} revisions r {} CROSS JOIN documents d ON d.revision = r.id "
            f"WHERE d.deleted_at IS NULL AND ({where.text})"
        )
        among = select.format("json_each(?) n CROSS JOIN", "ON r.number = n.value")
        return Scanned(
            self._connection,
            f"{select.format('', '')} AND r.number > ? AND r.number <= ? ORDER BY r.number DESC",
            where.values,
            every,
            lambda numbers: numbers_of(
                self._connection, among, (json.dumps([*numbers]), *where.values)
            ),
            self.highest,
            most,
        )

    def _all_of(self, where: Sql) -> Set[int]:
        return numbers_of(
            self._connection,
            # The plus: going through the table is quicker than through an index of most of it.
            "SELECT r.number FROM documents d CROSS JOIN revisions r ON r.id = d.revision "
            f"WHERE +d.deleted_at IS NULL AND ({where.text})",
            where.values,
        )
