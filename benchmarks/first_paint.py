"""From the start of the process to the first words on a terminal of 120 by 40, from outside.

    python -m benchmarks.first_paint [--runs N] [--largest MEGABYTES]

``flor`` on the shipped library and on plain texts of 100 KB to 1 GB, against an empty Textual app,
``less`` and (up to 10 MB) Textual's TextArea, in turns, so that all of them meet the same machine.
The figures are medians; the memory is the peak of the process until its first words.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.memory import peak_megabytes
from benchmarks.table import Row, print_table
from benchmarks.terminal import Terminal

GOAL_LIBRARY, GOAL_FILE, GOAL_MEMORY = 2.0, 1.5, 2.0
"""At most so many times as much as the empty app takes."""
SEED = Path(__file__).resolve().parent.parent / "seeds" / "000_db40556ef4229d72.txt"
SIZES = {"100 KB": 100_000, "10 MB": 10_000_000, "100 MB": 100_000_000, "1 GB": 1_000_000_000}
TEXT_AREA_SIZES = ("100 KB", "10 MB")
WORDS = "Unilateralism"
"""On the first screen of the shipped document that is read first, and of every text made here."""

EMPTY = "empty Textual app"
EMPTY_APP = f"""
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("{WORDS}")

Empty().run()
"""
TEXT_AREA_APP = """
import sys
from pathlib import Path
from textual.app import App
from textual.widgets import TextArea

class Area(App):
    def compose(self):
        yield TextArea(Path(sys.argv[1]).read_text(encoding="utf-8"), read_only=True)

Area().run()
"""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A program to be timed."""

    name: str
    command: Sequence[str]
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a program took until its first words."""

    milliseconds: float
    megabytes: float


def first_paint(
    contestants: Sequence[Contestant], environment: Mapping[str, str], runs: int
) -> dict[str, Result]:
    """The medians of each by its name; the first run does not count."""
    found: dict[str, list[Result]] = {each.name: [] for each in contestants}
    for run in range(runs + 1):
        for each in contestants:
            with Terminal(each.command, environment) as terminal:
                seconds = terminal.wait_for(WORDS, seconds=300)
                result = Result(seconds * 1000, peak_megabytes(terminal.pid))
            if run:
                found[each.name].append(result)
    return {
        name: Result(
            median(each.milliseconds for each in results),
            median(each.megabytes for each in results),
        )
        for name, results in found.items()
    }


def make_text(path: Path, size: int) -> None:
    """A text of about so many bytes: the shipped one, over and over."""
    once = SEED.read_bytes() + b"\n\n"
    chunk = once * max(1, 1_000_000 // len(once))
    with path.open("wb") as file:
        written = 0
        while written < size:
            written += file.write(chunk[: size - written])


def contestants_for(label: str, path: Path, flor: Sequence[str]) -> list[Contestant]:
    """Those that show a file."""
    contestants = [Contestant(f"flor {label}", [*flor, str(path)], GOAL_FILE)]
    if less := shutil.which("less"):
        contestants.append(Contestant(f"less {label}", [less, str(path)]))
    if label in TEXT_AREA_SIZES:
        command = [sys.executable, "-c", TEXT_AREA_APP, str(path)]
        contestants.append(Contestant(f"TextArea {label}", command))
    return contestants


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--largest", type=float, default=1000, metavar="MEGABYTES")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        # Programs that are installed have their bytecode beside them, whatever this shell says.
        environment = {
            "FLORILEGIUM_LIBRARY": str(Path(folder) / "library.db"),
            "FLORILEGIUM_CONFIG": str(Path(folder) / "config.toml"),
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode"),
        }
        flor = [sys.executable, "-m", "tui.cli"]
        subprocess.run(
            [*flor, "documents"], check=True, capture_output=True, env={**os.environ, **environment}
        )
        contestants = [
            Contestant(EMPTY, [sys.executable, "-c", EMPTY_APP]),
            Contestant("flor, the shipped library", flor, GOAL_LIBRARY),
        ]
        for label, size in SIZES.items():
            if size <= arguments.largest * 1_000_000:
                path = Path(folder) / f"{size}.txt"
                make_text(path, size)
                contestants += contestants_for(label, path, flor)
        results = first_paint(contestants, environment, arguments.runs)
    print_table(rows(contestants, results))


def rows(contestants: Sequence[Contestant], results: Mapping[str, Result]) -> Iterator[Row]:
    """The lines of the table."""
    empty = results[EMPTY]
    for each in contestants:
        result = results[each.name]
        time, memory = (None, None) if each.name == EMPTY else (empty.milliseconds, empty.megabytes)
        goal = GOAL_MEMORY if each.goal else None
        yield Row(each.name, result.milliseconds, "ms", time, each.goal)
        yield Row(f"{each.name}, memory", result.megabytes, "MB", memory, goal)


if __name__ == "__main__":
    main()
