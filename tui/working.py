"""Doing long work aside, with its progress in sight and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from annotations.errors import ActStopped, FlorilegiumError, ImportCancelled
from tui.screens.commanded import Commanded

if TYPE_CHECKING:
    from tui.jobs import Job, Progress
    from tui.screens.dialog import Dialog
    from tui.screens.reader import Reader
    from tui.widgets.progress_line import ProgressLine

T = TypeVar("T")

SHOWN_AFTER_SECONDS = 1.0
"""How long work takes before its progress is shown."""
_ASKING_SECONDS = 0.1
"""How often work that waits for an answer looks whether it is to stop."""


class Working:
    """The one piece of work that may be going on.

    Args:
        reader: Where its progress is shown; read anew when it has ended.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._progress: Progress | None = None
        self._line: ProgressLine | None = None
        self._afterwards: list[Callable[[], None]] = []

    @property
    def busy(self) -> bool:
        """Whether work is going on."""
        return self._progress is not None

    def start(self, job: Job[T]) -> None:
        """Do some work, unless other work is going on."""
        from tui.jobs import Progress

        if self._progress is not None:
            self._reader.say(
                "Wait for the work that is going on, or stop it with Escape", "warning"
            )
            return
        progress = self._progress = Progress()
        self._reader.set_timer(SHOWN_AFTER_SECONDS, lambda: self._show(job, progress))
        self._reader.run_worker(lambda: self._work(job, progress), thread=True)

    def afterwards(self, do: Callable[[], None]) -> None:
        """Do something when the work that is going on has ended, whatever has come of it; at once
        where there is none."""
        if self.busy:
            self._afterwards.append(do)
        else:
            do()

    def make_room(self) -> None:
        """Let the screen write to the library before the work does."""
        if self._progress is not None:
            self._progress.make_room()

    def go_on(self) -> None:
        """The screen has written."""
        if self._progress is not None:
            self._progress.go_on()

    def ask(self, progress: Progress, dialog: Callable[[], Dialog[T]]) -> T | None:
        """In the thread of the work: ask, and wait for what the user says; None: nothing.

        Args:
            progress: Of the work.
            dialog: Makes what is shown, in the thread of the screen.

        Raises:
            Stopped: The work is to stop.
        """
        from threading import Event

        app = self._reader.app
        answered = Event()
        given: list[T | None] = []

        def take(answer: T | None) -> None:
            given.append(answer)
            answered.set()

        def open_dialog() -> None:
            app.push_screen(dialog(), take)

        app.call_from_thread(open_dialog)
        while not answered.wait(_ASKING_SECONDS):
            progress.check(progress.done)
        return given[0]

    def stop(self) -> None:
        """Ask the work that is going on to stop."""
        if self._progress is not None:
            self._progress.stopping = True

    def _show(self, job: Job[T], progress: Progress) -> None:
        """Show how far the work has got, if it is still going on."""
        from tui.widgets.progress_line import ProgressLine

        if self._progress is progress:
            self._line = ProgressLine(job.title, job.unit, progress)
            screens = [
                each for each in self._reader.app.screen_stack if isinstance(each, Commanded)
            ]
            screens[-1].show_progress(self._line)

    def _work(self, job: Job[T], progress: Progress) -> None:
        """In a thread."""
        from tui.jobs import Stopped

        reader = self._reader
        own = reader.desk.library
        try:
            with own.beside() as library:
                library.journal.join(own.journal)
                library.wait_while(lambda _: not progress.stopping)
                given = job.work(library, progress)
        except (Stopped, ActStopped, ImportCancelled):
            reader.app.call_from_thread(
                self._ended, lambda: reader.say(f"Stopped: {job.title}{job.left()}")
            )
        except FlorilegiumError as error:
            message = str(error)
            reader.app.call_from_thread(self._ended, lambda: reader.complain(message))
        else:
            reader.app.call_from_thread(self._ended, lambda: job.then(given))

    def _ended(self, then: Callable[[], None]) -> None:
        self._progress = None
        if self._line is not None:
            self._line.remove()
            self._line = None
        then()
        self._reader.reload()
        afterwards, self._afterwards = self._afterwards, []
        for do in afterwards:
            do()
