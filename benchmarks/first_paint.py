"""From the start of the process to the first words on a terminal of 120 by 40, from outside.

``flor`` on the shipped library, against an empty Textual app and against ``less``, run in turns so
that all of them meet the same machine. The figures are medians.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.table import Row, print_table
from benchmarks.terminal import Terminal

RUNS = 9
GOAL = 2.0
"""At most so many times as long as the empty app."""
SEED = Path(__file__).resolve().parent.parent / "seeds" / "000_db40556ef4229d72.txt"
WORDS = "Unilateralism"
"""On the first screen of the shipped document that is read first."""

EMPTY_APP = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("Unilateralism")

Empty().run()
"""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A program to be timed."""

    name: str
    command: Sequence[str]


def first_paint(
    contestants: Sequence[Contestant], words: str, environment: Mapping[str, str], runs: int = RUNS
) -> dict[str, float]:
    """The median time of each to its first words, in milliseconds; the first run does not count."""
    times: dict[str, list[float]] = {each.name: [] for each in contestants}
    for run in range(runs + 1):
        for each in contestants:
            with Terminal(each.command, environment) as terminal:
                seconds = terminal.wait_for(words)
            if run:
                times[each.name].append(seconds * 1000)
    return {name: median(values) for name, values in times.items()}


def main() -> None:
    """Print the table."""
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
            Contestant("flor", flor),
            Contestant("empty Textual app", [sys.executable, "-c", EMPTY_APP]),
        ]
        if less := shutil.which("less"):
            contestants.append(Contestant("less", [less, str(SEED)]))
        times = first_paint(contestants, WORDS, environment)
    empty = times["empty Textual app"]
    rows = [
        Row(
            name,
            value,
            "ms",
            None if name == "empty Textual app" else empty,
            GOAL if name == "flor" else None,
        )
        for name, value in times.items()
    ]
    print_table(rows)


if __name__ == "__main__":
    main()
