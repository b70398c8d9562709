"""The line that says how far a long job is."""

from __future__ import annotations

import io
import os
import sys
import time

import pytest

from tui.cli import progress
from tui.cli.progress import ByteProgress, CountProgress, Progress, UpdateProgress


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the clock shows, to be set."""
    shown = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: shown[0])
    monkeypatch.setenv("TERM", "xterm")
    return shown


def test_it_says_files_bytes_rate_and_time_left(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Progress(3, 9_000_000) as job:
        clock[0] += 2
        job.finish(3_000_000)
        line = terminal.getvalue().rpartition("\r\x1b[K")[2]
        assert line == "1 of 3 files  3.0 MB of 9.0 MB  1.5 MB/s  0:04 left"
        clock[0] += 0.01
        job.reach(1_000_000)
        assert terminal.getvalue().endswith(line)
        clock[0] += 1
        job.reach(3_000_000)
        assert "6.0 MB of 9.0 MB" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_the_line_fits_into_the_terminal(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(terminal, "fileno", lambda: 2)
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((20, 5)))
    with Progress(3, 9_000_000) as job:
        clock[0] += 2
        job.finish(3_000_000)
        assert terminal.getvalue() == "\r\x1b[K1 of 3 files  3.0 M"
    monkeypatch.setenv("TERM", "dumb")
    with Progress(3, 9_000_000) as job:
        clock[0] += 2
        job.finish(3_000_000)
    assert terminal.getvalue().count("1 of 3") == 1


def test_nothing_is_said_where_there_is_no_terminal(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress(1, 10) as job:
        clock[0] += 10
        job.finish(10)
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (59.6, "1:00"), (75, "1:15"), (3_675, "1:01:15")]
)
def test_durations(seconds: float, shown: str) -> None:
    assert progress._duration(seconds) == shown


def test_an_import_says_what_is_read_and_then_what_is_written(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with CountProgress("highlights") as job:
        clock[0] += 1
        assert job.reach(2_000, 0)
        assert terminal.getvalue().endswith("read 2,000 highlights; Ctrl+C stops")
        clock[0] += 1
        assert job.reach(1_000, 2_000)
        assert terminal.getvalue().endswith("wrote 1,000 of 2,000 highlights; Ctrl+C stops")
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_an_export_says_how_much_is_written(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with ByteProgress() as job:
        clock[0] += 2
        job.reach(3_000_000)
        assert terminal.getvalue().endswith("wrote 3.0 MB  1.5 MB/s")
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_an_update_of_the_library_says_how_far_it_is(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with UpdateProgress() as job:
        clock[0] += 1
        job.reach(0.256)
        assert terminal.getvalue().endswith(
            "updating the library, once: 26%; Ctrl+C leaves it as it was"
        )
        clock[0] += 1
        job.reach(None)
        assert "another program" in terminal.getvalue()
