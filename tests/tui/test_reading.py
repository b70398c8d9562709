"""Moving, finding, panes and documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import Input

from annotations import open_library
from annotations.formats import read
from annotations.library.library import Library
from annotations.model import ImportedDocument, Metadata, Passage
from tests.tui.conftest import Open
from tui.screens.confirm import Confirm
from tui.widgets.find_bar import FindBar

HOSTILE = "\x1b[31mred\x1b[0m [bold]x[/bold] \x00\x07 \u202egnp.exe\u2066"


def add(library: Library, title: str, text: str) -> str:
    """Add a document; its id."""
    passages = [Passage(0, text)] if text else []
    added = library.documents.add(ImportedDocument(passages, Metadata(title=title)))
    return added.document.id


async def test_the_caret_moves_by_every_unit(reader: Open) -> None:
    async with reader() as screen:
        page = screen.reader.page
        top = page.caret
        for key in ("w", "l", "E", "j", ")", "}", "ctrl+d", "space", "G"):
            before = page.caret
            await screen.press(*(["v", key, "v"] if key == "E" else [key]))
            assert page.caret > before, key
        for key in ("pageup", "ctrl+u", "{", "(", "k", "b", "h"):
            before = page.caret
            await screen.press(key)
            assert page.caret < before, key
        await screen.press("g")
        assert page.caret == top


async def test_the_place_is_kept_for_each_document(reader: Open, library: Library) -> None:
    async with reader("Chinese envoy") as screen:
        await screen.press("}", "}", "}")
        place = screen.reader.page.caret
        await screen.press("ctrl+b", "ctrl+b")
        await screen.write("covid")
        await screen.press("enter", "}")
        document = screen.reader.desk.document
        assert document is not None
        assert "COVID" in document.title
        await screen.press("q")
    async with reader("") as screen:
        assert screen.reader.desk.document is not None
        assert "COVID" in screen.reader.desk.document.title
        await screen.press("tab", "tab")
        await screen.write("chinese envoy")
        await screen.press("enter")
        assert screen.reader.page.caret == place


async def test_find_goes_to_hits_while_typing(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("/")
        await screen.write("united  nations")
        page = screen.reader.page
        assert "hit 1 of" in screen.seen(screen.reader.foot.status)
        first = page.caret
        await screen.press("enter", "n")
        assert page.caret > first
        await screen.press("N")
        assert page.caret == first
        assert not screen.reader.query(FindBar)


async def test_leaving_the_search_goes_back(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "/")
        await screen.write("zhang")
        await screen.press("down", "escape")
        assert screen.reader.page.caret == screen.reader.finder._origin
        assert not len(screen.reader.finder.hits)


async def test_no_hit_and_a_wrong_expression_are_said(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("/")
        await screen.write("qqqq")
        assert "no hit" in screen.seen(screen.reader.foot.status)
        await screen.chord("r")
        await screen.write("(")
        assert "no regular expression" in screen.reader.finder.described


async def test_case_can_be_told_apart(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("/")
        await screen.write("technologies")
        every = len(screen.reader.finder.hits)
        await screen.chord("c")
        assert screen.reader.finder.text == "technologies"
        assert 0 < len(screen.reader.finder.hits) < every


async def test_a_percentage_is_a_place(reader: Open) -> None:
    async with reader() as screen:
        document = screen.reader.desk.document
        assert document is not None
        await screen.press(":")
        await screen.write("50%")
        await screen.press("enter")
        assert screen.reader.page.caret == pytest.approx(document.length / 2, rel=0.02)
        await screen.press(":")
        await screen.write("500%")
        await screen.press("enter")
        assert screen.screen.query(Input)


async def test_on_a_narrow_screen_panes_open_over_the_page(reader: Open) -> None:
    async with reader(size=(80, 24)) as screen:
        page, sidebar, margin = screen.reader.page, screen.reader.sidebar, screen.reader.margin
        assert page.size.width == 80
        assert not sidebar.display or sidebar.size.width == 0
        await screen.press("ctrl+b")
        assert sidebar.size.width > 30
        assert page.size.width == 80
        await screen.press("escape")
        assert page.has_focus
        await screen.press("ctrl+e")
        assert margin.has_focus
        assert sidebar.size.width == 0
        await screen.press("tab")
        assert sidebar.has_focus_within
        await screen.press("tab")
        assert page.has_focus


async def test_on_a_wide_screen_panes_stand_beside_the_page(reader: Open) -> None:
    async with reader(size=(200, 60)) as screen:
        page, margin = screen.reader.page, screen.reader.margin
        before = page.size.width
        assert before < 200 - margin.size.width
        await screen.press("ctrl+e")
        assert page.size.width > before
        await screen.press("tab")
        assert screen.reader.sidebar.has_focus_within


async def test_plus_and_minus_change_the_measure(reader: Open) -> None:
    async with reader(size=(200, 60)) as screen:
        page = screen.reader.page
        await screen.press("+")
        assert page.flow.measure == 76
        await screen.press("-", "-")
        assert page.flow.measure == 68


async def test_the_sidebar_filters_and_opens(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("shift+tab")
        await screen.write("putin march")
        assert "No document matches" in screen.seen(screen.reader.sidebar.cards)
        await screen.press(*["backspace"] * 6)
        await screen.press("enter")
        document = screen.reader.desk.document
        assert document is not None
        assert "Putin" in document.title
        assert screen.reader.page.has_focus


async def test_a_document_is_deleted_when_the_user_is_sure_and_comes_back(reader: Open) -> None:
    async with reader() as screen:
        count = len(screen.reader.desk.documents)
        await screen.press("shift+tab", "down", "delete", "escape")
        assert len(screen.reader.desk.documents) == count
        await screen.press("delete")
        assert isinstance(screen.screen, Confirm)
        await screen.press("y")
        assert len(screen.reader.desk.documents) == count - 1
        await screen.press("escape", "u")
        assert len(screen.reader.desk.documents) == count


async def test_deleting_the_open_document_opens_another(reader: Open, library: Library) -> None:
    async with reader() as screen:
        before = screen.reader.desk.document
        assert before is not None
        with open_library(library.path, coder="grace") as other:
            other.documents.delete([before.id])
        await screen.until(lambda: any("has been deleted" in each for each in screen.notices))
        after = screen.reader.desk.document
        assert after is not None
        assert after.id != before.id


async def test_an_empty_library_says_how_to_fill_it(reader: Open, library: Library) -> None:
    library.documents.delete([document.id for document in library.documents.list()])
    async with reader("") as screen:
        assert "The library is empty" in screen.seen(screen.reader.sidebar.cards)
        await screen.press("m", "t", "/", "x")
        assert screen.screen is screen.reader
        with open_library(library.path) as other:
            other.journal.undo()
        await screen.until(lambda: screen.reader.desk.document is not None)


@pytest.mark.parametrize("text", ["", "\n" * 3000])
async def test_an_empty_document_can_be_opened(reader: Open, library: Library, text: str) -> None:
    add(library, "Nothing in it", text)
    async with reader("Nothing in it") as screen:
        await screen.press("m", "j", "s", "space")
        assert screen.highlights == []
        assert "Nothing in it" in screen.seen(screen.reader.foot.status)
        assert "no text" in screen.seen(screen.reader.foot.status)


async def test_what_people_wrote_is_text_and_never_markup(reader: Open, library: Library) -> None:
    document = add(library, HOSTILE, f"{HOSTILE} and so on.")
    library.highlights.add(document, 0, 20, tags=["[red]tag[/red]"], note=HOSTILE)
    async with reader(document) as screen:
        await screen.press("c", "escape", "t", "escape", "x", "u")
        everything = "\n".join(
            screen.seen(widget)
            for widget in (
                screen.reader.page,
                screen.reader.margin,
                screen.reader.sidebar.cards,
                screen.reader.foot.status,
            )
        ) + "\n".join(screen.notices)
        assert "[bold]x[/bold]" in everything
        assert "[red]tag[/red]" in everything
        for control in "\x1b\x00\x07\u202e\u2066":
            assert control not in everything


async def test_export_writes_this_document_or_all(reader: Open, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    async with reader() as screen:
        await screen.press("}", "}", "m", "e")
        field = screen.screen.query_one(Input)
        field.value = str(tmp_path / "out.csv")
        await screen.press("tab", "down", "down")
        assert field.value == str(target)
        await screen.press("shift+tab", "enter")
        await screen.settle()
        [row] = json.loads(target.read_text(encoding="utf-8"))
        assert row["quote"] == screen.highlights[0].quote
        assert str(target) in screen.notices[-1]


async def test_export_to_nowhere_is_refused(reader: Open, tmp_path: Path) -> None:
    async with reader() as screen:
        await screen.press("e")
        for wrong in ("", str(tmp_path), str(tmp_path / "none" / "out.csv")):
            screen.screen.query_one(Input).value = wrong
            await screen.press("enter")
            assert screen.screen is not screen.reader


async def test_a_click_and_a_drag_select(reader: Open) -> None:
    async with reader() as screen:
        page = screen.reader.page
        await screen.click(page, 10, 5)
        place = page.caret
        assert place > 0
        await screen.click(page, 10, 5, times=2)
        word = page.selection
        await screen.click(page, 10, 5, times=3)
        sentence = page.selection
        assert word is not None
        assert sentence is not None
        assert word.start <= place < word.end
        assert len(sentence) > len(word)
        await screen.press("m")
        assert screen.highlights[0].span == sentence


async def test_a_click_in_the_margin_goes_to_the_highlight(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m", "}", "m", "g")
        first, last = screen.highlights
        margin = screen.reader.margin
        y = next(at for at, line in enumerate(screen.lines(margin)) if last.quote[:8] in line)
        await screen.click(margin, 5, y)
        assert screen.reader.page.caret == last.start
        await screen.press("k")
        assert screen.reader.page.caret == first.start


async def test_two_texts_stand_side_by_side(reader: Open, library: Library) -> None:
    async with reader(size=(200, 40)) as screen:
        await screen.press("}", "}", "|")
        left, right = (view.page for view in screen.reader.views)
        assert right.has_focus
        assert left.size.width == pytest.approx(right.size.width, abs=1)
        assert left.caret == right.caret
        await screen.press("}", "m")
        assert left.caret < right.caret
        assert screen.highlights[0].quote[:8] in screen.seen(left)
        await screen.press("shift+tab", "shift+tab")
        await screen.write("covid")
        await screen.press("enter")
        first, second = (view.desk.document for view in screen.reader.views)
        assert first is not None
        assert second is not None
        assert "COVID" in first.title
        assert "envoy" in second.title
        await screen.press("tab", "]")
        assert screen.reader.page is right
        with open_library(library.path, coder="grace") as other:
            other.documents.delete([first.id])
        await screen.until(lambda: len(screen.reader.views) == 1)
        await screen.press("|", "|")
        assert len(screen.reader.query("ReadingPage")) == 1


async def test_a_click_in_the_sidebar_opens_the_document(reader: Open) -> None:
    async with reader() as screen:
        await screen.click(screen.reader.sidebar.cards, 4, 5)
        document = screen.reader.desk.document
        assert document is not None
        assert document.title.startswith("Global AI")


async def test_text_files_read_as_they_are(reader: Open, library: Library, tmp_path: Path) -> None:
    path = tmp_path / "wide.txt"
    path.write_text("漢字とemoji 👩‍👩‍👧 and e\u0301.\n" * 40, encoding="utf-8")
    document = library.documents.add(read(path)).document
    async with reader(document.id) as screen:
        await screen.press("s", "m")
        [highlight] = screen.highlights
        assert library.documents.text(document.id, *_ends(highlight.start, highlight.end)) == (
            highlight.quote
        )


def _ends(start: int, end: int) -> tuple[int, int]:
    return start, end


async def test_right_to_left_text_is_turned_where_the_terminal_does_not(
    reader: Open, library: Library
) -> None:
    library.documents.add(ImportedDocument([Passage(0, "שלום עולם")], Metadata(title="Hebrew")))
    async with reader("Hebrew") as screen:
        page = screen.reader.page
        assert "שלום" in screen.seen(page)
        await screen.press("B")
        assert "םולש" in screen.seen(page)
        # It holds for this document, and no other.
        document = screen.reader.desk.document
        assert document is not None
        screen.reader.views.open(library.documents.find("hegemony"))
        assert not page.visual_order
        screen.reader.views.open(document)
        assert page.visual_order
        await screen.press("B")
        assert "שלום" in screen.seen(page)


async def test_reading_begins_behind_front_matter(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "note.md"
    path.write_text("---\ntags: fog\n---\n\nThe fog rolled in. It stayed.\n", encoding="utf-8")
    document = library.documents.add(read(path)).document
    async with reader(document.id) as screen:
        await screen.press("m")
        assert [each.quote for each in screen.highlights] == ["The fog rolled in."]
