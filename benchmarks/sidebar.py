"""The sidebar over a large library beside one over five documents.

    python -m benchmarks.sidebar [--documents N] [--runs N]

Opening the reader, the first letter in the filter, a letter that few titles have, a page of the
list, and its end in another order: seconds of the processor, so that what else the machine does
does not count; and the peak of the memory. Medians of processes that take turns.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from statistics import median

from annotations import open_library
from benchmarks.large_library import Scale, make_library
from benchmarks.memory import peak_megabytes
from benchmarks.table import Row, print_table
from tui.app import Florilegium
from tui.config import Config

FEW = 5
_IDLE_SECONDS = 2.5
GOAL = 1.5
"""At most so many times as much as with few documents."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--look-at", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.look_at is not None:
        print(json.dumps(asyncio.run(look_at(options.look_at))))
        return
    with tempfile.TemporaryDirectory() as folder:
        print_table(measure(Path(folder), options.documents, options.runs))


def measure(folder: Path, documents: int, runs: int = 3) -> list[Row]:
    """The figures for many documents beside those for few."""
    found: dict[int, list[Mapping[str, float]]] = {documents: [], FEW: []}
    for size in found:
        path = _library(folder, size)
        if not path.exists():
            make_library(path, Scale(0, size, paragraphs=1))
    for _ in range(runs):
        for size, figures in found.items():
            figures.append(_in_a_process(_library(folder, size)))
    rows = []
    for name in found[FEW][0]:
        many, few = (median(each[name] for each in found[size]) for size in (documents, FEW))
        rows.append(Row(name, many, "MB" if name == "memory" else "ms", few, GOAL))
    return rows


def _library(folder: Path, documents: int) -> Path:
    return folder / f"sidebar-{documents}.flor"


def _in_a_process(path: Path) -> Mapping[str, float]:
    command = [sys.executable, "-m", "benchmarks.sidebar", "--look-at", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: Mapping[str, float] = json.loads(done.stdout)
    return figures


async def look_at(path: Path) -> Mapping[str, float]:
    """Open the reader on a library, and use its sidebar."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    figures: dict[str, float] = {}

    async def took(name: str, do: Callable[[], Awaitable[object]]) -> None:
        before = time.process_time()
        await do()
        figures[name] = (time.process_time() - before) * 1e3

    begun = time.process_time()
    with open_library(path, coder="ann") as library:
        app = Florilegium(library, Config())
        async with app.run_test(size=(160, 40)) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause()
            figures["open the reader"] = (time.process_time() - begun) * 1e3
            # What is got ready while nobody presses a key is not part of what the keys do.
            await asyncio.sleep(_IDLE_SECONDS)
            await pilot.press("shift+tab")
            await took("first letter in the filter", lambda: pilot.press("t"))
            await took("a letter that few have", lambda: pilot.press("z"))
            await took("back to all", lambda: pilot.press("backspace", "backspace"))
            await took("into the list and down a page", lambda: pilot.press("down", "pagedown"))
            await took("its end", lambda: pilot.press("end"))
            await took("by date", lambda: pilot.press("s", "down", "enter"))
            await took("by the last read", lambda: pilot.press("s", "down", "down", "enter"))
            await took("a mark on a document", lambda: pilot.press("t"))
    figures["memory"] = peak_megabytes()
    return figures


if __name__ == "__main__":
    main()
