"""Searching all documents: what is found while one types, and what can be done with it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from textual.widgets import Input

from annotations.library.library import Library
from annotations.query import Language
from tests.tui.conftest import Open
from tests.tui.driver import Driver
from tui.screens import search
from tui.screens.found_cards import Place, Suggestion
from tui.screens.passages import PassagesScreen
from tui.screens.search import SearchScreen


def _screen(driver: Driver) -> SearchScreen:
    assert isinstance(driver.screen, SearchScreen)
    return driver.screen


def _places(driver: Driver) -> list[Place]:
    return [item for item in _screen(driver).cards.items if isinstance(item, Place)]


async def _search(driver: Driver, query: str) -> None:
    await driver.press("ctrl+s")
    await driver.write(query)


async def test_what_is_found_comes_while_one_types(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await _search(screen, "governance")
        found = list(library.search.find("governance"))
        assert len({place.found.document.id for place in _places(screen)}) == len(found)
        shown = screen.seen(_screen(screen).cards)
        assert found[0].document.title[:20] in shown
        assert "overnance" in shown
        assert _screen(screen).answer is not None
        assert f"{len(found)} document" in screen.seen(_screen(screen).heading)


async def test_a_hit_is_painted_differently(reader: Open) -> None:
    async with reader() as screen:
        await _search(screen, "governance")
        cards = _screen(screen).cards
        marked = [
            segment.text
            for y in range(cards.size.height)
            for segment in cards.render_line(y)
            if segment.style and segment.style.underline
        ]
        assert marked
        assert {each.lower() for each in marked} == {"governance"}


async def test_the_years_stand_beside_the_list_where_there_is_room(
    reader: Open, library: Library
) -> None:
    async with reader(size=(120, 40)) as screen:
        await _search(screen, "governance")
        years = library.search.years("governance")
        assert all(year in screen.seen(_screen(screen).tally) for year in years)
    async with reader(size=(80, 24)) as screen:
        await _search(screen, "governance")
        assert not _screen(screen).tally.display
        assert "overnance" in screen.seen(_screen(screen).cards)


async def test_enter_opens_the_place_with_all_hits_marked(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await _search(screen, "governance")
        await screen.press("enter", "j", "enter")
        assert screen.screen is screen.reader
        document = screen.reader.desk.document
        assert document is not None
        assert screen.reader.sidebar.pointed == document
        hits = [hit.start for hit in library.search.hits("governance", document.id)]
        caret = screen.reader.page.caret
        assert caret in hits
        assert len(screen.reader.finder.hits) == len(hits)
        await screen.press("n")
        assert screen.reader.page.caret == hits[(hits.index(caret) + 1) % len(hits)]
        await screen.press("N")
        assert screen.reader.page.caret == caret


async def test_a_double_click_opens_the_place(reader: Open) -> None:
    async with reader() as screen:
        await _search(screen, "governance")
        cards = _screen(screen).cards
        at = next(
            at for at, each in enumerate(cards.items) if isinstance(each, Place) and each.is_last
        )
        place, row = cards.items[at], cards.tops(cards.items, cards.size.width - 1)[at]
        assert isinstance(place, Place)
        await screen.click(cards, 5, row - cards.scroll_offset.y + 1, times=2)
        assert screen.screen is screen.reader
        assert screen.reader.page.caret == place.span.start


async def test_the_place_before_is_left_behind(reader: Open) -> None:
    async with reader() as screen:
        before = screen.reader.desk.document
        await _search(screen, "doc:global governance")
        await screen.press("enter", "enter")
        assert screen.reader.desk.document != before
        await screen.press("alt+left")
        assert screen.reader.desk.document == before


async def test_the_last_answer_stays_while_a_search_cannot_be_read(
    reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_UNFINISHED_SECONDS", 1_000)
    async with reader() as screen:
        await _search(screen, "governance")
        places = _places(screen)
        await screen.write(' "digi')
        assert _places(screen) == places
        assert "not closed" not in screen.seen(_screen(screen).detail)
        await screen.press("enter")
        lines = screen.lines(_screen(screen).detail)
        assert "not closed" in lines[0]
        assert lines[1].index('"') == lines[2].index("^")
        await screen.write('tal"')
        assert _places(screen) != places
        assert "not closed" not in screen.seen(_screen(screen).detail)


async def test_a_huge_search_does_no_harm(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("ctrl+s")
        _screen(screen).field.value = "a* or " * 20_000
        await screen.pilot.pause()
        await screen.settle()
        assert "more than 500 terms" in screen.seen(_screen(screen).detail)


async def test_nothing_found_is_said(reader: Open) -> None:
    async with reader() as screen:
        await _search(screen, "xylophonist")
        assert "No document holds this" in screen.seen(_screen(screen).cards)
        assert "0 documents" in screen.seen(_screen(screen).heading)


async def test_notes_and_tags_are_found(reader: Open, library: Library) -> None:
    document = library.documents.find("Chinese envoy").id
    library.highlights.add(document, 100, 160, tags=["lantern"], note="About a zeppelin")
    library.codebook.describe("lantern", description="What a zeppelin carries")
    async with reader("Global AI") as screen:
        await _search(screen, "zeppelin")
        shown = screen.seen(_screen(screen).cards)
        assert "#lantern" in shown
        assert "Note: About a zeppelin" in shown
        await screen.press("enter", "enter")
        assert screen.reader.page.caret == 100
        await _search(screen, "zeppelin")
        await screen.press("enter", "g", "enter")
        assert isinstance(screen.screen, PassagesScreen)
        assert screen.screen.query_text == '"lantern"'


async def test_an_empty_field_suggests_what_works(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await screen.press("ctrl+s")
        suggested = [each for each in _screen(screen).cards.items if isinstance(each, Suggestion)]
        assert suggested
        assert all(list(library.search.documents(each.query)) for each in suggested)
        await screen.press("enter")
        assert _screen(screen).field.value == suggested[0].query
        assert _places(screen)


async def test_what_was_searched_for_is_suggested_first(reader: Open) -> None:
    async with reader() as screen:
        await _search(screen, "digital divide")
        await screen.press("enter", "enter")
    async with reader() as screen:
        await screen.press("ctrl+s")
        first = _screen(screen).cards.items[0]
        assert isinstance(first, Suggestion)
        assert first.query == "digital divide"
        await screen.press("enter")
        assert _screen(screen).field.value == "digital divide"


async def test_what_one_looked_at_is_there_again(reader: Open) -> None:
    async with reader() as screen:
        await _search(screen, "governance")
        await screen.press("enter", "space", "j", "j")
        place = _screen(screen).cards.pointed
        await screen.press("enter")
        assert screen.screen is screen.reader
        await screen.press("ctrl+s")
        assert _screen(screen).cards.pointed == place
        assert len(_screen(screen).cards.marked) == 1
        await screen.press("enter", "enter")
        assert isinstance(place, Place)
        assert screen.reader.page.caret == place.span.start
        await _search(screen, "divide")
        assert _screen(screen).field.value == "divide"
        assert not _screen(screen).cards.marked
        await screen.press(*["backspace"] * 6, "escape")
        await screen.press("ctrl+s")
        assert not _screen(screen).field.value


async def test_all_places_are_tagged_in_one_act(reader: Open, library: Library) -> None:
    number = len(list(library.search.hits("divide")))
    async with reader() as screen:
        await _search(screen, "divide")
        await screen.press("enter", "A")
        await screen.press("up", "enter")
        await screen.press("enter")
        await screen.write("gap")
        await screen.press("enter")
        assert number
        assert len(list(library.highlights.list(tag="gap"))) == number
        await screen.press("u")
        assert library.passages.count("gap") == 0


async def test_marked_places_are_exported_and_tagged_without_the_others(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    async with reader() as screen:
        await _search(screen, "governance")
        await screen.press("enter", "space", "space")
        marked = _screen(screen).marked
        assert len(_screen(screen).cards.marked) == 2
        assert "2 marked" in screen.seen(_screen(screen).heading)
        assert screen.seen(_screen(screen).cards).count("✓") == sum(
            place.rows(_screen(screen).cards.size.width - 4) - place.is_first - place.is_last
            for place in _places(screen)[:2]
        )
        target = tmp_path / "places.csv"
        await screen.press("e")
        screen.screen.query_one(Input).value = str(target)
        await screen.press("enter")
        with target.open(encoding="utf-8", newline="") as file:
            written = list(csv.DictReader(file))
        assert [(each["document"], int(each["start"])) for each in written] == [
            (hit.document, hit.start) for hit in marked
        ]
        assert {each["text"].casefold() for each in written} == {"governance"}
        await screen.press("A", "up", "enter", "enter")
        await screen.write("gap")
        await screen.press("enter")
        tagged = {(each.document, each.start) for each in library.highlights.list(tag="gap")}
        assert tagged == {(hit.document, hit.start) for hit in marked}
        await screen.press("*", "*")
        assert not _screen(screen).marked


async def test_a_search_is_kept_and_recalled(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await _search(screen, "divide")
        await screen.press("enter", "S")
        await screen.write("Gaps")
        await screen.press("enter")
        saved = library.queries.get("gaps")
        assert (saved.query, saved.language) == ("divide", Language.SEARCH)
        await screen.press("/", *["backspace"] * 6)
        assert _screen(screen).answer is None
        await screen.write("global")
        await screen.press("enter", "o", "enter")
        assert _screen(screen).field.value == "divide"
        assert _places(screen)


async def test_escape_leads_back(reader: Open) -> None:
    async with reader() as screen:
        await _search(screen, "not quartz")
        assert _screen(screen).field.value == "not quartz"
        await screen.press("escape")
        assert _screen(screen).focused is _screen(screen).cards
        await screen.press("escape")
        assert screen.screen is screen.reader
