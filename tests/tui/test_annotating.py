"""Highlighting, tagging, noting and taking back, by keys."""

from __future__ import annotations

import pytest
from textual import events
from textual.color import Color
from textual.widgets import Input, Static, TextArea

from annotations import open_library
from annotations.library.library import Library
from tests.tui.conftest import Open
from tui.actions.picking import tag_picker
from tui.page.palette import READABLE, contrast
from tui.screens.kept import mount_kept, paint_ahead
from tui.screens.tag_picker import TagCards, TagPicker
from tui.themes import THEMES


async def test_m_highlights_the_sentence_under_the_caret(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m")
        [highlight] = screen.highlights
        assert highlight.quote.startswith("UNITED NATIONS, May 17")
        assert highlight.quote.endswith("armed conflicts.")
        assert "UNITED NATIONS" in screen.seen(screen.reader.margin)
        assert "1 highlight" in screen.seen(screen.reader.foot.status)


async def test_m_twice_on_a_sentence_makes_one_highlight_and_says_so(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m", "m")
        assert len(screen.highlights) == 1
        assert screen.notices == ["This sentence is highlighted already"]


async def test_words_that_are_highlighted_are_not_highlighted_again(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "s", "m", "s", "m")
        assert screen.notices == ["These words are highlighted already"]
        assert screen.reader.page.selection is None
        await screen.press("s", "t")
        await screen.write("risk/tiers")
        await screen.press("enter", "s", "1", "s", ";", "s", "c")
        await screen.write("note")
        await screen.press("ctrl+s")
        [highlight] = screen.highlights
        assert (highlight.tags, highlight.note) == (("risk/tiers",), "note")
        assert screen.reader.page.selection is None


async def test_v_and_movement_select_what_m_highlights(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "v", "e", "e", "m")
        [highlight] = screen.highlights
        assert highlight.quote == "UNITED NATIONS"
        assert screen.reader.page.selection is None


async def test_s_selects_the_sentence_and_then_one_more(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "}", "s")
        first = screen.reader.page.selection
        await screen.press("s")
        second = screen.reader.page.selection
        assert first is not None
        assert second is not None
        assert second.start == first.start
        assert second.end > first.end


async def test_t_on_a_selection_tags_it_at_once(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "s", "t")
        await screen.write("risk/ti")
        await screen.press("enter")
        [highlight] = screen.highlights
        assert highlight.tags == ("risk/tiers",)
        assert "risk/tiers" in screen.seen(screen.reader.foot.status)


async def test_typing_a_new_path_makes_the_tag(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "t")
        await screen.write("my own/[b]tag")
        await screen.press("enter")
        [highlight] = screen.highlights
        assert highlight.tags == ("my own/[b]tag",)
        assert "my own/[b]tag" in screen.seen(screen.reader.margin)


async def test_taking_a_tag_that_is_worn_takes_it_off(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "t")
        await screen.write("risk/tiers")
        await screen.press("enter", "t")
        assert "✓" in screen.lines(screen.screen.query_one(TagCards))[0]
        await screen.press("enter")
        assert screen.highlights[0].tags == ()


async def test_a_path_that_no_tag_can_have_is_refused_in_the_picker(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "t")
        await screen.write("a//b")
        await screen.press("enter")
        assert screen.screen.query(Input)
        assert screen.highlights == []
        await screen.press("escape")
        assert screen.screen is screen.reader


async def test_c_writes_a_note_of_several_lines(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m", "c")
        await screen.write("one")
        await screen.press("enter")
        await screen.write("[two]")
        await screen.press("ctrl+s")
        assert screen.highlights[0].note == "one\n[two]"
        assert "one [two]" in screen.seen(screen.reader.margin)


async def test_a_note_that_was_changed_is_dropped_only_when_asked_twice(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m", "c")
        await screen.write("lost?")
        await screen.press("escape")
        assert screen.screen.query(TextArea)
        await screen.press("escape")
        assert screen.screen is screen.reader
        assert screen.highlights[0].note == ""


async def test_x_removes_the_highlight_and_u_brings_it_back(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m", "x")
        assert screen.highlights == []
        assert "u brings it back" in screen.notices[-1]
        await screen.press("u")
        assert len(screen.highlights) == 1
        await screen.press("ctrl+r")
        assert screen.highlights == []


async def test_undo_says_what_was_undone_and_when_there_is_nothing(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m", "u", "u")
        took_back, nothing = screen.notices
        assert took_back.startswith("Took back: ")
        assert "undo" in nothing


async def test_brackets_go_from_highlight_to_highlight(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m", "}", "m", "g")
        first, second = screen.highlights
        await screen.press("]")
        assert screen.reader.page.caret == first.start
        await screen.press("]")
        assert screen.reader.page.caret == second.start
        await screen.press("[")
        assert screen.reader.page.caret == first.start


async def test_a_highlight_is_in_the_file_once_it_shows(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m")
        with open_library(library.path) as other:
            assert len(list(other.highlights.list())) == 1


async def test_another_programs_highlight_appears_unasked(reader: Open, library: Library) -> None:
    async with reader() as screen:
        document = screen.reader.desk.document
        assert document is not None
        with open_library(library.path, coder="grace") as other:
            other.highlights.add(document.id, 110, 130, tags=["risk"])
        await screen.until(lambda: "risk" in screen.seen(screen.reader.margin))


async def test_overlapping_highlights_are_both_acted_on(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m", "v", "e", "m")
        inner, outer = sorted(screen.highlights, key=lambda each: len(each.quote))
        await screen.press("x")
        assert [each.id for each in screen.highlights] == [outer.id]
        assert inner.quote == "UNITED"


async def test_a_paste_too_long_to_be_written_on_is_kept_whole(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "c", "a", "b", "left")
        screen.screen.query_one(TextArea).post_message(events.Paste("line\r\n" * 20_000))
        await screen.settle()
        assert "100,002 characters" in screen.screen.query_one(TextArea).text
        await screen.press("ctrl+s")
        assert [each.note for each in screen.highlights] == ["a" + "line\n" * 20_000 + "b"]


async def test_a_note_too_long_to_be_written_here_is_kept(reader: Open, library: Library) -> None:
    document = library.documents.find("Chinese envoy").id
    note = "a line\n" * 20_000
    made = library.highlights.add(document, 300, 360, note=note)
    async with reader() as screen:
        await screen.press("]", "c")
        area = screen.screen.query_one(TextArea)
        assert "140,000 characters" in area.text
        await screen.press("x", "ctrl+s")
        assert library.highlights.get(made.id).note == note


async def test_a_tag_is_asked_for_anew_each_time(reader: Open) -> None:
    async with reader() as screen:
        ahead = tag_picker(screen.reader, "Before it is wanted")
        mount_kept(screen.app, ahead)
        await screen.settle()
        screen.reader.call_later(paint_ahead, ahead)
        await screen.settle()
        shown = screen.screen
        assert shown is screen.reader
        await screen.press("}", "}", "t")
        picker = screen.screen
        assert picker is ahead
        await screen.write("nothing is called that")
        await screen.press("escape", "T", "down", "enter", "s", "t")
        assert screen.screen is picker
        assert picker.query_one(Input).value == ""
        assert len(picker.query_one(TagCards).items) == len(screen.reader.desk.tags)
        assert "“UNITED NATIONS" in str(picker.query_one("#title", Static).content)
        field, panel = picker.query_one(Input), screen.app.theme_variables["panel"]
        assert field.styles.background == Color.parse(screen.app.theme_variables["background"])
        assert picker.query_one("#panel").styles.background == Color.parse(panel)


async def test_what_changes_below_a_dialog_is_seen_through_it(
    reader: Open, library: Library
) -> None:
    document = library.documents.find("Chinese envoy").id
    async with reader() as screen:
        await screen.press("t")
        assert "Filter" in screen.app.export_screenshot()
        library.documents.edit(document, title="Zebra")
        screen.reader.reload()
        await screen.settle()
        assert "Zebra" in screen.app.export_screenshot()
        assert isinstance(screen.screen, TagPicker)


async def test_the_row_that_is_pointed_at_can_be_read_in_every_theme(reader: Open) -> None:
    async with reader() as screen:
        for theme in THEMES:
            screen.app.theme = theme
            await screen.press("t")
            row = screen.screen.query_one(TagCards).render_line(0)
            for text, style, _ in row:
                if not text.strip() or style is None or not style.color or not style.bgcolor:
                    continue
                if style.color.triplet and style.bgcolor.triplet:
                    ratio = contrast(style.color.triplet.hex, style.bgcolor.triplet.hex)
                    assert ratio >= READABLE, (theme, text)
                else:
                    assert style.color != style.bgcolor, (theme, text)
            await screen.press("escape")


async def test_the_row_that_is_pointed_at_can_be_seen_without_colours(
    reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reader() as screen:
        await screen.press("t")
        cards = screen.screen.query_one(TagCards)
        reversed_ = [
            all(segment.style and segment.style.reverse for segment in cards.render_line(y))
            for y in range(3)
        ]
        assert reversed_ == [True, False, False]
