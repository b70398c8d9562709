"""Ending on a signal as on an interrupt: what was begun is cleaned up, and nothing is said."""

from __future__ import annotations

import signal
import threading
from contextlib import ExitStack
from types import FrameType, TracebackType
from typing import Self

INTERRUPTED = 128
"""Added to the number of the signal that ended a program: its exit status, for a shell."""


class Ending:
    """While it holds, the signals that ask a program to end raise KeyboardInterrupt.

    A function that SQLite calls cannot hand that on: the statement fails instead, and only
    :attr:`status` tells why. What the caller has ignored stays so.
    """

    def __init__(self) -> None:
        self.status = 0
        """What to exit with, once a signal came."""
        self._back = ExitStack()

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                before = signal.getsignal(number)
                if before not in (None, signal.SIG_IGN):
                    signal.signal(number, self._end)
                    self._back.callback(signal.signal, number, before)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._back.close()

    def _end(self, number: int, _frame: FrameType | None) -> None:
        self.status = INTERRUPTED + number
        raise KeyboardInterrupt
