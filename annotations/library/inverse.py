"""Taking an act back: its journal entries applied backwards, each only if it still fits.

An entry fits if the row has in every column the value that the act gave it. Where it has not,
somebody else changed the row since, and the whole act stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from annotations.errors import ConflictError
from annotations.library.capture import ENTITIES
from annotations.library.connection import Connection, ConstraintError

_SLICE = 2000
"""Entries that are read and applied at a time: bounds the memory of taking back a large act."""

Entry = tuple[str, str, dict[str, object], dict[str, object]]
"""Entity, entity_id, before, after; before is empty for a row made, after for one removed."""


def apply_inverse(connection: Connection, act: int) -> None:
    """Put back what the act numbered ``act`` changed, inside the transaction that is open.

    Raises:
        ConflictError: a row has been changed since by another act.
    """
    try:
        for entries in _backwards(connection, act):
            # Runs of entries of one shape are one prepared statement.
            for (entity, before, after), run in groupby(entries, key=_shape):
                statement = _Statement.of(entity, before, after)
                rows = [statement.parameters(entry) for entry in run]
                if connection.run_many(statement.sql, rows) != len(rows):
                    raise _conflict(connection, act)
    except ConstraintError as error:
        raise _conflict(connection, act) from error


def _backwards(connection: Connection, act: int) -> Iterator[list[Entry]]:
    below = 1 << 62
    while rows := connection.all(
        "SELECT number, entity, entity_id, before, after FROM journal "
        "WHERE act = ? AND number < ? ORDER BY number DESC LIMIT ?",
        (act, below, _SLICE),
    ):
        below = rows[-1][0]
        yield [
            (entity, entity_id, json.loads(before or "{}"), json.loads(after or "{}"))
            for _, entity, entity_id, before, after in rows
        ]


def _shape(entry: Entry) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    entity, _, before, after = entry
    return entity, tuple(before), tuple(after)


@dataclass(frozen=True, slots=True)
class _Statement:
    """The statement that takes back entries of one shape, and what it needs of each."""

    sql: str
    restored: tuple[str, ...]
    """The columns of ``before`` that it writes."""
    expected: tuple[str, ...]
    """The columns of ``after`` that must still be so."""
    keyed: bool
    touched: bool
    """Whether it restores updated_at, which is no conflict if it has moved on."""

    @classmethod
    def of(cls, table: str, before: tuple[str, ...], after: tuple[str, ...]) -> _Statement:
        if not after:
            columns = ", ".join(f'"{column}"' for column in before)
            marks = ", ".join("?" * len(before))
            sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
            return cls(sql, before, (), keyed=False, touched=False)
        restored = tuple(column for column in before if column != "updated_at")
        expected = tuple(column for column in after if column != "updated_at")
        touched = "updated_at" in before
        fits = " AND ".join(
            [f'"{column}" = ?' for column in ENTITIES[table].key]
            + [f'"{column}" IS ?' for column in expected]
        )
        if not before:
            return cls(f"DELETE FROM {table} WHERE {fits}", (), expected, True, False)
        changes = [f'"{column}" = ?' for column in restored]
        if touched:
            changes.append("updated_at = iif(updated_at = ?, ?, updated_at)")
        sql = f"UPDATE {table} SET {', '.join(changes)} WHERE {fits}"
        return cls(sql, restored, expected, True, touched)

    def parameters(self, entry: Entry) -> list[object]:
        _, entity_id, before, after = entry
        values = [before[column] for column in self.restored]
        if self.touched:
            values += [after["updated_at"], before["updated_at"]]
        if self.keyed:
            values += entity_id.split(" ")
        return values + [after[column] for column in self.expected]


def _conflict(connection: Connection, act: int) -> ConflictError:
    """What stands in the way of taking ``act`` back, in words."""
    later = connection.one(
        """
        SELECT a.coder, a.summary, a.at
        FROM acts a JOIN journal theirs ON theirs.act = a.number
        JOIN journal ours ON theirs.entity_id = ours.entity_id
            OR ours.entity_id IN (substr(theirs.entity_id, 1, 36), substr(theirs.entity_id, 38))
        WHERE ours.act = :act AND a.number > :act AND a.undone = 0
            AND a.name NOT IN ('undo', 'redo')
        ORDER BY a.clock DESC LIMIT 1
        """,
        {"act": act},
    )
    summary = connection.value("SELECT summary FROM acts WHERE number = ?", (act,))
    what = f"cannot take back “{summary}”"
    if later is None:
        return ConflictError(f"{what}: it has been changed since")
    coder, done, at = later
    return ConflictError(f"{what}: {coder} has {done} since ({at})")
