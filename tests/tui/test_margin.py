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
        await screen.press("*", "c")
        await screen.write("same")
        await screen.press("ctrl+s")
        assert [each.starred for each in screen.highlights] == [True, True, False]
        assert [each.note for each in screen.highlights] == ["same", "same", ""]
        await screen.press("u", "x")
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
        assert "Enter keep these  Esc show all" in screen.seen(screen.reader.foot.key_bar)
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


async def test_each_card_stands_beside_its_line_and_scrolls_with_it(
    reader: Open, library: Library
) -> None:
    document = library.documents.find("Chinese envoy").id
    ids = [library.highlights.add(document, at, at + 9).id for at in (300, 900, 1500)]
    async with reader(size=(120, 40)) as screen:
        page, margin = screen.reader.page, screen.reader.margin
        await screen.press("g")

        def rows() -> dict[int, int]:
            """The first row of each card."""
            cards = [margin.at_row(y)[0] for y in reversed(range(margin.size.height))]
            return {card: margin.size.height - 1 - y for y, card in enumerate(cards)}

        def lines() -> list[int]:
            """The row of the text at which each highlight begins."""
            cells = [page.cell_at(each.start) for each in screen.highlights]
            return [cell[1] for cell in cells if cell is not None]

        assert [rows()[card] for card in range(len(ids))] == lines()
        before = lines()
        page.scroll_rows(2)
        await screen.settle()
        assert lines() == [row - 2 for row in before]
        assert [rows()[card] for card in range(len(ids))] == lines()


async def test_where_not_all_cards_have_room_they_are_cut_short(
    reader: Open, library: Library
) -> None:
    document = library.documents.find("Chinese envoy").id
    for start in range(300, 1200, 100):
        library.highlights.add(document, start, start + 90, tags=["risk"], note="why")
    async with reader(size=(120, 40)) as screen:
        await screen.press("g", "]")
        margin = screen.reader.margin
        shown = [margin.at_row(y)[0] for y in range(margin.size.height)]
        assert [shown.count(card) for card in range(9)] == [6, *[3] * 8]


async def test_the_card_under_the_caret_wins_its_row(reader: Open, library: Library) -> None:
    document = library.documents.find("Chinese envoy").id
    for start in (1000, 1004, 1008, 1012):
        library.highlights.add(document, start, start + 3)
    async with reader() as screen:
        page, margin = screen.reader.page, screen.reader.margin
        for position in (1000, 1008, 1012):
            page.go_to(position)
            await screen.settle()
            cell = page.cell_at(position)
            assert cell is not None
            index, line = margin.at_row(cell[1])
            assert (margin.items[index].start, line) == (position, 0)
            await screen.click(margin, 4, cell[1])
            assert page.caret == position
