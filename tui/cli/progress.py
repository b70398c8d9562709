"""One line on standard error that says how far a long job is; nothing where it is no terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

_SECONDS_A_PAINT = 0.1
_UNITS = ("B", "KB", "MB", "GB", "TB")


class Progress:
    """Counts files and bytes of a job whose size is known.

    Args:
        files: how many files there are.
        size: how many bytes they have together.
    """

    def __init__(self, files: int, size: int) -> None:
        self._files = files
        self._size = size
        self._done_files = 0
        self._done_size = 0
        self._current = 0
        self._began = self._painted = time.monotonic()
        self._shown = False
        self._active = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.clear()

    def reach(self, size: int) -> None:
        """Say that about ``size`` bytes of the present file are done."""
        self._current = size
        now = time.monotonic()
        if self._active and now - self._painted >= _SECONDS_A_PAINT:
            self._painted = now
            self._paint(now - self._began)

    def finish(self, size: int) -> None:
        """Say that the present file, of ``size`` bytes, is done with."""
        self._done_files += 1
        self._done_size += size
        self.reach(0)

    def clear(self) -> None:
        """Take the line away, so that something else can be printed."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False

    def _paint(self, seconds: float) -> None:
        done = self._done_size + self._current
        rate = done / seconds if seconds else 0.0
        parts = [
            f"{self._done_files} of {self._files} files",
            f"{_amount(done)} of {_amount(self._size)}",
            f"{_amount(rate)}/s",
        ]
        if rate and self._size > done:
            parts.append(f"{_duration((self._size - done) / rate)} left")
        sys.stderr.write("\r\x1b[K" + "  ".join(parts))
        sys.stderr.flush()
        self._shown = True


def _amount(size: float) -> str:
    """``size`` bytes with a unit: ``3.4 MB``."""
    for unit in _UNITS[:-1]:
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} {_UNITS[-1]}"


def _duration(seconds: float) -> str:
    """Hours, minutes and seconds: ``1:02:03`` or ``2:03``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
