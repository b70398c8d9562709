"""The journal: the one way to write.

Everything that a person does in one go is an act: one transaction that changes rows and keeps what
they were, so that it can be taken back after a restart too, in bulk too. Nothing here knows what
the rows mean; how an act reads as a sentence is said by who does it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from annotations.errors import NothingToUndoError
from annotations.library.capture import Capture
from annotations.library.clock import device_name, new_id, next_reading, now
from annotations.library.connection import Connection, Row
from annotations.library.inverse import apply_inverse
from annotations.model import Act

_COLUMNS = "id, clock, at, coder, device, name, undoes, undone, changes, summary"


@dataclass(slots=True)
class Doing:
    """The act that is being done."""

    number: int
    at: str
    """The time that its rows bear."""
    coder: str
    summary: str = ""
    """The sentence that the history shows, without its subject."""


class Journal:
    """The acts of a library: doing, undoing, listing them."""

    def __init__(self, connection: Connection, coder: str) -> None:
        self.coder = coder
        """Whose acts are done and undone here."""
        self._connection = connection
        self._capture = Capture(connection)
        self._doing: Doing | None = None

    @contextmanager
    def act(self, name: str, summary: str = "", *, coder: str | None = None) -> Iterator[Doing]:
        """Do everything in the block as one act, or nothing of it.

        An act inside another joins it, and the outer one says what was done. An act that
        changes nothing leaves no trace.

        Args:
            name: the verb: ``highlight``, ``tag``, ``import`` ...
            summary: the sentence for the history, which the block may also set on what it gets.
            coder: who does it, if not the library's coder.

        Raises:
            LibraryError: the library cannot be written; nothing was changed.
        """
        if self._doing is not None:
            with self._connection.transaction():
                yield replace(self._doing)
            return
        with self._recording(name, summary, coder or self.coder, undoes="") as doing:
            yield doing

    @contextmanager
    def _recording(self, name: str, summary: str, coder: str, undoes: str) -> Iterator[Doing]:
        connection = self._connection
        with connection.transaction():
            self._capture.watch()
            at, device = now(), device_name()
            last = connection.value("SELECT max(clock) FROM acts") or ""
            connection.run(
                "INSERT INTO acts (id, clock, at, coder, device, name, undoes) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (new_id(), next_reading(last, at, device), at, coder, device, name, undoes),
            )
            number = connection.value("SELECT last_insert_rowid()")
            doing = self._doing = Doing(number, at, coder, summary)
            self._capture.act = number
            try:
                yield doing
            finally:
                self._doing = self._capture.act = None
            changes = connection.value("SELECT count(*) FROM journal WHERE act = ?", (number,))
            if changes:
                connection.run(
                    "UPDATE acts SET summary = ?, changes = ? WHERE number = ?",
                    (doing.summary, changes, number),
                )
            else:
                connection.run("DELETE FROM acts WHERE number = ?", (number,))

    def undo(self) -> Act:
        """Take back this coder's latest act that stands.

        Raises:
            NothingToUndoError: there is none.
            ConflictError: somebody else has changed since what would be restored.
        """
        act = self._latest("name NOT IN ('undo', 'redo')")
        if act is None:
            raise NothingToUndoError(f"there is nothing of {self.coder}'s to undo")
        return self._take_back(act, "undo")

    def redo(self) -> Act:
        """Do again what this coder's latest undo took back; a new act forgets what was undone.

        Raises:
            NothingToUndoError: there is none.
            ConflictError: somebody else has changed since what would be restored.
        """
        undo = self._latest("name = 'undo'")
        newest = self._connection.value(
            "SELECT max(clock) FROM acts WHERE coder = ? AND name NOT IN ('undo', 'redo')",
            (self.coder,),
        )
        if undo is None or undo[2] < (newest or ""):
            raise NothingToUndoError(f"there is nothing of {self.coder}'s to redo")
        return self._take_back(undo, "redo")

    def _latest(self, condition: str) -> Row | None:
        return self._connection.one(
            f"SELECT number, id, clock, undoes, summary FROM acts "
            f"WHERE coder = ? AND undone = 0 AND {condition} ORDER BY clock DESC LIMIT 1",
            (self.coder,),
        )

    def _take_back(self, act: Row, name: str) -> Act:
        number, act_id, _, undoes, summary = act
        with self._recording(name, summary, self.coder, undoes=act_id) as doing:
            apply_inverse(self._connection, number)
            self._connection.run("UPDATE acts SET undone = 1 WHERE id = ?", (act_id,))
            # What the act had itself taken back stands again.
            self._connection.run("UPDATE acts SET undone = 0 WHERE id = ?", (undoes,))
        row = self._connection.one(f"SELECT {_COLUMNS} FROM acts WHERE number = ?", (doing.number,))
        assert row is not None  # its changes are those of the act, which had some
        return _act(row)

    def acts(self, *, limit: int | None = None, coder: str | None = None) -> Iterator[Act]:
        """The acts, latest first.

        Args:
            limit: at most so many.
            coder: only this coder's.
        """
        rows = self._connection.stream(
            f"SELECT {_COLUMNS} FROM acts WHERE :coder IS NULL OR coder = :coder "
            "ORDER BY clock DESC LIMIT :limit",
            {"coder": coder, "limit": -1 if limit is None else limit},
        )
        return map(_act, rows)


def _act(row: Row) -> Act:
    act_id, clock, at, coder, device, name, undoes, undone, changes, summary = row
    return Act(act_id, clock, at, coder, device, name, undoes, bool(undone), changes, summary)
