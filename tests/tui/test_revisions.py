"""A document that changed: what the reader shows of it, the review, the list of its texts."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from annotations.library.library import Library
from annotations.model import Document, Highlight, ImportedDocument, Metadata, Passage, Status
from tests.tui.conftest import Open
from tests.tui.driver import Driver
from tui.screens.changes import ChangesScreen
from tui.screens.earlier import EarlierText
from tui.screens.found_cards import places
from tui.screens.review import ReviewScreen
from tui.screens.revisions import RevisionsScreen

OPENING = "The committee met in the old library on a cold morning in March. It was early.\n\n"
DUTY = "Every provider shall keep a register of the systems that it puts on the market.\n\n"
PENALTY = "Whoever breaks these rules pays a fine of up to ten thousand francs a day.\n\n"
SCOPE = "The rules apply to hospitals, schools and the courts of the member states.\n"
FIRST = OPENING + DUTY + PENALTY + SCOPE
SECOND = OPENING + DUTY.replace("shall keep a", "must keep a public") + SCOPE


def law(text: str, path: str = "/law.txt") -> ImportedDocument:
    return ImportedDocument([Passage(0, text)], Metadata(title="The law", path=path))


@pytest.fixture
def changed(library: Library) -> Document:
    """A document with a placed, a moved and a lost highlight."""
    document = library.documents.add(law(FIRST)).document
    for words in ("Every provider shall keep a register", "pays a fine", "hospitals, schools"):
        start = FIRST.index(words)
        library.highlights.add(document.id, start, start + len(words), tags=["risk"])
    library.documents.add(law(SECOND))
    return document


def statuses(highlights: Iterable[Highlight]) -> dict[Status, str]:
    return {each.status: each.quote for each in highlights}


def shown(driver: Driver) -> str:
    """What the review shows of the passage, both sides."""
    assert isinstance(driver.screen, ReviewScreen | ChangesScreen)
    return "\n".join(
        str(each.render()) for each in driver.screen.comparison.query("Static").results()
    )


async def test_the_reader_tells_of_them(reader: Open, changed: Document) -> None:
    async with reader("The law") as screen:
        standing = screen.reader.foot.status.standing
        assert "1 moved, 1 lost" in standing.facts
        margin = screen.seen(screen.reader.margin)
        assert "≈ “Every provider" in margin
        assert margin.index("hospitals") < margin.index("lost: “pays a fine”")
        assert "review" in screen.seen(screen.reader.foot.key_bar)
        await screen.press("R")
        assert isinstance(screen.screen, ReviewScreen)


async def test_without_any_there_is_nothing_to_review(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("R")
        assert not isinstance(screen.screen, ReviewScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_old_and_new_are_shown_with_what_changed(
    reader: Open, changed: Document, size: tuple[int, int]
) -> None:
    async with reader("The law", size=size) as screen:
        await screen.press("R")
        assert isinstance(screen.screen, ReviewScreen)
        assert "moved" in screen.lines(screen.screen.cards)[0]
        told = shown(screen)
        assert "Before, in text 1" in told
        assert "Every provider shall keep a register of the systems" in told
        assert "Every provider must keep a public register of the systems" in told
        assert "% sure" in told
        first, second = screen.screen.comparison.query("VerticalScroll").results()
        assert (first.region.y == second.region.y) == (size[0] >= 90)
        assert second.region.bottom <= size[1]
        await screen.press("j")
        assert "not to be found" in shown(screen)


async def test_accepting_and_leaving_lost(reader: Open, changed: Document) -> None:
    async with reader("The law") as screen:
        await screen.press("R", "a")
        assert statuses(screen.highlights).keys() == {Status.PLACED, Status.LOST}
        # The next one is pointed at; a lost one cannot be accepted.
        await screen.press("a")
        assert "no place to accept" in screen.notices[-1]
        await screen.press("x")
        assert isinstance(screen.screen, ReviewScreen)
        assert "Nothing is left" in screen.seen(screen.screen.cards)
        await screen.press("u", "u")
        assert len(screen.screen.cards.items) == 2
        await screen.press("escape")
        assert not isinstance(screen.screen, ReviewScreen)


async def test_accepting_all_that_are_sure(reader: Open, changed: Document) -> None:
    async with reader("The law") as screen:
        await screen.press("R", "A", "enter")
        assert statuses(screen.highlights).keys() == {Status.PLACED, Status.LOST}
        assert "Accepted 1 place" in screen.notices[-1]


async def test_correcting_the_edges(reader: Open, changed: Document) -> None:
    async with reader("The law") as screen:
        await screen.press("R", "r")
        assert not isinstance(screen.screen, ReviewScreen)
        assert screen.reader.foot.status.standing.mode.startswith("placing")
        await screen.press(".", "enter")
        assert isinstance(screen.screen, ReviewScreen)
        assert [each.quote for each in screen.highlights if each.start == len(OPENING)] == [
            "Every provider must keep a public register of"
        ]
        assert len(screen.screen.cards.items) == 1


async def test_placing_by_hand(reader: Open, changed: Document) -> None:
    async with reader("The law") as screen:
        await screen.press("R", "j", "p")
        assert not isinstance(screen.screen, ReviewScreen)
        await screen.press("g", "s", "enter")
        assert isinstance(screen.screen, ReviewScreen)
        quotes = {each.quote: each.status for each in screen.highlights}
        assert quotes[OPENING.split(". ")[0] + "."] is Status.PLACED
        await screen.press("u")
        assert len(screen.screen.cards.items) == 2


async def test_giving_up_placing_by_hand(reader: Open, changed: Document) -> None:
    async with reader("The law") as screen:
        before = screen.highlights
        await screen.press("R", "j", "p", "v", "w", "escape")
        assert isinstance(screen.screen, ReviewScreen)
        assert screen.highlights == before
        # The review goes on where it was.
        assert screen.screen.cards.cursor == 1
        await screen.press("enter")
        assert not isinstance(screen.screen, ReviewScreen)
        # Going to a highlight to look at it is no placing.
        assert screen.reader.placing is None


async def test_the_text_on_the_page_follows(reader: Open, changed: Document) -> None:
    async with reader("The law") as screen:
        assert "public register" in screen.seen(screen.reader.page)
        await screen.press("u")
        assert "shall keep a register" in screen.seen(screen.reader.page)
        assert "≈" not in screen.seen(screen.reader.margin)


async def test_the_texts_of_a_document(reader: Open, changed: Document) -> None:
    async with reader("The law") as screen:
        await screen.press("D")
        assert isinstance(screen.screen, RevisionsScreen)
        first, second = screen.lines(screen.screen.cards)[:2]
        assert "1 highlight lost" in first
        assert "current" in second
        await screen.press("k", "enter")
        assert isinstance(screen.screen, EarlierText)
        assert "shall keep a register" in screen.seen(screen.screen.page)
        await screen.press("G", "space", "escape")
        await screen.press("d")
        assert isinstance(screen.screen, ChangesScreen)
        assert "~ shall → must   + public" in screen.lines(screen.screen.cards)[0]
        assert "must keep a public register" in shown(screen)
        await screen.press("escape", "c")
        assert "3 highlights: 3 placed" in screen.notices[-1]
        assert {each.status for each in screen.highlights} == {Status.PLACED}


async def test_reading_the_file_again_in_another_encoding(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    from annotations.formats import read

    path = tmp_path / "umlaut.txt"
    path.write_bytes("Grüße aus Zürich.\n".encode("cp1252"))
    library.documents.add(read(path, encoding="cp437"))
    async with reader("umlaut") as screen:
        await screen.press("D", "e")
        await screen.write("klingon")
        await screen.press("enter")
        await screen.press(*["backspace"] * 7)
        await screen.write("cp1252")
        await screen.press("enter")
        await screen.press("escape")
        assert "Grüße aus Zürich." in screen.seen(screen.reader.page)


async def test_a_file_that_changed_is_opened_as_it_is_now(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    from annotations.formats import read

    path = tmp_path / "law.txt"
    path.write_text(FIRST, encoding="utf-8")
    document = library.documents.add(read(path)).document
    start = FIRST.index("pays a fine")
    library.highlights.add(document.id, start, start + 11)
    path.write_text(SECOND, encoding="utf-8")
    later = path.stat().st_mtime + 60
    os.utime(path, (later, later))
    async with reader(str(path)) as screen:
        assert "public register" in screen.seen(screen.reader.page)
        assert screen.reader.desk.document is not None
        assert screen.reader.desk.document.id == document.id
        assert any("1 lost; R in the text reviews them" in each for each in screen.notices)


async def test_a_new_text_from_a_file(reader: Open, changed: Document, tmp_path: Path) -> None:
    path = tmp_path / "third.txt"
    path.write_text(FIRST.replace("March", "April"), encoding="utf-8")
    async with reader("The law") as screen:
        await screen.press("D", "a")
        await screen.write("nothing")
        await screen.press("enter")
        await screen.press(*["backspace"] * 7)
        await screen.write(str(path))
        await screen.press("enter")
        assert isinstance(screen.screen, RevisionsScreen)
        assert len(screen.screen.cards.items) == 3
        await screen.press("escape")
        assert "in April" in screen.seen(screen.reader.page)
        # What was lost in the second text is found in the third.
        assert {each.status for each in screen.highlights} == {Status.PLACED}


@pytest.mark.usefixtures("changed")
def test_a_search_tells_the_words_of_a_lost_highlight_from_a_note(library: Library) -> None:
    told = [place.text for found in library.search.find("fine") for place in places(found)]
    assert told == ["Lost: “pays a fine”"]


@pytest.fixture
def unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other programs do is not looked for."""
    monkeypatch.setattr("tui.watch.Watch._look", lambda self: None)


def elsewhere(library: Library, text: str) -> None:
    """Another program gives the law another text."""
    with Library(library.path, "bob") as bob:
        bob.documents.add(law(text))


@pytest.mark.usefixtures("unseen")
async def test_words_chosen_before_the_text_changed_are_the_ones_highlighted(
    reader: Open, library: Library
) -> None:
    library.documents.add(law(FIRST))
    async with reader("The law") as screen:
        await screen.press(")", ")", ")", "t")
        elsewhere(library, SECOND)
        # Before and after the screen shows it.
        screen.reader.reload()
        await screen.settle()
        await screen.write("duty")
        await screen.press("enter")
        [made] = screen.highlights
        assert (made.status, made.tags) == (Status.LOST, ("duty",))
        [case] = library.revisions.at(library.revisions.numbers(made.document))
        assert case.quote == PENALTY.strip()
        assert "changed meanwhile" in screen.notices[-1]
        assert library.check() == []
        await screen.press("u")
        assert not screen.highlights


@pytest.mark.usefixtures("unseen")
async def test_the_page_shows_one_text_until_it_shows_the_other(
    reader: Open, library: Library
) -> None:
    long = "".join(f"{number}. {DUTY}" for number in range(400))
    library.documents.add(law(long))
    async with reader("The law") as screen:
        elsewhere(library, long.replace("register", "catalogue"))
        await screen.press("G", "m")
        [made] = screen.highlights
        assert "catalogue" in made.quote
        assert made.status is Status.MOVED
        [case] = library.revisions.at(library.revisions.numbers(made.document))
        assert "register" in case.quote


@pytest.mark.usefixtures("unseen")
async def test_edges_of_the_text_before_are_not_kept(
    reader: Open, library: Library, changed: Document
) -> None:
    async with reader("The law") as screen:
        await screen.press("]", "r", "right")
        before = {each.id: each.quote for each in screen.highlights}
        elsewhere(library, "A preface.\n\n" + SECOND)
        await screen.press("enter")
        assert "changed meanwhile" in screen.notices[-1]
        assert {each.id: each.quote for each in screen.highlights} == before


@pytest.mark.usefixtures("unseen")
async def test_a_place_in_the_text_before_is_not_accepted(
    reader: Open, library: Library, changed: Document
) -> None:
    async with reader("The law") as screen:
        await screen.press("R")
        for key, words in (("a", "an open register"), ("x", "every register")):
            elsewhere(library, SECOND.replace("a public register", words))
            await screen.press(key)
            assert "changed meanwhile" in screen.notices[-1]
            # What is there now is shown, and can be accepted.
            assert words in shown(screen)
        await screen.press("a")
        assert statuses(screen.highlights).keys() == {Status.PLACED, Status.LOST}


@pytest.mark.usefixtures("unseen")
async def test_who_did_not_move_is_back_in_place_with_the_text(
    reader: Open, library: Library
) -> None:
    library.documents.add(law(FIRST))
    async with reader("The law") as screen:
        await screen.press(")", ")")
        place = screen.reader.page.caret
        screen.reader.watcher.keep_position()
        for text in ("", "Something else altogether.\n", FIRST):
            elsewhere(library, text)
            screen.reader.reload()
            await screen.settle()
            screen.reader.watcher.keep_position()
        assert screen.reader.page.caret == place > 0
