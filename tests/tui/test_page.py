"""The page widget: keys' methods, the mouse, what stays where it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.message import Message
from textual.pilot import Pilot

from annotations.errors import UnreadableFileError
from annotations.model import Block, BlockKind, Passage, Span
from tui.page.gutter import GutterKind, GutterMark
from tui.page.motion import word_at
from tui.page.overlay import Decoration, Layer
from tui.page.source import PassageSource, Source, Stretch, text_source
from tui.widgets.page import Align, Page, Unit

WORDS = "We must prevent the misuse of AI. They should not. Cooperation helps everybody here."


def paragraphs(count: int, text: str = WORDS) -> Source:
    """A text of numbered paragraphs, in passages of one block each."""
    passages, at = [], 0
    for number in range(count):
        body = f"{number:04} {text}\n\n"
        passages.append(Passage(at, body, (Block(0, len(body)),)))
        at += len(body)
    size = len(passages[0].text)
    return PassageSource(at, lambda offset: passages[offset // size])


class Reading(App[None]):
    """A page alone on the screen."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.page = Page()
        self.source = source
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.page

    def on_mount(self) -> None:
        self.page.open(self.source)
        self.page.focus()

    def on_page_caret_moved(self, message: Page.CaretMoved) -> None:
        self.told.append(message)

    def on_page_selection_changed(self, message: Page.SelectionChanged) -> None:
        self.told.append(message)


Reader = tuple[Page, Pilot[None], Callable[[], list[str]]]


@asynccontextmanager
async def reading(source: Source, size: tuple[int, int] = (60, 10)) -> AsyncIterator[Reader]:
    """The page, the pilot, and what gives the lines on the screen."""
    app = Reading(source)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()

        def lines() -> list[str]:
            page = app.page
            rows = (page.render_line(y).text for y in range(page.size.height))
            return [row[:-1].strip(" ▎") for row in rows]

        yield app.page, pilot, lines


def text_of(page: Page, span: Span | None) -> str:
    assert span is not None
    text, position = "", span.start
    while position < span.end:
        stretch = page.source.stretch(position)
        first, last = stretch.local(position), stretch.local(min(span.end, stretch.end))
        text += stretch.text[first:last]
        position = stretch.end
    return text


async def test_words_sentences_and_paragraphs() -> None:
    async with reading(paragraphs(3)) as (page, _, _lines):
        page.begin_selection()
        page.move(Unit.WORD, 3)
        assert text_of(page, page.selection) == "0000 We must "
        page.move(Unit.WORD, -1)
        page.move(Unit.WORD_END)
        assert text_of(page, page.selection) == "0000 We must"
        page.drop_selection()
        page.move(Unit.SENTENCE)
        page.begin_selection()
        page.move(Unit.SENTENCE)
        assert text_of(page, page.selection) == "They should not. "
        page.drop_selection()
        page.move(Unit.PARAGRAPH)
        page.begin_selection()
        page.move(Unit.ROW_EDGE)
        assert text_of(page, page.selection).startswith("0001 We must")
        page.move(Unit.PARAGRAPH, -1)
        assert page.caret == len(f"0000 {WORDS}\n\n")


async def test_selecting_a_sentence_again_takes_one_more() -> None:
    async with reading(paragraphs(2)) as (page, _, _lines):
        page.go_to(WORDS.index("They") + 8)
        page.select_sentence()
        assert text_of(page, page.selection) == "They should not."
        page.select_sentence()
        assert text_of(page, page.selection) == "They should not. Cooperation helps everybody here."
        page.select_sentence()
        assert text_of(page, page.selection).endswith("0001 We must prevent the misuse of AI.")


async def test_a_paragraph_is_selected_without_the_blank_lines_after_it() -> None:
    async with reading(paragraphs(2)) as (page, _, _lines):
        page.select_paragraph()
        assert text_of(page, page.selection) == f"0000 {WORDS}"


async def test_moving_over_rows_keeps_the_column() -> None:
    text = "one two three four five\nsix\n\nseven eight nine ten eleven"
    source = text_source(text, [Block(0, 29, BlockKind.VERSE), Block(29, len(text))])
    async with reading(source) as (page, _, _lines):
        page.go_to(14)
        page.move(Unit.ROW)
        assert page.caret == text.index("six") + 3
        page.move(Unit.ROW)
        assert page.caret == text.index("seven") + 14
        page.move(Unit.ROW, -2)
        assert page.caret == 14


async def test_what_is_gone_to_off_the_page_comes_to_its_middle() -> None:
    async with reading(paragraphs(200)) as (page, _, lines):
        page.go_to(page.source.size // 2)
        middle = page.size.height // 2
        cell = page.cell_at(page.caret)
        assert cell is not None
        assert cell[1] == middle
        before = lines()
        page.go_to(page.visible_span.start)
        assert lines() == before


async def test_ends_of_rows_and_of_the_document() -> None:
    async with reading(paragraphs(30)) as (page, _, lines):
        page.move(Unit.ROW_EDGE)
        first = lines()[0]
        assert page.caret == len(first)
        page.move(Unit.ROW_EDGE, -1)
        assert page.caret == 0
        page.move(Unit.DOCUMENT)
        assert page.caret == page.source.size - 2
        assert lines()[-1].endswith("everybody here.")
        page.move(Unit.DOCUMENT, -1)
        assert page.caret == 0
        assert lines()[0] == first


async def test_pages_turn_and_come_back() -> None:
    async with reading(paragraphs(50)) as (page, _, lines):
        before, caret = lines(), page.caret
        page.move(Unit.PAGE)
        after = lines()
        assert after[0] == before[-1]
        page.move(Unit.PAGE, -1)
        assert lines() == before
        assert page.caret == caret
        page.move(Unit.HALF_PAGE)
        assert lines()[0] == before[5]


async def test_shares_of_the_text() -> None:
    async with reading(paragraphs(1000)) as (page, _, lines):
        page.go_to_share(0.5)
        assert lines()[0].startswith(("0499", "0500", "prevent", "helps", "Cooperation"))
        for share in range(20):
            page.go_to_share(share / 100)
            word = word_at(page.flow, page.caret)
            assert word is None or word.start == page.caret or word.end <= page.caret
        page.go_to_share(7)
        assert page.caret >= page.source.size - 2


async def test_the_top_row_stands_still_when_the_page_changes_its_shape() -> None:
    async with reading(paragraphs(200), (70, 12)) as (page, pilot, lines):
        page.go_to(page.source.size // 2, Align.TOP)
        top = lines()[0].split()[0:2]
        for measure in (40, 55, 30, 72):
            page.measure = measure
            await pilot.pause()
            assert " ".join(top) in " ".join(lines()[:2])
        for size in ((50, 12), (70, 5), (90, 30), (70, 12)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert " ".join(top) in " ".join(lines()[:2])
        assert lines()[0].split()[0:2] == top


async def test_the_caret_is_told_and_only_when_it_moves() -> None:
    async with reading(paragraphs(3)) as (page, pilot, _):
        app = page.app
        assert isinstance(app, Reading)
        await pilot.pause()
        app.told.clear()
        page.move(Unit.CHARACTER, -1)
        await pilot.pause()
        assert app.told == []
        page.move(Unit.CHARACTER)
        page.begin_selection()
        page.move(Unit.CHARACTER)
        await pilot.pause()
        kinds = [type(message) for message in app.told]
        assert kinds == [Page.CaretMoved, Page.CaretMoved, Page.SelectionChanged]


async def test_clusters_are_one_step() -> None:
    text = "a👨\u200d👩e\u0301🇩🇪中b"
    async with reading(text_source(text, [Block(0, len(text))])) as (page, _, _lines):
        seen = [page.caret]
        for _ in range(7):
            page.move(Unit.CHARACTER)
            seen.append(page.caret)
        assert seen == [0, 1, 4, 6, 8, 9, 10, 10]
        for _ in range(7):
            page.move(Unit.CHARACTER, -1)
        assert page.caret == 0
        assert [page.position_at(2 + cell, 0) for cell in range(9)] == [
            0, 1, 1, 4, 6, 6, 8, 8, 9,
        ]  # fmt: skip


async def test_clicks() -> None:
    async with reading(paragraphs(3)) as (page, pilot, _):
        await pilot.click(page, offset=(9, 0))
        assert page.caret == 7
        await pilot.double_click(page, offset=(11, 0))
        assert text_of(page, page.selection) == "must"
        await pilot.triple_click(page, offset=(11, 0))
        assert text_of(page, page.selection) == "0000 We must prevent the misuse of AI."
        await pilot.click(page, offset=(2, 0))
        assert page.selection is None


async def test_dragging_selects_and_scrolls_at_the_edge() -> None:
    async with reading(paragraphs(100)) as (page, pilot, lines):
        top = lines()[0]
        await pilot.mouse_down(page, offset=(7, 0))
        await pilot.hover(page, offset=(14, 0))
        assert text_of(page, page.selection) == "We must"
        # The driver gives places outside the page too while the mouse is captured.
        page._held_at = (5, page.size.height + 1)
        for _ in range(10):
            page._hold()
        assert lines()[0] != top
        selection = page.selection
        assert selection is not None
        assert selection.start == 5
        assert selection.end > page.visible_span.start
        await pilot.mouse_up(page, offset=(5, 9))
        await pilot.hover(page, offset=(5, 2))
        assert page.selection == selection


async def test_the_wheel_takes_the_caret_along_but_no_selection() -> None:
    async with reading(paragraphs(100)) as (page, _, _lines):
        page.scroll_rows(30)
        assert page.visible_span.start <= page.caret <= page.visible_span.end
        page.move(Unit.DOCUMENT, -1)
        page.begin_selection()
        page.move(Unit.WORD)
        selection = page.selection
        page.scroll_rows(30)
        assert page.selection == selection


async def test_the_gutter_scrolls_and_shows_what_lies_where() -> None:
    async with reading(paragraphs(100)) as (page, pilot, _):
        page.mark_gutter([GutterMark(page.source.size - 1, GutterKind.HIT)])
        assert page.render_line(9).text[-1] == "•"
        await pilot.click(page, offset=(59, 9))
        assert page.visible_span.end > page.source.size - 20
        await pilot.click(page, offset=(59, 0))
        assert page.visible_span.start == 0


async def test_highlights_are_asked_for_where_the_page_looks() -> None:
    asked: list[tuple[int, int]] = []

    def provider(start: int, end: int) -> list[Decoration]:
        asked.append((start, end))
        return [Decoration(5, 12, "green")]

    async with reading(paragraphs(1000)) as (page, _, _lines):
        page.decorate(provider)
        marked = page.render_line(0)
        assert "▎" in marked.text
        ground = page.palette.highlight("green").background
        coloured = [
            segment.text
            for segment in marked
            if segment.style and segment.style.bgcolor and segment.style.bgcolor.name == ground
        ]
        assert coloured == ["We must"]
        assert max(end for _, end in asked) < 1000


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_every_theme_paints_the_same_text(theme: str) -> None:
    async with reading(paragraphs(5)) as (page, pilot, lines):
        before = lines()
        page.app.theme = theme
        await pilot.pause()
        assert lines() == before


async def test_without_colours_highlights_are_underlined_and_hits_bold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(paragraphs(5)) as (page, _, _lines):
        page.decorate(lambda start, end: [Decoration(5, 12, "green")])
        underlined = [
            segment.text
            for segment in page.render_line(0)
            if segment.style and segment.style.underline
        ]
        assert underlined == ["We must"]
        hits = [Decoration(5, 7, layer=Layer.HIT), Decoration(13, 20, layer=Layer.CURRENT_HIT)]
        page.decorate(lambda start, end: hits)
        seen = {
            segment.text: bool(segment.style.reverse)
            for segment in page.render_line(0)
            if segment.style and segment.style.bold
        }
        assert seen == {"We": False, "prevent": True}


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (12, 3), (300, 90)])
async def test_any_size_of_screen(size: tuple[int, int]) -> None:
    async with reading(paragraphs(5), size) as (page, _, _lines):
        for y in range(page.size.height):
            assert page.render_line(y).cell_length == page.size.width
        for unit in Unit:
            page.move(unit)
            page.move(unit, -1)


async def test_empty_texts() -> None:
    for text in ("", "\n" * 50):
        async with reading(text_source(text, [Block(0, len(text))])) as (page, _, lines):
            for unit in Unit:
                page.move(unit)
                page.move(unit, -1)
            page.select_sentence()
            assert page.selection is None
            assert set(lines()) == {""}


async def test_no_control_character_reaches_the_screen() -> None:
    text = "".join(map(chr, range(0x20))) + "\x7f\x85\x9b31m \u202e\u2066 [bold]x[/bold]"
    async with reading(text_source(text, [Block(0, len(text))])) as (page, _, lines):
        shown = "".join(lines())
        assert "[bold]x[/bold]" in shown
        rendered = "".join(page.render_line(y).text for y in range(10))
        assert not [each for each in rendered if each < " " or "\x7f" <= each < "\xa0"]


async def test_another_text_can_take_the_place_of_the_first() -> None:
    async with reading(paragraphs(100)) as (page, _, lines):
        page.move(Unit.DOCUMENT)
        page.begin_selection()
        page.open(text_source("Something else.", [Block(0, 15)]), 10)
        assert lines()[0] == "Something else."
        assert page.caret == 10
        assert page.selection is None
        assert page.flow.measure <= page.room
        assert page.size == Size(60, 10)


async def test_a_text_that_cannot_be_read_any_more_is_told_of_and_no_crash() -> None:
    class Vanishing(PassageSource):
        gone = False

        def stretch(self, position: int) -> Stretch:
            if self.gone:
                raise UnreadableFileError("big.txt: cannot be read any more")
            return super().stretch(position)

    body = f"{WORDS}\n\n"
    passages = [Passage(n * len(body), body, (Block(0, len(body)),)) for n in range(500)]
    source = Vanishing(500 * len(body), lambda offset: passages[offset // len(body)])
    async with reading(source) as (page, pilot, lines):
        source.gone = True
        page.move(Unit.DOCUMENT)
        for unit in Unit:
            page.move(unit)
        await pilot.pause()
        await pilot.pause()
        assert set(lines()) == {""}
        told = [each.message for each in page.app._notifications]
        assert told == ["big.txt: cannot be read any more"]
        page.open(paragraphs(3))
        assert lines()[0].startswith("0000")
