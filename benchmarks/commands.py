"""Starts of the command line, against a bare interpreter and the imports that cannot be spared.

``python -m benchmarks.commands [RUNS]``: the medians of so many runs of each, taken in turns.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.table import Row, print_table

BARE = "python3 -c pass"
NEEDED = "the imports that are needed"
STARTS: Mapping[str, list[str]] = {
    BARE: ["-c", "pass"],
    # What reads options and the library, and writes JSON and CSV.
    NEEDED: ["-c", "import click, csv, dataclasses, hashlib, json, platformdirs, sqlite3, uuid"],
    "flor --version": ["-P", "-m", "tui.cli", "--version"],
    "flor documents --json": ["-P", "-m", "tui.cli", "documents", "--json"],
    "flor export": ["-P", "-m", "tui.cli", "export"],
    "flor show": ["-P", "-m", "tui.cli", "show", "Global AI"],
}
ALLOWED = 4
"""How many bare starts a command may cost on top of its imports."""


def main(runs: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        settings = os.environ | {"FLORILEGIUM_LIBRARY": str(Path(folder) / "library.sqlite")}
        for start in STARTS.values():
            _seconds(start, settings)  # makes the library, and warms the caches
        taken: dict[str, list[float]] = {name: [] for name in STARTS}
        for _ in range(runs):
            for name, start in STARTS.items():
                taken[name].append(_seconds(start, settings))
    medians = {name: statistics.median(seconds) * 1000 for name, seconds in taken.items()}
    bare, needed = medians[BARE], medians[NEEDED]
    allowed = ALLOWED * bare + (needed - bare)
    rows = [Row(BARE, bare, "ms"), Row(NEEDED, needed, "ms", bare)]
    for name, median in medians.items():
        if name not in (BARE, NEEDED):
            rows.append(Row(name, median, "ms", allowed, 1.0))
    print_table(rows)
    print(f"The reference of a command is {ALLOWED} bare starts and the imports that are needed.")


def _seconds(start: list[str], settings: Mapping[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *start], env=settings, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
