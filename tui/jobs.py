"""Work that takes a while: in a thread, with a library of its own, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from annotations.library.library import Library

T = TypeVar("T")
R = TypeVar("R")


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

    def report(self, done: int) -> bool:
        """Say how much is done; ``False`` asks to stop."""
        self.done = done
        return not self.stopping

    def count(self, items: Iterable[R], step: int = 256) -> Iterator[R]:
        """The items, counted as they pass.

        Raises:
            Stopped: The job is to stop.
        """
        for number, item in enumerate(items, 1):
            if number % step == 0 and not self.report(number):
                raise Stopped
            yield item

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
