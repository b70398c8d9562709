"""Taguette: its file and its exports in, its exports out."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from annotations import open_library
from annotations.errors import UnreadableFileError
from annotations.exchange import taguette, taguette_codebook
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    Selector,
    TagRecord,
)
from annotations.exchange.incoming import import_file
from annotations.exchange.report import LossReport
from annotations.model import BlockKind, Metadata, Span, Status

# As version 1.4 of the program makes it, without the tables that say nothing of annotations.
SCHEMA = """
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO alembic_version VALUES ('d86c45d7aa8a');
CREATE TABLE projects (id INTEGER PRIMARY KEY, name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL, created DATETIME NOT NULL);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL, filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL,
    project_id INTEGER NOT NULL, text_direction VARCHAR(13) NOT NULL, contents TEXT NOT NULL);
CREATE TABLE commands (id INTEGER PRIMARY KEY, date DATETIME NOT NULL, user_login VARCHAR(30),
    project_id INTEGER NOT NULL, document_id INTEGER, payload TEXT NOT NULL);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL,
    path VARCHAR(200) NOT NULL, description TEXT NOT NULL);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL,
    start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL,
    PRIMARY KEY (highlight_id, tag_id));
INSERT INTO projects VALUES (1, 'Study', '', '2026-01-01 10:00:00.000000');
INSERT INTO tags VALUES (1, 1, 'risk', 'what may go wrong'), (2, 1, 'tone', '');
"""
CONTENTS = (
    "<h1>Ünder a title</h1>\n<p>One &amp; <b>two</b> 😀 three.</p><ul><li>an item</li></ul>"
    "<script>alert('no')</script><p>Last</p>"
)
BARE = "Ünder a title\nOne & two 😀 three.an item"


def made(path: Path, highlights: Sequence[tuple[int, int, str]], contents: str = CONTENTS) -> Path:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA)
    connection.execute(
        "INSERT INTO documents VALUES (1, 'Doc', 'about it', 'doc.html', '2026-01-01', 1, "
        "'LEFT_TO_RIGHT', ?)",
        (contents,),
    )
    for number, (start, end, snippet) in enumerate(highlights, 1):
        connection.execute(
            "INSERT INTO highlights VALUES (?, 1, ?, ?, ?)", (number, start, end, snippet)
        )
        payload = json.dumps({"type": "highlight_add", "highlight_id": number})
        connection.execute(
            "INSERT INTO commands VALUES (?, '2026-01-02 10:00:00.000000', 'ann', 1, 1, ?)",
            (number, payload),
        )
    connection.executescript("INSERT INTO highlight_tags VALUES (1, 2), (1, 1);")
    connection.commit()
    connection.close()
    return path


def place(words: str) -> tuple[int, int]:
    start = len(BARE[: BARE.index(words)].encode())
    return start, start + len(words.encode())


def read(path: Path) -> tuple[list[Record], LossReport]:
    report = LossReport()
    return list(taguette.read(path, report)), report


def highlights(records: list[Record]) -> list[HighlightRecord]:
    return [record for record in records if isinstance(record, HighlightRecord)]


def test_bytes_without_tags_become_places_in_the_text(tmp_path: Path) -> None:
    words = ["Ünder", "& two 😀", "three.", "an item", "title\nOne"]
    snippets = ["Ünder", "&amp; <b>two</b> 😀", "three.", "<li>an item</li>", "title\n<p>One"]
    spans = [(*place(each), snippet) for each, snippet in zip(words, snippets, strict=True)]
    records, report = read(made(tmp_path / "t.sqlite3", spans))
    assert not report
    document = next(record for record in records if isinstance(record, DocumentRecord))
    assert (document.metadata, document.note) == (Metadata("Doc", source="doc.html"), "about it")
    assert document.passages is not None
    (passage,) = document.passages
    assert passage.text == "Ünder a title\n\nOne & two 😀 three.\n\nan item\n\nLast"
    assert [block.kind for block in passage.blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.PARAGRAPH,
    ]
    found = sorted(highlights(records), key=lambda record: record.id)
    for record, expected in zip(found, words, strict=True):
        assert record.selector is not None
        assert record.selector.span is not None
        span = record.selector.span
        assert passage.text[span.start : span.end] == record.selector.quote
        assert record.selector.quote.split() == expected.split()
    assert found[0].tags == ("risk", "tone")
    assert (found[0].coder, found[0].created_at) == ("ann", "2026-01-02T10:00:00Z")


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (0, 10_000), (9, 3), (4, 4), (10**15, 10**16)])
def test_offsets_that_fit_nowhere_leave_the_words(tmp_path: Path, start: int, end: int) -> None:
    records, report = read(made(tmp_path / "t.sqlite3", [(start, end, "<p>a snippet</p>")]))
    assert [record.selector for record in highlights(records)] == [Selector(quote="a snippet")]
    assert "1 offset outside the text" in report.summary()


def test_words_that_are_elsewhere_are_searched_for(tmp_path: Path) -> None:
    records, report = read(made(tmp_path / "t.sqlite3", [(0, 4, "three.")]))
    assert [record.selector for record in highlights(records)] == [Selector(quote="three.")]
    assert "with other words at the offsets" in report.summary()


def test_the_file_is_left_as_it_was(tmp_path: Path) -> None:
    path = made(tmp_path / "t.sqlite3", [(0, 4, "")])
    before = path.read_bytes()
    read(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["t.sqlite3"]


def test_files_of_other_schemas_are_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "t.sqlite3", [])
    connection = sqlite3.connect(path)
    connection.execute("ALTER TABLE highlights RENAME COLUMN start_offset TO start_position")
    connection.close()
    with pytest.raises(UnreadableFileError, match="no column start_offset"):
        read(path)
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE projects (id, name, created)")
    connection.execute("CREATE VIEW documents AS SELECT 1 AS id")
    connection.close()
    with pytest.raises(UnreadableFileError, match=r"no Taguette file .* documents"):
        read(path)


def test_damaged_and_truncated_files_are_refused(tmp_path: Path) -> None:
    data = made(tmp_path / "t.sqlite3", [(0, 4, "x")] * 100).read_bytes()
    path = tmp_path / "cut.sqlite3"
    for cut in (20, 100, 4096, len(data) // 2, len(data) - 4096):
        path.write_bytes(data[:cut])
        with pytest.raises(UnreadableFileError):
            read(path)
    path.write_bytes(data[:100] + b"\xff" * (len(data) - 100))
    with pytest.raises(UnreadableFileError):
        read(path)


def test_its_own_exports(tmp_path: Path) -> None:
    path = tmp_path / "highlights.csv"
    path.write_text("id,document,tag,content\r\n1,Doc,risk,some words\r\n1,Doc,tone,some words\r\n")
    records, _ = read(path)
    assert [type(record) for record in records].count(DocumentRecord) == 1
    (found,) = highlights(records)
    assert found.tags == ("risk", "tone")
    path.write_text("tag,description,number of highlights\r\nrisk,what may go wrong,3\r\n,x,1\r\n")
    records, report = read(path)
    assert records == [TagRecord("risk", "what may go wrong")]
    assert report.lines() == ["1 row without a tag: line 3"]
    path.write_text("a,b\r\n1,2\r\n")
    with pytest.raises(UnreadableFileError, match="no file of Taguette's"):
        read(path)


def test_exports_are_those_of_taguette() -> None:
    records: list[Record] = [
        TagRecord("risk", "what may go wrong"),
        TagRecord("unused"),
        DocumentRecord("d", Metadata("Doc")),
        HighlightRecord("d", Selector(Span(0, 3), quote="=a"), ("risk", "tone"), "n", id="h1"),
        HighlightRecord("d", Selector(Span(0, 3), quote="b"), id="h2"),
    ]
    file, report = io.BytesIO(), LossReport()
    taguette.write(records, file, report)
    assert list(csv.reader(io.StringIO(file.getvalue().decode(), newline=""))) == [
        ["id", "document", "tag", "content"],
        ["h1", "Doc", "risk", "'=a"],
        ["h1", "Doc", "tone", "'=a"],
        ["h2", "Doc", "", "b"],
    ]
    assert report.summary() == ("1 description of tags, 2 places in the text, 1 note")
    file = io.BytesIO()
    taguette_codebook.write(records, file, LossReport())
    assert file.getvalue().decode().split("\r\n") == [
        "tag,description,number of highlights,number of documents",
        "risk,what may go wrong,1,1",
        "tone,,1,1",
        "unused,,0,0",
        "",
    ]


def test_its_table_after_its_file_adds_nothing_twice(tmp_path: Path) -> None:
    twice = "<p>One two.</p><p>Three One two.</p>"
    project = made(tmp_path / "t.sqlite3", [(0, 7, "One two"), (14, 21, "One two")], twice)
    table = tmp_path / "t.csv"
    rows = [
        "id,document,tag,content",
        "2,Doc,new,One two",
        "1,Doc,risk,One two",
        "1,Doc,tone,One two",
        "3,Doc,risk,Three",
    ]
    table.write_text("\n".join(rows))
    with open_library(tmp_path / "library.db") as library:
        import_file(library, project)
        before = [each.id for each in library.highlights.list()]
        for made_anew in (1, 0):
            _, outcome, _ = import_file(library, table, format_name="taguette")
            assert outcome.highlights == made_anew
        document = library.highlights.get(before[0]).document
        found = {each.id: each for each in library.highlights.list(document)}
        assert len(found) == 3
        assert [("new" in found[each].tags) for each in before] == [False, True]


def test_its_file_after_its_table_adds_the_text_alone(tmp_path: Path) -> None:
    twice = "<p>One <b>two</b>.</p><p>Three One two.</p>"
    snippets: list[tuple[int, int, str]] = [(0, 8, "One <b>two</b>."), (14, 21, "One two")]
    project = made(tmp_path / "t.sqlite3", snippets, twice)
    table = tmp_path / "t.csv"
    rows = ["id,document,tag,content", "1,Doc,risk,One two.", "2,Doc,risk,One two"]
    table.write_text("\n".join(rows))
    with open_library(tmp_path / "library.db") as library:
        import_file(library, table, format_name="taguette")
        mine = list(library.highlights.list())
        for _ in range(2):
            _, outcome, _ = import_file(library, project)
            assert (outcome.highlights, outcome.documents, outcome.stubs) == (0, 0, 0)
        found = list(library.highlights.list())
        assert [each.id for each in found] == [each.id for each in mine]
        assert [each.status for each in found] == [Status.PLACED] * 2
        library.journal.undo()
        assert [each.status for each in library.highlights.list()] == [Status.LOST] * 2
        assert library.check() == []
        library.journal.redo()
        assert [(each.start, each.end) for each in library.highlights.list()] == [
            (each.start, each.end) for each in found
        ]
