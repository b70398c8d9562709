"""REFI-QDA: valid by its schemas on the way out; what other programs make of it on the way in."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from annotations.errors import InvalidError, UnreadableFileError
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    ReplyRecord,
    Selector,
    TagRecord,
)
from annotations.exchange.refi import codebook, project_reader, project_writer
from annotations.exchange.report import LossReport
from annotations.exchange.texts import passages
from annotations.model import Metadata, Span, Status

SCHEMAS = Path(__file__).resolve().parents[2] / ".." / "shared" / "refi"
TEXT = "A 😀 first paragraph.\n\nAnd the second: “wörds”.\n"
DOCUMENT = "0c9d8e7f-1111-4222-8333-444455556666"
HIGHLIGHT = "7b0d6f5e-1111-4222-8333-444455556666"
TAG = "9a0d6f5e-1111-4222-8333-444455556666"


def records() -> list[Record]:
    return [
        TagRecord("risk/tiers", "levels & kinds", "red", TAG),
        TagRecord("tone", colour="#a0b1c2"),
        DocumentRecord(
            DOCUMENT,
            Metadata("A <title>", "An author", "", "2023-10-30", "en", "letter", "https://a.org/"),
            passages(TEXT),
            "about\nthe whole",
            DOCUMENT,
        ),
        HighlightRecord(
            DOCUMENT,
            Selector(Span(2, 9), quote=TEXT[2:9]),
            ("risk/tiers", "new"),
            "a *note*\nof two lines",
            "",
            "ann",
            HIGHLIGHT,
            "2026-01-01T00:00:00Z",
            "2026-01-02T00:00:00.123Z",
        ),
        HighlightRecord(DOCUMENT, Selector(Span(22, 25), quote="And"), id=TAG),
    ]


def written(source: Sequence[Record]) -> tuple[bytes, LossReport]:
    file, report = io.BytesIO(), LossReport()
    project_writer.write(source, file, report)
    return file.getvalue(), report


def project_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("project.qde")


def packed(path: Path, project: str, **sources: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", project)
        for name, text in sources.items():
            archive.writestr(f"Sources/{name}.txt", text)
    return path


def read(path: Path) -> tuple[list[Record], LossReport]:
    report = LossReport()
    found: list[Record] = []
    for record in project_reader.read(path, report):
        if isinstance(record, DocumentRecord) and record.passages is not None:
            record = replace(record, passages=tuple(record.passages))
        found.append(record)
    return found, report


def highlights(found: list[Record]) -> list[HighlightRecord]:
    return [record for record in found if isinstance(record, HighlightRecord)]


def text_of(record: Record) -> str:
    assert isinstance(record, DocumentRecord)
    assert record.passages is not None
    return "".join(passage.text for passage in record.passages)


def valid(data: bytes, schema: str) -> None:
    if not SCHEMAS.exists():
        pytest.skip("the REFI schemas are not here")
    schema_of(schema).assertValid(etree.fromstring(data))


@cache
def schema_of(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(SCHEMAS / name))


def test_a_project_is_valid_and_comes_back(tmp_path: Path) -> None:
    data, report = written(records())
    assert not report
    valid(project_of(data), "Project.xsd")
    path = tmp_path / "a.qdpx"
    path.write_bytes(data)
    found, losses = read(path)
    assert not losses
    tags = {record.path: record for record in found if isinstance(record, TagRecord)}
    assert set(tags) == {"risk/tiers", "tone", "new"}
    assert tags["risk/tiers"] == TagRecord("risk/tiers", "levels & kinds", "red", TAG)
    assert tags["tone"].colour == "#a0b1c2"
    document = next(record for record in found if isinstance(record, DocumentRecord))
    expected = records()[2]
    assert isinstance(expected, DocumentRecord)
    assert replace(document, passages=None) == replace(expected, passages=None)
    assert text_of(document) == TEXT
    assert highlights(found) == records()[3:]


def test_what_a_project_cannot_hold_is_reported() -> None:
    document = DocumentRecord("d", Metadata("T"), passages("abc"))
    place = Selector(Span(0, 3), quote="abc")
    _, report = written(
        [
            document,
            HighlightRecord("d", place, colour="yellow", id="h1", status=Status.MOVED),
            HighlightRecord("d", Selector(quote="x"), id="h2", status=Status.LOST),
            ReplyRecord("h1", "answer"),
        ]
    )
    assert report.summary() == (
        "1 colour of highlights, 1 state (moved), 1 highlight without a place in the text, 1 reply"
    )


def test_a_library_without_tags_or_documents_is_valid() -> None:
    for source in ([], [DocumentRecord("d")], [TagRecord("a")]):
        data, _ = written(list(source))
        assert b"Sets" not in project_of(data)
        valid(project_of(data), "Project.xsd")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).map(
    lambda text: text.replace("\r", "\n").lstrip("\ufeff") or "x"
)


@given(TEXTS, st.data())
@settings(max_examples=60)
def test_every_place_comes_back(tmp_path: Path, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    note = data.draw(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"])))
    highlight = HighlightRecord("d", Selector(Span(start, end), quote=text[start:end]), note=note)
    archive, _ = written([DocumentRecord("d", passages=passages(text)), highlight])
    valid(project_of(archive), "Project.xsd")
    path = tmp_path / "a.qdpx"
    path.write_bytes(archive)
    found, _ = read(path)
    (back,) = highlights(found)
    assert back.selector == highlight.selector
    if not any(character in "\ufffe\uffff\x85" for character in note):
        assert back.note == note.strip()


PROJECT = """<?xml version="1.0" encoding="utf-8"?>
<{prefix}Project xmlns{colon}="urn:QDA-XML:project:1:0" name="p" origin="NVivo">
<{prefix}Users><{prefix}User guid="{{U1}}" name="Ann"/><{prefix}User guid="U2" id="BB"/>
</{prefix}Users>
<{prefix}CodeBook><{prefix}Codes>
<{prefix}Code guid="{{C1}}" name="risk" isCodable="false" color="#F00">
<{prefix}Code guid="C2" name="tiers" isCodable="true"><{prefix}NoteRef targetGUID="N1"/>
</{prefix}Code></{prefix}Code></{prefix}Codes></{prefix}CodeBook>
<{prefix}Sources>{sources}</{prefix}Sources>
<{prefix}Notes><{prefix}Note guid="N1" name="memo">
<{prefix}PlainTextContent>said of it</{prefix}PlainTextContent></{prefix}Note></{prefix}Notes>
<{prefix}Sets/>
</{prefix}Project>"""


def project(sources: str, prefix: str = "") -> str:
    return PROJECT.format(sources=sources, prefix=prefix, colon=f":{prefix[:-1]}" if prefix else "")


PLAIN = 'plainTextPath="internal://s1.txt"'
WORDS = re.compile("words").finditer


def source(selections: str, text: str = "One two three.", attributes: str = "") -> str:
    content = f"<PlainTextContent>{text}</PlainTextContent>" if text else ""
    return f'<TextSource guid="S1" name="s" {attributes}>{content}{selections}</TextSource>'


def selection(start: int | str, end: int | str, name: str = "", inside: str = "") -> str:
    return (
        f'<PlainTextSelection guid="P{start}" name="{name}" startPosition="{start}" '
        f'endPosition="{end}" creatingUser="U1">{inside}</PlainTextSelection>'
    )


def quotes(tmp_path: Path, sources: str, **texts: str) -> list[str]:
    found, _ = read(packed(tmp_path / "a.qdpx", project(sources), **texts))
    return [record.selector.quote for record in highlights(found) if record.selector]


def test_namespaces_prefixes_braces_and_empty_sets(tmp_path: Path) -> None:
    body = source(
        selection(4, 7, inside='<Coding guid="x"><CodeRef targetGUID="{c2}"/></Coding>')
        + '<NoteRef targetGUID="n1"/>'
    )
    prefixed = body.replace("</", "</q:").replace("<", "<q:").replace("<q:/q:", "</q:")
    for text in (project(body), project(prefixed, "q:")):
        found, report = read(packed(tmp_path / "a.qdpx", text))
        assert not report
        (highlight,) = highlights(found)
        assert highlight.tags == ("risk/tiers",)
        assert highlight.coder == "Ann"
        assert highlight.selector == Selector(Span(4, 7), quote="two")
        (tag,) = (record for record in found if isinstance(record, TagRecord))
        assert (tag.path, tag.description) == ("risk/tiers", "said of it")
        (document,) = (record for record in found if isinstance(record, DocumentRecord))
        assert document.note == "said of it"


def test_ends_that_are_included_are_recognised_by_their_words(tmp_path: Path) -> None:
    included = selection(0, 2, "One") + selection(4, 6, "two") + selection(8, 12)
    assert quotes(tmp_path, source(included)) == ["One", "two", "three"]
    excluded = selection(0, 3, "One") + selection(4, 7, "label") + selection(8, 13)
    assert quotes(tmp_path, source(excluded)) == ["One", "two", "three"]


def test_words_in_a_description_are_no_note(tmp_path: Path) -> None:
    described = [
        selection(start, end, "label", f"<Description>{said}</Description>")
        for start, end, said in ((0, 2, "One"), (4, 6, "two"), (8, 12, "a thought of three"))
    ]
    found, _ = read(packed(tmp_path / "a.qdpx", project(source("".join(described)))))
    assert [each.selector.quote for each in highlights(found) if each.selector] == [
        "One",
        "two",
        "three",
    ]
    assert [each.note for each in highlights(found)] == ["", "", "a thought of three"]


def test_other_units_are_recognised_by_their_words(tmp_path: Path) -> None:
    text = "😀😀 one\r\ntwo three"
    places = {
        "UTF-16 units": (10, 13),
        "code points, two a line end": (8, 11),
        "code points, one a line end": (7, 10),
    }
    for start, end in places.values():
        found = quotes(
            tmp_path,
            source(selection(start, end, "two"), "", 'plainTextPath="internal://s.txt"'),
            s=text,
        )
        assert found == ["two"]


@pytest.mark.parametrize("origin", ["NVivo 12", "another"])
@pytest.mark.parametrize("unit", ["utf-16-le", "utf-32-le"])
def test_selections_without_words_are_taken_to_be_whole_words(
    tmp_path: Path, origin: str, unit: str
) -> None:
    text = "😀 Some words\r\n" * 8
    width = int(unit[4:6]) // 8
    starts = [len(text[: place.start()].encode(unit)) // width for place in WORDS(text)]
    body = source("".join(selection(start, start + 5) for start in starts), "", PLAIN)
    packed_up = packed(tmp_path / "a.qdpx", project(body).replace("NVivo", origin), s1=text)
    found, report = read(packed_up)
    assert not report
    assert {each.selector.quote for each in highlights(found) if each.selector} == {"words"}


def test_sloppy_selections_are_no_evidence(tmp_path: Path) -> None:
    one = source(selection(1, 5), "Words and words")
    assert quotes(tmp_path, one) == ["ords"]
    cut = [selection(start, start + 4) for start in range(0, 60, 6)]
    whole = [selection(start, start + 5) for start in range(60, 120, 6)]
    several = source("".join(cut + whole), "words " * 20)
    assert quotes(tmp_path, several) == ["word"] * 10 + ["words"] * 10


def test_several_users_on_one_selection_make_a_highlight_each(tmp_path: Path) -> None:
    codings = "".join(
        f'<Coding guid="{user}" creatingUser="{user}"><CodeRef targetGUID="C2"/></Coding>'
        for user in ("U1", "U2", "U2")
    )
    found, _ = read(packed(tmp_path / "a.qdpx", project(source(selection(0, 3, inside=codings)))))
    assert [record.coder for record in highlights(found)] == ["Ann", "BB"]
    assert len({record.id for record in highlights(found)}) == 2


def test_a_coding_of_the_whole_source(tmp_path: Path) -> None:
    coding = '<Coding guid="x"><CodeRef targetGUID="C2"/></Coding>'
    found, _ = read(packed(tmp_path / "a.qdpx", project(source(coding))))
    assert [(each.selector, each.tags) for each in highlights(found)] == [(None, ("risk/tiers",))]


def test_pdf_sources_wait_for_their_text(tmp_path: Path) -> None:
    words = "<Representation guid='R'><PlainTextContent>two</PlainTextContent></Representation>"
    area = "page='1' firstX='0' firstY='0' secondX='9' secondY='9'"
    pdf = (
        f"<PDFSource guid='S9' name='pdf'><PDFSelection guid='A' {area}>{words}</PDFSelection>"
        f"<PDFSelection guid='B' {area}/><Representation guid='R2'>"
        f"<PlainTextContent>One two</PlainTextContent>{selection(0, 3)}</Representation>"
        "</PDFSource>"
    )
    found, report = read(packed(tmp_path / "a.qdpx", project(pdf)))
    document = next(record for record in found if isinstance(record, DocumentRecord))
    assert text_of(document) == "One two"
    assert [each.selector for each in highlights(found)] == [
        Selector(Span(0, 3), quote="One"),
        Selector(quote="two"),
    ]
    assert report.summary() == "1 area of pages"


@pytest.mark.parametrize(
    "selections",
    [selection(-4, 3), selection(9, 3), selection(0, 99), selection("x", 3), selection(0, "")],
)
def test_places_outside_the_text_are_reported(tmp_path: Path, selections: str) -> None:
    found, report = read(packed(tmp_path / "a.qdpx", project(source(selections))))
    assert not highlights(found)
    assert "1 selection outside the text" in report.summary()


def test_relative_sources_stay_in_the_folder_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "project"
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "a.txt").write_text("\ufeffOne two", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    for where, expected in {
        "relative://texts/a.txt": "One two",
        "relative://../secret.txt": None,
        "relative://link.txt": None,
        f"relative://{tmp_path}/secret.txt": None,
        "absolute:///etc/hostname": None,
        "internal://../project.qde": None,
        "internal://missing.txt": None,
    }.items():
        body = source(selection(0, 3), "", f'plainTextPath="{where}"')
        found, report = read(packed(folder / "a.qdpx", project(body)))
        document = next((each for each in found if isinstance(each, DocumentRecord)), None)
        assert document is not None
        if expected is None:
            assert document.passages is None
            assert "1 text missing from the file" in report.summary()
        else:
            assert text_of(document) == expected


def test_a_project_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    text = project(source(selection(0, 3)))
    for cut in range(0, len(text.rstrip()), 7):
        with pytest.raises(UnreadableFileError):
            read(packed(tmp_path / "a.qdpx", text[:cut]))


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE p [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><Project name="p">&b;</Project>'
    with pytest.raises(UnreadableFileError, match="document type"):
        read(packed(tmp_path / "a.qdpx", bomb))


def test_codes_of_many_levels_are_refused(tmp_path: Path) -> None:
    levels = 10_000
    deep = '<Code guid="c" name="x" isCodable="true">' * levels + "</Code>" * levels
    path = packed(
        tmp_path / "a.qdpx",
        f"<Project><CodeBook><Codes>{deep}</Codes></CodeBook></Project>",
    )
    with pytest.raises(UnreadableFileError, match="levels deep"):
        read(path)


def read_codebook(path: Path) -> tuple[list[Record], LossReport]:
    report = LossReport()
    return list(codebook.read(path, report)), report


def test_a_codebook_is_valid_and_comes_back(tmp_path: Path) -> None:
    file, report = io.BytesIO(), LossReport()
    codebook.write(records(), file, report)
    assert report.summary() == "1 document, 2 highlights"
    valid(file.getvalue(), "Codebook.xsd")
    path = tmp_path / "a.qdc"
    path.write_bytes(file.getvalue())
    found, _ = read_codebook(path)
    assert [record.path for record in found if isinstance(record, TagRecord)] == [
        "new",
        "risk/tiers",
        "tone",
    ]
    assert found[1] == records()[0]


def test_a_codebook_from_taguette_and_one_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.qdc"
    path.write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="A" name="a/b" '
        'isCodable="true"/><Code guid="B" name=" "/></Codes><Sets/></CodeBook>'
    )
    found, report = read_codebook(path)
    assert found == [TagRecord("a/b", id="a")]
    assert report.summary() == "1 code without a name"
    path.write_text("<html/>")
    with pytest.raises(UnreadableFileError, match="no REFI-QDA codebook"):
        read_codebook(path)
    with pytest.raises(InvalidError, match="no tag"):
        codebook.write([], io.BytesIO(), LossReport())


def test_notes_as_other_programs_tie_them(tmp_path: Path) -> None:
    project = """<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Users>
      <User guid="u1" name="ann"/></Users><Sources>
      <TextSource guid="s1" name="One"><Description>of the source</Description>
        <PlainTextContent>Some words here, and more.</PlainTextContent>
        <PlainTextSelection guid="x1" startPosition="5" endPosition="10"/>
        <NoteRef targetGUID="n1"/></TextSource></Sources>
      <Notes>
        <Note guid="n1" modifyingUser="u1" modifiedDateTime="2021-01-15T23:37:54Z">
          <PlainTextContent>a <b>remark</b></PlainTextContent>
          <PlainTextSelection guid="x2" startPosition="11" endPosition="15"/></Note>
        <Note guid="n2"><PlainTextContent>linked to a selection</PlainTextContent></Note>
        <Note guid="n3"><PlainTextContent>linked to the source</PlainTextContent></Note>
        <Note guid="n4" name="journal"><PlainTextContent>of all</PlainTextContent></Note>
      </Notes>
      <Links><Link guid="l1" originGUID="n2" targetGUID="x1"/>
        <Link guid="l2" originGUID="s1" targetGUID="n3"/>
        <Link guid="l3" name="see also" originGUID="s1" targetGUID="x1"/></Links>
      <Description>What the project is for</Description></Project>"""
    report = LossReport()
    found = list(project_reader.read(packed(tmp_path / "p.qdpx", project), report))
    document, selection, remark = found
    assert isinstance(document, DocumentRecord)
    assert document.note == "of the source\n\nlinked to the source"
    assert isinstance(selection, HighlightRecord)
    assert selection.note == "linked to a selection"
    assert isinstance(remark, HighlightRecord)
    assert remark.selector == Selector(Span(11, 15), quote="here")
    assert (remark.note, remark.coder, remark.id) == ("a remark", "ann", "x2")
    assert report.lines() == [
        "1 description of the project: What the project is for",
        "1 link: see also",
        "1 note on the project as a whole: of all",
    ]


def test_notes_are_descriptions_which_most_programs_show(tmp_path: Path) -> None:
    quote = TEXT[2:9]
    said: list[Record] = [
        DocumentRecord(DOCUMENT, Metadata("T"), passages(TEXT), "of the whole", DOCUMENT),
        HighlightRecord(DOCUMENT, Selector(Span(2, 9), quote=quote), note="of it", id=HIGHLIGHT),
        HighlightRecord(DOCUMENT, Selector(Span(2, 9), quote=quote), note=quote, id=TAG),
    ]
    data, _ = written(said)
    project = project_of(data).decode()
    assert "<Description>of the whole</Description>" in project
    assert "<Description>of it</Description>" in project
    assert project.count("<Note ") == 1
    (tmp_path / "p.qdpx").write_bytes(data)
    found = list(project_reader.read(tmp_path / "p.qdpx", LossReport()))
    assert [each.note for each in found if isinstance(each, DocumentRecord | HighlightRecord)] == [
        "of the whole",
        "of it",
        quote,
    ]


@pytest.mark.parametrize(
    ("member", "where"),
    [
        ("Sources/s1.txt", "internal://s1.txt"),
        ("sources/s1.txt", "internal://s1.txt"),
        ("Sources/s1.txt", "internal:///s1.txt"),
        ("Sources/s1.txt", "s1.txt"),
        ("s1.txt", "internal://s1.txt"),
    ],
)
def test_texts_lie_where_programs_put_them(tmp_path: Path, member: str, where: str) -> None:
    project = (
        '<Project xmlns="urn:QDA-XML:project:1.0"><Sources>'
        f'<TextSource guid="s1" name="One" plainTextPath="{where}"/></Sources></Project>'
    )
    path = tmp_path / "p.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", project)
        archive.writestr(member, "Some words.")
    report = LossReport()
    [document] = project_reader.read(path, report)
    assert isinstance(document, DocumentRecord)
    assert not report
    assert "".join(each.text for each in document.passages or ()) == "Some words."
