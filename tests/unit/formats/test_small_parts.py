"""Dates, numbers of lists, and the cutting of blocks into passages."""

from __future__ import annotations

import pytest

from annotations.formats.dates import iso_date
from annotations.formats.numerals import numeral
from annotations.formats.passages import LONGEST_BLOCK, Piece, gather, spaced
from annotations.model import BlockKind, Mark, MarkKind
from tests.unit.formats.reading import read


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2023-10-30", "2023-10-30"),
        ("2023-10-30T09:00:00+02:00", "2023-10-30"),
        ("20231030", "2023-10-30"),
        ("2023/10/30 9:00", "2023-10-30"),
        ("2023-10", "2023-10"),
        ("2023", "2023"),
        ("30 October 2023", "2023-10-30"),
        ("October 30th, 2023", "2023-10-30"),
        ("Mon, 30 Oct 2023 09:00:00 GMT", "2023-10-30"),
        ("Dec. 2015", "2015-12"),
        ("2023-13-01", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates(written: str, date: str) -> None:
    assert iso_date(written) == date


@pytest.mark.parametrize(
    ("number", "style", "written"),
    [
        *((7, "1", "7"), (1, "a", "a"), (26, "a", "z"), (27, "A", "AA"), (703, "a", "aaa")),
        *(
            (4, "i", "iv"),
            (1994, "I", "MCMXCIV"),
            (0, "a", "0"),
            (-3, "i", "-3"),
            (4000, "I", "4000"),
        ),
    ],
)
def test_numbers_of_lists(number: int, style: str, written: str) -> None:
    assert numeral(number, style) == written


def test_blocks_are_set_apart_but_items_and_rows_follow_closely() -> None:
    kinds = [BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW]
    pieces = [Piece(kind.value, kind) for kind in kinds]
    assert "".join(piece.text for piece in spaced(pieces)) == (
        "paragraph\n\nlist_item\nlist_item\n\ntable_row\n"
    )


def test_a_mark_over_a_cut_is_cut_too() -> None:
    text = "word " * 20_000
    mark = Mark(10, len(text) - 10, MarkKind.STRONG)
    passages = list(gather([Piece(text, marks=(mark,))]))
    found = [
        (passage.start + mark.start, passage.start + mark.end)
        for passage in passages
        for mark in passage.marks
    ]
    assert found[0][0] == 10
    assert found[-1][1] == len(text) - 10
    assert [start for start, _ in found[1:]] == [end for _, end in found[:-1]]
    assert all(len(passage.text) <= LONGEST_BLOCK for passage in passages)


def test_a_page_that_begins_inside_a_block_is_marked_once() -> None:
    text = "word " * 20_000
    for place in (0, 30_000, LONGEST_BLOCK, len(text)):
        mark = Mark(place, place, MarkKind.PAGE, "7")
        passages = list(gather([Piece(text, marks=(mark,))]))
        found = [passage.start + m.start for passage in passages for m in passage.marks]
        assert found == [place]


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E = mc^2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a + b)/c"),
        (
            "<msqrt><mi>x</mi><mi>y</mi></msqrt><mo>,</mo><mroot><mi>z</mi><mn>3</mn></mroot>",
            "√xy,3√z",
        ),
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>"
            "<msub><mi>a</mi><mi>i</mi></msub><mi>x</mi>",
            "∑_(i = 1)^n a_i x",
        ),
        (
            "<mtable><mtr><mtd>1</mtd><mtd>0</mtd></mtr><mtr><mtd>0</mtd></mtr></mtable>",
            "[1, 0; 0]",
        ),
        ("<msup></msup><mfrac></mfrac><mroot></mroot><msubsup><mi>x</mi></msubsup>", "x"),
        ("<semantics><mi>x</mi><annotation>\\x</annotation></semantics>", "x"),
    ],
)
def test_formulas_are_a_line_of_text(markup: str, written: str) -> None:
    page = f"<p>So <math>{markup}</math>, then.</p>"
    assert read(page, "a.html").text == f"So {written}, then.\n"
