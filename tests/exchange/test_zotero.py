"""Zotero: annotations of its API and its reader, items that hold them, and notes in HTML."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from annotations.errors import UnreadableFileError
from annotations.exchange import zotero
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, Selector
from annotations.exchange.report import LossReport
from annotations.model import Metadata

PAPER = {
    "key": "PAPER",
    "data": {
        "itemType": "journalArticle",
        "title": "A paper",
        "creators": [{"firstName": "Jane", "lastName": "Doe"}, {"name": "The Institute"}],
        "date": "2020-03",
        "DOI": "10.1000/x",
        "publicationTitle": "Journal",
    },
}
FILE = {"key": "FILE", "data": {"itemType": "attachment", "parentItem": "PAPER", "title": "a.pdf"}}
MARK_DATA = {
    "key": "MARK",
    "itemType": "annotation",
    "parentItem": "FILE",
    "annotationType": "highlight",
    "annotationText": "some words",
    "annotationComment": "my comment",
    "annotationColor": "#ffd400",
    "annotationPageLabel": "12",
    "tags": [{"tag": "t"}],
    "dateAdded": "2024-01-01T10:00:00Z",
    "dateModified": "2024-01-02T10:00:00Z",
}
MARK = {"key": "MARK", "data": MARK_DATA}
INK = {"key": "INK", "data": {"itemType": "annotation", "annotationType": "ink"}}


def read(path: Path, value: object) -> tuple[list[Record], LossReport]:
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    report = LossReport()
    return list(zotero.read(path, report)), report


def test_items_of_the_api_in_any_order(tmp_path: Path) -> None:
    for items in ([PAPER, FILE, MARK, INK], [INK, MARK, FILE, PAPER]):
        records, report = read(tmp_path / "z.json", items)
        document, mark = records
        assert isinstance(document, DocumentRecord)
        assert document.metadata == Metadata(
            "A paper",
            "Doe, Jane; The Institute",
            "Journal",
            "2020-03",
            source="https://doi.org/10.1000/x",
        )
        assert mark == HighlightRecord(
            "FILE",
            Selector(quote="some words"),
            ("t",),
            "my comment\n\n(p. 12)",
            "yellow",
            "",
            "zotero/MARK",
            "2024-01-01T10:00:00Z",
            "2024-01-02T10:00:00Z",
        )
        assert report.summary() == "1 picture or ink"


def test_annotations_of_the_reader_and_in_items_that_hold_them(tmp_path: Path) -> None:
    bare = {
        "id": "MARK",
        "type": "highlight",
        "text": "some words",
        "comment": "my comment",
        "color": "#ffd400",
        "pageLabel": "12",
        "sortIndex": "00001|000001|00000",
        "tags": [{"name": "t"}],
    }
    nested = {
        "items": [
            {
                "itemKey": "PAPER",
                "title": "A paper",
                "attachments": [{"itemKey": "FILE", "annotations": [MARK_DATA]}],
            }
        ]
    }
    for value in ([bare], nested):
        records, _ = read(tmp_path / "z.json", value)
        _, mark = records
        assert isinstance(mark, HighlightRecord)
        assert mark.selector == Selector(quote="some words")
        assert (mark.id, mark.note, mark.colour) == (
            "zotero/MARK",
            "my comment\n\n(p. 12)",
            "yellow",
        )
    document = records[0]
    assert isinstance(document, DocumentRecord)
    assert document.metadata.title == "A paper"


def note() -> str:
    cited = {"uris": ["http://zotero.org/users/1/items/PAPER"], "locator": "12"}
    data = {"title": "A paper", "author": [{"family": "Doe", "given": "Jane"}]}
    items = quote(json.dumps([{**cited, "itemData": data}]))
    annotation = quote(
        json.dumps(
            {"annotationKey": "MARK", "color": "#FFD400", "pageLabel": "12", "citationItem": cited}
        )
    )
    return (
        f'<div data-citation-items="{items}" data-schema-version="9"><h1>Annotations</h1>'
        f'<p><span class="highlight" data-annotation="{annotation}">“some &amp; words”</span> '
        '<span class="citation">(<span class="citation-item">Doe, p. 12</span>)</span> '
        "my comment</p><p>not a comment</p></div>"
    )


def test_notes_in_html(tmp_path: Path) -> None:
    item = {"key": "N", "data": {"itemType": "note", "note": note()}}
    for value in (note(), [item]):
        (document, mark), report = read(tmp_path / "z.html", value)
        assert report.lines() == ["1 text of a note beside its quotes: not a comment"]
        assert isinstance(document, DocumentRecord)
        assert document.metadata == Metadata("A paper", "Doe, Jane")
        assert isinstance(mark, HighlightRecord)
        assert mark.selector == Selector(quote="some & words")
        assert (mark.note, mark.colour, mark.id) == (
            "my comment\n\n(p. 12)",
            "yellow",
            "zotero/MARK",
        )


@pytest.mark.parametrize("size", [1, 7, 100, 5000])
def test_a_note_in_pieces_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    whole, said = read(tmp_path / "z.html", note() * 3)
    monkeypatch.setattr(zotero, "_PIECE", size)
    records, report = read(tmp_path / "z.html", note() * 3)
    assert (records, report.lines()) == (whole, said.lines())
    assert len([each for each in records if isinstance(each, HighlightRecord)]) == 3


def test_a_note_whose_paragraphs_do_not_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zotero, "_PIECE", 100)
    monkeypatch.setattr(zotero, "_LONGEST_PARAGRAPH", 1000)
    open_ended = note().replace("</p>", "")
    whole, _ = read(tmp_path / "z.html", open_ended)
    many, _ = read(tmp_path / "z.html", open_ended * 50)
    assert len(whole) == 2
    assert len(many) == 51


def test_a_note_without_quotes_and_what_is_no_note(tmp_path: Path) -> None:
    records, report = read(tmp_path / "z.html", "<p>just a thought</p>")
    assert not records
    assert report.summary() == "1 note without a quotation"
    for text in ("[]", "{}", '[{"a": 1}, 3]'):
        with pytest.raises(UnreadableFileError, match="no annotations of Zotero"):
            read(tmp_path / "z.json", text)


def test_a_note_that_quotes_nothing_is_about_its_item(tmp_path: Path) -> None:
    path = tmp_path / "z.json"
    annotation = {"annotationType": "highlight", "annotationText": "words", "key": "A"}
    item = {
        "citationKey": "ng2020",
        "itemType": "book",
        "title": "The Book",
        "notes": [{"note": "<p>Read <b>this</b></p><p>again</p>", "tags": [{"tag": "later"}]}],
        "attachments": [{"title": "PDF", "path": "a.pdf", "annotations": [annotation]}],
    }
    path.write_text(json.dumps({"items": [item]}))
    report = LossReport()
    document, highlight, note = zotero.read(path, report)
    assert not report
    assert isinstance(document, DocumentRecord)
    assert document.metadata.title == "The Book"
    assert isinstance(highlight, HighlightRecord)
    assert isinstance(note, HighlightRecord)
    assert note.document == highlight.document
    assert (note.selector, note.tags, note.note) == (None, ("later",), "Read this\n\nagain")
