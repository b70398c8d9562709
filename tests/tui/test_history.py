"""The history's screen."""

from __future__ import annotations

from annotations.library.library import Library
from tests.tui.conftest import Open
from tests.tui.driver import Driver
from tui.screens.history import HistoryScreen


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
