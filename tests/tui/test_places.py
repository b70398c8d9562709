"""Going to headings, words, pages, paragraphs, links, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.errors import InvalidError
from annotations.formats import read
from annotations.library.library import Library
from annotations.model import (
    Block,
    BlockKind,
    ImportedDocument,
    Mark,
    MarkKind,
    Metadata,
    Passage,
    Span,
)
from tests.tui.conftest import Open
from tui.actions.places import goal_of
from tui.screens.peek import Peek
from tui.screens.places import PlaceCards, Places
from tui.trail import Spot, Trail
from tui.widgets.status import reading_time

TITLES = "First things\n\n", "Second things\n\n"
FILLER = "Words of the paragraph go on and on, as words do. " * 40 + "\n\n"


@pytest.fixture
def document(library: Library) -> str:
    """A document with headings, a link, a footnote and pages; its id."""
    parts = [
        TITLES[0],
        FILLER,
        TITLES[1],
        FILLER,
        "See note1 and here.\n\n",
        "1 The note says this.",
    ]
    starts = [sum(map(len, parts[:number])) for number in range(len(parts))]
    kinds = [BlockKind.HEADING, BlockKind.PARAGRAPH] * 2 + [BlockKind.PARAGRAPH] * 2
    blocks = tuple(
        Block(start, start + len(part), kind, level=1 if kind is BlockKind.HEADING else 0)
        for start, part, kind in zip(starts, parts, kinds, strict=True)
    )
    marks = (
        Mark(starts[2], starts[2], MarkKind.PAGE, "ii"),
        Mark(starts[4] + 4, starts[4] + 9, MarkKind.FOOTNOTE, "fn1"),
        Mark(starts[4] + 14, starts[4] + 18, MarkKind.LINK, "#top"),
        Mark(starts[0], starts[0] + 5, MarkKind.ANCHOR, "top"),
        Mark(starts[5], starts[5] + len(parts[5]), MarkKind.ANCHOR, "fn1"),
    )
    imported = ImportedDocument(
        [Passage(0, "".join(parts), blocks, marks)], Metadata(title="With headings")
    )
    return library.documents.add(imported).document.id


async def test_the_outline_goes_to_a_heading_and_back(reader: Open, document: str) -> None:
    async with reader(document) as screen:
        page = screen.reader.page
        await screen.press("o")
        cards = screen.screen.query_one(PlaceCards)
        assert [line.strip() for line in screen.lines(cards)[:2]] == [
            "First things",
            "Second things",
        ]
        await screen.write("second")
        await screen.press("enter")
        assert page.text(Span(page.caret, page.caret + 13)) == "Second things"
        await screen.press("alt+left")
        assert page.caret == 0
        await screen.press("alt+right")
        assert page.caret > 0


async def test_a_document_without_headings_says_so(reader: Open, library: Library) -> None:
    add = library.documents.add
    plain = add(ImportedDocument([Passage(0, "Nothing but this.")], Metadata(title="Plain")))
    async with reader(plain.document.id) as screen:
        await screen.press("o")
        assert screen.notices == ["This document has no headings"]


async def test_every_place_of_a_word_is_listed(reader: Open, document: str) -> None:
    async with reader(document) as screen:
        await screen.press("}", "K")
        await screen.settle()
        assert isinstance(screen.screen, Places)
        cards = screen.screen.query_one(PlaceCards)
        assert len(cards.items) == 160
        context, word = next(iter(cards.card(cards.items[1], 80)))
        assert context[0].endswith(" ")
        assert not word[0].startswith(" ")
        await screen.press("down", "enter")
        assert screen.reader.page.caret > len(TITLES[0])


@pytest.mark.parametrize(
    ("typed", "starts"), [("3", "Second"), ("pii", "Second"), ("page ii", "Second"), ("1", "First")]
)
async def test_numbers_are_paragraphs_and_p_is_a_page(
    reader: Open, document: str, typed: str, starts: str
) -> None:
    async with reader(document) as screen:
        await screen.press("G", ":")
        await screen.write(typed)
        await screen.press("enter")
        await screen.settle()
        caret = screen.reader.page.caret
        assert screen.library.documents.text(document, caret).startswith(starts)


async def test_what_is_not_there_is_said(reader: Open, document: str) -> None:
    async with reader(document) as screen:
        await screen.press(":")
        await screen.write("p99")
        await screen.press("enter")
        await screen.settle()
        assert screen.notices == ["There is no page 99 here"]


async def test_a_bookmark_is_put_found_and_taken_away(reader: Open, document: str) -> None:
    async with reader(document) as screen:
        await screen.press("'", "}", "}", '"', "g", "'")
        assert "no bookmarks" in screen.notices[0]
        await screen.press("enter")
        place = screen.reader.page.caret
        assert place > 0
        assert screen.library.reading.bookmarks(document) == [place]
        await screen.press('"')
        assert screen.library.reading.bookmarks(document) == []
        assert screen.notices[-1] == "Bookmark taken away"


async def test_a_link_is_followed_and_a_footnote_is_shown(reader: Open, document: str) -> None:
    async with reader(document) as screen:
        page = screen.reader.page
        note = screen.library.documents.text(document).index("note1")
        page.go_to(note + 1)
        await screen.press("enter")
        await screen.settle()
        assert isinstance(screen.screen, Peek)
        await screen.press("escape")
        assert page.caret == note + 1
        page.go_to(note + 11)
        await screen.press("enter")
        await screen.settle()
        assert page.caret == 0


async def test_markup_is_in_no_list_and_links_go_to_headings(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "a.md"
    path.write_text("# *One*\n\nSee[^1] [two](#%C3%BCber).\n\n## Über\n\n[^1]: A **note**.\n")
    document = library.documents.add(read(path)).document
    assert [each.title for each in library.documents.outline(document.id)] == ["One", "Über"]
    async with reader(document.id) as screen:
        page, text = screen.reader.page, library.documents.text(document.id)
        page.go_to(text.index("^1"))
        await screen.press("enter")
        await screen.settle()
        assert isinstance(screen.screen, Peek)
        assert "1 A note." in screen.seen(screen.screen.query_one("VerticalScroll Static"))
        await screen.press("escape")
        page.go_to(text.index("two"))
        await screen.press("K")
        await screen.settle()
        cards = screen.screen.query_one(PlaceCards)
        shown = [" ".join((each.before + each.text).split()) for each in cards.items]
        assert shown == ["One See1 two. Über 1 A note."]
        await screen.press("escape", "enter")
        await screen.settle()
        assert text[page.caret :].startswith("Über")


@pytest.mark.parametrize("text", ["", "x", "101%", "-3", "0", "50 %%"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(InvalidError):
        goal_of(text)


def test_the_trail_goes_back_and_forth() -> None:
    trail = Trail()
    first, second, here = (Spot("d", position) for position in (1, 2, 3))
    trail.leave(first)
    trail.leave(second)
    assert trail.back(here) == second
    assert trail.back(second) == first
    assert not trail.can_go_back
    assert trail.forth(first) == second
    assert trail.forth(second) == here
    trail.leave(here)
    assert not trail.can_go_forth


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, ""), (0.4, ""), (10.2, "10 min left"), (99.9, "1 h 40 min left"), (6000, "100 h left")],
)
def test_the_time_left_is_said_in_words(minutes: float, words: str) -> None:
    assert reading_time(minutes) == words
