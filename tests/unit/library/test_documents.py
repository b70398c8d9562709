from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.errors import (
    AmbiguousError,
    ImportCancelled,
    InvalidError,
    NotFoundError,
    UnreadableFileError,
)
from annotations.library import storing
from annotations.library.library import Library
from annotations.library.texts import Heading
from annotations.model import (
    Block,
    BlockKind,
    Document,
    ImportedDocument,
    Mark,
    MarkKind,
    Metadata,
    Passage,
)
from tests.unit.library.support import TEXT, imported, tables


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "_SLICE", 10)


def test_a_document_comes_back_as_it_was_added(library: Library) -> None:
    first = Passage(
        0,
        "Title\nIt *is*.\n",
        (Block(0, 6, BlockKind.HEADING, 2), Block(6, 15, continues=True)),
        (Mark(9, 13, MarkKind.EMPHASIS), Mark(0, 0, MarkKind.PAGE, "iv")),
    )
    text = "naïve 👩‍👧 \x00\x1b end"
    second = Passage(15, text, (Block(0, len(text)),))
    metadata = Metadata(
        "On it",
        "A. Author",
        "A house",
        "2023-10",
        "en",
        "letter",
        "https://example.org/1",
        "text/markdown",
        "/texts/on it.md",
        "windows-1252",
    )
    added = library.documents.add(ImportedDocument([first, second], metadata))
    document = added.document
    assert added.new
    assert (document.title, document.author, document.publisher) == (
        "On it",
        "A. Author",
        "A house",
    )
    assert (document.published, document.language, document.kind) == ("2023-10", "en", "letter")
    assert (document.media_type, document.path) == ("text/markdown", "/texts/on it.md")
    assert document.encoding == "windows-1252"
    assert document.length == 15 + len(second.text)
    assert document.added_at == document.updated_at
    assert list(library.documents.passages(document.id)) == [first, second]
    assert library.documents.text(document.id) == first.text + second.text
    assert library.documents.outline(document.id) == [Heading(0, 2, "Title")]
    assert library.check() == []


@pytest.mark.parametrize(
    ("start", "end"), [(0, None), (0, 3), (3, 9), (2, 20), (7, 7), (20, 99), (99, 100), (-5, 2)]
)
def test_text_is_the_slice_across_passages(library: Library, start: int, end: int | None) -> None:
    parts = ("abc", "defgh", "ij", "klmnop")
    document = library.documents.add(imported(*parts)).document
    expected = "".join(parts)[max(start, 0) : end]
    assert library.documents.text(document.id, start, end) == expected


def test_passages_start_with_the_one_that_holds_the_offset(library: Library) -> None:
    document = library.documents.add(imported("abc", "defgh", "ij")).document
    starts = [passage.start for passage in library.documents.passages(document.id, 4)]
    assert starts == [3, 8]
    assert library.documents.passage_at(document.id, 8).text == "ij"
    assert library.documents.passage_at(document.id, 10).text == "ij"
    with pytest.raises(InvalidError, match="11 is outside"):
        library.documents.passage_at(document.id, 11)


def test_an_empty_document_has_an_empty_text(library: Library) -> None:
    document = library.documents.add(imported()).document
    assert document.length == 0
    assert library.documents.text(document.id) == ""
    assert library.documents.passage_at(document.id, 0) == Passage(0, "")
    assert library.check() == []


def test_the_same_text_is_added_once(library: Library) -> None:
    first = library.documents.add(imported("same ", "text"))
    before = tables(library.path, but=())
    again = library.documents.add(imported("same text", title="Other title"))
    assert not again.new
    assert again.document == first.document
    assert tables(library.path, but=()) == before


@pytest.mark.usefixtures("small_slices")
def test_the_same_long_text_is_added_once(library: Library) -> None:
    library.documents.add(imported("a" * 30, "b" * 30))
    before = tables(library.path, but=())
    assert not library.documents.add(imported("a" * 20, "", "a" * 10 + "b" * 30)).new
    assert tables(library.path, but=()) == before


@pytest.mark.usefixtures("small_slices")
def test_a_long_text_streams_in(library: Library) -> None:
    told: list[int] = []

    def progress(length: int) -> bool:
        told.append(length)
        return True

    parts = ["first part, ", "second part, ", "third"]
    document = library.documents.add(imported(*parts), progress=progress).document
    assert library.documents.text(document.id) == "".join(parts)
    assert told == [12, 25, 30]
    assert library.check() == []


@pytest.mark.usefixtures("small_slices")
def test_a_stopped_import_leaves_nothing(library: Library) -> None:
    before = tables(library.path, but=())
    with pytest.raises(ImportCancelled):
        library.documents.add(
            imported("x" * 20, "y" * 20, "z"), progress=lambda length: length < 40
        )
    assert tables(library.path, but=()) == before


@pytest.mark.usefixtures("small_slices")
def test_an_import_whose_file_breaks_leaves_nothing(library: Library) -> None:
    def breaking() -> Iterator[Passage]:
        yield Passage(0, "x" * 20)
        yield Passage(20, "y" * 20)
        raise UnreadableFileError("it vanished")

    before = tables(library.path, but=())
    with pytest.raises(UnreadableFileError):
        library.documents.add(ImportedDocument(breaking()))
    assert tables(library.path, but=()) == before


@pytest.mark.parametrize(
    ("title", "path", "expected"),
    [("", "/a/report 1.txt", "report 1"), ("", "", "Untitled"), (" On\n it ", "/a/b.txt", "On it")],
)
def test_a_document_always_has_a_title(
    library: Library, title: str, path: str, expected: str
) -> None:
    assert library.documents.add(imported("x", title=title, path=path)).document.title == expected


def test_a_file_name_that_is_no_utf8_is_kept_readable(library: Library) -> None:
    document = library.documents.add(imported("x", title="", path="/a/b\udcff.txt")).document
    assert document.path == "/a/b\\udcff.txt"


def test_documents_are_listed_by_title_whatever_its_case(library: Library) -> None:
    for title in ("beta", "Alpha", "Gamma"):
        library.documents.add(imported(title, title=title))
    assert [document.title for document in library.documents.list()] == ["Alpha", "beta", "Gamma"]


def test_find_takes_an_id_a_prefix_a_path_and_a_part_of_the_title(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "deeds.txt"
    deeds = library.documents.add(imported("a", title="Deeds of Ærik", path=str(path))).document
    library.documents.add(imported("b", title="Deeds of Erik the Younger"))
    monkeypatch.chdir(tmp_path)
    for ref in (deeds.id, deeds.id[:13], str(path), "deeds.txt", "deeds of ærik", "ÆRIK"):
        assert library.documents.find(ref) == deeds


def test_find_prefers_the_whole_title_to_a_part(library: Library) -> None:
    short = library.documents.add(imported("a", title="Speech")).document
    library.documents.add(imported("b", title="Speech, second version"))
    assert library.documents.find("speech") == short


def test_find_prefers_the_whole_title_to_the_beginning_of_an_id(library: Library) -> None:
    other = library.documents.add(imported("a", title="Other")).document
    short = library.documents.add(imported("b", title=other.id[:1].upper())).document
    assert library.documents.find(other.id[:1]) == short


def test_find_says_what_a_name_could_be(library: Library) -> None:
    for number in range(7):
        library.documents.add(imported(str(number), title=f"Speech {number}"))
    with pytest.raises(AmbiguousError, match=r"“Speech 0” .* and 2 more"):
        library.documents.find("speech")
    for missing in ("sermon", "", "  "):
        with pytest.raises(NotFoundError):
            library.documents.find(missing)


def test_edit_sets_fields(library: Library, document: Document) -> None:
    edited = library.documents.edit(document.id, title=" The\nletter ", note="two\nlines")
    assert (edited.title, edited.note) == ("The letter", "two\nlines")
    assert edited.added_at == document.added_at
    with pytest.raises(InvalidError, match="revision"):
        library.documents.edit(document.id, revision="0" * 64)
    with pytest.raises(InvalidError, match="title"):
        library.documents.edit(document.id, title="\n")
    with pytest.raises(NotFoundError):
        library.documents.edit("nobody", title="x")


@pytest.mark.parametrize("date", ["2023", "2023-09", "2023-09-30", "2024-02-29", ""])
def test_a_date_is_a_day_a_month_or_a_year(library: Library, document: Document, date: str) -> None:
    assert library.documents.edit(document.id, published=date).published == date


@pytest.mark.parametrize("date", ["2023-99", "2023-02-30", "last year", "2023-9-1", "30.9.2023"])
def test_what_is_no_date_is_refused(library: Library, document: Document, date: str) -> None:
    with pytest.raises(InvalidError, match=date):
        library.documents.edit(document.id, published=date)
    assert library.documents.get(document.id).published == document.published


def test_a_deleted_document_is_off_the_list_until_restored(
    library: Library, document: Document
) -> None:
    highlight = library.highlights.add(document.id, 0, 7, tags=["risk"])
    library.documents.delete([document.id])
    assert library.documents.list() == []
    assert [each.id for each in library.documents.list(deleted=True)] == [document.id]
    assert list(library.rows()) == []
    assert library.codebook.get("risk").count == 0
    with pytest.raises(NotFoundError):
        library.documents.find(document.id)
    with pytest.raises(NotFoundError):
        library.highlights.add(document.id, 0, 7)
    library.documents.restore([library.documents.find(document.id, deleted=True).id])
    assert list(library.highlights.list()) == [highlight]
    assert library.codebook.get("risk").count == 1
    assert library.check() == []


def test_adding_the_text_of_a_deleted_document_brings_it_back(
    library: Library, document: Document
) -> None:
    library.documents.delete([document.id])
    added = library.documents.add(imported(TEXT))
    assert (added.new, added.restored) == (True, True)
    assert added.document.id == document.id


def test_an_undone_import_can_be_added_again(library: Library, document: Document) -> None:
    library.journal.undo()
    assert library.documents.list() == []
    added = library.documents.add(imported(TEXT, title="Once more"))
    assert added.new
    assert library.documents.text(added.document.id) == TEXT
    assert library.check() == []


def test_the_place_in_a_document_is_the_coders_own(
    library: Library, document: Document, open_library: object
) -> None:
    assert library.reading.position(document.id) == 0
    library.reading.save(document.id, 40)
    library.reading.save(document.id, 7)
    assert library.reading.position(document.id) == 7
    assert library.reading.furthest(document.id) == 40
    with Library(library.path, "bob") as other:
        assert other.reading.position(document.id) == 0
    assert [act.name for act in library.journal.acts()] == ["import"]
