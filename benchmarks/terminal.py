"""A program on a terminal of its own, watched from outside: what it has painted, and when.

The program is forked on a pseudo-terminal; a bare loop stamps what it writes and answers what
programs ask a terminal. What it wrote is put through a terminal emulator afterwards, so that the
emulator's slowness is in no figure.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pyte

COLUMNS, ROWS = 120, 40

_ANSWERS: Mapping[bytes, bytes] = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
    b"\x1b[?u": b"\x1b[?0u",
}
"""What programs ask, and what a terminal of today answers."""

_UNKNOWN = re.compile(
    rb"\x1b\[[<>=?][0-9;:]*[a-zA-Z]"
    rb"|\x1b\[[0-9;?]*\$[a-z]"
    rb"|\x1b[P_^X\]][^\x1b\x07]*(?:\x1b\\|\x07)"
)
"""Sequences that the emulator would print."""
_KEPT = re.compile(rb"\x1b\[\?(?:25|1049|7)[hl]")
_UNFINISHED = re.compile(rb"\x1b(?:\[[<>=?0-9;:$]*|[P_^X\]][^\x1b\x07]*\x1b?)?$")


class Terminal:
    """A program on a terminal. As a context manager it ends the program.

    Args:
        command: The program and its arguments.
        environment: Variables besides those of this process.
        columns: Width of the terminal.
        rows: Height of the terminal.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        columns: int = COLUMNS,
        rows: int = ROWS,
    ) -> None:
        variables = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            **(environment or {}),
        }
        for name in ("COLUMNS", "LINES", "NO_COLOR", "TMUX"):
            if name not in (environment or {}):
                variables.pop(name, None)
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._carry = b""
        self._chunks: list[tuple[float, bytes]] = []
        self.exit_status: int | None = None
        self.begun = time.perf_counter()
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            try:
                size = struct.pack("HHHH", rows, columns, 0, 0)
                fcntl.ioctl(0, termios.TIOCSWINSZ, size)
                os.execvpe(command[0], list(command), variables)
            finally:
                os._exit(127)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
        os.close(self._handle)

    @property
    def text(self) -> str:
        """The screen as it was last seen, a line a row."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def written(self) -> bytes:
        """Everything that the program wrote."""
        return b"".join(chunk for _, chunk in self._chunks)

    def send(self, keys: str) -> None:
        """Type ``keys``; special ones as the sequences that a terminal sends."""
        os.write(self._handle, keys.encode())

    def wait_for(self, text: str, seconds: float = 30.0) -> float:
        """Wait until ``text`` is on the screen.

        Returns:
            Seconds from the start of the program to the writing that put it there.

        Raises:
            TimeoutError: It did not come, or the program ended.
        """
        wanted = _folded(text)
        return self.wait_until(lambda screen: wanted in _folded(screen), text, seconds)

    def wait_until(self, holds: Callable[[str], bool], what: str, seconds: float = 30.0) -> float:
        """Wait until something holds for the text of the screen; see :meth:`wait_for`."""
        seen = len(self._chunks)
        if holds(self.text):
            return time.perf_counter() - self.begun
        end = time.perf_counter() + seconds
        while time.perf_counter() < end and self._read(min(0.05, seconds)):
            while seen < len(self._chunks):
                stamp, chunk = self._chunks[seen]
                seen += 1
                self._feed(chunk)
                if holds(self.text):
                    for _, rest in self._chunks[seen:]:
                        self._feed(rest)
                    return stamp - self.begun
        raise TimeoutError(f"no {what!r} on the screen:\n{self.text}")

    def wait_end(self, seconds: float = 30.0) -> int:
        """Wait until the program ends; its exit status.

        Raises:
            TimeoutError: It goes on.
        """
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if not self._read(0.05):
                self._reap()
                assert self.exit_status is not None
                return self.exit_status
        raise TimeoutError(f"the program goes on:\n{self.text}")

    def wait_stopped(self, seconds: float = 30.0) -> None:
        """Wait until the program is stopped, as by Ctrl+Z; what it writes before is read.

        Raises:
            TimeoutError: It goes on, or has ended.
        """
        end = time.perf_counter() + seconds
        while time.perf_counter() < end and self._read(0.05):
            pid, status = os.waitpid(self.pid, os.WUNTRACED | os.WNOHANG)
            if pid and os.WIFSTOPPED(status):
                return
        raise TimeoutError(f"the program does not stop:\n{self.text}")

    def kill(self) -> None:
        """End the program at once (SIGKILL), if it has not ended."""
        if self.exit_status is None:
            os.kill(self.pid, signal.SIGKILL)
            self._reap()

    def _reap(self) -> None:
        if self.exit_status is None:
            _, status = os.waitpid(self.pid, 0)
            self.exit_status = os.waitstatus_to_exitcode(status)

    def _read(self, seconds: float) -> bool:
        """Read until there is silence for so long; whether the program still writes."""
        while select.select([self._handle], [], [], seconds)[0]:
            try:
                chunk = os.read(self._handle, 1 << 16)
            except OSError:
                return False
            if not chunk:
                return False
            self._chunks.append((time.perf_counter(), chunk))
            for question, answer in _ANSWERS.items():
                if question in chunk:
                    os.write(self._handle, answer)
        return True

    def _feed(self, chunk: bytes) -> None:
        """Put a chunk through the emulator; a sequence cut in two waits for its rest."""
        data = self._carry + chunk
        cut = _UNFINISHED.search(data)
        self._carry = data[cut.start() :] if cut else b""
        if cut:
            data = data[: cut.start()]
        known = _UNKNOWN.sub(lambda match: match[0] if _KEPT.fullmatch(match[0]) else b"", data)
        self._stream.feed(known)


def _folded(text: str) -> str:
    """``text`` with every run of white space as one blank."""
    return " ".join(text.split())
