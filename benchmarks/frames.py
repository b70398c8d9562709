"""What the processor does from an act to the bytes that it makes an app write to its terminal; the
wait for the screen's next tick is not part of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from textual.drivers.headless_driver import HeadlessDriver

FRAME = 16.0
"""Milliseconds."""
_QUIET_SECONDS = 0.2
"""How long an app is given to write more, once it has written."""


class Recorder(HeadlessDriver):
    """A terminal that keeps nothing but the time at which it was written to."""

    written = 0.0

    @property
    def is_headless(self) -> bool:
        """No: the app is to make the bytes that a terminal would get."""
        return False

    def write(self, data: str) -> None:
        """Note the time."""
        if data.strip():
            Recorder.written = time.process_time()


async def frame(act: Callable[[int], object], number: int) -> float:
    """Milliseconds of processor time from an act to the last byte that it makes the app write."""
    await asyncio.sleep(0.03)
    start = time.process_time()
    Recorder.written = 0.0
    act(number)
    for _ in range(100):
        await asyncio.sleep(0.01)
        if Recorder.written:
            break
    seen = 0.0
    while seen != Recorder.written:
        seen = Recorder.written
        await asyncio.sleep(_QUIET_SECONDS)
    return max(Recorder.written - start, 0.0) * 1000
