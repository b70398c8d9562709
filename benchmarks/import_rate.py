"""How fast highlights come in from CSV, beside ``insert_all`` of sqlite-utils.

``python -m benchmarks.import_rate [--highlights N]``

Both put the same rows into the same tables of a library that has the documents, with their indexes,
totals and journal; the import reads them from a file and compares every quote with its text before.
``executemany`` is what the tables themselves allow; the writing is the part of the import for which
other programs have to wait. Times are of the processor.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from annotations.exchange.export import export
from annotations.exchange.incoming import import_file
from annotations.library.connection import Connection
from annotations.library.connection import Row as Values
from annotations.library.library import Library
from benchmarks.large_library import Scale, make_library
from benchmarks.table import Row, print_table

TABLES = {
    "highlights": 'id, document, revision, start, "end", quote, prefix, suffix, note, colour, '
    "starred, coder, status, created_at, updated_at",
    "highlight_tags": "highlight, tag, position, coder, created_at",
}
PER_DOCUMENT = 100


def measure(folder: Path, highlights: int) -> list[Row]:
    """Rows a second of each way, into a library of its own each."""
    documents = max(1, highlights // PER_DOCUMENT)
    full, empty, table = folder / "full.flor", folder / "empty.flor", folder / "rows.csv"
    make_library(full, Scale(highlights, documents))
    make_library(empty, Scale(0, documents))
    with Library(full, "ann") as library, table.open("wb") as file:
        export(library, file)
    rows = {name: _rows(full, name, columns) for name, columns in TABLES.items()}

    writing: list[float] = []

    def progress(_: int, total: int) -> bool:
        if total and not writing:
            writing.append(time.process_time())
        return True

    def import_csv(library: Library) -> None:
        _, outcome, _ = import_file(library, table, progress=progress)
        writing.append(time.process_time())
        assert (outcome.highlights, outcome.lost) == (highlights, 0), outcome

    def insert_all(library: Library) -> None:
        for name, columns in TABLES.items():
            names = columns.replace('"', "").split(", ")
            some = (dict(zip(names, row, strict=True)) for row in rows[name])
            Database(_connection(library).sqlite).table(name).insert_all(some)

    def executemany(library: Library) -> None:
        for name, columns in TABLES.items():
            marks = ", ".join("?" * len(columns.split(", ")))
            insert = f"INSERT INTO {name} ({columns}) VALUES ({marks})"
            _connection(library).run_many(insert, rows[name])

    def as_one_act(write: Callable[[Library], None]) -> Callable[[Library], None]:
        def act(library: Library) -> None:
            with library.merging.act():
                write(library)

        return act

    ways = (import_csv, as_one_act(insert_all), as_one_act(executemany))
    rates = [highlights / _seconds(empty, folder / "copy.flor", way) for way in ways]
    written = highlights / (writing[-1] - writing[0])
    return [
        Row("writing of the import against insert_all", written, "rows/s", rates[1]),
        Row("import of CSV against insert_all", rates[0], "rows/s", rates[1], 5),
        Row("import of CSV against executemany", rates[0], "rows/s", rates[2]),
    ]


def _rows(path: Path, table: str, columns: str) -> list[Values]:
    connection = sqlite3.connect(path)
    found: list[Values] = connection.execute(f"SELECT {columns} FROM {table}").fetchall()
    connection.close()
    return found


def _connection(library: Library) -> Connection:
    """The one that has the triggers of the journal."""
    return library._connection


def _seconds(source: Path, copy: Path, write: Callable[[Library], None]) -> float:
    shutil.copy(source, copy)
    with Library(copy, "ann") as library:
        begun = time.process_time()
        write(library)
        seconds = time.process_time() - begun
    copy.unlink()
    return seconds


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--highlights", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print_table(measure(Path(folder), options.highlights))


if __name__ == "__main__":
    main()
