"""Searching 100 MB: the first hit and all of them, against ``rg`` (or ``grep``) over the same file.

``python -m benchmarks.find`` searches in a thread while another one, which stands for the keys,
wakes up every few milliseconds: the longest wait is a row of its own.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from annotations.text.find import pattern
from benchmarks.page import make_text
from benchmarks.table import Row, print_table
from tui import collector
from tui.page.file_source import open_file
from tui.page.find import SLICE, hits_in

SIZE = 100_000_000
NEEDLE = b"\n\nThe Needle of Sovereignty lies here, in a hay-stack.\n\n"
BLOCKED = 30.0
"""Milliseconds for which a key may have to wait."""
INTERVAL = 0.005
"""Seconds between two looks for a key."""
ROUNDS = 5


@dataclass(frozen=True)
class Job:
    """A search, for us and for the reference."""

    name: str
    text: str
    options: tuple[str, ...] = ()
    case: bool = False
    word: bool = False
    regex: bool = False


JOBS = (
    Job("literal", "Sovereignty", ("-F",), case=True),
    Job("word", "Needle", ("-w", "-F"), case=True, word=True),
    Job("case-insensitive", "sovereignty", ("-i", "-F")),
    Job("regex", r"hay-?stack\b", ("-E",), case=True, regex=True),
    Job("literal, common", "international", ("-F",), case=True),
)


@dataclass(frozen=True)
class Found:
    """What a search took, in milliseconds."""

    first: float
    all: float
    blocked: float = 0.0
    hits: int = 0


def make_haystack(path: Path) -> None:
    """100 MB with one rare sentence at nine tenths of it."""
    make_text(path, SIZE)
    with path.open("r+b") as file:
        file.seek(SIZE * 9 // 10 + random.Random(3).randrange(1000))
        file.write(NEEDLE)


def search(path: Path, job: Job) -> Found:
    """Our search, in a thread, with the keys waking up beside it."""
    source = open_file(path)
    times: list[float] = []
    count = 0

    def run() -> None:
        nonlocal count
        wanted = pattern(job.text, case=job.case, regex=job.regex, word=job.word)
        for batch in hits_in(wanted, source.slices(0, SLICE)):
            count += len(batch)
            if batch and not times:
                times.append(time.perf_counter())
        times.append(time.perf_counter())

    thread = threading.Thread(target=run)
    start = time.perf_counter()
    thread.start()
    blocked, before = 0.0, start
    while thread.is_alive():
        time.sleep(INTERVAL)
        now = time.perf_counter()
        blocked, before = max(blocked, now - before - INTERVAL), now
    source.close()
    first, last = ((each - start) * 1000 for each in (times[0], times[-1]))
    return Found(first, last, blocked * 1000, count)


def reference(path: Path, job: Job) -> Found:
    """``rg``, or ``grep`` where there is none: to the first hit, and through the whole file."""
    program = "rg" if shutil.which("rg") else "grep"
    options = [each for each in job.options if not (program == "rg" and each == "-E")]
    command = [program, "-o", "-b", *options, job.text, str(path)]

    def timed(*more: str) -> float:
        start = time.perf_counter()
        subprocess.run([*command, *more], stdout=subprocess.DEVNULL, check=True)
        return (time.perf_counter() - start) * 1000

    return Found(timed("-m", "1"), timed())


def medians(run: Callable[[], Found]) -> Found:
    """The middle of some rounds, figure by figure; of the waits the longest."""
    rounds = [run() for _ in range(ROUNDS)]
    return Found(
        median(each.first for each in rounds),
        median(each.all for each in rounds),
        max(each.blocked for each in rounds),
        rounds[0].hits,
    )


def main() -> None:
    """Print the table."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "haystack.txt")
        make_haystack(path)
        search(path, JOBS[0])  # the imports
        collector.spare()  # as the reader does
        for job in JOBS:
            ours = medians(partial(search, path, job))
            theirs = medians(partial(reference, path, job))
            rows.append(Row(f"{job.name}: first hit", ours.first, "ms", theirs.first, 3.0))
            rows.append(Row(f"{job.name}: all {ours.hits:,}", ours.all, "ms", theirs.all))
            rows.append(Row(f"{job.name}: longest wait of a key", ours.blocked, "ms", BLOCKED, 1.0))
    print_table(rows)


if __name__ == "__main__":
    main()
