"""The history's screen."""

from __future__ import annotations

from textual.widgets import Static

from annotations.library.library import Library
from tests.tui.conftest import Open
from tests.tui.driver import Driver
from tui.screens.history import ActCards, HistoryScreen
from tui.screens.peek import Peek


def _cards(driver: Driver) -> list[str]:
    assert isinstance(driver.screen, HistoryScreen)
    return driver.lines(driver.screen.cards)


async def test_acts_read_like_sentences_latest_first(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m", "}", "m", "H")
        rows = _cards(screen)
        assert 'highlighted “"Unilateralism' in rows[0]
        assert "highlighted “UNITED NATIONS" in rows[1]


async def test_an_act_in_the_middle_is_taken_back(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m", "}", "m", "H", "j", "x")
        [left] = screen.highlights
        assert left.quote.startswith('"Unilateralism')
        assert any("taken back" in row for row in _cards(screen))
        # The new act is above; the cursor stays at what it took back.
        assert isinstance(screen.screen, HistoryScreen)
        pointed = screen.screen.cards.pointed
        assert pointed is not None
        assert pointed.undone


async def test_going_back_takes_back_what_came_after(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m")
        await screen.pilot.pause(0.01)
        await screen.press("}", "m", "}", "m", "H", "j", "j", "R", "enter")
        assert len(screen.highlights) == 1
        await screen.press("u")
        assert len(screen.highlights) == 3


async def test_words_filter_the_acts(reader: Open, library: Library) -> None:
    library.codebook.add("zebra")
    async with reader() as screen:
        await screen.press("}", "}", "m", "H", "/")
        await screen.write("zebra")
        assert [row for row in _cards(screen) if row] == _cards(screen)[:1]
        assert "made the tag zebra" in _cards(screen)[0]
        await screen.press("escape", "m")
        assert not any("florilegium" in row for row in _cards(screen))


async def test_acts_are_filtered_by_tag_coder_and_day(reader: Open, library: Library) -> None:
    library.codebook.add("zebra")
    library.codebook.add("stripe")
    async with reader() as screen:
        await screen.press("H", "t")
        await screen.write("zeb")
        await screen.press("enter")
        assert [row for row in _cards(screen) if row] == _cards(screen)[:1]
        assert "made the tag zebra" in _cards(screen)[0]
        await screen.press("t")
        await screen.write("zeb")
        await screen.press("enter")
        assert any("florilegium" in row for row in _cards(screen))
        await screen.press("g", "c", "y")
        rows = [row for row in _cards(screen) if row]
        assert len(rows) == 2
        await screen.press("/")
        await screen.write(" day:2001")
        assert "No act is like that." in screen.seen(screen.screen.query_one(ActCards))
        await screen.write("-99")
        assert "2001-99" in screen.seen(screen.screen.query_one(ActCards))


async def test_what_stands_in_the_way_of_going_back_is_said(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m", "}", "m")
        [first, second] = [each.id for each in screen.highlights]
        with Library(library.path, "bob") as bob:
            bob.highlights.note(second, "mine")
        await screen.press("H", "j", "j", "j", "R", "enter")
        assert isinstance(screen.screen, Peek)
        assert any("bob wrote a note" in str(each.render()) for each in screen.screen.query(Static))
        assert [each.id for each in screen.highlights] == [second]
        assert first != second
