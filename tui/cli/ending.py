"""Ending on a signal as on an interrupt: what was begun is cleaned up, and nothing is said."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

SIGNALLED = 128
"""Added to the number of the signal that ended a program: its exit status, for a shell."""


class Ending:
    """What takes a signal that asks the program to end.

    A function that SQLite calls cannot hand the interrupt on: the statement fails instead, and only
    :attr:`status` tells why.
    """

    status = 0
    """What to exit with, once a signal came."""

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        self.status = SIGNALLED + number
        raise KeyboardInterrupt


@contextmanager
def orderly() -> Iterator[Ending]:
    """Meanwhile the signals that ask to end raise KeyboardInterrupt; what the caller has ignored
    stays so."""
    ending = Ending()
    with ExitStack() as back:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                before = signal.getsignal(number)
                if before not in (None, signal.SIG_IGN):
                    signal.signal(number, ending)
                    back.callback(signal.signal, number, before)
        yield ending
