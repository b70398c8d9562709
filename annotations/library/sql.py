"""Pieces of SQL that know the values of their question marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and the values of its question marks, in their order."""

    text: str
    values: tuple[object, ...] = ()

    def inside(self, before: str, after: str = "") -> Sql:
        """This piece between two that take no values."""
        return Sql(before + self.text + after, self.values)


TRUE = Sql("true")


def join(operator: str, parts: Sequence[Sql]) -> Sql:
    """``parts`` with an operator between them that groups as one likes.

    They are grouped in halves: SQLite bounds how deep an expression may be, not how long.
    """
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    left, right = join(operator, parts[:middle]), join(operator, parts[middle:])
    return Sql(f"({left.text} {operator} {right.text})", left.values + right.values)
