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

_SELECT = """
    SELECT a.id, a.clock, a.at, a.coder, a.device, a.name, coalesce(o.id, ''), a.undone, a.changes,
           a.summary
    FROM acts a LEFT JOIN acts o ON o.number = a.undoes
"""


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
        with self._recording(name, summary, coder or self.coder) as doing:
            yield doing

    @contextmanager
    def _recording(
        self, name: str, summary: str, coder: str, undoes: int | None = None
    ) -> Iterator[Doing]:
        connection = self._connection
        self._capture.watch()
        with connection.transaction():
            at, device = now(), device_name()
            number, last, before = connection.all(
                "SELECT coalesce(max(number), 0) + 1, max(clock), "
                "(SELECT coalesce(max(number), 0) FROM journal) "
                "FROM (SELECT number, clock FROM acts ORDER BY number DESC LIMIT 1)"
            )[0]
            doing = self._doing = Doing(number, at, coder, summary)
            self._capture.act = number
            try:
                yield doing
            finally:
                self._doing = self._capture.act = None
            changes = connection.value("SELECT coalesce(max(number), 0) FROM journal") - before
            if changes:
                clock = next_reading(last or "", at, device)
                what = (name, doing.summary, undoes, False, before + 1, changes)
                connection.run(
                    "INSERT INTO acts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (number, new_id(), clock, at, coder, device, *what),
                )

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
        newest = self._latest("name NOT IN ('undo', 'redo')", undone="undone IN (0, 1)")
        if undo is None or (newest is not None and newest[0] > undo[0]):
            raise NothingToUndoError(f"there is nothing of {self.coder}'s to redo")
        return self._take_back(undo, "redo")

    def _latest(self, condition: str, undone: str = "undone = 0") -> Row | None:
        return self._connection.one(
            f"SELECT number, undoes, summary FROM acts "
            f"WHERE coder = ? AND {undone} AND {condition} ORDER BY number DESC LIMIT 1",
            (self.coder,),
        )

    def _take_back(self, act: Row, name: str) -> Act:
        number, undoes, summary = act
        with self._recording(name, summary, self.coder, undoes=number) as doing:
            apply_inverse(self._connection, number)
            self._connection.run("UPDATE acts SET undone = 1 WHERE number = ?", (number,))
            # What the act had itself taken back stands again.
            self._connection.run("UPDATE acts SET undone = 0 WHERE number = ?", (undoes,))
        return _act(self._connection.all(f"{_SELECT} WHERE a.number = ?", (doing.number,))[0])

    def acts(self, *, limit: int | None = None, coder: str | None = None) -> Iterator[Act]:
        """The acts, latest first.

        Args:
            limit: at most so many.
            coder: only this coder's.
        """
        rows = self._connection.stream(
            f"{_SELECT} WHERE :coder IS NULL OR a.coder = :coder "
            "ORDER BY a.number DESC LIMIT :limit",
            {"coder": coder, "limit": -1 if limit is None else limit},
        )
        return map(_act, rows)


def _act(row: Row) -> Act:
    act_id, clock, at, coder, device, name, undoes, undone, changes, summary = row
    return Act(act_id, clock, at, coder, device, name, undoes, bool(undone), changes, summary)
