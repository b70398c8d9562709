"""What CSV, TSV, JSON and JSON Lines write, they read back: nothing lost, nothing made up."""

from __future__ import annotations

import csv as std_csv
import io
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.errors import UnreadableFileError
from annotations.exchange import csv, json, jsonlines, tsv
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Reader, Record, Selector
from annotations.exchange.report import LossReport
from annotations.exchange.rowreader import read_json, read_json_lines, read_separated
from annotations.exchange.rows import (
    COLUMNS,
    TAG_COLUMNS,
    Row,
    Table,
    TableWriter,
    join_tags,
    split_tags,
)
from annotations.model import Span, Status

FORMATS: dict[str, tuple[TableWriter, Reader]] = {
    "csv": (csv.write, read_separated),
    "tsv": (tsv.write, read_separated),
    "json": (json.write, read_json),
    "jsonl": (jsonlines.write, read_json_lines),
}

# What no file of text can hold, half a surrogate pair, is not in a library either.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PATH = st.text(st.sampled_from("ab;\\ /é'=+,\t\"")).map(str.strip).filter(bool)
TIME = st.datetimes().map(lambda moment: moment.isoformat(timespec="milliseconds") + "Z")


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    documents = draw(st.lists(st.uuids().map(str), min_size=1, max_size=3, unique=True))
    ids = draw(st.lists(st.uuids().map(str), max_size=6, unique=True))
    table: list[Row] = []
    for number in ids:
        start = draw(st.integers(0, 1 << 40))
        table.append(
            (
                number,
                draw(st.sampled_from(documents)),
                "Title",
                "https://example.org/",
                start,
                start + draw(st.integers(1, 500)),
                draw(TEXT),
                tuple(draw(st.lists(PATH, max_size=4))),
                draw(TEXT),
                draw(st.sampled_from(["", "yellow", "#a0b1c2"])),
                draw(TEXT),
                draw(st.sampled_from(list(Status))).value,
                draw(TIME),
                draw(TIME),
                "",
            )
        )
    return table


def written(write: TableWriter, table: Table, path: Path, raw: bool = False) -> Path:
    with path.open("wb") as file:
        write(table, file, raw)
    return path


def read(reader: Reader, path: Path) -> tuple[list[Record], LossReport]:
    report = LossReport()
    return list(reader(path, report)), report


def selector_of(record: Record) -> Selector:
    assert isinstance(record, HighlightRecord)
    assert record.selector is not None
    return record.selector


def as_rows(records: list[Record]) -> Iterator[Row]:
    documents = {record.key: record for record in records if isinstance(record, DocumentRecord)}
    for record in records:
        if isinstance(record, HighlightRecord):
            document = documents[record.document]
            span = selector_of(record).span
            assert span is not None
            yield (
                record.id,
                document.id,
                document.metadata.title,
                document.metadata.source,
                span.start,
                span.end,
                selector_of(record).quote,
                record.tags,
                record.note,
                record.colour,
                record.coder,
                record.status.value,
                record.created_at,
                record.updated_at,
                document.revision,
            )


@pytest.mark.parametrize("name", FORMATS)
@given(rows())
@settings(max_examples=50)
def test_a_table_comes_back_as_it_went(name: str, tmp_path: Path, table: list[Row]) -> None:
    write, reader = FORMATS[name]
    records, report = read(reader, written(write, Table(COLUMNS, table), tmp_path / f"a.{name}"))
    assert list(as_rows(records)) == table
    assert not report


@given(st.lists(PATH))
def test_tags_in_one_cell_part_again(paths: list[str]) -> None:
    assert split_tags(join_tags(paths)) == tuple(paths)


def test_one_row_a_tag_gives_one_record_a_row(tmp_path: Path) -> None:
    row: Row = [
        "h1",
        "d1",
        "T",
        "",
        3,
        8,
        "quote",
        "risk/tiers",
        "n",
        "",
        "me",
        "placed",
        "",
        "",
        "",
    ]
    rows: list[Row] = [row, [*row[:7], "tone", *row[8:]]]
    path = written(csv.write, Table(TAG_COLUMNS, rows), tmp_path / "a.csv")
    records, _ = read(read_separated, path)
    assert [record.tags for record in records if isinstance(record, HighlightRecord)] == [
        ("risk/tiers",),
        ("tone",),
    ]


def sample(tmp_path: Path, quote: str = "=1+1") -> Path:
    row: Row = ["h", "d", "T", "", 0, 4, quote, ("a", "b"), "", "", "", "placed", "", "", ""]
    return written(csv.write, Table(COLUMNS, [row]), tmp_path / "a.csv")


def test_the_guard_is_seen_by_a_spreadsheet_and_not_by_us(tmp_path: Path) -> None:
    path = sample(tmp_path)
    assert "'=1+1" in path.read_text()
    records, _ = read(read_separated, path)
    assert selector_of(records[1]).quote == "=1+1"


def test_sqlite_s_own_importer_and_python_s_agree(tmp_path: Path) -> None:
    quote = 'two\nlines, "quoted"; and\ttabbed'
    path = sample(tmp_path, quote)
    with path.open(newline="", encoding="utf-8") as file:
        (row,) = std_csv.DictReader(file)
    assert row["quote"] == quote
    assert row["tags"] == "a; b"
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE t (quote TEXT)")
        connection.execute("INSERT INTO t VALUES (?)", (row["quote"],))
        assert connection.execute("SELECT quote FROM t").fetchone() == (quote,)


SPREADSHEETS: dict[str, Callable[[str], bytes]] = {
    "excel in Germany": lambda text: text.replace(",", ";").encode("windows-1252"),
    "excel as Unicode text": lambda text: text.replace(",", "\t").encode("utf-16"),
    "excel that names its separator": lambda text: b"sep=;\r\n" + text.replace(",", ";").encode(),
    "with a byte-order mark": lambda text: text.encode("utf-8-sig"),
    "with other line ends": lambda text: text.replace("\r\n", "\n").encode(),
    "headings in capitals": lambda text: text.upper().encode(),
}


@pytest.mark.parametrize("name", SPREADSHEETS)
def test_what_spreadsheets_make_of_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(SPREADSHEETS[name]("id,document,quote,tags\r\n1,D,CAF\xc9,\r\n,,,\r\n"))
    records, report = read(read_separated, path)
    assert selector_of(records[1]).quote == "CAFÉ"
    assert not report


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("a,b\r\n1,2\r\n", "no table of highlights"),
        ('id,document,quote\r\n1,2,"open', "cut short"),
        ("id,document,quote\r\n1,2,words\r\n1,2", "cut short: its last row"),
        ('id,document,quote\r\n1,2,"a"b\r\n', "not a table: .* in line 2"),
    ],
)
def test_separated_values_that_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(UnreadableFileError, match=message):
        read(read_separated, path)


ODD = [("-4", "3"), ("9", "3"), ("", ""), ("x", "y"), ("NaN", "3"), ("1.5", "3"), ("1e400", "3")]


@pytest.mark.parametrize(("start", "end"), ODD)
def test_odd_offsets_leave_the_quote(tmp_path: Path, start: str, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"document,start,end,quote\r\nD,{start},{end},words\r\nD,{start},{end},\r\n")
    records, report = read(read_separated, path)
    highlights = [record for record in records if isinstance(record, HighlightRecord)]
    assert [selector_of(record).quote for record in highlights] == ["words"]
    assert selector_of(highlights[0]).span is None
    assert "1 row without a document, or without a quote and a place" in report.summary()
    assert ("1 offset of no span" in report.summary()) == bool(start)


def test_numbers_of_a_column_with_gaps_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("document,start,end,quote\nD,4.0,9.0,words\n")
    records, _ = read(read_separated, path)
    assert selector_of(records[1]).span == Span(4, 9)


def test_json_lines_go_on_after_a_bad_line_but_not_after_a_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"document": "D", "quote": "a"}\n[1]\n{bad\n{"document": "D", "quote": "b"}\n')
    records, report = read(read_json_lines, path)
    assert len(records) == 3
    assert report.lines() == ["2 lines other than objects: line 2; line 3"]
    path.write_text('{"document": "D", "quote": "a"}\n{"document": "D", "quo')
    with pytest.raises(UnreadableFileError, match="cut short in line 2"):
        read(read_json_lines, path)
    path.write_text("hello\n")
    with pytest.raises(UnreadableFileError, match="not JSON Lines"):
        read(read_json_lines, path)


def test_json_with_elements_that_are_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        '[1, {"document": "D", "quote": "a", "tags": ["x", 7, null, {}]}, {"note": []}]'
    )
    records, report = read(read_json, path)
    assert isinstance(records[1], HighlightRecord)
    assert records[1].tags == ("x", "7")
    assert [loss.count for loss in report.losses] == [1, 1]
    path.write_text('{"a": 1}')
    with pytest.raises(UnreadableFileError, match="no list"):
        read(read_json, path)


def test_writers_stream(tmp_path: Path) -> None:
    for write, _ in FORMATS.values():
        file = io.BytesIO()
        seen: list[int] = []

        def rows(file: io.BytesIO = file, seen: list[int] = seen) -> Iterator[Row]:
            for _ in range(5_000):
                yield ["x"] * len(COLUMNS)
                seen.append(file.tell())

        write(Table(COLUMNS, rows()), file, False)
        assert seen[-1] > 0
