"""Changing the library from the screen, which never waits for the lock of another program.

What cannot be written at once is kept in order and tried again a few times a second, with a line
that says so; the keys and the page go on meanwhile.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from annotations.errors import FlorilegiumError, LibraryBusyError
from annotations.library.wording import counted

if TYPE_CHECKING:
    from annotations.library.library import Library
    from tui.jobs import Progress
    from tui.screens.reader import Reader

T = TypeVar("T")

PATIENCE_SECONDS = 0.01
"""How long the screen itself waits for the lock."""
_AGAIN_SECONDS = 0.05
"""How often what waits is tried again."""
_SHOWN_AFTER = 10
"""Tries after which the line is shown."""


MANY = 1000
"""Rows from which on a change is made aside: less takes no time that is felt."""


class WaitingLine(Static):
    """Says that changes wait."""

    DEFAULT_CSS = "WaitingLine { height: 1; padding: 0 1; background: $panel; color: $text; }"


class Acts:
    """The changes that the reader makes, one after the other.

    Args:
        reader: Shows what has become of the library, and what went wrong.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._waiting: deque[Callable[[], None]] = deque()
        self._timer: Timer | None = None
        self._tries = 0

    @property
    def waiting(self) -> int:
        """How many changes wait to be written."""
        return len(self._waiting)

    def do(
        self,
        change: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[], object] | None = None,
    ) -> None:
        """Make a change, then show the library as it is and go on with what the change gave.

        Where it fails, a line says why, and ``failed`` goes on, so that nothing typed is lost;
        where the library is locked, the change is made as soon as it can be, after those that wait
        already.
        """

        def make() -> None:
            try:
                given = change()
            except LibraryBusyError:
                raise
            except FlorilegiumError:
                if failed is not None:
                    failed()
                raise
            # From here on nothing may be tried again: the change is made.
            self._reader.reload()
            try:
                then(given)
            except FlorilegiumError as error:
                self._reader.complain(str(error))

        if self._waiting or not self._done(make):
            self._waiting.append(make)
            if self._timer is None:
                self._reader.working.make_room()
                self._timer = self._reader.set_interval(_AGAIN_SECONDS, self._again)

    def do_many(
        self,
        title: str,
        rows: int,
        change: Callable[[Library], T],
        then: Callable[[T], object],
    ) -> None:
        """Make a change of many rows aside, with its progress in sight; one of few as any other.

        Args:
            title: What is being done: ``Tagging``.
            rows: How many rows it changes, about.
            change: Is given the library of its thread.
            then: Goes on with what it gave.
        """
        if rows < MANY:
            self.do(lambda: change(self._reader.desk.library), then)
            return

        from tui.jobs import Job

        def work(library: Library, progress: Progress) -> T:
            progress.total = rows
            with library.journal.watched(progress.report):
                return change(library)

        def go_on(given: T) -> None:
            self._reader.reload()
            then(given)

        self._reader.start(Job(title, "changes", work, go_on))

    def give_up(self) -> None:
        """Make none of the changes that wait."""
        lost = len(self._waiting)
        self._waiting.clear()
        self._rest()
        self._reader.say(f"Gave up {counted(lost, 'change')}: nothing was changed", "warning")

    def _done(self, make: Callable[[], None]) -> bool:
        """Whether a change is made, or has failed for good."""
        try:
            make()
        except LibraryBusyError:
            return False
        except FlorilegiumError as error:
            self._reader.complain(str(error))
        return True

    def _again(self) -> None:
        while self._waiting and self._done(self._waiting[0]):
            self._waiting.popleft()
        self._tries += 1
        if not self._waiting:
            self._rest()
        elif self._tries == _SHOWN_AFTER:
            self._reader.foot.mount(WaitingLine(self._line), before=0)
            self._reader.refresh_lines()

    @property
    def _line(self) -> Content:
        key = self._reader.key("stop")
        return Content(f"Waiting: another program writes to the library   {key} gives up")

    def _rest(self) -> None:
        """Nothing waits any more."""
        if self._timer is not None:
            self._timer.stop()
        self._timer, self._tries = None, 0
        self._reader.working.go_on()
        self._reader.foot.query(WaitingLine).remove()
        self._reader.refresh_lines()
