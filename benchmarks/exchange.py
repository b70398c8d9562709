"""What formats cost, out and in, beside the bare writer of the same syntax on the same rows.

``python -m benchmarks.exchange [--highlights N] [--format NAME]...``

Each measure runs in a process of its own, so that its peak memory is its own; times are of the
processor, so that what else runs counts little; peaks stand beside those of a tenth of the
highlights. Out is from records to a file; in is from the file to records, and ``import`` from there
into a library, every quote compared with its text.
"""

from __future__ import annotations

import argparse
import csv
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, Selector, TagRecord
from annotations.exchange.formats import FORMATS
from annotations.exchange.incoming import bring_in
from annotations.exchange.report import LossReport
from annotations.exchange.rows import COLUMNS, Table
from annotations.exchange.rows import Row as Cells
from annotations.exchange.texts import passages
from annotations.library.library import Library
from annotations.model import Metadata, Span
from benchmarks.memory import peak_megabytes
from benchmarks.table import Row, print_table

EACH = 1_000
"""Highlights of a document."""
SENTENCE = "All countries should benefit from the technology; none is to be left behind. "
TEXT = SENTENCE * EACH
TAGS = ("risk/misuse", "actors/un", "development/access")
AT = "2026-01-01T00:00:00.123Z"

TABLES = ("csv", "tsv", "json", "jsonl", "xlsx")
OTHERS = ("webannotation", "refi", "hypothesis", "sqlite", "html", "taguette")


def heading(key: str) -> str:
    """How the text of a document begins: none has the text of another."""
    return f"{key}\n\n"


def highlight(number: int) -> HighlightRecord:
    """The highlight with this number, always the same."""
    key = f"d{number // EACH}"
    start = len(heading(key)) + number % EACH * len(SENTENCE)
    return HighlightRecord(
        key,
        Selector(Span(start, start + 60), quote=SENTENCE[:60]),
        TAGS[: number % 3],
        "A note, of “some” words." if number % 4 == 0 else "",
        "",
        "ann",
        f"{number:08x}-1111-4222-8333-444455556666",
        AT,
        AT,
    )


def records(count: int) -> Iterator[Record]:
    """Tags, and documents with their highlights."""
    yield from (TagRecord(path) for path in TAGS)
    for number in range(count):
        if number % EACH == 0:
            key = f"d{number // EACH}"
            about = Metadata(f"Document {key}", source=f"https://example.org/{key}")
            yield DocumentRecord(key, about, passages(heading(key) + TEXT), "", key)
        yield highlight(number)


def rows(count: int) -> Iterator[Cells]:
    """The same highlights as the library gives them for a table."""
    for number in range(count):
        each = highlight(number)
        key = each.document
        start = len(heading(key)) + number % EACH * len(SENTENCE)
        yield (
            *(each.id, key, f"Document {key}", f"https://example.org/{key}", start, start + 60),
            *(SENTENCE[:60], each.tags, each.note, "", "ann", "placed", AT, AT, "0" * 64),
        )


def flat(count: int) -> Iterator[list[object]]:
    """Rows without lists."""
    for row in rows(count):
        yield ["; ".join(cell) if isinstance(cell, tuple) else cell for cell in row]


def write(name: str, path: Path, count: int) -> None:
    """Write with our writer."""
    chosen = FORMATS[name]
    with path.open("wb") as file:
        if chosen.table:
            chosen.table_writer()(Table(COLUMNS, rows(count)), file, False)
        else:
            chosen.record_writer()(records(count), file, LossReport())


def read(name: str, path: Path, count: int) -> None:
    """Read with our reader."""
    found = 0
    for record in FORMATS[name].read(path, LossReport()):
        if isinstance(record, DocumentRecord):
            for _ in record.passages or ():
                pass
        found += isinstance(record, HighlightRecord)
    assert found == count, (found, count)


def take(name: str, path: Path, count: int) -> None:
    """Import into a new library."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library.db", "bench")
        report = LossReport()
        outcome = bring_in(library, FORMATS[name].read(path, report), report, name=name)
        assert outcome.highlights == count, outcome
        library.close()


def bare_write(name: str, path: Path, count: int) -> None:
    """Write the same rows with nothing but the library of the syntax."""
    if name in ("csv", "tsv", "taguette"):
        with path.open("w", newline="", encoding="utf-8") as text:
            csv.writer(text).writerows(flat(count))
    elif name == "sqlite":
        connection = sqlite3.connect(path)
        connection.execute(f"CREATE TABLE t ({', '.join(f'c{n}' for n in range(len(COLUMNS)))})")
        marks = ", ".join("?" * len(COLUMNS))
        connection.executemany(f"INSERT INTO t VALUES ({marks})", flat(count))
        connection.commit()
    elif name == "xlsx":
        import xlsxwriter

        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            for line, cells in enumerate(flat(count)):
                sheet.write_row(line, 0, cells)
    elif name in ("refi", "html"):
        from lxml import etree

        with etree.xmlfile(str(path)) as xml, xml.element("rows"):
            for row in flat(count):
                element = etree.Element("row")
                for column, cell in zip(COLUMNS, row, strict=True):
                    etree.SubElement(element, column).text = str(cell)
                xml.write(element)
    else:
        with path.open("w", encoding="utf-8") as text:
            for each in rows(count):
                text.write(json.dumps(dict(zip(COLUMNS, each, strict=True))) + "\n")


STEPS: dict[str, Callable[[str, Path, int], None]] = {
    "write": write,
    "read": read,
    "take": take,
    "bare_write": bare_write,
}


def measure(step: str, name: str, path: Path, count: int) -> tuple[float, float]:
    """Seconds of processor time and peak megabytes of a step in a process of its own."""
    arguments = ["--step", step, "--format", name, "--path", str(path), "--highlights", str(count)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.exchange", *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def run_step(step: str, name: str, path: Path, count: int) -> None:
    """Do a step and print what :func:`measure` reads."""
    begin = time.process_time()
    STEPS[step](name, path, count)
    seconds = time.process_time() - begin
    print(json.dumps([seconds, peak_megabytes()]))


def compare(name: str, count: int, folder: Path) -> Iterator[Row]:
    """The rows of the table for one format."""
    ours, bare = folder / f"{name}.ours", folder / f"{name}.bare"
    seconds, memory = measure("write", name, ours, count)
    reference, _ = measure("bare_write", name, bare, count)
    yield Row(f"{name}: out", seconds, "s", reference, 3)
    small = folder / f"{name}.small"
    yield Row(
        f"{name}: out, peak", memory, "MB", measure("write", name, small, count // 10)[1], 1.3
    )
    if not FORMATS[name].reads or name == "taguette":
        return
    seconds, memory = measure("read", name, ours, count)
    yield Row(f"{name}: in", seconds, "s", reference, 5)
    yield Row(f"{name}: in, peak", memory, "MB", measure("read", name, small, count // 10)[1], 1.3)
    seconds, memory = measure("take", name, ours, count)
    yield Row(f"{name}: import", seconds, "s")
    small_memory = measure("take", name, small, count // 10)[1]
    yield Row(f"{name}: import, peak", memory, "MB", small_memory, 1.3)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--highlights", type=int, default=100_000)
    parser.add_argument("--format", action="append", choices=[*TABLES, *OTHERS])
    parser.add_argument("--step", choices=list(STEPS), help=argparse.SUPPRESS)
    parser.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    names = options.format or [*TABLES, *OTHERS]
    if options.step:
        run_step(options.step, names[0], options.path, options.highlights)
        return
    with tempfile.TemporaryDirectory() as folder:
        found = [row for name in names for row in compare(name, options.highlights, Path(folder))]
    print_table(found)


if __name__ == "__main__":
    main()
