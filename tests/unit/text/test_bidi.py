"""Right-to-left text in the order in which it is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.bidi import MIRRORED, has_right_to_left, levels, visual_order


def seen(text: str, base: int | None = None) -> str:
    """The text from left to right as a reader sees it; capitals stand for Hebrew letters."""
    hebrew = "".join(chr(0x5D0 + ord(each) - 65) if "A" <= each <= "Z" else each for each in text)
    _, found = levels(hebrew, base)
    return "".join(
        MIRRORED.get(text[number], text[number]) if found[number] % 2 else text[number]
        for number in visual_order(found)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text", "plain text"),
        ("ABC", "CBA"),
        ("he said ABC DEF.", "he said FED CBA."),
        ("ABC he said DEF", "FED he said CBA"),
        ("ABC 123 DEF", "FED 123 CBA"),
        ("ABC (he) DEF", "FED (he) CBA"),
        ("he (ABC) it", "he (CBA) it"),
        ("ABC 1,234.5 DEF", "FED 1,234.5 CBA"),
        ("ABC $12 DEF", "FED $12 CBA"),
        ("ABC!", "!CBA"),
        ("abc ABC!", "abc CBA!"),
        ("", ""),
    ],
)
def test_order_on_the_line(text: str, expected: str) -> None:
    assert seen(text) == expected


def test_arabic_numbers_and_marks() -> None:
    base, found = levels("\u0639\u0651 12 \u0663")
    assert base == 1
    assert found == [1, 1, 1, 2, 2, 1, 2]


def test_the_base_can_be_told() -> None:
    assert levels("abc", 1) == (1, [2, 2, 2])
    assert levels("123") == (0, [0, 0, 0])


def test_left_to_right_text_is_told_apart() -> None:
    assert not has_right_to_left("Größe 中文 👍🏽 हिन्दी")
    assert has_right_to_left("a ש")
    assert has_right_to_left("ع")


@given(st.text("ab12 ,.$()אבגعج\u0651\u0663!", max_size=40))
def test_every_character_has_one_place(text: str) -> None:
    _, found = levels(text)
    assert sorted(visual_order(found)) == list(range(len(text)))
