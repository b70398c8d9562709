"""A large library: adding documents, searching them, and a million highlights.

Run ``python -m benchmarks.library [--documents N] [--highlights N] [--keep FOLDER]``. What is held
against bare sqlite3 writes the rows that the library has, in large transactions, and an index of
the same texts with FTS5's own tokenizer. Times are of the processor, so that what else runs counts
little.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path

from annotations.exchange.export import export
from annotations.library.library import Library
from annotations.model import ImportedDocument
from benchmarks import sidebar
from benchmarks.corpus import Corpus
from benchmarks.large_library import Scale, make_library, tag_path
from benchmarks.table import Row, print_table

PAGE = 50
"""Results on the first page."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--highlights", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="use this folder, and leave the libraries there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        corpus = Corpus()
        path = folder / f"documents-{options.documents}.flor"
        if not path.exists():
            print_table(add_documents(path, corpus, options.documents, folder))
        print_table(search_documents(path, corpus, folder))
        print_table(sidebar.measure(folder, options.documents))
        spread = Scale(options.highlights, max(1, options.highlights // 100))
        in_one = Scale(options.highlights, 1, paragraphs=max(20, options.highlights // 10))
        for name, scale in (("spread", spread), ("in one", in_one)):
            print_table(use_highlights(folder, name, scale))


def add_documents(path: Path, corpus: Corpus, documents: int, folder: Path) -> list[Row]:
    """How fast documents come in, the last tenth against the first, and how large the file is."""
    texts = folder / "texts"
    texts.mkdir(exist_ok=True)
    step = max(1, documents // 10)
    times: list[float] = []
    size = 0
    with Library(path, "ann") as library:
        for first in range(0, documents, step):
            imports = list(corpus.documents(first, min(first + step, documents)))
            size += sum(_write(texts, imported) for imported in imports)
            times.append(_seconds(lambda: list(library.documents.add_all(imports))))  # noqa: B023
    bare = _seconds(partial(_copy_bare, path, folder / "bare.sqlite"))
    (folder / "bare.sqlite").unlink()
    megabytes = size / 1e6
    return [
        Row("add documents", megabytes / sum(times), "MB/s", megabytes / bare, 0.5),
        Row("a document, last tenth against first", times[-1] / step * 1e3, "ms",
            times[0] / step * 1e3, 1.3),
        Row("file size against text", path.stat().st_size / 1e6, "MB", megabytes, 3.0),
    ]  # fmt: skip


def _write(folder: Path, imported: ImportedDocument) -> int:
    """Write a text for rg to search; its bytes."""
    text = "".join(passage.text for passage in imported.passages).encode()
    (folder / Path(imported.metadata.path).name).write_bytes(text)
    return len(text)


def _copy_bare(source: Path, target: Path) -> None:
    """Write what a library has with bare sqlite3, and index the texts."""
    target.unlink(missing_ok=True)
    copy = sqlite3.connect(target, isolation_level=None)
    read = sqlite3.connect(source)
    copy.execute("PRAGMA journal_mode = WAL")
    for table in ("revisions", "documents", "passages", "acts", "journal"):
        copy.execute(
            read.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
        )
        rows = read.execute(f"SELECT * FROM {table}")
        marks = ", ".join("?" * len(rows.description))
        while window := rows.fetchmany(5_000):
            copy.execute("BEGIN")
            copy.executemany(f"INSERT INTO {table} VALUES ({marks})", window)
            copy.execute("COMMIT")
    copy.execute(
        "CREATE VIRTUAL TABLE words USING fts5(text, content='passages', content_rowid='number')"
    )
    copy.execute("INSERT INTO words (words, rank) VALUES ('hashsize', 67108864)")
    rows = read.execute("SELECT number, text FROM passages ORDER BY number")
    while window := rows.fetchmany(5_000):
        copy.execute("BEGIN")
        copy.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", window)
        copy.execute("COMMIT")
    copy.close()
    read.close()


def search_documents(path: Path, corpus: Corpus, folder: Path) -> list[Row]:
    """Milliseconds to the first page, and beside it those of rg over the same texts."""
    english, chinese = corpus.words["en"], corpus.words["zh"]
    queries = {
        "rare": english[50_000],
        "middling": english[2_000],
        "common": english[0],
        "phrase": f'"{english[5]} {english[9]}"',
        "prefix": f"{english[300][:3]}*",
        "two words": f"{english[20]} and {english[40]}",
        "two common words": f"{english[0]} and {english[1]}",
        "rare and common": f"{english[20_000]} and {english[0]}",
        "not": f"{english[500]} not {english[0]}",
        "near": f"{english[10]} near/5 {english[30]}",
        "near, three common words": f"NEAR({english[0]} {english[1]} {english[2]}, 5)",
        "phrase of four common words": f'"{" ".join(english[:4])}"',
        "beginning, one letter": f"{english[0][0]}*",
        "beginning, two letters": "qx*",
        "one of twenty common words": " or ".join(english[:20]),
        "with an author": f'{english[100]} author:"Author 5"',
        "title, without an answer": "doc:report",
        "language, without an answer": "language:xx",
        "Chinese, two characters": next(word for word in chinese[200:] if len(word) == 2),
        "Chinese, one character": chinese[200][0],
        "Chinese, four characters": "".join(chinese[3:5]),
    }
    rows = []
    counted: dict[str, float | None] = {}
    with Library(path, "ann", create=False) as library:
        for name, query in queries.items():
            ours = _least(lambda: list(library.search.find(query, limit=PAGE)))  # noqa: B023
            found = sum(1 for _ in library.search.find(query, limit=PAGE))
            literal = re.findall(r"\w+", query.removeprefix("NEAR"))[0]
            if literal not in counted:
                counted[literal] = _ripgrep(folder / "texts", literal)
            rows.append(Row(f"search, {name}: {found}", ours * 1e3, "ms", counted[literal]))
        common = queries["common"]
        rows.append(
            Row(
                "count of a common word", _least(lambda: [library.search.count(common)]) * 1e3, "ms"
            )
        )
        rows.append(
            Row(
                "years of a common word",
                _least(lambda: list(library.search.years(common))) * 1e3,
                "ms",
            )
        )
    rows.append(Row("open, and list the documents", _least(partial(_list, path)) * 1e3, "ms"))
    return rows


def _ripgrep(folder: Path, literal: str) -> float | None:
    program = shutil.which("rg") or shutil.which("grep")
    if program is None or not folder.is_dir():
        return None
    options = ["-c", "-F"] if program.endswith("rg") else ["-c", "-F", "-r"]
    run = partial(
        subprocess.run,
        [program, *options, literal, str(folder)],
        stdout=subprocess.DEVNULL,
        check=False,
    )
    before = os.times()
    run()
    after = os.times()
    own, system = (after[at] - before[at] for at in (2, 3))
    return (own + system) * 1e3


def _list(path: Path) -> list[str]:
    with Library(path, "ann", create=False) as library:
        return [document.title for document in library.documents.list()]


def use_highlights(folder: Path, name: str, scale: Scale) -> list[Row]:
    """Reading a window of a million highlights, asking for those of a tag, and exporting them."""
    path = folder / f"highlights-{name.replace(' ', '-')}-{scale.highlights}.flor"
    if not path.exists():
        make_library(path, scale)
    with Library(path, "ann", create=False) as library:
        document = library.documents.list()[0]
        middle = document.length // 2
        window = _least(
            lambda: library.highlights.touching(document.id, middle, middle + 50), times=100
        )
        common, rare = tag_path(0), tag_path(1)
        first = _least(lambda: list(library.passages.find(rare, limit=PAGE)))
        number = _least(lambda: [library.passages.count(f"{common} or {rare}")])
        with open(os.devnull, "wb") as nowhere:
            written = _seconds(lambda: export(library, nowhere))
        bare = sqlite3.connect(path)
        # Asking is a part of it: before the first row, all of them are sorted.
        view = "SELECT * FROM annotations ORDER BY title, start, id"
        reference = _seconds(lambda: _csv(bare.execute(view)))
        bare.close()
    rate, bare_rate = scale.highlights / written, scale.highlights / reference
    return [
        Row(f"{name}: highlights that touch a window", window * 1e3, "ms", 0.1, 1.0),
        Row(f"{name}: first page of a tag", first * 1e3, "ms"),
        Row(f"{name}: count of one of two tags", number * 1e3, "ms"),
        Row(f"{name}: export to CSV", rate, "rows/s", bare_rate, 1 / 1.5),
    ]


def _csv(rows: sqlite3.Cursor) -> None:
    sink = io.StringIO()
    writer = csv.writer(sink)
    while window := list(islice(rows, 10_000)):
        writer.writerows(window)
        sink.seek(0)
        sink.truncate()


def _seconds(run: Callable[[], object]) -> float:
    """Seconds of the processor."""
    begun = time.process_time()
    run()
    return time.process_time() - begun


def _least(run: Callable[[], object], times: int = 5) -> float:
    """The least seconds of several runs."""
    return min(_seconds(run) for _ in range(times))


if __name__ == "__main__":
    main()
