"""Labels, growing and shrinking, the edges of highlights, tags on digits, doing it again."""

from __future__ import annotations

from annotations.library.library import Library
from tests.tui.conftest import Open
from tui.screens.jump import Jump


async def test_a_label_selects_its_sentence_and_a_digit_codes_it(
    reader: Open, library: Library
) -> None:
    library.codebook.assign_key("risk/misuse", "1")
    async with reader() as screen:
        await screen.press("f")
        assert isinstance(screen.screen, Jump)
        label = next(
            label
            for label, span in screen.screen.spans.items()
            if "firmly opposed" in screen.reader.page.text(span)
        )
        await screen.press(*label, "1")
        assert 1 + len(label) + 1 <= 4
        [highlight] = screen.highlights
        assert highlight.tags == ("risk/misuse",)
        assert highlight.quote.endswith("firmly opposed.")


async def test_labels_are_painted_where_the_sentences_begin(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("f")
        assert isinstance(screen.screen, Jump)
        page = screen.reader.page
        rows = screen.lines(page)
        for label, span in screen.screen.spans.items():
            cell = page.cell_at(span.start)
            assert cell is not None
            assert rows[cell[1]][cell[0] : cell[0] + len(label)] == label
        await screen.press("escape")
        assert screen.lines(page) != rows
        assert page.selection is None


async def test_a_capital_label_extends_the_selection(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("f")
        assert isinstance(screen.screen, Jump)
        spans = dict(screen.screen.spans)
        first, *_, last = spans
        await screen.press(*first, "f", *last.upper())
        selection = screen.reader.page.selection
        assert selection is not None
        assert (selection.start, selection.end) == (spans[first].start, spans[last].end)


async def test_capital_f_selects_a_word(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("F")
        assert isinstance(screen.screen, Jump)
        spans = screen.screen.spans
        label = next(each for each, span in spans.items() if len(each) == 2)
        word = screen.reader.page.text(spans[label])
        await screen.press(*label)
        selection = screen.reader.page.selection
        assert selection is not None
        assert screen.reader.page.text(selection) == word
        assert " " not in word


async def test_selections_grow_and_shrink(reader: Open) -> None:
    async with reader() as screen:
        page = screen.reader.page
        await screen.press("}", "}", "}", "s")
        sentence = page.selection
        assert sentence is not None
        await screen.press(">")
        longer = page.selection
        assert longer is not None
        assert longer.start == sentence.start
        assert longer.end > sentence.end
        await screen.press("<")
        assert page.selection == sentence
        await screen.press(",")
        shorter = page.selection
        assert shorter is not None
        assert page.text(shorter).endswith("firmly")
        await screen.press(".")
        regrown = page.selection
        assert regrown is not None
        assert page.text(regrown).endswith("opposed")


async def test_the_edges_of_a_highlight_follow_the_caret(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "}", "m")
        [before] = screen.highlights
        await screen.press("r", ",", ",", "enter")
        [after] = screen.highlights
        assert after.id == before.id
        assert after.start == before.start
        assert after.quote == before.quote.removesuffix(" firmly opposed.")
        await screen.press("r", "r", "w", "enter")
        [moved] = screen.highlights
        assert moved.start > before.start
        assert moved.end == after.end
        await screen.press("u", "u")
        assert screen.highlights[0].quote == before.quote


async def test_escape_leaves_the_edges_as_they_were(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "}", "m")
        before = screen.highlights
        await screen.press("r", ",", "escape")
        assert screen.highlights == before
        assert screen.reader.adjusting is None


async def test_a_highlight_is_split_at_the_caret_and_joined_again(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "}", "m")
        [whole] = screen.highlights
        await screen.press("w", "w", "w", "S")
        first, second = screen.highlights
        assert first.quote + second.quote == whole.quote
        await screen.press("[", "J")
        [joined] = screen.highlights
        assert joined.quote == whole.quote


async def test_the_last_act_is_done_again(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "s", "t")
        await screen.write("risk/tiers")
        await screen.press("enter", ")", ")", "s", ";")
        assert [each.tags for each in screen.highlights] == [("risk/tiers",)] * 2


async def test_the_bar_shows_what_the_digits_give(reader: Open, library: Library) -> None:
    library.codebook.assign_key("risk/misuse", "3")
    async with reader() as screen:
        await screen.press("s")
        assert "3  risk/misuse" in screen.seen(screen.reader.foot.quick_tags)
        await screen.press("3")
        assert screen.highlights[0].tags == ("risk/misuse",)
        assert not screen.reader.foot.quick_tags.display


async def test_a_digit_without_a_tag_says_so(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("9")
        assert screen.highlights == []
        assert "No tag is on 9 yet" in screen.notices[-1]


async def test_exclusive_tags_warn(reader: Open, library: Library) -> None:
    library.codebook.set_exclusive("stance")
    library.codebook.assign_key("stance/supports", "1")
    library.codebook.assign_key("stance/opposes", "2")
    async with reader() as screen:
        await screen.press("}", "}", "1", "2")
        assert screen.highlights[0].tags == ("stance/supports", "stance/opposes")
        assert "Only one of stance" in screen.notices[-1]


async def test_a_star_and_a_note_on_the_document_are_kept(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m", "*")
        assert screen.highlights[0].starred
        await screen.press("M")
        await screen.write("about this text")
        await screen.press("ctrl+s")
        assert library.documents.find("Chinese envoy").note == "about this text"
