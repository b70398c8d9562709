"""Imports into a library: one act, nothing doubled, every quote in its place or kept as lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotations import open_library
from annotations.errors import ImportCancelled, LibraryError, UnreadableFileError
from annotations.exchange.arrival import Outcome
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    ReplyRecord,
    Selector,
    TagRecord,
)
from annotations.exchange.export import export
from annotations.exchange.formats import FORMATS
from annotations.exchange.incoming import bring_in, import_file
from annotations.exchange.outgoing import records as outgoing
from annotations.exchange.report import LossReport
from annotations.exchange.texts import passages
from annotations.library.library import Library
from annotations.model import Highlight, ImportedDocument, Metadata, Span, Status
from annotations.text.offsets import Unit

TEXT = "😀 The first sentence of it all.\n\nThe second sentence, which is a longer one.\n"
HIGHLIGHT = "7b0d6f5e-1111-4222-8333-444455556666"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library.db", coder="ann") as opened:
        opened.documents.delete([document.id for document in opened.documents.list()])
        yield opened


def add(library: Library, text: str = TEXT, title: str = "Doc") -> str:
    imported = ImportedDocument(passages(text), Metadata(title))
    return library.documents.add(imported).document.id


def take(library: Library, *records: Record, dry_run: bool = False) -> tuple[Outcome, LossReport]:
    report = LossReport()
    outcome = bring_in(library, records, report, name="a file", dry_run=dry_run)
    assert library.check() == []
    return outcome, report


def everything(library: Library) -> list[Highlight]:
    return list(library.highlights.list())


def only(library: Library) -> Highlight:
    (highlight,) = everything(library)
    return highlight


def state(library: Library) -> tuple[object, ...]:
    documents = [replace(each, updated_at="") for each in library.documents.list()]
    return documents, everything(library), library.codebook.tags()


DOC = DocumentRecord("k", Metadata("Doc"))


def test_an_import_is_one_act_and_undo_takes_all_of_it_back(library: Library) -> None:
    add(library)
    before = state(library)
    outcome, _ = take(
        library,
        TagRecord("risk/new", "about", "teal"),
        DocumentRecord("k", Metadata("Doc", author="Somebody"), note="a note on it"),
        DocumentRecord("n", Metadata("New"), passages("Another text."), id=HIGHLIGHT),
        DocumentRecord("s", Metadata("Elsewhere")),
        HighlightRecord("k", Selector(Span(2, 5), quote="The"), ("risk/new", "made")),
        HighlightRecord("n", Selector(Span(0, 7), quote="Another"), note="n"),
        HighlightRecord("s", Selector(quote="gone")),
    )
    assert outcome == Outcome(documents=1, stubs=1, tags=2, highlights=3, lost=1)
    assert library.documents.get(HIGHLIGHT).title == "New"
    assert library.documents.find("Doc").author == "Somebody"
    act = next(iter(library.journal.acts()))
    assert act.name == "import"
    assert "3 highlights" in act.summary
    library.journal.undo()
    assert state(library) == before
    assert library.check() == []
    library.journal.redo()
    assert len(everything(library)) == 3
    assert library.check() == []


def test_the_same_file_twice_adds_nothing(library: Library) -> None:
    add(library)
    records: list[Record] = [
        TagRecord("t", "about"),
        DOC,
        HighlightRecord("k", Selector(Span(2, 5), quote="The"), ("t",), "note", id="x"),
        HighlightRecord("k", Selector(quote="second sentence"), note="no id"),
        HighlightRecord("k", Selector(quote="not there at all, never"), note="lost"),
        HighlightRecord("k", None, note="about the document"),
        ReplyRecord("x", "an answer", "ben", "2026-01-01T00:00:00Z", "r"),
        DocumentRecord("s", Metadata("Elsewhere")),
        HighlightRecord("s", Selector(quote="gone")),
    ]
    take(library, *records)
    acts = len(list(library.journal.acts()))
    before = state(library)
    outcome, _ = take(library, *records)
    assert outcome == Outcome(unchanged=4)
    assert state(library) == before
    assert len(list(library.journal.acts())) == acts


def test_a_dry_run_says_it_and_changes_nothing(library: Library) -> None:
    add(library)
    before = state(library), len(list(library.journal.acts()))
    records = (
        DOC,
        HighlightRecord("k", Selector(Span(2, 5)), ("new",)),
        DocumentRecord("n", Metadata("New"), passages("Another text.")),
    )
    outcome, _ = take(library, *records, dry_run=True)
    assert (state(library), len(list(library.journal.acts()))) == before
    records = (*records[:2], DocumentRecord("n", Metadata("New"), passages("Another text.")))
    assert take(library, *records)[0] == outcome == Outcome(documents=1, tags=1, highlights=1)


@pytest.mark.parametrize(
    ("selector", "quote"),
    [
        (Selector(Span(2, 5)), "The"),
        (Selector(Span(2, 5), quote="The"), "The"),
        (Selector(Span(5, 8), Unit.UTF8), "The"),
        (Selector(Span(3, 6), Unit.UTF16), "The"),
        (Selector(Span(0, 2), Unit.LINE), TEXT[: TEXT.index("The second")]),
        (Selector(Span(5, 9), quote="first sentence"), "first sentence"),
        (Selector(Span(500, 900), quote="first sentence"), "first sentence"),
        (Selector(quote="second  sentence,\nwhich"), "second sentence, which"),
    ],
)
def test_quotes_are_placed_by_offsets_or_by_words(
    library: Library, selector: Selector, quote: str
) -> None:
    add(library)
    take(library, DOC, HighlightRecord("k", selector))
    highlight = only(library)
    assert (highlight.quote, highlight.status) == (quote, Status.PLACED)
    assert TEXT[highlight.start : highlight.end] == quote


@pytest.mark.parametrize(
    "selector",
    [
        Selector(quote="words that are nowhere in this text at all"),
        Selector(Span(-5, 3)),
        Selector(Span(9, 3)),
        Selector(Span(4, 4)),
        Selector(Span(0, 10**9)),
        Selector(),
    ],
)
def test_what_finds_no_place_is_kept_with_all_that_it_carries(
    library: Library, selector: Selector
) -> None:
    add(library)
    outcome, _ = take(
        library,
        DOC,
        HighlightRecord(
            "k",
            selector._replace(prefix="before", suffix="after"),
            ("t",),
            "note",
            "red",
            "ben",
            HIGHLIGHT,
            "2026-01-01T00:00:00Z",
            "2026-01-02T00:00:00Z",
        ),
    )
    assert outcome.lost == 1
    lost = only(library)
    assert lost.status is Status.LOST
    assert (lost.quote, lost.prefix, lost.suffix) == (selector.quote, "before", "after")
    assert (lost.id, lost.tags, lost.note, lost.colour, lost.coder) == (
        HIGHLIGHT,
        ("t",),
        "note",
        "red",
        "ben",
    )
    assert (lost.created_at, lost.updated_at) == ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")


def test_a_passage_between_two_quotes_is_placed(library: Library) -> None:
    add(library)
    bounds = (Selector(quote="first sentence"), Selector(quote="which is"))
    gone = (Selector(quote="which is"), Selector(quote="first sentence"))
    _, report = take(
        library,
        DOC,
        HighlightRecord("k", Selector(bounds=bounds), id="a"),
        HighlightRecord("k", Selector(bounds=gone), id="b"),
    )
    lost, placed = sorted(everything(library), key=lambda each: each.status)
    assert placed.status is Status.PLACED
    assert placed.quote == TEXT[TEXT.index("first") : TEXT.index("which")]
    assert lost.quote == "which is … first sentence"
    assert report.summary() == "1 highlight not found in the text"


def test_a_text_that_comes_later_takes_over_the_stub(library: Library) -> None:
    records = (
        DocumentRecord("k", Metadata("My Doc!", author="Somebody")),
        HighlightRecord("k", Selector(quote="first sentence"), ("t",), "note"),
        HighlightRecord("k", Selector(quote="nowhere to be found in it")),
    )
    take(library, *records)
    stub = library.documents.list()[0]
    assert (stub.title, stub.author) == ("My Doc!", "Somebody")
    assert "has not been added" in library.documents.text(stub.id)
    added = library.documents.add(
        ImportedDocument(passages(TEXT), Metadata("my doc", path="/x/My Doc.txt"))
    )
    assert added.document.id == stub.id
    assert (added.document.title, added.document.author) == ("My Doc!", "Somebody")
    assert library.documents.text(stub.id) == TEXT
    first, second = sorted(everything(library), key=lambda each: each.status != Status.PLACED)
    assert (first.quote, first.status, first.tags, first.note) == (
        "first sentence",
        Status.PLACED,
        ("t",),
        "note",
    )
    assert TEXT[first.start : first.end] == first.quote
    assert (second.status, second.quote) == (Status.LOST, "nowhere to be found in it")
    assert library.check() == []
    outcome, _ = take(library, *records)
    assert outcome == Outcome(unchanged=2)
    library.journal.undo()
    assert all(each.status is Status.LOST for each in everything(library))
    assert library.check() == []


def test_a_text_in_a_bundle_takes_over_the_stub_too(library: Library) -> None:
    take(library, DOC, HighlightRecord("k", Selector(quote="first sentence")))
    outcome, _ = take(library, DocumentRecord("n", Metadata("Doc"), passages(TEXT)))
    assert (outcome.highlights, len(library.documents.list())) == (0, 1)
    assert only(library).status is Status.PLACED


def test_a_round_trip_updates(library: Library) -> None:
    document = add(library)
    made = library.highlights.add(document, 2, 5, tags=["t"], note="old")
    record = HighlightRecord(
        "k", Selector(Span(2, 5)), ("u",), "new", "red", id=made.id, updated_at=made.updated_at
    )
    outcome, _ = take(library, DOC, record)
    assert (outcome.updated, outcome.highlights) == (1, 0)
    changed = only(library)
    assert (changed.tags, changed.note, changed.colour) == (("t", "u"), "new", "red")
    library.highlights.note(made.id, "newest")
    outcome, report = take(library, DOC, record)
    assert (outcome.unchanged, only(library).note) == (1, "newest")
    assert report.summary() == "1 note written otherwise here"


def test_a_note_made_shorter_elsewhere_comes_in(library: Library, tmp_path: Path) -> None:
    made = library.highlights.add(add(library), 2, 5, note="one\r\n\r\ntwo\rthree")
    assert library.highlights.get(made.id).note == "one\n\ntwo\nthree"
    for name in ("json", "markdown"):
        library.highlights.note(made.id, "one\n\ntwo\nthree")
        path = tmp_path / name
        export(library, path, format_name=name)
        file = next(path.glob("*.md")) if path.is_dir() else path
        written = file.read_text(encoding="utf-8")
        for paragraph in ("\\n\\ntwo\\nthree", "\n\ntwo\nthree"):
            written = written.replace(paragraph, "")
        file.write_text(written, encoding="utf-8")
        assert import_file(library, path)[1].updated == 1
        assert library.highlights.get(made.id).note == "one"
        assert str(import_file(library, path)[1]) == "nothing new"


def test_rows_that_share_an_id_make_one_highlight(library: Library) -> None:
    add(library)
    row = HighlightRecord("k", Selector(Span(2, 5)), ("a",), id="1")
    outcome, report = take(library, DOC, row, row._replace(tags=("b",)), row._replace(tags=("A",)))
    assert outcome.highlights == 1
    assert only(library).tags == ("a", "b")
    assert not report


def test_highlights_that_share_an_id_at_other_places_are_all_kept(library: Library) -> None:
    add(library)
    add(library, f"Again: {TEXT}", "Other")
    other = DocumentRecord("o", Metadata("Other"))
    row = HighlightRecord("k", Selector(Span(2, 5)), ("a",), id="1")
    rows = [
        *(row, row._replace(selector=Selector(Span(0, 1)), note="n"), row._replace(document="o")),
        *(row._replace(selector=Selector(Span(0, 1)), tags=("b",)), row._replace(tags=("c",))),
    ]
    # More rows than are looked at together, so that what shares an id lies far apart.
    filler = [HighlightRecord("k", Selector(Span(0, 9)), id=f"f{n}") for n in range(1_000)]
    for between in ([], filler):
        for brought in (3, 0) if not between else (1_000, 0):
            outcome, report = take(library, DOC, other, *rows[:2], *between, *rows[2:])
            assert outcome.highlights == brought
            assert report.summary() == "3 highlights that had the id of another and got a new one"
    kept = [each for each in everything(library) if each.span != Span(0, 9)]
    assert {(each.start, each.tags, each.note) for each in kept} == {
        *((2, ("a", "c"), ""), (0, ("a", "b"), "n"), (2, ("a",), "")),
    }
    assert len(kept) == 3


def test_rows_without_ids_at_one_place_keep_all_their_notes(library: Library) -> None:
    add(library)
    rows = [
        HighlightRecord("k", Selector(Span(2, 5)), (tag,), note=note)
        for note, tag in (("", "a"), ("one", "b"), ("two", "c"), ("one", "d"))
    ]
    for _ in range(2):
        _, report = take(library, DOC, *rows)
        kept = only(library)
        assert kept.note == "one\n\ntwo"
        assert kept.tags == ("a", "b", "c", "d")
        assert not report


def test_rows_of_one_highlight_may_lie_far_apart(library: Library) -> None:
    add(library)
    rows = [
        HighlightRecord("k", Selector(Span(2, 5 + n % 40)), (tag,), id=str(n))
        for tag in "ab"
        for n in range(1_100)
    ]
    for brought in (1_100, 0):
        outcome, report = take(library, DOC, *rows)
        assert outcome.highlights == brought
        assert not report
    assert {each.tags for each in library.highlights.list()} == {("a", "b")}


def test_what_is_here_needs_no_document_of_another_name(library: Library) -> None:
    add(library)
    row = HighlightRecord("k", Selector(Span(2, 5)), ("a",), id="1")
    take(library, DOC, row)
    renamed = DocumentRecord("other", Metadata("Another name"))
    outcome, _ = take(library, renamed, row._replace(document="other", tags=("b",)))
    assert (outcome.updated, outcome.stubs) == (1, 0)
    assert only(library).tags == ("a", "b")


def test_replies_follow_the_note_in_their_order(library: Library) -> None:
    add(library)
    take(
        library,
        DOC,
        ReplyRecord("r1", "second", "eve", "2026-01-02T00:00:00Z", "r2"),
        ReplyRecord("h", "first", "ben", "2026-01-01T00:00:00Z", "r1"),
        ReplyRecord("nobody", "lost"),
        ReplyRecord("c2", "circle", id="c1"),
        ReplyRecord("c1", "circle", id="c2"),
        HighlightRecord("k", Selector(Span(2, 5)), note="note", id="h"),
    )
    assert only(library).note == "note\n\nben, 2026-01-01: first\n\neve, 2026-01-02: second"


@pytest.mark.parametrize("name", ["codebook", "refi", "taguette-codebook"])
def test_all_that_a_codebook_says_of_a_tag_travels(
    library: Library, tmp_path: Path, name: str
) -> None:
    tag = library.codebook.add("zeal/much")
    library.codebook.describe(
        tag.path, description="a\n\nb", inclusion="where:\n\nso", note="see Note: x"
    )
    library.codebook.describe(library.codebook.add("zeal/little").path, exclusion="not here")
    report = export(library, tmp_path / "out", format_name=name)
    assert "descriptions" not in report.summary()
    with open_library(tmp_path / "other.db", coder="eve") as other:
        import_file(other, tmp_path / "out", format_name=name, tags_only=True)
        for path in ("zeal/much", "zeal/little"):
            there, here = other.codebook.get(path), library.codebook.get(path)
            assert replace(there, id=here.id) == here
        outcome, losses = import_file(other, tmp_path / "out", format_name=name)[1:]
        assert (str(outcome), losses.summary()) == ("nothing new", "")


def test_what_goes_out_in_no_format_is_said(library: Library, tmp_path: Path) -> None:
    document = add(library)
    library.codebook.set_exclusive("risk", True)
    library.folders.put("letters", [document])
    report = export(library, tmp_path / "out.db", format_name="sqlite")
    assert report.summary() == "1 folder, 1 tag of which a passage bears one child"
    assert not export(library, tmp_path / "one.db", format_name="sqlite", document=document)


def test_tags_and_colours_that_cannot_be_are_reported(library: Library) -> None:
    add(library)
    deep = "/".join("x" * 10_000)
    outcome, report = take(
        library,
        TagRecord(deep),
        TagRecord("ok", colour="mauve"),
        DOC,
        HighlightRecord("k", Selector(Span(2, 5)), (deep, "ok", "a//b", "c\x00d"), colour="#12"),
    )
    assert outcome.highlights == 1
    assert only(library).tags == ("ok",)
    assert report.summary() == "2 colours not known here, 4 tags not possible here"
    assert all(len(line) < 500 for line in report.lines())


def test_documents_are_known_by_id_source_title_and_file(library: Library) -> None:
    imported = ImportedDocument(
        passages(TEXT), Metadata("A Title", source="https://a.org/x", path="/home/ann/file.txt")
    )
    document = library.documents.add(imported).document
    for record in (
        DocumentRecord("k", id=document.id),
        DocumentRecord("k", Metadata("Other", source="https://a.org/x/")),
        DocumentRecord("k", Metadata(" a  title. ")),
        DocumentRecord("k", Metadata("file")),
        DocumentRecord("k", revision=document.revision),
        DocumentRecord("k", Metadata("Other"), passages(TEXT)),
    ):
        outcome, _ = take(library, record, HighlightRecord("k", Selector(Span(2, 5)), id="h"))
        assert outcome.stubs == outcome.documents == 0
        library.journal.undo()
    outcome, _ = take(library, DocumentRecord("k", Metadata("A Title"), passages("Another text.")))
    assert outcome.documents == 1


@pytest.mark.parametrize(
    ("written", "kept"), [("March 2020", "2020-03"), ("in press", ""), ("2020-13", "")]
)
def test_dates_of_publication_are_dates_or_reported(
    library: Library, written: str, kept: str
) -> None:
    here = add(library)
    about = DocumentRecord("k", Metadata("Doc", "A\n  B", published=written))
    other = DocumentRecord("o", Metadata("Other", published=written), passages("Another text."))
    _, report = take(library, about, other)
    found = library.documents.get(here)
    assert (found.author, found.published) == ("A B", kept)
    assert library.documents.find("Other").published == kept
    said = "" if kept else "2 dates of publication not understood"
    assert report.summary() == said


def test_documents_of_which_nothing_is_said_are_reported(library: Library) -> None:
    outcome, report = take(library, DocumentRecord("k", Metadata("Nowhere")))
    assert outcome == Outcome()
    assert report.lines() == ["1 document missing from the library: Nowhere"]


def test_a_reader_that_fails_leaves_the_library_as_it_was(library: Library) -> None:
    add(library)
    before = state(library)

    def records() -> Iterator[Record]:
        yield DOC
        yield DocumentRecord("n", Metadata("New"), passages("Another text."))
        for number in range(3_000):
            yield HighlightRecord("k", Selector(Span(2, 5)), ("new",), id=str(number))
        raise UnreadableFileError("cut short")

    with pytest.raises(UnreadableFileError):
        bring_in(library, records(), LossReport(), name="a file")
    assert state(library) == before
    with pytest.raises(ImportCancelled):
        bring_in(
            library, records(), LossReport(), name="a file", progress=lambda done, total: False
        )
    assert state(library) == before
    assert library.check() == []


@pytest.mark.parametrize("name", ["webannotation", "refi", "hypothesis", "sqlite", "html"])
def test_formats_take_a_library_to_another(library: Library, tmp_path: Path, name: str) -> None:
    document = add(library)
    library.documents.edit(document, author="Somebody", note="about it")
    library.highlights.add(document, 2, 5, tags=["a", "b/c"], note="note\nof two lines")
    library.highlights.add(document, 6, 20)
    path = tmp_path / "file"
    report = LossReport()
    with path.open("wb") as file:
        FORMATS[name].record_writer()(outgoing(library), file, report)
    assert path.stat().st_size
    if not FORMATS[name].reads:
        return
    with open_library(tmp_path / "other.db", coder="eve") as other:
        other.documents.delete([each.id for each in other.documents.list()])
        if name != "refi":
            add(other)
        taken = LossReport()
        bring_in(other, FORMATS[name].read(path, taken), taken, name="file")
        assert not taken
        assert other.check() == []
        assert [each._replace(document="") for each in everything(other)] == [
            each._replace(document="") for each in everything(library)
        ]
        assert other.documents.list()[0].note == "about it"


@pytest.mark.parametrize("name", ["webannotation", "hypothesis"])
def test_two_documents_of_one_source_stay_two(library: Library, tmp_path: Path, name: str) -> None:
    expected = []
    for title in ("First", "Second"):
        document = add(library, f"{TEXT} {title}", title)
        library.documents.edit(document, source="https://example.org/")
        library.highlights.add(document, 2, 5, note=title)
        expected.append((title, [title]))
    path = tmp_path / "file"
    with path.open("wb") as file:
        FORMATS[name].record_writer()(outgoing(library), file, LossReport())
    with open_library(tmp_path / "other.db", coder="eve") as other:
        other.documents.delete([each.id for each in other.documents.list()])
        for title, _ in expected if name == "hypothesis" else []:
            other.documents.edit(add(other, TEXT + title, title), source="https://example.org/")
        import_file(other, path, format_name=name)
        found = other.documents.list()
        assert [
            (each.title, [mark.note for mark in other.highlights.list(each.id)]) for each in found
        ] == expected


def test_a_page_whose_title_changed_is_one_document(library: Library) -> None:
    pages = [Metadata(title, source="https://example.org/") for title in ("Old", "New")]
    records = [
        record
        for page in pages
        for record in (
            DocumentRecord(page.title, page),
            HighlightRecord(page.title, Selector(quote=page.title), id=page.title),
        )
    ]
    before = len(library.documents.list())
    outcome = bring_in(library, records, LossReport(), name="a file")
    assert (outcome.stubs, len(library.documents.list())) == (1, before + 1)


def test_a_dry_run_needs_no_library_that_can_be_written(library: Library, tmp_path: Path) -> None:
    add(library)
    path = tmp_path / "mine.csv"
    path.write_text("title,quote\nDoc,The first\n", encoding="utf-8")
    library.path.chmod(0o444)
    with open_library(library.path, coder="eve") as reader:
        _, outcome, _ = import_file(reader, path, dry_run=True)
        assert outcome == Outcome(highlights=1)
        with pytest.raises(LibraryError, match="read-only"):
            import_file(reader, path)
        assert everything(reader) == []


def test_what_a_query_finds_goes_out_document_by_document(library: Library) -> None:
    first, second = add(library, TEXT, "Twin"), add(library, f"{TEXT}more", "Twin")
    for start in (2, 6, 10):
        for document in (first, second):
            library.highlights.add(document, start, start + 3, tags=["a"] if start > 2 else ["b"])
    kinds = [
        record.key if isinstance(record, DocumentRecord) else record.document
        for record in outgoing(library, query="a")
        if isinstance(record, DocumentRecord | HighlightRecord)
    ]
    assert sorted([kinds[:3], kinds[3:]]) == sorted([[first] * 3, [second] * 3])


def test_others_may_write_while_a_file_is_read(library: Library) -> None:
    document = add(library)

    def reading() -> Iterator[Record]:
        yield DOC
        yield HighlightRecord("k", Selector(Span(2, 5), quote="The"), id="a")
        with open_library(library.path, coder="bob") as other:
            other.highlights.add(document, 6, 11, note="meanwhile")
        yield HighlightRecord("k", Selector(quote="second sentence"), id="b")

    outcome, _ = take(library, *reading())
    assert outcome.highlights == 2
    assert [each.quote for each in everything(library)] == ["The", "first", "second sentence"]


def test_what_was_foreseen_counts_only_for_the_text_that_was_looked_at(library: Library) -> None:
    document = add(library)

    def reading() -> Iterator[Record]:
        yield DocumentRecord("k", Metadata("Doc"))
        yield HighlightRecord("k", Selector(quote="second sentence"), id="a")
        yield HighlightRecord("k", Selector(quote=TEXT[:9]), id="b")
        yield TagRecord("ends/what/waits")
        with open_library(library.path, coder="bob") as other:
            other.documents.delete([document])
            add(other, f"Other words first. {TEXT[9:]}", "Doc")

    take(library, *reading())
    assert library.check() == []
    assert {(each.quote, each.status) for each in everything(library)} == {
        ("second sentence", Status.PLACED),
        (TEXT[:9], Status.LOST),
    }


def test_progress_tells_of_the_reading_and_of_the_writing(library: Library) -> None:
    add(library)
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    several = [HighlightRecord("k", Selector(Span(0, 3 + n)), id=str(n)) for n in range(3)]
    bring_in(library, [DOC, *several], LossReport(), name="a file", progress=progress)
    assert told[-1] == (3, 3)
    assert (3, 0) in told


def test_an_import_that_is_stopped_while_it_writes_leaves_nothing(library: Library) -> None:
    add(library)
    before = state(library)
    highlight = HighlightRecord("k", Selector(Span(0, 3)), id="a")
    with pytest.raises(ImportCancelled):
        bring_in(
            library,
            [TagRecord("new"), DOC, highlight],
            LossReport(),
            name="a file",
            progress=lambda done, total: total == 0,
        )
    assert state(library) == before
    assert library.check() == []


def test_stars_and_states_go_where_they_fit(library: Library, tmp_path: Path) -> None:
    document = add(library)
    library.documents.edit(document, note="about it", author="An author", kind="letter")
    add(library, "Nobody marked this.", "Unmarked")
    starred = library.highlights.add(document, 2, 5)
    library.highlights.star([starred.id])
    library.highlights.add(document, TEXT.index("second"), TEXT.index(" one."))
    words = "second sentence, which is a longer"
    text = TEXT.replace("second", "third")
    changed = ImportedDocument(tuple(passages(text)), Metadata("Doc"))
    library.documents.add(changed, revises=document)
    [moved] = [each for each in everything(library) if each.status is Status.MOVED]
    report = export(library, tmp_path / "out.csv")
    of_tags = "39 descriptions of tags, 39 colours of tags"
    of_doc = "2 fields of documents, 1 text of documents"
    assert report.summary() == (
        f"1 earlier text of documents, 1 star, 1 note on documents, {of_doc}, "
        f"1 document without highlights, {of_tags}"
    )
    assert export(library, tmp_path / "d.csv", document=document).summary() == (
        f"1 star, 1 note on documents, {of_doc}, {of_tags}"
    )
    asked = export(library, tmp_path / "q.csv", query="starred")
    assert asked.summary() == (
        f"{of_tags}, 2 fields of documents, 1 note on documents, 1 text of documents, 1 star"
    )
    assert asked.lines()[2] == "2 fields of documents: author, kind of Doc"
    export(library, tmp_path / "out.html", format_name="html")
    html = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "★" in html
    assert f"moved; it was on “{words}”" in html
    export(library, tmp_path / "out.db", format_name="sqlite")
    with closing(sqlite3.connect(tmp_path / "out.db")) as copy:
        rows = copy.execute("SELECT starred, former_quote FROM annotations ORDER BY start")
        assert rows.fetchall() == [(1, ""), (0, words)]
    with open_library(tmp_path / "other.db", coder="eve") as other:
        other.documents.add(changed)
        import_file(other, tmp_path / "out.csv")
        [taken] = [each for each in everything(other) if each.id == moved.id]
        assert taken.status is Status.MOVED


def test_words_that_changed_are_kept_for_the_review(library: Library) -> None:
    document = add(library)
    selector = Selector(quote="The second sentence, which is a much longer one.", prefix="all.\n\n")
    take(library, DOC, HighlightRecord("k", selector, id=HIGHLIGHT))
    assert only(library).status is Status.MOVED
    [case] = library.revisions.at(library.revisions.numbers(document))
    assert case.quote == selector.quote
    assert (case.revision, case.near) == (0, only(library).start)
    library.revisions.leave([HIGHLIGHT])
    assert (only(library).status, only(library).quote) == (Status.LOST, selector.quote)
    assert library.check() == []
