"""What it costs to save what a reader does, durably, beside a bare sqlite3 commit of the same rows.

``python -m benchmarks.annotate [--rounds N]``
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from annotations.library.library import Library
from annotations.model import Block, Highlight, ImportedDocument, Metadata, Passage
from benchmarks.table import Row, print_table

TEXT = "We must prevent misuse. All countries should benefit; none is left behind.\n" * 1000
TAGS = ("risk/misuse", "actors/un")


def time_ms(act: Callable[[int], object], number: int) -> float:
    """How long ``act(number)`` takes, in milliseconds."""
    begin = time.perf_counter()
    act(number)
    return (time.perf_counter() - begin) * 1000


def new_library(path: Path) -> tuple[Library, str]:
    """A library with one document; and the document's id."""
    library = Library(path, "bench")
    passage = Passage(0, TEXT, (Block(0, len(TEXT)),))
    added = library.documents.add(ImportedDocument([passage], Metadata(title="A text")))
    return library, added.document.id


def bare(path: Path, sample: Highlight) -> Callable[[int], None]:
    """A function that commits the row of a highlight like ``sample`` and its two tags, and no
    more, in a file with the same tables, indexes and durability."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    for statement in (
        "CREATE TABLE highlights (id TEXT UNIQUE, document TEXT, revision TEXT, start INTEGER, "
        '"end" INTEGER, quote TEXT, prefix TEXT, suffix TEXT, note TEXT, colour TEXT, coder TEXT, '
        "status TEXT, created_at TEXT, updated_at TEXT)",
        'CREATE INDEX place ON highlights (document, start, "end")',
        "CREATE TABLE highlight_tags (highlight TEXT, tag TEXT, coder TEXT, created_at TEXT, "
        "PRIMARY KEY (highlight, tag)) WITHOUT ROWID",
        "CREATE INDEX tag ON highlight_tags (tag, highlight)",
    ):
        connection.execute(statement)

    def commit(number: int) -> None:
        highlight_id = f"{number:08}{sample.id[8:]}"
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO highlights VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                highlight_id,
                sample.document,
                sample.revision,
                number,
                number + 60,
                sample.quote,
                sample.prefix,
                sample.suffix,
                sample.note,
                sample.colour,
                sample.coder,
                sample.status,
                sample.created_at,
                sample.updated_at,
            ),
        )
        connection.executemany(
            "INSERT INTO highlight_tags VALUES (?, ?, ?, ?)",
            [(highlight_id, tag, sample.coder, sample.created_at) for tag in TAGS],
        )
        connection.execute("COMMIT")

    return commit


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=400)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        library, document = new_library(Path(folder) / "library.sqlite")
        sample = library.highlights.add(document, 0, 60, tags=TAGS)
        commit = bare(Path(folder) / "bare.sqlite", sample)

        def save(number: int) -> None:
            library.highlights.add(document, number, number + 60, tags=TAGS)

        values, references = [], []
        for number in range(rounds):
            # In turns, so that what else the machine does falls on both.
            references.append(time_ms(commit, number))
            values.append(time_ms(save, number))
        value, reference = statistics.median(values), statistics.median(references)
        print_table([Row("save a highlight with two tags", value, "ms", reference, 3.0)])
        library.close()


if __name__ == "__main__":
    main()
