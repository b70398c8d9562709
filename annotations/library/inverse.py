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
from annotations.library.capture import ENTITIES, JOINT
from annotations.library.connection import Connection
from annotations.library.quotes import verify
from annotations.library.sqlite_errors import ConstraintError

_SLICE = 2000
"""Entries that are read and applied at a time: bounds the memory of taking back a large act."""

Entry = tuple[str, str, dict[str, object], dict[str, object]]
"""Entity, entity_id, before, after; before is empty for a row made, after for one removed."""


def apply_inverse(connection: Connection, act: int) -> None:
    """Put back what the act numbered ``act`` changed, inside the transaction that is open.

    Raises:
        ConflictError: a row has been changed since by another act, or a highlight would lie in a
            text that its document has no more.
    """
    for entries in _backwards(connection, act):
        # Runs of entries of one shape are one prepared statement.
        for (entity, before, after), run in groupby(entries, key=_shape):
            statement, same_shape = _Statement.of(entity, before, after), list(run)
            try:
                # All rows at once; a part of its own, for looking closer if one does not fit.
                with connection.transaction():
                    statement.run(connection, same_shape)
            except ConstraintError as error:
                raise _conflict(
                    connection, act, _misfit(connection, statement, same_shape)
                ) from error
    verify(connection, act)


def _misfit(connection: Connection, statement: _Statement, entries: list[Entry]) -> Entry:
    """The first of ``entries`` that does not fit."""
    for entry in entries:
        try:
            statement.run(connection, [entry])
        except ConstraintError:
            return entry
    raise AssertionError("entries that do not fit together fit one by one")


def _backwards(connection: Connection, act: int) -> Iterator[list[Entry]]:
    first, changes = connection.all("SELECT first, changes FROM acts WHERE number = ?", (act,))[0]
    above = first + changes
    while rows := connection.all(
        "SELECT number, entity, entity_id, before, after FROM journal "
        "WHERE number >= ? AND number < ? ORDER BY number DESC LIMIT ?",
        (first, above, _SLICE),
    ):
        above = rows[-1][0]
        yield [
            (
                entity,
                entity_id,
                json.loads(before) if before else {},
                json.loads(after) if after else {},
            )
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

    def run(self, connection: Connection, entries: list[Entry]) -> None:
        """Take ``entries`` back.

        Raises:
            ConstraintError: one of them does not fit any more.
        """
        rows = [self._parameters(entry) for entry in entries]
        if connection.run_many(self.sql, rows) != len(rows):
            raise ConstraintError("a row is not as the act left it")

    def _parameters(self, entry: Entry) -> list[object]:
        _, entity_id, before, after = entry
        values = [before[column] for column in self.restored]
        if self.touched:
            values += [after["updated_at"], before["updated_at"]]
        if self.keyed:
            values += entity_id.split(JOINT)
        return values + [after[column] for column in self.expected]


def _conflict(connection: Connection, act: int, entry: Entry) -> ConflictError:
    """What stands in the way of taking ``act`` back, in words: the latest act after it that
    touched the row, or a row that refers to it."""
    coder, summary = connection.all("SELECT coder, summary FROM acts WHERE number = ?", (act,))[0]
    later = connection.one(
        """
        SELECT a.coder, a.summary FROM acts ours
        JOIN journal j ON j.number >= ours.first + ours.changes
        JOIN acts a ON a.number = j.act
        WHERE ours.number = :act AND a.undone = 0 AND a.name NOT IN ('undo', 'redo')
            AND (j.entity = :entity AND j.entity_id = :id OR :named
                AND (instr(j.entity_id, :id) OR instr(coalesce(j.after, j.before), :id)))
        ORDER BY j.number DESC LIMIT 1
        """,
        {
            "act": act,
            "entity": entry[0],
            "id": entry[1],
            # Numbers stand for anything in the rows of others.
            "named": ENTITIES[entry[0]].key == ("id",),
        },
    )
    if later is None:
        return ConflictError(f"“{summary}” cannot be taken back: it has been changed since")
    who = "you" if later[0] == coder else later[0]
    return ConflictError(f"{who} {later[1]} after you {summary}")
