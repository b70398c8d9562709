"""The journal: the one way to write.

Everything that a person does in one go is an act: one transaction that changes rows and keeps what
they were, so that it can be taken back after a restart too, in bulk too. Nothing here knows what
the rows mean; how an act reads as a sentence is said by who does it.

That an act was taken back is a change like any other, in the journal of the act that did it: so
taking that one back makes the first stand again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.errors import AmbiguousError, ConflictError, NotFoundError, NothingToUndoError
from annotations.library import history
from annotations.library.recording import Doing, Recording
from annotations.library.wording import counted, quoted

if TYPE_CHECKING:
    from typing import Unpack

    from annotations.model import Act

_PLAIN = "name NOT IN ('undo', 'redo')"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of going back to an earlier state."""

    acts: int
    """How many acts were taken back."""
    conflicts: tuple[str, ...]
    """Why the others were not, a line each."""


class Journal(Recording):
    """The acts of a library: doing, undoing, listing them."""

    def next_undo(self) -> Act | None:
        """What :meth:`undo` would take back."""
        number = self._latest(f"undone = 0 AND {_PLAIN}")
        return history.numbered(self._connection, number) if number else None

    def next_redo(self) -> Act | None:
        """The undo that :meth:`redo` would take back."""
        number = self._latest("undone = 0 AND name = 'undo'")
        return history.numbered(self._connection, number) if number else None

    def undo(self) -> Act:
        """Take back this coder's latest act that stands.

        Returns:
            The act that was taken back.

        Raises:
            NothingToUndoError: there is none.
            ConflictError: somebody else has changed since what would be restored.
        """
        number = self._latest(f"undone = 0 AND {_PLAIN}")
        if not number:
            raise NothingToUndoError(f"there is nothing of {self.coder}'s to undo")
        summary = history.numbered(self._connection, number).summary
        self._take_back("undo", f"took back: {summary}", number)
        return history.numbered(self._connection, number)

    def redo(self) -> Act:
        """Do again what this coder's latest undo took back; a new act forgets what was undone.

        Returns:
            The act that stands again.

        Raises:
            NothingToUndoError: there is none.
            ConflictError: somebody else has changed since what would be restored.
        """
        undo = self._latest("undone = 0 AND name = 'undo'")
        if self._latest(f"undone = 0 AND {_PLAIN}") >= undo:
            raise NothingToUndoError(f"there is nothing of {self.coder}'s to redo")
        number = self._connection.value("SELECT undoes FROM acts WHERE number = ?", (undo,))
        summary = history.numbered(self._connection, number).summary
        self._take_back("redo", f"did again: {summary}", undo)
        return history.numbered(self._connection, number)

    def revert(self, ref: str) -> Act:
        """Take back one act of this coder from anywhere in the history. That is an act itself.

        Args:
            ref: the act's id, or the beginning of one that no other has.

        Returns:
            The act that was taken back.

        Raises:
            NotFoundError: there is no such act.
            AmbiguousError: there are several.
            NothingToUndoError: it has been taken back already.
            ConflictError: it is another coder's, or what it changed has been changed since.
        """
        number = self._find(ref)
        act = history.numbered(self._connection, number)
        if act.coder != self.coder:
            raise ConflictError(f"{act.coder} {act.summary}: only {act.coder} can take it back")
        if act.undone or act.name in ("undo", "redo"):
            raise NothingToUndoError(f"“{act.summary}” does not stand")
        self._take_back("revert", f"took back: {act.summary}", number)
        return history.numbered(self._connection, number)

    def restore(self, moment: str) -> Restored:
        """Take back all that this coder did after ``moment``, as one act.

        What others did stays, and so does what it stands on.

        Args:
            moment: UTC, ISO 8601 with ``Z``.

        Raises:
            NothingToUndoError: there is nothing.
        """
        connection = self._connection
        said = f"{moment[:19].replace('T', ' ')} UTC"
        boundary = connection.value(
            "SELECT coalesce(max(number), 0) FROM acts WHERE at <= ?", (moment,)
        )
        taken, conflicts = 0, []
        with self._recording("go back", "", self.coder) as doing:
            below = doing.number
            # What an undo after the moment took back stood then, if it was done before.
            while number := self._latest(
                f"undone = 0 AND number < ? AND number > ? AND ({_PLAIN} OR undoes <= ?)",
                below,
                boundary,
                boundary,
            ):
                try:
                    with connection.transaction():
                        self._mark(number, doing)
                    taken += 1
                except ConflictError as error:
                    conflicts.append(str(error))
                below = number
            doing.summary = f"went back to {said}, by {counted(taken, 'act')}"
        if not taken and not conflicts:
            raise NothingToUndoError(f"{self.coder} has done nothing since {said}")
        return Restored(taken, tuple(conflicts))

    def changes_since(self, moment: str) -> int:
        """How many rows this coder's acts after ``moment`` changed."""
        return int(
            self._connection.value(
                "SELECT coalesce(sum(changes), 0) FROM acts WHERE coder = ? AND at > ?",
                (self.coder, moment),
            )
        )

    def _take_back(self, name: str, summary: str, number: int) -> None:
        try:
            with self._recording(name, summary, self.coder, undoes=number) as doing:
                self._mark(number, doing)
        except ConflictError as error:
            raise ConflictError(f"{error}: nothing was taken back") from error

    def _mark(self, number: int, doing: Doing) -> None:
        # Most starts take nothing back.
        from annotations.library.inverse import apply_inverse

        apply_inverse(self._connection, number)
        self._connection.run("UPDATE acts SET undone = ? WHERE number = ?", (doing.number, number))

    def _latest(self, condition: str, *parameters: int) -> int:
        """The number of this coder's latest act for which ``condition`` holds, or 0."""
        number = self._connection.value(
            f"SELECT number FROM acts WHERE coder = ? AND {condition} ORDER BY number DESC LIMIT 1",
            (self.coder, *parameters),
        )
        return int(number or 0)

    def _find(self, ref: str) -> int:
        rows = self._connection.all(
            "SELECT number FROM acts WHERE substr(id, 1, ?) = ? LIMIT 2",
            (len(ref.strip()), ref.strip().lower()),
        )
        if not rows or not ref.strip():
            raise NotFoundError(f"no act has the id {quoted(ref)}")
        if len(rows) > 1:
            raise AmbiguousError(f"several acts have ids that begin with {ref}")
        return int(rows[0][0])

    def acts(self, **wanted: Unpack[history.Wanted]) -> Iterator[Act]:
        """The acts for which all that is given holds, latest first, read as they are asked for."""
        return history.acts(self._connection, **wanted)

    def overwritten(self) -> list[str]:
        """What others did, since this was last asked, to what was set in this session: a line
        each. The later change stands, field by field; who made the earlier one should hear it."""
        latest = self._connection.value("SELECT coalesce(max(number), 0) FROM journal")
        session = self._session
        since, session.told = session.told, latest
        if not session.done or latest == since:
            return []
        return history.overwritten(self._connection, tuple(session.done), since)
