"""Clippings and highlights from reading services: Kindle, Readwise, Hypothesis."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from annotations.errors import UnreadableFileError
from annotations.exchange import hypothesis, kindle, readwise
from annotations.exchange.bundle import (
    READING,
    DocumentRecord,
    HighlightRecord,
    Reader,
    Record,
    ReplyRecord,
    Selector,
)
from annotations.exchange.clippingdates import clipping_time
from annotations.exchange.report import LossReport
from annotations.exchange.texts import passages
from annotations.model import Metadata, Span, Status
from annotations.text.offsets import Unit


def read(reader: Reader, path: Path, text: str) -> tuple[list[Record], LossReport]:
    path.write_text(text, encoding="utf-8", newline="")
    report = LossReport()
    return list(reader(path, report)), report


def highlights(records: list[Record]) -> list[HighlightRecord]:
    return [record for record in records if isinstance(record, HighlightRecord)]


def quotes(records: list[Record]) -> list[str]:
    return [record.selector.quote for record in highlights(records) if record.selector]


CLIPPINGS = """\ufeffDeep Work (Cal Newport)
- Your Highlight on page 10 | Location 150-151 | Added on Monday, January 1, 2024 10:30:00 PM

A passage.
==========
\ufeffDeep Work (Cal Newport)
- Your Note on page 10 | Location 151 | Added on Monday, January 1, 2024 10:31:00 PM

what I think
==========
\ufeffDeep Work (Cal Newport)
- Your Bookmark on page 12 | Location 180 | Added on Monday, January 1, 2024 10:32:00 PM


==========
\ufeffDeep Work (Cal Newport)
- Your Highlight on page 14 | Location 1200-5 | Added on Tuesday, January 2, 2024 8:00:00 AM

Another
==========
\ufeffDeep Work (Cal Newport)
- Your Highlight on page 14 | Location 1200-7 | Added on Tuesday, January 2, 2024 8:01:00 AM

Another passage.
==========
Gone (Series (1)) (Doe, Jane)
- Highlight Loc. 12-13  | Added on Sunday, March 03, 2013, 09:14 PM

<You have reached the clipping limit for this item>
==========
"""


def test_clippings_of_a_kindle(tmp_path: Path) -> None:
    for ends in ("\n", "\r\n"):
        records, report = read(kindle.read, tmp_path / "c.txt", CLIPPINGS.replace("\n", ends))
        documents = [each for each in records if isinstance(each, DocumentRecord)]
        assert [each.metadata for each in documents] == [Metadata("Deep Work", "Cal Newport")]
        first, second = highlights(records)
        assert first.selector == Selector(quote="A passage.")
        assert first.note.startswith("what I think\n\n(")
        assert "Location 150-151" in first.note
        assert first.created_at == "2024-01-01T22:30:00Z"
        assert second.selector == Selector(quote="Another passage.")
        assert report.summary() == (
            "1 bookmark, 1 earlier version of a highlight, "
            "1 clipping that the publisher's limit kept empty"
        )


def test_clippings_of_many_books_at_once(tmp_path: Path) -> None:
    entries = [
        ("A", "Note", "9", "early"),
        ("A", "Highlight", "7-9", "some words"),
        ("B", "Highlight", "7-9", "other words"),
        ("A", "Note", "9", "late"),
        ("A", "Highlight", "7-12", "some words and more"),
        ("B", "Note", "30", "alone"),
        ("A", "Note", "12", "last"),
    ]
    text = "".join(
        f"{book}\n- Your {kind} at Location {place} | Added on Monday, January 1, 2024\n\n{words}\n"
        "==========\n"
        for book, kind, place, words in entries
    )
    records, _ = read(kindle.read, tmp_path / "c.txt", text)
    assert [(each.document, each.note.split("\n\n")[:-1]) for each in highlights(records)] == [
        ("A", ["early", "late", "last"]),
        ("B", []),
        ("B", ["alone"]),
    ]
    assert quotes(records) == ["some words and more", "other words", ""]


def test_reading_clippings_can_be_stopped(tmp_path: Path) -> None:
    records, _ = read(kindle.read, tmp_path / "c.txt", CLIPPINGS * 250)
    assert records[0] is READING


def test_the_same_clippings_have_the_same_ids(tmp_path: Path) -> None:
    first, _ = read(kindle.read, tmp_path / "c.txt", CLIPPINGS)
    more = CLIPPINGS + CLIPPINGS.replace("A passage", "A new passage").replace("150-151", "9-9")
    second, _ = read(kindle.read, tmp_path / "c.txt", more)
    assert {each.id for each in highlights(first)} <= {each.id for each in highlights(second)}


@pytest.mark.parametrize(
    ("line", "kind", "at"),
    [
        (
            "- Ihre Markierung auf Seite 8 | Position 100-101 | Hinzugefügt am Dienstag, "
            "5. März 2019 14:34:12",
            "highlight",
            "2019-03-05T14:34:12Z",
        ),
        (
            "- Ihre Notiz bei Position 101 | Hinzugefügt am Samstag, 26. Mai 2018 09:00:00",
            "note",
            "2018-05-26T09:00:00Z",
        ),
        (
            "- Votre surlignement sur la page 8 | emplacement 100-101 | Ajouté le mardi "
            "5 août 2019 14:34:12",
            "highlight",
            "2019-08-05T14:34:12Z",
        ),
        (
            "- Tu subrayado en la página 8 | posición 100-101 | Añadido el martes, "
            "5 de marzo de 2019 14:34:12",
            "highlight",
            "2019-03-05T14:34:12Z",
        ),
        (
            "- La tua nota a pagina 8 | posizione 101 | Aggiunto in data martedì "
            "5 marzo 2019 14:34:12",
            "note",
            "2019-03-05T14:34:12Z",
        ),
        (
            "- Seu destaque na página 8 | posição 100-101 | Adicionado: terça-feira, "
            "5 de março de 2019 14:34:12",
            "highlight",
            "2019-03-05T14:34:12Z",
        ),
        (
            "- 您在第 8 页（位置 #100-101）的标注 | 添加于 2019年3月5日星期二 下午2:34:12",
            "highlight",
            "2019-03-05T14:34:12Z",
        ),
        (
            "- 8ページ|位置No. 100-101のハイライト |作成日: 2019年3月5日火曜日 14:34:12",
            "highlight",
            "2019-03-05T14:34:12Z",
        ),
        (
            "- Uw markering op pagina 8 | locatie 100-101 | Toegevoegd op maandag "
            "4 maart 2019 14:34:12",
            "highlight",
            "2019-03-04T14:34:12Z",
        ),
        (
            "- 2 페이지|위치 22-25에 하이라이트 | 추가됨 2024년 1월 1일 월요일 오후 10:30:45",
            "highlight",
            "2024-01-01T22:30:45Z",
        ),
        (
            "– Ваша заметка в месте 101–150 | Добавлено: суббота, 7 апреля 2018 г. в 06:56:35",
            "note",
            "2018-04-07T06:56:35Z",
        ),
        (
            "- Ваша заметка в месте 101 | Добавлено: вторник, 3 марта 2020 г. в 06:56:35",
            "note",
            "2020-03-03T06:56:35Z",
        ),
        (
            "- Your Highlight on Location 101-150 | Added on 5/22/2011 10:15:23 PM",
            "highlight",
            "2011-05-22T22:15:23Z",
        ),
        (
            "- Twoje podkreślenie na stronie 6 | lokalizacja 36-40 | Dodano: poniedziałek, "
            "30 września 2019 18:00:39",
            "highlight",
            "2019-09-30T18:00:39Z",
        ),
        (
            "- Votre surlignement Emplacement 307-307 | Ajouté le lundi 17 décembre 2012 "
            "à 08:27:45",
            "highlight",
            "2012-12-17T08:27:45Z",
        ),
        (
            "- Highlight on Page 10 | Added on Monday, 3 December 12 19:51:33 Greenwich Mean Time",
            "highlight",
            "2012-12-03T19:51:33Z",
        ),
        ("- Your Highlight on page 8 | Added on some day", "highlight", ""),
    ],
)
def test_languages_of_a_kindle(tmp_path: Path, line: str, kind: str, at: str) -> None:
    text = f"Book (Author)\n{line}\n\nwords\n==========\n"
    records, report = read(kindle.read, tmp_path / "c.txt", text)
    (record,) = highlights(records)
    assert not report
    assert record.created_at == at
    assert record.selector == (Selector(quote="words") if kind == "highlight" else Selector())


def test_a_clock_of_twelve_hours() -> None:
    assert clipping_time("January 1, 2024 12:05:00 AM") == "2024-01-01T00:05:00Z"
    assert clipping_time("January 1, 2024 12:05:00 PM") == "2024-01-01T12:05:00Z"
    assert clipping_time("30 February 2024 10:00:00") == ""
    assert clipping_time("") == ""


def test_clippings_that_are_none_or_cut_short(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no clippings"):
        read(kindle.read, tmp_path / "c.txt", "")
    records, report = read(kindle.read, tmp_path / "c.txt", CLIPPINGS[: len(CLIPPINGS) // 2])
    assert highlights(records)
    assert "1 entry cut short" in report.summary()
    _, report = read(kindle.read, tmp_path / "c.txt", "nothing\n==========\n")
    assert report.summary() == "1 entry other than clippings"


def test_readwise(tmp_path: Path) -> None:
    text = (
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,"
        'Highlighted at,Document tags\r\n"Some, words",Book,Author,,my note,yellow,"a,b/c",page,12,'
        "2020-01-01 00:00:00+00:00,shelf\r\nMore,Book,Author,,,,,,,,shelf\r\n,Book,,,,,,,,,\r\n"
    )
    records, report = read(readwise.read, tmp_path / "r.csv", text)
    document, first, second = records
    assert isinstance(document, DocumentRecord)
    assert (document.metadata, document.note) == (Metadata("Book", "Author"), "#shelf")
    assert isinstance(first, HighlightRecord)
    assert first.selector == Selector(quote="Some, words")
    assert (first.tags, first.note, first.colour) == (
        ("a", "b/c"),
        "my note\n\n(page 12)",
        "yellow",
    )
    assert first.created_at == "2020-01-01T00:00:00Z"
    assert isinstance(second, HighlightRecord)
    assert report.lines() == ["1 row without words or a book: line 4"]
    with pytest.raises(UnreadableFileError, match="no column highlight, book title"):
        read(readwise.read, tmp_path / "r.csv", "a,b\r\n")


TEXT = "😀 One two."
ANNOTATION = {
    "id": "abc",
    "created": "2024-01-01T10:00:00.123456+00:00",
    "updated": "2024-01-02T10:00:00+02:00",
    "user": "acct:ann@hypothes.is",
    "uri": "https://example.org/",
    "text": "note",
    "tags": ["t"],
    "group": "readers",
    "document": {"title": ["A page"]},
    "target": [
        {
            "source": "https://example.org/",
            "selector": [
                {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 3},
                {"type": "TextPositionSelector", "start": 3, "end": 6},
                {"type": "TextQuoteSelector", "exact": "One", "prefix": "😀 ", "suffix": " two"},
            ],
        }
    ],
}
REPLY = {
    **{key: ANNOTATION[key] for key in ("created", "user", "uri")},
    "id": "r",
    "text": "answer",
    "references": ["abc"],
}
PAGE_NOTE = {**ANNOTATION, "id": "p", "target": [{"source": "https://example.org/"}], "tags": []}


@pytest.mark.parametrize(
    "value",
    [
        {"total": 3, "rows": [REPLY, ANNOTATION, PAGE_NOTE]},
        {"rows": [ANNOTATION, PAGE_NOTE], "replies": [REPLY]},
        {"export_date": "x", "client_version": "1", "annotations": [ANNOTATION, REPLY, PAGE_NOTE]},
        [ANNOTATION, PAGE_NOTE, REPLY],
    ],
)
def test_hypothesis_of_the_api_and_of_the_client(tmp_path: Path, value: object) -> None:
    records, report = read(hypothesis.read, tmp_path / "h.json", json.dumps(value))
    assert not report
    assert (
        ReplyRecord("abc", "answer", "ann@hypothes.is", "2024-01-01T10:00:00.123Z", "r") in records
    )
    (document,) = (record for record in records if isinstance(record, DocumentRecord))
    assert document.metadata == Metadata("A page", source="https://example.org/")
    first, page = highlights(records)
    assert first == HighlightRecord(
        "https://example.org/",
        Selector(Span(3, 6), Unit.UTF16, "One", "😀 ", " two"),
        ("t", "hypothesis/group/readers"),
        "note",
        "",
        "ann@hypothes.is",
        "abc",
        "2024-01-01T10:00:00.123Z",
        "2024-01-02T08:00:00Z",
    )
    assert (page.selector, page.note) == (None, "note")
    alone, _ = read(hypothesis.read, tmp_path / "one.json", json.dumps(ANNOTATION))
    assert alone == [document, first]


def test_hypothesis_csv(tmp_path: Path) -> None:
    text = (
        "\ufeffCreated at,Author,Page,URL,Group,Type,Quote/description,Comment,Tags\r\n"
        '2026-10-01 10:00:00,me,,https://a.org/,Public,Annotation,"A ""pen""",Check,"x,to read"\r\n'
        "2026-10-02 10:00:00,me,,https://a.org/,Public,Reply,A pen,a reply,\r\n"
        "2026-10-02 11:00:00,me,,https://a.org/,Mine,Page note,,a page note,\r\n"
    )
    records, report = read(hypothesis.read, tmp_path / "h.csv", text)
    first, page = highlights(records)
    assert first.selector is not None
    assert first.selector.quote == 'A "pen"'
    assert (first.tags, first.note, first.created_at) == (
        ("x", "to read"),
        "Check",
        "2026-10-01T10:00:00Z",
    )
    assert (page.selector, page.tags) == (None, ("hypothesis/group/Mine",))
    assert "1 reply" in report.summary()


def test_hypothesis_comes_back_as_it_went(tmp_path: Path) -> None:
    records: list[Record] = [
        DocumentRecord("d", Metadata("T"), passages(TEXT), "about", "d"),
        HighlightRecord(
            "d",
            Selector(Span(2, 5), quote="One", prefix="😀 "),
            ("t", "hypothesis/group/g"),
            "n",
            "red",
            "ann",
            "h1",
            "2024-01-01T00:00:00Z",
            "2024-01-02T00:00:00Z",
        ),
        ReplyRecord("h1", "answer", "ben", "2024-01-03T00:00:00Z", "r1"),
        HighlightRecord("d", Selector(quote="gone"), id="h2", status=Status.LOST),
    ]
    file, report = io.BytesIO(), LossReport()
    hypothesis.write(records, file, report)
    assert report.summary() == (
        "1 text of documents, 1 colour of highlights, 1 state (moved or lost)"
    )
    written = json.loads(file.getvalue())
    # What the client asks of a file that it imports, and of each annotation in it.
    assert len(written["annotations"]) == 4
    assert written["export_date"] == "2024-01-02T00:00:00Z"
    for each in written["annotations"]:
        assert each["permissions"]["read"] == [each["user"]]
        assert {"uri", "document", "target", "text", "tags", "id", "hidden"} <= each.keys()
    position = written["annotations"][1]["target"][0]["selector"][1]
    assert (position["start"], position["end"]) == (3, 6)
    back, losses = read(hypothesis.read, tmp_path / "h.json", file.getvalue().decode())
    assert not losses
    document, note, first, reply, lost = back
    assert isinstance(document, DocumentRecord)
    assert (document.id, document.metadata) == ("d", Metadata("T"))
    assert isinstance(note, HighlightRecord)
    assert (note.selector, note.note) == (None, "about")
    assert isinstance(first, HighlightRecord)
    assert (first.coder, first.tags, first.note, first.id) == (
        "ann",
        ("t", "hypothesis/group/g"),
        "n",
        "h1",
    )
    assert reply == records[2]
    assert isinstance(lost, HighlightRecord)
    assert lost.selector == Selector(None, Unit.UTF16, "gone")


@pytest.mark.parametrize("text", ["{}", '{"a": [1]}', "a,b\r\n1,2\r\n"])
def test_what_is_not_of_hypothesis(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableFileError, match="holds no annotations of Hypothesis"):
        read(hypothesis.read, tmp_path / "h.json", text)


def test_elements_that_are_no_annotations(tmp_path: Path) -> None:
    records, report = read(hypothesis.read, tmp_path / "h.json", '{"rows": [3, {}, null]}')
    assert not records
    assert report.summary() == "3 elements other than annotations"


def test_a_note_finds_its_highlight_in_a_language_that_is_not_known(tmp_path: Path) -> None:
    text = (
        "本（著者）\n- Marked leaf 6 | spot 36-40 | 2019-09-30 18:00\n\nwords\n==========\n"
        "本（著者）\n- Your Note on leaf 6 | spot 40 | 2019-09-30 18:01\n\nsaid\n==========\n"
        "本（著者）\n- Marked leaf 6 | spot 44-45 | 2019-09-30 18:02\n\nmore\n==========\n"
    )
    records, report = read(kindle.read, tmp_path / "c.txt", text)
    assert not report
    assert isinstance(records[0], DocumentRecord)
    assert records[0].metadata == Metadata("本", "著者")
    first, second = highlights(records)
    assert first.note.startswith("said")
    assert not second.note.startswith("said")


def test_what_devices_write_beside_the_usual(tmp_path: Path) -> None:
    text = (
        "刻意练习 (安德斯（Anders）;罗伯特（Robert）)\n"
        "- 您在位置 #9-9的标注 | 添加于 2023年3月19日\n\n标\n==========\n"
        "Livro (Arcuri, Nathalia)\n- Your Highlight on Location na página 17 | posição 251-252 | "
        "Adicionado: quarta-feira, 11 de outubro de 2023 07:05:21\n\nprecisa\n==========\n"
        "Livro (Arcuri, Nathalia)\n- Sua nota na página 17 | posição 252 | "
        "Adicionado: quarta-feira, 11 de outubro de 2023 07:05:26\n\nsim\n==========\n"
    )
    records, report = read(kindle.read, tmp_path / "c.txt", text)
    assert not report
    authors = [each.metadata.author for each in records if isinstance(each, DocumentRecord)]
    assert authors == ["安德斯（Anders）;罗伯特（Robert）", "Arcuri, Nathalia"]
    assert [each.note.partition("\n")[0] for each in highlights(records)][1:] == ["sim"]
