"""What it costs to save what a reader does, durably: beside a bare sqlite3 commit of the same rows,
and in a library of a million highlights beside an empty one.

``python -m benchmarks.annotate [--rounds N] [--highlights N]``; with ``--highlights 0`` the large
library, which takes minutes to make, is left out.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from annotations.library.library import Library
from annotations.model import Block, Highlight, ImportedDocument, Metadata, Passage
from benchmarks.large_library import Scale, make_library, tag_path
from benchmarks.table import Row, print_table
from tui.fuzzy import TagIndex

TEXT = "We must prevent misuse. All countries should benefit; none is left behind.\n" * 1000
TAGS = ("risk/misuse", "actors/un")


def time_ms(act: Callable[[int], object], number: int) -> float:
    """How long ``act(number)`` takes, in milliseconds."""
    begin = time.perf_counter()
    act(number)
    return (time.perf_counter() - begin) * 1000


def cpu_ms(act: Callable[[], object]) -> float:
    """What the processor does in ``act``, which waits for no disk, in milliseconds."""
    begin = time.process_time()
    act()
    return (time.process_time() - begin) * 1000


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


def beside_bare_commit(folder: Path, rounds: int) -> Iterator[Row]:
    """One highlight with two tags."""
    with closing_library(folder / "library.sqlite") as (library, document):
        sample = library.highlights.add(document, 0, 60, tags=TAGS)
        commit = bare(folder / "bare.sqlite", sample)

        def save(number: int) -> None:
            library.highlights.add(document, number, number + 60, tags=TAGS)

        value, reference = medians(save, commit, rounds)
        yield Row("save a highlight with two tags, beside a bare commit", value, "ms", reference, 3)


def in_large_library(folder: Path, rounds: int, highlights: int) -> Iterator[Row]:
    """The acts of a reader on a document of 10,000 highlights, beside an empty library; then those
    on a codebook of 5,000 tags, beside what may be felt."""
    path = folder / "large.sqlite"
    make_library(path, Scale(highlights, documents=max(1, highlights // 10_000)))
    with (
        closing_library(folder / "empty.sqlite") as (empty, text),
        Library(path, "bench") as large,
    ):
        document = large.documents.list()[0].id
        length = large.documents.get(document).length - 60
        kept = {
            library: library.highlights.add(place, 0, 60).id
            for library, place in ((large, document), (empty, text))
        }

        def save(library: Library, place: str) -> Callable[[int], object]:
            return lambda number: library.highlights.add(
                place, number % length, number % length + 60, tags=TAGS
            )

        def tag(library: Library) -> Callable[[int], object]:
            return lambda number: library.highlights.tag([kept[library]], [f"tag {number}"])

        def undo(library: Library) -> Callable[[int], object]:
            return lambda number: library.journal.undo()

        for name, acts in (
            ("save a highlight", (save(large, document), save(empty, text))),
            ("tag it", (tag(large), tag(empty))),
            ("undo", (undo(large), undo(empty))),
        ):
            value, reference = medians(*acts, rounds)
            yield Row(f"{name}, beside an empty library", value, "ms", reference, 2)
        codebook, widest = large.codebook, tag_path(0)
        yield Row("first look at 5,000 tags", cpu_ms(codebook.names), "ms", 16, 1)
        tag(large)(rounds)
        yield Row("the next, after a new tag", cpu_ms(codebook.names), "ms", 16, 1)
        names = codebook.names()
        index = TagIndex(names.paths, names.descriptions)
        for typed in ("c", "child4", "parent7/child"):
            ranked = cpu_ms(partial(index.rank, typed))
            yield Row(f"find {typed} among them", ranked, "ms", 16, 1)
        yield Row("the tags at hand", cpu_ms(codebook.at_hand), "ms", 16, 1)
        bearers = codebook.get(widest).count
        for name, act in (
            ("rename a tag", lambda _: codebook.rename(widest, "renamed/tag")),
            ("undo it", lambda _: large.journal.undo()),
            ("delete a tag", lambda _: codebook.delete(widest)),
            ("undo it", lambda _: large.journal.undo()),
        ):
            yield Row(f"{name} ({bearers:,} highlights)", time_ms(act, 0), "ms")


@contextmanager
def closing_library(path: Path) -> Iterator[tuple[Library, str]]:
    """A :func:`new_library`, closed at the end."""
    library, document = new_library(path)
    with library:
        yield library, document


def medians(
    act: Callable[[int], object], reference: Callable[[int], object], rounds: int
) -> tuple[float, float]:
    """The median times of two acts, in milliseconds, done in turns, so that what else the machine
    does falls on both."""
    times = [(time_ms(act, number), time_ms(reference, number)) for number in range(rounds)]
    values, references = zip(*times, strict=True)
    return statistics.median(values), statistics.median(references)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=400)
    parser.add_argument("--highlights", type=int, default=1_000_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = list(beside_bare_commit(folder, arguments.rounds))
        if arguments.highlights:
            rows += in_large_library(folder, arguments.rounds, arguments.highlights)
        print_table(rows)


if __name__ == "__main__":
    main()
