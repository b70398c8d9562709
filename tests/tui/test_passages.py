"""The passages that answer a query, and automatic coding."""

from __future__ import annotations

from pathlib import Path

from annotations.library.library import Library
from tests.tui.conftest import Open
from tests.tui.driver import Driver
from tui.screens.passages import PassagesScreen


def _three(library: Library) -> list[str]:
    """Three highlights in two documents; their ids in the order of the list."""
    envoy = library.documents.find("Chinese envoy").id
    letter = library.documents.find("Global AI").id
    made = [
        library.highlights.add(envoy, 100, 160, tags=["risk/tiers"]),
        library.highlights.add(envoy, 300, 360, tags=["risk/misuse", "climate"], note="a note"),
        library.highlights.add(letter, 3000, 3060, tags=["climate"]),
    ]
    return [each.id for each in made]


def _screen(driver: Driver) -> PassagesScreen:
    assert isinstance(driver.screen, PassagesScreen)
    return driver.screen


async def _ask(driver: Driver, query: str) -> None:
    await driver.press("ctrl+f")
    await driver.write(query)
    await driver.press("enter")


async def test_a_query_lists_its_passages(reader: Open, library: Library) -> None:
    ids = _three(library)
    async with reader() as screen:
        await _ask(screen, "risk/* and not note:note")
        assert [each.id for each in _screen(screen).cards.items] == ids[:1]
        await screen.press("/", *["backspace"] * 30)
        await screen.write("climate")
        await screen.press("enter")
        assert [each.id for each in _screen(screen).cards.items] == ids[1:]
        assert "risk/misuse · climate" in screen.seen(_screen(screen).cards)


async def test_a_passage_stands_in_its_context_as_the_text_has_it(
    reader: Open, library: Library
) -> None:
    letter = library.documents.find("Global AI").id
    start = library.documents.text(letter).index("agile governance")
    library.highlights.add(letter, start, start + len("agile governance"))
    async with reader() as screen:
        await _ask(screen, "")
        assert "implement «agile governance», and" in screen.seen(_screen(screen).cards)


async def test_a_wrong_query_points_at_the_wrong_character(reader: Open) -> None:
    async with reader() as screen:
        await _ask(screen, "risk/tiers and )")
        lines = screen.lines(_screen(screen).cards)
        at = next(index for index, line in enumerate(lines) if "risk/tiers and )" in line)
        assert lines[at].index(")") == lines[at + 1].index("^")


async def test_enter_goes_to_the_place_in_another_document(reader: Open, library: Library) -> None:
    _three(library)
    async with reader() as screen:
        await _ask(screen, "climate")
        await screen.press("G", "enter")
        assert screen.screen is screen.reader
        assert screen.reader.desk.document is not None
        assert screen.reader.desk.document.title.startswith("Global AI")
        assert screen.reader.page.caret == 3000


async def test_marked_passages_are_tagged_in_one_act(reader: Open, library: Library) -> None:
    ids = _three(library)
    async with reader() as screen:
        await _ask(screen, "climate")
        await screen.press("*", "t")
        await screen.write("fairness")
        await screen.press("enter")
        assert "fairness" in library.highlights.get(ids[1]).tags
        assert "fairness" in library.highlights.get(ids[2]).tags
        await screen.press("u")
        assert "fairness" not in library.highlights.get(ids[1]).tags
        assert "fairness" not in library.highlights.get(ids[2]).tags


async def test_space_marks_and_an_act_leaves_the_others_alone(
    reader: Open, library: Library
) -> None:
    ids = _three(library)
    async with reader() as screen:
        await _ask(screen, "")
        await screen.press("space", "x")
        assert {each.id for each in library.highlights.list()} == set(ids[1:])


async def test_a_tag_is_split_by_picking_passages(reader: Open, library: Library) -> None:
    ids = _three(library)
    async with reader() as screen:
        await screen.press("ctrl+t", "/")
        await screen.write("climate")
        await screen.press("enter", "s", "space", "s")
        await screen.write("climate/policy")
        await screen.press("enter")
        assert library.highlights.get(ids[1]).tags == ("risk/misuse", "climate/policy")
        assert library.highlights.get(ids[2]).tags == ("climate",)


async def test_queries_are_kept_and_asked_again(reader: Open, library: Library) -> None:
    ids = _three(library)
    async with reader() as screen:
        await _ask(screen, "climate")
        await screen.press("S")
        await screen.write("weather")
        await screen.press("enter", "escape", "ctrl+f", "escape")
        assert [each.name for each in library.queries.list()] == ["weather"]
        await screen.press("ctrl+f")
        await screen.write("nothing")
        await screen.press("enter", "o", "enter")
        assert [each.id for each in _screen(screen).cards.items] == ids[1:]


async def test_only_the_passages_are_exported(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    _three(library)
    async with reader() as screen:
        await _ask(screen, "climate")
        await screen.press("e", *["backspace"] * len("highlights.csv"))
        await screen.write(str(tmp_path / "some.csv"))
        await screen.press("enter")
    assert len((tmp_path / "some.csv").read_text(encoding="utf-8").splitlines()) == 3


async def test_sentences_of_passages_are_coded_after_a_look(reader: Open, library: Library) -> None:
    _three(library)
    async with reader() as screen:
        await _ask(screen, "climate")
        await screen.press("A", "enter", "space", "enter")
        await screen.write("fairness")
        await screen.press("enter")
        coded = [each for each in library.highlights.list() if each.tags == ("fairness",)]
        assert len(coded) == 1
        assert coded[0].quote.endswith(".")
        await screen.press("u")
        assert not [each for each in library.highlights.list() if "fairness" in each.tags]
