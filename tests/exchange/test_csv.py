"""CSV and JSON: the exact bytes."""

from __future__ import annotations

import csv as reference
import io
import json as json_reference
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.exchange import csv, json
from annotations.exchange.csv import guarded, unguarded
from annotations.exchange.rows import COLUMNS, Row, Table

cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
marks = st.text(st.sampled_from("=+-@'\t\r\n\",; a"), max_size=5)


def written(rows: Sequence[Row], columns: tuple[str, ...], raw: bool = False) -> bytes:
    stream = io.BytesIO()
    csv.write(Table(columns, rows), stream, raw)
    return stream.getvalue()


def test_columns_are_those_that_are_promised() -> None:
    promised = (
        "id,document,title,source,start,end,quote,tags,note,colour,coder,status,"
        "created_at,updated_at,revision"
    )
    assert ",".join(COLUMNS) == promised


def test_cells_are_quoted_where_they_must_be_and_rows_end_in_crlf() -> None:
    rows = [("plain", 'say "no"', "a,b", "two\nlines", 7, ("risk/tiers", "stance"))]
    assert written(rows, ("a", "b", "c", "d", "e", "f")) == (
        b'a,b,c,d,e,f\r\nplain,"say ""no""","a,b","two\nlines",7,risk/tiers; stance\r\n'
    )


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_is_guarded(first: str) -> None:
    cell = f"{first}1+1"
    (row,) = list(reference.reader(io.StringIO(written([(cell, -1)], ("a", "b")).decode())))[1:]
    assert row == [f"'{cell}", "-1"]
    exact = written([(cell,)], ("a",), raw=True).decode()
    assert list(reference.reader(io.StringIO(exact, newline="")))[1:] == [[cell]]


def test_tags_are_guarded_as_one_cell() -> None:
    assert written([(("=a", "b"),)], ("tags",)) == b"tags\r\n'=a; b\r\n"


@given(cells | marks)
@example("'=1")
@example("''@")
def test_the_guard_can_be_taken_off_again(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


@given(st.lists(st.tuples(cells | marks, cells | marks), max_size=8), st.booleans())
def test_a_reader_gets_back_every_cell(rows: list[tuple[str, str]], raw: bool) -> None:
    lines = io.StringIO(written(list(rows), ("a", "b"), raw).decode(), newline="")
    back = list(reference.reader(lines))[1:]
    assert back == [list(row) if raw else [guarded(cell) for cell in row] for row in rows]


@given(st.lists(st.tuples(cells, st.integers(), st.tuples(cells, cells)), max_size=5))
def test_json_is_one_array_of_objects(rows: list[tuple[str, int, tuple[str, str]]]) -> None:
    stream = io.BytesIO()
    json.write(Table(("quote", "start", "tags"), list(rows)), stream)
    assert json_reference.loads(stream.getvalue()) == [
        {"quote": quote, "start": start, "tags": list(tags)} for quote, start, tags in rows
    ]


def test_a_cell_among_numbers_is_guarded_too() -> None:
    rows: list[Row] = [(1, "x"), ("=1+1", "y"), (("=t", "u"), "-z")]
    assert written(rows, ("a", "b")) == b"a,b\r\n1,x\r\n'=1+1,y\r\n'=t; u,'-z\r\n"
