"""Recording acts: one transaction each, which keeps what the rows were that it changes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Self

from annotations.library.capture import Capture
from annotations.library.clock import device_name, new_id, next_reading, now
from annotations.library.connection import Connection

_REMEMBERED = 500
"""Acts of this session of which it is told that somebody wrote over them."""


@dataclass(slots=True)
class Doing:
    """The act that is being done."""

    number: int
    at: str
    """The time that its rows bear."""
    coder: str
    summary: str = ""
    """The sentence that the history shows, without its subject."""


class Session:
    """What was done from one screen, over however many connections."""

    def __init__(self) -> None:
        self.done: deque[int] = deque(maxlen=_REMEMBERED)
        """The numbers of its acts."""
        self.told = 0
        """The journal entry up to which it was told what others wrote over."""


class Recording:
    """The way to write: everything that is done is an act."""

    def __init__(self, connection: Connection, coder: str) -> None:
        self.coder = coder
        """Whose acts are done and undone here."""
        self._connection = connection
        self._capture = Capture(connection)
        self._doing: Doing | None = None
        self._session = Session()

    def prepare(self) -> None:
        """Get ready for acts in a transaction that is about to be opened around them."""
        self._capture.watch()

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
                what = (name, doing.summary, undoes, 0, before + 1, changes)
                connection.run(
                    "INSERT INTO acts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (number, new_id(), clock, at, coder, device, *what),
                )
                if not self._session.done:
                    # Nobody can have written over what was not there yet.
                    self._session.told = before
                self._session.done.append(number)

    @contextmanager
    def watched(self, progress: Callable[[int], bool]) -> Iterator[None]:
        """Let acts in the block be followed and stopped.

        Args:
            progress: told many times a second how many rows have been changed; ``False`` stops the
                act, of which nothing is done then.

        Raises:
            ActStopped: it was stopped.
        """
        before = self._capture.rows
        with self._connection.watched(lambda: progress(self._capture.rows - before)):
            yield

    def join(self, session: Self) -> None:
        """Let what is done here count as done in the session of another connection, which another
        thread may have: nobody is told of it there."""
        self._session = session._session
