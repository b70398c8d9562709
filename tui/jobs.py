"""Work that takes a while: in a thread, with a library of its own, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from annotations.library.library import Library

T = TypeVar("T")

_ROOM_SECONDS = 2.0
"""How long work pauses at most for what the screen has to write."""


class Stopped(Exception):
    """The work was asked to stop, and did."""


class Progress:
    """What a job says of itself, and how it learns that it is to stop.

    Written by the thread that works, read by the screen; plain attributes are enough for that.
    """

    def __init__(self) -> None:
        self.begun = monotonic()
        self.done = 0
        self.total = 0
        """How much there is to do; 0 if that is not known."""
        self.stopping = False
        self._room = Event()
        self._room.set()

    def report(self, done: int) -> bool:
        """Say how much is done; ``False`` asks to stop."""
        self.done = done
        return not self.stopping

    def reach(self, done: int, total: int) -> bool:
        """Say how much is done, and of how much; ``False`` asks to stop."""
        self.total = total
        return self.report(done)

    def report_unlocked(self, done: int) -> bool:
        """The same, where the work holds no lock on the library: what the screen has to write goes
        first."""
        self._room.wait(_ROOM_SECONDS)
        return self.report(done)

    def make_room(self) -> None:
        """Let the screen write before the work goes on, where it can."""
        self._room.clear()

    def go_on(self) -> None:
        """The screen has written."""
        self._room.set()

    def check(self, done: int) -> None:
        """Say how much is done.

        Raises:
            Stopped: the job is to stop.
        """
        if not self.report(done):
            raise Stopped

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return monotonic() - self.begun


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """Work to be done aside."""

    title: str
    """What is being done: ``Exporting``."""
    unit: str
    """What is counted: ``rows``."""
    work: Callable[[Library, Progress], T]
    """Runs in the thread; the library is its own, and closed afterwards."""
    then: Callable[[T], None]
    """Runs on the screen, with what the work gave."""
    left: Callable[[], str] = str
    """What is said behind its title where it was stopped."""
