"""Work that takes a while: in a thread, with a library of its own, and a way to stop it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO, Generic, TypeVar

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

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


class CountedFile(io.BufferedIOBase):
    """A binary file whose bytes are counted as they are written.

    Args:
        file: Open for writing; stays open.
        progress: Told of every writing, which fails with Stopped once the job is to stop.
    """

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self._file = file
        self._progress = progress

    def write(self, data: ReadableBuffer) -> int:
        """Write and count."""
        self._progress.check(self._progress.done + len(memoryview(data)))
        return self._file.write(data)

    def writable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """As the file."""
        return self._file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As the file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As the file."""
        return self._file.tell()

    def flush(self) -> None:
        """As the file."""
        if not self._file.closed:
            self._file.flush()


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
