"""One line on standard error that says how far a long job is; nothing where it is no terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

_SECONDS_A_PAINT = 0.1
_USUAL_COLUMNS = 80
_UNITS = ("B", "KB", "MB", "GB", "TB")


class ProgressLine:
    """The line, painted a few times a second where standard error is a terminal."""

    def __init__(self) -> None:
        self._began = self._painted = time.monotonic()
        self._shown = False
        # A dumb terminal cannot take a line away.
        self._active = sys.stderr.isatty() and os.environ.get("TERM", "") != "dumb"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.clear()

    def show(self, parts: Callable[[float], list[str]]) -> None:
        """Paint the line, unless that was done just now.

        Args:
            parts: gives what it says, for the seconds since the beginning.
        """
        now = time.monotonic()
        if self._active and now - self._painted >= _SECONDS_A_PAINT:
            self._painted = now
            # What is wrapped could not be taken away.
            line = "  ".join(parts(now - self._began))[: _columns() - 1]
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        """Take the line away, so that something else can be printed."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False


class CountProgress(ProgressLine):
    """Counts what is read, then written of it.

    Args:
        unit: what is counted, in the plural.
    """

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def reach(self, done: int, total: int) -> bool:
        """Say how many are read, or, once it is known how many there are, written; always True."""
        read = f"read {done:,} {self._unit}; Ctrl+C stops"
        written = f"wrote {done:,} of {total:,} {self._unit}; Ctrl+C stops"
        self.show(lambda _: [written if total else read])
        return True


class UpdateProgress(ProgressLine):
    """How far the update of a library is that an older version of the program made."""

    def reach(self, share: float | None) -> None:
        """Say how much is done, 0 to 1; None: another program does it."""
        done = "another program makes or updates the library; Ctrl+C waits no longer"
        if share is not None:
            done = f"updating the library, once: {share:.0%}; Ctrl+C leaves it as it was"
        self.show(lambda _: [done])


class ByteProgress(ProgressLine):
    """Counts bytes of a job whose size is not known."""

    def reach(self, size: int) -> None:
        """Say that ``size`` bytes are done."""
        self.show(lambda seconds: [f"wrote {_amount(size)}", f"{_amount(size / seconds)}/s"])


class Progress(ProgressLine):
    """Counts files and bytes of a job whose size is known.

    Args:
        files: how many files there are.
        size: how many bytes they have together.
    """

    def __init__(self, files: int, size: int) -> None:
        super().__init__()
        self._files = files
        self._size = size
        self._done_files = 0
        self._done_size = 0
        self._current = 0

    def reach(self, size: int) -> bool:
        """Say that about ``size`` bytes of the present file are done; always True."""
        self._current = size
        self.show(self._parts)
        return True

    def finish(self, size: int) -> None:
        """Say that the present file, of ``size`` bytes, is done with."""
        self._done_files += 1
        self._done_size += size
        self.reach(0)

    def _parts(self, seconds: float) -> list[str]:
        done = self._done_size + self._current
        rate = done / seconds if seconds else 0.0
        parts = [
            f"{self._done_files} of {self._files} files",
            f"{_amount(done)} of {_amount(self._size)}",
            f"{_amount(rate)}/s",
        ]
        if rate and self._size > done:
            parts.append(f"{_duration((self._size - done) / rate)} left")
        return parts


def _columns() -> int:
    """The width of the terminal that the line is painted on."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL_COLUMNS
    except OSError:
        return _USUAL_COLUMNS


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
