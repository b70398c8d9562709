"""Pages of PDFs in Arabic and Hebrew: the order of reading from where characters stand."""

from __future__ import annotations

import pytest

from annotations.formats.pdf_rtl import KASHIDA, Glyph, mirrored_lines, runs_from_right
from annotations.text.bidi import levels, visual_order

HEBREW = "\u05d0\u05d1\u05d2\u05d3 \u05d4\u05d5\u05d6"


def painted(
    text: str, top: float = 700.0, first: int = 0, *, from_left: bool = False
) -> list[Glyph]:
    """Glyphs of a line that ends at 500 points, each half an em of ten points wide.

    Args:
        text: in the order of reading.
        top: its baseline.
        first: the number of its first character in the file.
        from_left: whether the file has the characters as they are seen, from the left.
    """
    order = visual_order(levels(text, 1)[1])
    left = 500 - 5 * len(text)
    glyphs = [
        Glyph(text[index], left + 5 * place, left + 5 * place + 5, top, 10, False, first, index)
        for place, index in enumerate(order)
    ]
    if from_left:
        return [glyph._replace(number=first + place) for place, glyph in enumerate(glyphs)]
    ordered = sorted(glyphs, key=lambda glyph: glyph.number)
    return [glyph._replace(number=first + glyph.number) for glyph in ordered]


def texts(glyphs: list[Glyph]) -> list[str]:
    return [line.text for line in mirrored_lines(glyphs)]


@pytest.mark.parametrize("from_left", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        HEBREW,
        f"{HEBREW} 2023 {HEBREW}",
        f"{HEBREW} (Governing AI) {HEBREW}.",
        f"{HEBREW} 45%, 1,234.5 {HEBREW}",
        f"{HEBREW} 15(\u05d1)(4) {HEBREW}",
    ],
)
def test_lines_come_in_the_order_of_reading(text: str, from_left: bool) -> None:
    assert texts(painted(text, from_left=from_left)) == [text]


def test_brackets_may_be_written_as_they_look() -> None:
    seen = painted(f"{HEBREW} )Governing AI( {HEBREW}")
    assert texts(seen) == [f"{HEBREW} (Governing AI) {HEBREW}"]


def test_blanks_that_the_file_leaves_out_are_gaps() -> None:
    glyphs = [glyph for glyph in painted(HEBREW) if glyph.text != " "]
    assert texts(glyphs) == [HEBREW]


def test_marks_stand_on_their_letters_wherever_the_file_has_them() -> None:
    letters = painted("\u05d0\u05d1\u05d2")
    mark = letters[1]._replace(text="\u05b8", left=letters[1].left + 2, right=letters[1].left + 3)
    assert texts([mark, *letters]) == ["\u05d0\u05d1\u05b8\u05d2"]


def test_what_lengthens_words_and_shapes_letters_is_left_out() -> None:
    assert texts(painted(f"\u0645{KASHIDA}{KASHIDA}\ufee6")) == ["\u0645\u0646"]


@pytest.mark.parametrize("pair", ["\u0644\u062e", "\u0627\u0644"])
def test_letters_of_one_glyph(pair: str) -> None:
    one, two, last = painted(f"{pair}\u0645")
    same = [one, two._replace(left=one.left, right=one.right), last._replace(left=485, right=495)]
    expected = pair[::-1] if pair[1] == "\u0644" else pair
    assert texts(same) == [f"{expected}\u0645"]


def test_lines_are_mirrored_and_columns_kept_apart() -> None:
    left = [g._replace(left=g.left - 200, right=g.right - 200) for g in painted(HEBREW, 700, 20)]
    first, second = mirrored_lines(painted(HEBREW) + left)
    assert (first.left, first.right) == (-500, -460)
    assert (second.left, second.right) == (-300, -260)


def test_the_script_of_most_letters_decides() -> None:
    assert runs_from_right(f"{HEBREW} and 12345")
    assert not runs_from_right(f"The word {HEBREW} in English")
    assert not runs_from_right("12345")
