"""Line break opportunities, by Unicode's own test file and by what readers expect."""

from __future__ import annotations

from itertools import pairwise

import pytest

from annotations.text.breaks import opportunities
from tests.shared import shared
from tests.unit.text.unicode_files import break_tests


def test_opportunities_are_those_of_the_unicode_test_file() -> None:
    tests = list(break_tests(shared("unicode/LineBreakTest.txt")))
    wrong = [
        line
        for text, breaks, line in tests
        if opportunities(text) != [each for each in breaks if 0 < each < len(text)]
    ]
    assert len(tests) > 7000
    assert wrong == []


def parts(text: str) -> list[str]:
    cuts = [0, *opportunities(text), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one two", ["one ", "two"]),
        ("well-known", ["well-", "known"]),
        ("yes—no", ["yes", "—", "no"]),
        ("(in) [brackets]!", ["(in) ", "[brackets]!"]),
        ("10\u00a0km", ["10\u00a0km"]),
        ("a\u2060b", ["a\u2060b"]),
        ("$1,000.50 each", ["$1,000.50 ", "each"]),
        ("第一，我们。", ["第", "一，", "我", "们。"]),
        ("「開く」", ["「開", "く」"]),
        ("“中文”", ["“中", "文”"]),
        ("カード", ["カー", "ド"]),
        ("한국어 말", ["한", "국", "어 ", "말"]),
        ("👨\u200d👩 👍🏽", ["👨\u200d👩 ", "👍🏽"]),
        ("", [""]),
    ],
)
def test_where_a_line_may_end(text: str, expected: list[str]) -> None:
    assert parts(text) == expected
