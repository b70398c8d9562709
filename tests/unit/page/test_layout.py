"""How blocks become rows, seen as the lines that a reader sees."""

from __future__ import annotations

import pytest

from annotations.model import Block, BlockKind, Mark, MarkKind, Passage, Span
from annotations.text.blocks import plain_blocks, plain_marks
from tui.page.flow import Flow
from tui.page.looks import LookRun, row_runs
from tui.page.overlay import Decoration, Layer, Overlay
from tui.page.palette import DARK
from tui.page.printing import coloured, plain, printed_rows
from tui.page.source import PassageSource, text_source

P, L, Q = BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION
V, C, T = BlockKind.VERSE, BlockKind.CODE, BlockKind.TABLE_ROW


def page(parts: list[tuple[str, BlockKind]], width: int, level: int = 0) -> list[str]:
    """The lines of blocks of these texts."""
    blocks, at = [], 0
    for text, kind in parts:
        blocks.append(Block(at, at + len(text), kind, level))
        at += len(text)
    text = "".join(text for text, _ in parts)
    return [plain(runs) for runs in printed_rows(text_source(text, blocks), width)]


def test_paragraphs_flow_and_stand_apart() -> None:
    lines = page([("One two\nthree four.\n\n\n", P), ("Five   six.\n", P)], 12)
    assert lines == ["One two", "three four.", "", "Five   six."]


def test_a_page_break_inside_a_paragraph_shows_as_a_blank() -> None:
    assert page([("We also\n\n\noppose creating barriers.\n", P)], 40) == [
        "We also oppose creating barriers."
    ]


def test_running_heads_are_not_on_the_page() -> None:
    sheet = "\n\n".join(["One paragraph that goes on, and on, and on again.\nIt ends here."] * 2)
    foot, head = "Barnes    Informational    [Page {}]", "RFC 7754    Blocking    March 2016"
    text = "".join(f"{sheet}\n\n\n{foot.format(n)}\n\f\n{head}\n\n\n" for n in range(1, 5)) + sheet
    blocks = plain_blocks(text)
    source = text_source(text, blocks, plain_marks(text, blocks))
    lines = [plain(runs) for runs in printed_rows(source, 60)]
    assert sum("Barnes" in line or "RFC" in line for line in lines) == 0
    assert sum(line.startswith("␌") for line in lines) == 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the trade-\n  offs of it", "the trade-offs of it"),
        ("pre-\nand post-war", "pre- and post-war"),
        ("the Anglo-\nSaxon COVID-\n19", "the Anglo-Saxon COVID-19"),
        ("so it was -\nof late", "so it was - of late"),
    ],
)
def test_a_word_goes_on_after_its_hyphen(text: str, shown: str) -> None:
    assert page([(text, P)], 40) == [shown]


def test_lines_of_ideographs_are_joined_without_a_blank() -> None:
    assert page([("人工智能\n治理 倡议\nAI\n发展", P)], 40) == ["人工智能治理 倡议 AI 发展"]


def test_lines_of_korean_are_joined_with_a_blank() -> None:
    assert page([("가장 중요한\n문제", P)], 40) == ["가장 중요한 문제"]


def test_list_items_hang_from_their_marker() -> None:
    tight = [("- one two three four\n", L), ("12. five six seven eight\n\n", L)]
    assert page([*tight, ("(a) nine ten eleven\n", L)], 16, 1) == [
        "- one two three",
        "  four",
        "12. five six",
        "    seven eight",
        "",
        "(a) nine ten",
        "    eleven",
    ]


def test_nested_items_and_quotations_are_indented() -> None:
    assert page([("- one two three four\n", L)], 20, 2) == ["  - one two three", "    four"]
    assert page([("one two three four\n", Q)], 14, 1) == ["▏ one two", "▏ three four"]


def test_verse_and_code_keep_their_lines() -> None:
    assert page([("Roses are red,\n  violets are blue.\n\nSugar.\n", V)], 40) == [
        "Roses are red,",
        "  violets are blue.",
        "",
        "Sugar.",
    ]
    assert page([("if x:\n\treturn\ty\n", C)], 40) == ["if x:", "        return  y"]


def test_long_lines_of_code_are_wrapped_on_the_screen_alone() -> None:
    assert page([("alpha beta gamma\ndelta\n", C)], 10) == ["alpha beta", "gamma", "delta"]


def test_table_rows_are_aligned() -> None:
    lines = page([("Name\tAge\n", T), ("Ada Lovelace\t36\n", T), ("李\t9\n\n", T), ("End.", P)], 40)
    assert lines == ["Name         │ Age", "Ada Lovelace │ 36", "李           │ 9", "", "End."]


def test_a_table_that_is_too_wide_wraps_inside_its_cells() -> None:
    lines = page([("one two three four\tA\n", T), ("five\tlonger words here\n", T)], 24)
    assert all(len(line) <= 24 for line in lines)
    assert lines[0].startswith("one two")
    assert lines[1].split("│")[0].strip() in {"three four", "four"}


def test_a_table_of_too_many_columns_becomes_running_text() -> None:
    lines = page([("\t".join("abcdefghijklmnop"), T)], 16)
    assert "".join(lines).replace(" ", "") == "abcdefghijklmnop"


def test_control_characters_show_as_symbols() -> None:
    assert page([("a\x1b[31mred\x00 \u202eback\x85 \f.", P)], 60) == ["a␛[31mred␀ ⇐back␤ ␌."]
    assert page([("\f", BlockKind.PAGE_BREAK)], 6) == ["␌ ────"]


def test_brackets_are_text() -> None:
    assert page([("[bold]x[/bold] [@click=quit]y[/]", P)], 60) == [
        "[bold]x[/bold] [@click=quit]y[/]"
    ]


def test_markup_is_hidden_and_what_it_means_is_seen() -> None:
    text = "Read **this** now"
    marks = [
        Mark(5, 7, MarkKind.MARKUP),
        Mark(7, 11, MarkKind.STRONG),
        Mark(11, 13, MarkKind.MARKUP),
    ]
    source = text_source(text, [Block(0, len(text))], marks)
    (row,) = printed_rows(source, 40)
    assert [(run.text, set(run.look.marks)) for run in row] == [
        ("Read ", set()),
        ("this", {MarkKind.STRONG}),
        (" now", set()),
    ]
    flow = Flow(source, 40)
    assert [flow.hides(Span(5, end)) for end in (6, 7, 8)] == [True, True, False]
    assert not flow.hides(Span(7, 11))


def test_a_paragraph_cut_because_it_is_long_goes_on_without_a_gap() -> None:
    text = "one two three four"
    blocks = [Block(0, 8), Block(8, len(text), continues=True)]
    assert [plain(row) for row in printed_rows(text_source(text, blocks), 40)] == [
        "one two",
        "three four",
    ]


def test_the_gap_between_stretches_depends_on_the_next() -> None:
    passages = [
        Passage(0, "one\n\n", (Block(0, 5),)),
        Passage(5, "two ", (Block(0, 4),)),
        Passage(9, "three", (Block(0, 5, continues=True),)),
    ]
    source = PassageSource(
        14, lambda offset: next(each for each in reversed(passages) if each.start <= offset)
    )
    assert [plain(row) for row in printed_rows(source, 40)] == ["one", "", "two", "three"]


def test_empty_and_blank_texts_have_a_row() -> None:
    assert page([], 40) == [""]
    assert page([("\n" * 1000, P)], 40) == [""]


def look_of(decorations: list[Decoration], width: int = 40) -> list[LookRun]:
    text = "abcdefghij"
    flow = Flow(text_source(text, [Block(0, 10)]), width)
    place = flow.place(0)
    return row_runs(flow, place, Overlay(flow.stretch(0).stretch, decorations))


def test_overlapping_highlights_differ_from_single_ones() -> None:
    runs = look_of(
        [Decoration(0, 8, "yellow"), Decoration(2, 6, "green"), Decoration(4, 5, "blue")]
    )
    assert [(run.text, run.look.colour, run.look.depth) for run in runs] == [
        ("ab", "yellow", 1),
        ("cd", "green", 2),
        ("e", "blue", 3),
        ("f", "green", 2),
        ("gh", "yellow", 1),
        ("ij", "", 0),
    ]


def test_hits_lie_over_highlights() -> None:
    runs = look_of([Decoration(0, 8, "yellow"), Decoration(2, 4, layer=Layer.HIT)])
    assert [(run.text, run.look.colour, run.look.hit) for run in runs] == [
        ("ab", "yellow", None),
        ("cd", "yellow", Layer.HIT),
        ("efgh", "yellow", None),
        ("ij", "", None),
    ]


def test_a_highlight_never_splits_a_cluster() -> None:
    text = "a👨\u200d👩b"
    flow = Flow(text_source(text, [Block(0, len(text))]), 40)
    overlay = Overlay(flow.stretch(0).stretch, [Decoration(2, 3, "yellow")])
    runs = row_runs(flow, flow.place(0), overlay)
    assert [(run.text, run.look.colour) for run in runs] == [
        ("a", ""),
        (text[1:-1], "yellow"),
        ("b", ""),
    ]


def test_printed_rows_are_coloured_only_when_asked() -> None:
    source = text_source("abcd", [Block(0, 4)])
    (row,) = printed_rows(source, 40, lambda start, end: [Decoration(1, 3, "yellow")])
    assert plain(row) == "abcd"
    assert coloured(row, DARK) == "a\x1b[38;2;255;255;255;48;2;107;89;0mbc\x1b[0md"


def test_visual_order_turns_letters_but_not_the_text() -> None:
    text = "\u05d0\u05d1 ab \u05d2(\u05d3)"
    source = text_source(text, [Block(0, len(text))])
    logical, visual = Flow(source, 20), Flow(source, 20, visual=True)
    place = visual.place(0)
    assert plain(row_runs(logical, place)).strip() == text
    assert plain(row_runs(visual, place)) == " " * 10 + "(\u05d3)\u05d2 ab \u05d1\u05d0"
    for position in range(len(text)):
        cell = visual.cell_of(place, position)
        assert visual.position_at(place, cell) == position
    assert visual.cell_of(place, 0) == 19
    assert visual.cell_of(place, len(text)) == 9
    assert visual.position_at(place, 0) == len(text)
    assert visual.position_at(place, 40) == 0


def test_marks_stay_with_their_letters_in_visual_order() -> None:
    text = "\u05e9\u05b8\u05c1\u05dc"
    flow = Flow(text_source(text, [Block(0, len(text))]), 10, visual=True)
    runs = row_runs(flow, flow.place(0))
    assert [run.text for run in runs] == ["\u05dc", "\u05e9\u05b8\u05c1"]


def test_only_symbols_that_stand_for_something_else_look_like_it() -> None:
    text = "a \u21d2 b \u202e c"
    (row,) = printed_rows(text_source(text, [Block(0, len(text))]), 40)
    assert [(run.text, run.look.ornament) for run in row] == [
        ("a \u21d2 b ", False),
        ("\u21d0", True),
        (" c", False),
    ]
