"""The codebook's screen."""

from __future__ import annotations

from annotations.library.library import Library
from tests.tui.conftest import Open
from tests.tui.driver import Driver
from tui.codetree import Node, tree
from tui.screens.choice import Choice
from tui.screens.codebook import CodebookScreen
from tui.screens.passages import PassagesScreen


def _screen(driver: Driver) -> CodebookScreen:
    assert isinstance(driver.screen, CodebookScreen)
    return driver.screen


async def _find(driver: Driver, words: str) -> None:
    """Open the codebook and point at a tag."""
    await driver.press("ctrl+t", "/")
    await driver.write(words)
    await driver.press("enter")
    cards = _screen(driver).cards
    cards.point(next(at for at, node in enumerate(cards.items) if node.path == words))


async def test_the_tree_shows_counts_of_tags_and_families(reader: Open) -> None:
    async with reader(size=(120, 40)) as screen:
        await screen.press("}", "}", "t")
        await screen.write("risk/tiers")
        await screen.press("enter", "ctrl+t")
        rows = screen.lines(_screen(screen).cards)
        [parent] = [row for row in rows if "risk  " in row and "▾" in row]
        [child] = [row for row in rows if " tiers " in row]
        assert parent.split()[-3:] == ["·", "·", "1"]
        assert child.split()[-3:] == ["1", "1", "1"]


async def test_folding_hides_what_is_below(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("ctrl+t")
        cards = _screen(screen).cards
        assert [node.path for node in cards.items[:3]] == [
            "actor",
            "actor/organisation",
            "actor/state",
        ]
        await screen.press("h")
        assert [node.path for node in cards.items[:2]] == ["actor", "climate"]
        await screen.press("l", "j", "h")
        assert cards.pointed is not None
        assert cards.pointed.path == "actor"


async def test_tags_are_made_renamed_described_coloured_and_deleted(
    reader: Open, library: Library
) -> None:
    async with reader() as screen:
        await screen.press("ctrl+t", "a")
        await screen.write("new [one]")
        await screen.press("enter")
        assert library.codebook.get("actor/new [one]")
        await screen.press("r", *["backspace"] * len("new [one]"))
        await screen.write("renamed")
        await screen.press("enter", "d")
        await screen.write("what")
        await screen.press("tab")
        await screen.write("yes")
        await screen.press("enter", "c", "down", "enter", "#", "down", "enter")
        tag = library.codebook.get("actor/renamed")
        assert (tag.description, tag.inclusion, tag.key) == ("what", "yes", "1")
        assert tag.colour == "yellow"
        await screen.press("x", "enter")
        assert "actor/renamed" not in {each.path for each in library.codebook.tags()}
        await screen.press("u")
        assert library.codebook.get("actor/renamed") == tag


async def test_a_tag_is_moved_and_merged(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await _find(screen, "risk/tiers")
        await screen.press("m")
        await screen.write("oversight")
        await screen.press("enter")
        assert library.codebook.get("oversight/tiers")
        await screen.press("M")
        await screen.write("fairness")
        await screen.press("enter")
        assert "oversight/tiers" not in {each.path for each in library.codebook.tags()}


async def test_siblings_are_put_in_order(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await _find(screen, "stance/supports")
        await screen.press("<")
        paths = [each.path for each in library.codebook.tags()]
        assert paths.index("stance/supports") < paths.index("stance/opposes")


async def _tag_and_point_above(screen: Driver) -> None:
    """Tag a passage, and point at the parent of its tag in the codebook."""
    await screen.press("}", "}", "t")
    await screen.write("risk/tiers")
    await screen.press("enter", "ctrl+t")
    cards = _screen(screen).cards
    cards.point([node.path for node in cards.items].index("risk"))


async def test_deleting_says_what_loses_the_tag(reader: Open) -> None:
    async with reader() as screen:
        await _tag_and_point_above(screen)
        await screen.press("x")
        shown = " ".join(str(each.render()) for each in screen.screen.query("Static"))
        assert "Delete risk and 4 below it?" in shown
        assert "1 highlight" in shown


async def test_enter_lists_the_passages_of_the_family(reader: Open) -> None:
    async with reader() as screen:
        await _tag_and_point_above(screen)
        await screen.press("enter")
        assert isinstance(screen.screen, PassagesScreen)
        assert len(screen.screen.cards.items) == 1
        await screen.press("escape")
        assert isinstance(screen.screen, CodebookScreen)


async def test_what_is_found_is_a_tag_with_all_that_is_below_it(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("ctrl+t", "/")
        await screen.write("stance")
        cards = _screen(screen).cards
        # Of "development" a tag below it says "assistance"; the name is nearer.
        assert cards.pointed == Node("stance", True, 0, 2)
        assert cards.items[0] == Node("development", True, 0, 2)
        await screen.press("enter", "c")
        assert isinstance(screen.screen, Choice)


async def test_what_is_wrong_with_a_new_tag_is_said_where_it_was_typed(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("ctrl+t", "G", "a")
        prompt = screen.screen
        await screen.press(*["backspace"] * 20)
        await screen.write("RISK")
        await screen.press("enter")
        assert screen.screen is prompt
        assert "There is a tag risk already" in screen.seen(prompt.query_one("#wrong"))
        await screen.press("escape", "g", "r")
        prompt = screen.screen
        await screen.write("/below")
        await screen.press("enter")
        assert "cannot go below itself" in screen.seen(prompt.query_one("#wrong"))


async def test_a_tag_is_merged_only_into_one_that_is_there(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("ctrl+t", "g", "M")
        await screen.write("nowhere")
        assert "No tag is called that" in screen.seen(screen.screen.query_one("TagCards"))


def test_paths_without_a_tag_stand_in_the_tree(library: Library) -> None:
    for tag in library.codebook.tags():
        if "/" not in tag.path:
            library.codebook.delete(tag.path)
    library.codebook.add("a/b/c")
    nodes = tree(library.codebook.names())
    assert [(node.path, node.is_tag, node.below) for node in nodes] == [
        ("a", False, 1),
        ("a/b", False, 1),
        ("a/b/c", True, 0),
    ]


async def test_a_narrow_screen_shows_the_count_that_it_has_room_for(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("ctrl+t")
        for width, last in ((62, "own"), (63, "below")):
            await screen.pilot.resize_terminal(width, 24)
            await screen.settle()
            assert screen.seen(_screen(screen).heading).split()[-1] == last
            assert len(screen.lines(_screen(screen).cards)[0]) <= width - 3
