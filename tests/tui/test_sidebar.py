"""The sidebar: folders, orders, marks, fields, what is deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from annotations.library.library import Library
from annotations.library.marks import Mark
from annotations.library.sections import Section
from annotations.model import ImportedDocument, Metadata, Passage
from annotations.query import Language
from tests.tui.conftest import Open
from tests.tui.driver import Driver
from tui.screens.document_form import DocumentForm
from tui.screens.duplicates import DuplicatesScreen
from tui.screens.search import SearchScreen


def titles(screen: Driver) -> list[str]:
    return [each.title[:9] for each in screen.reader.sidebar.cards.items]


async def to_list(screen: Driver) -> None:
    """From the page into the list, on its first card."""
    await screen.press("shift+tab", "down", "home")


async def test_somebody_who_only_reads_sees_a_plain_list(reader: Open) -> None:
    async with reader() as screen:
        sidebar = screen.reader.sidebar
        assert not sidebar.folders.display
        assert sidebar.field.placeholder == "Filter documents"
        await screen.press("shift+tab", "down")
        assert sidebar.cards.has_focus
        assert sidebar.cards.cursor > 0
        await screen.press("home", "up")
        assert sidebar.field.has_focus
        await screen.press("up")
        assert sidebar.field.has_focus


async def test_documents_are_marked_and_put_into_a_folder(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await to_list(screen)
        await screen.press("space", "space")
        assert screen.reader.foot.status.standing.mode == "2 marked"
        await screen.press("p")
        await screen.write("un/letters")
        await screen.press("enter")
        assert [each.path for each in library.folders.list()] == ["un", "un/letters"]
        assert library.folders.get("un/letters").documents == 2
        folders = screen.reader.sidebar.folders
        assert folders.display
        await screen.press("f", "end", "up")
        assert "un" in screen.seen(folders)
        assert titles(screen) == [each.title[:9] for each in library.documents.list()[:2]]
        await screen.press("enter", "*", "o")
        assert titles(screen) == []
        assert "This folder is empty" in screen.seen(screen.reader.sidebar.cards)
        await screen.press("u")
        assert len(titles(screen)) == 2
        await screen.press("f")
        await screen.press("f")
        assert len(titles(screen)) == 5


async def test_folders_are_made_renamed_moved_and_deleted(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await to_list(screen)
        await screen.press("f", "a")
        await screen.write("letters")
        await screen.press("enter", "a", "end")
        await screen.write("old")
        await screen.press("enter")
        paths = [each.path for each in library.folders.list()]
        assert paths == ["letters", "letters/old"]
        await screen.press("m", "enter")
        assert [each.path for each in library.folders.list()] == ["letters", "old"]
        await screen.press("r", *["backspace"] * 3)
        await screen.write("new")
        await screen.press("enter")
        assert [each.path for each in library.folders.list()] == ["letters", "new"]
        await screen.press("x", "enter")
        assert [each.path for each in library.folders.list()] == ["letters"]
        await screen.press("u")
        assert [each.path for each in library.folders.list()] == ["letters", "new"]


async def test_a_saved_search_is_a_smart_folder(reader: Open, library: Library) -> None:
    library.queries.save("Hegemony", "hegemony", Language.SEARCH)
    library.queries.save("No folder", "risk/tiers")
    found = Section(among=library.search.documents("hegemony"))
    async with reader() as screen:
        folders = screen.reader.sidebar.folders
        assert "Hegemony" in screen.seen(folders)
        assert "No folder" not in screen.seen(folders)
        await to_list(screen)
        await screen.press("f", "end")
        listed = titles(screen)
        assert listed == [each.title[:9] for each in library.sections.list(found)] != []
        assert screen.lines(folders)[-1].split() == ["⌕", "Hegemony", f"{len(listed)}"]
        await screen.press("r")
        await screen.write(" now")
        await screen.press("enter")
        assert "Hegemony now" in screen.seen(folders)
        assert titles(screen) == listed
        await screen.press("/")
        assert isinstance(screen.screen, SearchScreen)
        await screen.press("/")
        await screen.write(" or governance")
        await screen.press("enter", "S", "enter", "escape")
        assert library.queries.get("hegemony now").query == "hegemony or governance"
        assert len(titles(screen)) > len(listed)
        await screen.press("u", "u")
        assert titles(screen) == listed
        await screen.press("x", "enter")
        assert len(titles(screen)) == 5
        assert "Hegemony" not in screen.seen(folders)


async def test_a_folder_that_is_undone_is_left(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await to_list(screen)
        await screen.press("p")
        await screen.write("new")
        await screen.press("enter", "up", "up", "end", "enter")
        assert len(titles(screen)) == 1
        await screen.press("u")
        assert len(titles(screen)) == 5
        assert not screen.reader.sidebar.folders.display
        assert library.folders.list() == []


async def test_the_order_is_chosen_and_remembered(reader: Open, library: Library) -> None:
    by_title = [each.title[:9] for each in library.documents.list()]
    async with reader() as screen:
        await to_list(screen)
        await screen.press("s", "down", "enter")
        by_date = titles(screen)
        assert by_date != by_title
        await screen.press("S")
        assert titles(screen) == by_date[::-1]
        assert "the earliest first" in screen.reader.sidebar.field.placeholder
    async with reader() as screen:
        assert titles(screen) == by_date[::-1]
        await to_list(screen)
        await screen.press("s", "up", "enter")
        assert titles(screen) == by_title
        assert screen.reader.sidebar.field.placeholder == "Filter documents"


async def test_marks_of_reading_show_and_filter(reader: Open, library: Library) -> None:
    async with reader() as screen:
        cards = screen.reader.sidebar.cards
        assert screen.seen(cards).count("•") == 4
        # Otherwise it is kept after a second, in the middle of what follows or not.
        screen.reader.watcher.keep_position()
        await to_list(screen)
        await screen.press("space", "space", "t")
        assert screen.seen(cards).count("◆") + screen.seen(cards).count("◇") == 2
        await screen.press("f", "down", "down")
        assert len(titles(screen)) == 2
        await screen.press("up")
        assert len(titles(screen)) == 4
        await screen.press("enter", "*", "r", "f", "down", "up")
        assert titles(screen) == []
        assert "Everything is read" in screen.seen(cards)
        await screen.press("u")
        assert len(library.sections.list(Section(to_read=True))) == 2


async def test_fields_are_edited_of_one_and_of_several(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await to_list(screen)
        await screen.press("d")
        assert isinstance(screen.screen, DocumentForm)
        await screen.press("tab")
        await screen.press(*["backspace"] * 60)
        await screen.write("Somebody")
        await screen.press("enter")
        first = library.documents.list()[0]
        assert first.author == "Somebody"
        await screen.press("*", "d", *["tab"] * 3)
        await screen.write("2023-99")
        await screen.press("enter")
        assert "2023-99" in str(screen.screen.query_one("#wrong", Static).render())
        await screen.press(*["backspace"] * 7, "tab", "tab")
        await screen.write("speech")
        await screen.press("enter")
        assert {each.kind for each in library.documents.list()} == {"speech"}
        assert library.documents.get(first.id).author == "Somebody"
        await screen.press("u")
        assert "speech" not in {each.kind for each in library.documents.list()}


async def test_what_was_deleted_is_listed_and_restored(
    reader: Open, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As of very many documents: aside.
    monkeypatch.setattr("tui.acts.MANY", 2)
    async with reader() as screen:
        await to_list(screen)
        gone = titles(screen)[:2]
        await screen.press("space", "space", "x", "enter")
        assert len(titles(screen)) == 3
        await screen.press("f", "end", "enter")
        assert titles(screen) == gone
        await screen.press("enter")
        assert "has been deleted" in screen.notices[-1]
        await screen.press("home", "R", "R")
        assert len(library.documents.list()) == 5
        assert not screen.reader.sidebar.folders.display or titles(screen) != gone


async def test_letters_of_the_list_do_nothing_to_the_text(reader: Open) -> None:
    async with reader() as screen:
        await to_list(screen)
        await screen.press("m", "c", "y")
        assert screen.highlights == []
        assert screen.reader.sidebar.cards.has_focus


async def test_how_far_one_has_read_is_shown(reader: Open, library: Library) -> None:
    documents = library.documents.list()
    library.reading.save(documents[1].id, documents[1].length // 2)
    library.marks.put([documents[2].id], Mark.READ)
    async with reader(documents[0].title, size=(160, 40)) as screen:
        shown = screen.seen(screen.reader.sidebar.cards)
        assert "49%" in shown or "50%" in shown
        assert shown.count("•") == 2


async def test_what_is_nearly_the_same_is_linked_as_a_revision(
    reader: Open, library: Library
) -> None:
    text = library.documents.text(library.documents.find("Global AI").id)
    draft = text.replace("security", "safety", 2)
    library.documents.add(ImportedDocument([Passage(0, draft)], Metadata(title="A draft")))
    async with reader() as screen:
        await screen.press("=")
        assert isinstance(screen.screen, DuplicatesScreen)
        assert "A draft" in screen.seen(screen.screen.cards)
        await screen.press("l", "enter")
        assert len(library.documents.list()) == 5
        assert "No two documents" in screen.seen(screen.screen.cards)
        await screen.press("u")
        assert len(library.documents.list()) == 6
        await screen.press("enter")
        assert screen.reader.desk.document is not None
        assert screen.reader.desk.document.title == "A draft"
        await screen.press("=", "x", "enter", "escape")
        assert len(library.documents.list()) == 5


async def test_another_program_changes_folders_too(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    async with reader() as screen:
        with Library(library.path, "bob") as other:
            other.folders.put("theirs", [other.documents.list()[0].id])
        screen.reader.reload()
        await screen.settle()
        assert "theirs" in screen.seen(screen.reader.sidebar.folders)
