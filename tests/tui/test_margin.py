"""The margin: marks, filter, order, acts on several highlights."""

from __future__ import annotations

from annotations.library.library import Library
from tests.tui.conftest import Open
from tui.listing import Arrangement
from tui.widgets.margin_filter import MarginFilter


def _three(library: Library) -> list[str]:
    """Three highlights; their ids in the order of their places."""
    document = library.documents.find("Chinese envoy").id
    made = [
        library.highlights.add(document, 100, 160, tags=["risk/tiers"]),
        library.highlights.add(document, 300, 360, tags=["climate"], note="a [b]note"),
        library.highlights.add(document, 500, 560),
    ]
    return [each.id for each in made]


async def test_marked_highlights_are_tagged_and_untagged_in_one_act(
    reader: Open, library: Library
) -> None:
    ids = _three(library)
    async with reader() as screen:
        await screen.press("tab", "g", "space", "space", "t")
        await screen.write("fairness")
        await screen.press("enter")
        assert [("fairness" in each.tags) for each in screen.highlights] == [True, True, False]
        await screen.press("t")
        await screen.write("fairness")
        await screen.press("enter")
        assert not any("fairness" in each.tags for each in screen.highlights)
        await screen.press("x")
        assert [each.id for each in screen.highlights] == ids[2:]
        await screen.press("u")
        assert [each.id for each in screen.highlights] == ids


async def test_typing_filters_the_margin_and_escape_shows_all(
    reader: Open, library: Library
) -> None:
    ids = _three(library)
    async with reader() as screen:
        margin = screen.reader.margin
        await screen.press("tab", "/")
        assert screen.reader.query_one(MarginFilter).has_focus
        await screen.write("[b]n")
        assert [each.id for each in margin.items] == ids[1:2]
        await screen.press("enter")
        assert margin.has_focus
        assert len(margin.items) == 1
        await screen.press("/", "escape")
        assert [each.id for each in margin.items] == ids


async def test_the_margin_lists_by_tag_and_points_at_what_the_caret_is_in(
    reader: Open, library: Library
) -> None:
    ids = _three(library)
    async with reader() as screen:
        margin = screen.reader.margin
        await screen.press("tab", "=")
        assert [each.id for each in margin.items] == [ids[1], ids[0], ids[2]]
        await screen.press("g")
        assert screen.reader.page.caret == 300
        await screen.press("escape", "[")
        assert margin.pointed is not None
        assert margin.pointed.id == ids[0]


def test_words_may_stand_anywhere(library: Library) -> None:
    ids = _three(library)
    highlights = list(library.highlights.list())
    assert [each.id for each in Arrangement("CLIMATE note").of(highlights)] == ids[1:2]
    assert Arrangement().of(highlights) is highlights
