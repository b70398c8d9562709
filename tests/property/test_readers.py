"""No reader is brought down by a damaged file: it yields what is sound, or says one line."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.errors import FlorilegiumError
from annotations.exchange import markdown
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, Selector, TagRecord
from annotations.exchange.detect import detect
from annotations.exchange.formats import FORMATS
from annotations.exchange.incoming import import_file
from annotations.exchange.report import LossReport
from annotations.exchange.rows import COLUMNS, Table
from annotations.exchange.texts import passages
from annotations.library.library import Library
from annotations.model import Metadata, Span
from tests.exchange.test_clippings import ANNOTATION, CLIPPINGS, REPLY
from tests.exchange.test_qualcoder import SCHEMA as QUALCODER
from tests.exchange.test_references import BIBTEX
from tests.exchange.test_taguette import CONTENTS
from tests.exchange.test_taguette import SCHEMA as TAGUETTE
from tests.exchange.test_zotero import FILE, MARK, PAPER, note

READERS = [name for name, each in FORMATS.items() if each.reads]
TEXT = "One sentence. 😀 And another."


def records() -> Iterator[Record]:
    yield TagRecord("risk/tiers", "levels", "red")
    about = Metadata(
        "A title", "Doe, Jane", "Publisher", "2020-01-02", "en", "news", "https://a.org/"
    )
    yield DocumentRecord("d", about, passages(TEXT), "a note", "d")
    place = Selector(Span(0, 3), quote="One", suffix=" sentence")
    yield HighlightRecord("d", place, ("risk/tiers", "x"), "a note", "red", "ann", "h1")
    yield HighlightRecord("d", Selector(Span(4, 12), quote="sentence"), id="h2")


def database(script: str, *values: tuple[str, tuple[object, ...]]) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(script)
    for statement, row in values:
        connection.execute(statement, row)
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


@cache
def sample(name: str) -> bytes:
    """A small sound file of a format."""
    made = {
        "kindle": CLIPPINGS.encode(),
        "readwise": b'Highlight,Book Title,Tags\r\nwords,Book,"a,b"\r\nmore,Book,\r\n',
        "zotero": json.dumps(
            [PAPER, FILE, MARK, {"data": {"itemType": "note", "note": note()}}]
        ).encode(),
        "bibtex": BIBTEX.encode(),
        "hypothesis": json.dumps({"rows": [ANNOTATION, REPLY]}).encode(),
        "qualcoder": database(QUALCODER),
        "taguette": database(
            TAGUETTE,
            (
                "INSERT INTO documents VALUES (1, 'D', '', 'f', '', 1, 'LEFT_TO_RIGHT', ?)",
                (CONTENTS,),
            ),
            ("INSERT INTO highlights VALUES (1, 1, 0, 5, 'x')", ()),
        ),
    }
    if name in made:
        return made[name]
    chosen = FORMATS[name]
    file, report = io.BytesIO(), LossReport()
    if chosen.table:
        row = ("h", "d", "T", "", 0, 3, "One", ("a", "b"), "=n", "", "", "placed", "", "", "")
        chosen.table_writer()(Table(COLUMNS, [row, row]), file, False)
    elif chosen.folder:
        return markdown_file()
    else:
        chosen.record_writer()(records(), file, report)
    return file.getvalue()


def markdown_file() -> bytes:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        markdown.write_folder(records(), Path(folder), LossReport())
        return next(Path(folder).glob("*.md")).read_bytes()


def read_all(name: str, path: Path) -> None:
    for record in FORMATS[name].read(path, LossReport()):
        if isinstance(record, DocumentRecord):
            for _ in record.passages or ():
                pass


def complaint(action: Callable[[], object]) -> str:
    """What the user is told; empty where all is well."""
    try:
        action()
    except FlorilegiumError as error:
        return str(error)
    return ""


def survives(name: str, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    for action in (partial(read_all, name, path), partial(detect, path)):
        told = complaint(action)
        assert "\n" not in told
        assert len(told) < 1_000


@pytest.mark.parametrize("name", READERS)
def test_files_that_are_not_there_or_are_folders(name: str, tmp_path: Path) -> None:
    assert "annot read" in complaint(partial(read_all, name, tmp_path / "missing"))
    (tmp_path / "folder").mkdir()
    assert complaint(partial(read_all, name, tmp_path / "folder"))


@pytest.mark.parametrize("name", READERS)
def test_a_file_cut_short_anywhere(name: str, tmp_path: Path) -> None:
    data = sample(name)
    step = max(1, len(data) // 120)
    for cut in range(0, len(data), step):
        survives(name, tmp_path / "file", data[:cut])


EDITS = st.lists(
    st.tuples(st.integers(0, 1 << 16), st.integers(0, 12), st.binary(max_size=12)),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("name", READERS)
@given(EDITS)
@settings(max_examples=40)
def test_a_file_with_other_bytes_in_it(
    name: str, tmp_path: Path, edits: list[tuple[int, int, bytes]]
) -> None:
    data = sample(name)
    for place, removed, put in edits:
        at = place % (len(data) + 1)
        data = data[:at] + put + data[at + removed :]
    survives(name, tmp_path / "file", data)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
JSON_SAMPLES = ("json", "webannotation", "hypothesis", "zotero", "csl")


def places(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*path, number))


@pytest.mark.parametrize("name", JSON_SAMPLES)
@given(st.data())
@settings(max_examples=50)
def test_json_with_another_value_somewhere(name: str, tmp_path: Path, data: st.DataObject) -> None:
    value = json.loads(sample(name))
    *outer, last = data.draw(st.sampled_from(list(places(value))[1:]))
    holder = value
    for key in outer:
        holder = holder[key]
    holder[last] = data.draw(VALUES)
    survives(name, tmp_path / "file", json.dumps(value).encode())


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("other", READERS)
def test_a_file_of_another_format(name: str, other: str, tmp_path: Path) -> None:
    survives(name, tmp_path / "file", sample(other))


def test_a_zip_whose_members_are_anything(tmp_path: Path) -> None:
    for content in (b"", b"\xff\xfe", b"<Project", b"<Project/>" * 2, b"\0" * 100):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("project.qde", content)
        survives("refi", tmp_path / "file", file.getvalue())


STATE = ("documents", "highlights", "tags", "highlight_tags", "placements", "tag_totals")


def state(library: Library) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(library.path)
    try:
        return [row for table in STATE for row in connection.execute(f"SELECT * FROM {table}")]
    finally:
        connection.close()


@pytest.mark.parametrize("name", READERS)
def test_an_import_is_one_act_or_nothing_and_again_adds_nothing(
    name: str, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    data = sample(name)
    path.write_bytes(data)
    before = state(library)
    acts = len(list(library.journal.acts()))
    _, outcome, _ = import_file(library, path, format_name=name)
    after = state(library)
    _, again, _ = import_file(library, path, format_name=name)
    assert str(again) == "nothing new"
    assert state(library) == after
    assert library.check() == []
    assert len(list(library.journal.acts())) == acts + (after != before)
    assert (after != before) is (str(outcome) != "nothing new")
    if after != before:
        library.journal.undo()
        assert sorted(map(str, state(library))) == sorted(map(str, before))
    for cut in (len(data) // 2, len(data) - 2):
        path.write_bytes(data[:cut])
        before = state(library)
        if complaint(partial(import_file, library, path, format_name=name)):
            assert state(library) == before
    assert library.check() == []
