"""Grapheme clusters and their widths, by Unicode's own test files and against Rich."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from rich.cells import cell_len

from annotations.text.graphemes import (
    cluster_width,
    clusters,
    is_plain,
    next_edge,
    previous_edge,
    snap,
    width,
)
from tests.shared import shared
from tests.unit.text.unicode_files import break_tests


def edges(text: str) -> list[int]:
    return [0, *(end for _, end in clusters(text))]


def test_clusters_are_those_of_the_unicode_test_file() -> None:
    tests = list(break_tests(shared("unicode/GraphemeBreakTest.txt")))
    wrong = [line for text, breaks, line in tests if edges(text) != breaks]
    assert len(tests) > 500
    assert wrong == []


def test_stepping_and_snapping_agree_with_the_clusters() -> None:
    for text, breaks, line in break_tests(shared("unicode/GraphemeBreakTest.txt")):
        for offset in range(len(text) + 1):
            before = max(edge for edge in breaks if edge <= offset)
            assert snap(text, offset) == before, line
            after = min((edge for edge in breaks if edge > offset), default=len(text))
            assert next_edge(text, offset) == after, line
            below = max((edge for edge in breaks if edge < offset), default=0)
            assert previous_edge(text, offset) == below, line


def test_every_emoji_of_the_test_file_is_one_cluster_of_two_cells() -> None:
    wrong = []
    lines = shared("unicode/emoji-test.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        points, semicolon, status = line.partition("#")[0].partition(";")
        if not semicolon or status.strip() != "fully-qualified":
            continue
        text = "".join(chr(int(point, 16)) for point in points.split())
        if edges(text) != [0, len(text)] or cluster_width(text) != 2:
            wrong.append(line)
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    ["क्ष", "ക്ഷ", "র্ক", "త్క", "ક્ષ", "କ୍ଷ", "क्‍ष", "स्त्र"],
)
def test_indic_conjuncts_hold_together(text: str) -> None:
    assert edges(text) == [0, len(text)]


def test_consonants_after_a_vowel_sign_or_without_a_virama_are_apart() -> None:
    assert edges("कत") == [0, 1, 2]
    assert edges("काक") == [0, 2, 3]
    assert edges("க்ஷ") == [0, 2, 3], "Tamil is none of the scripts of rule GB9c"


def test_three_flags_are_three_clusters_and_an_odd_letter_is_its_own() -> None:
    flags = "🇨🇳🇩🇪🇺🇳"
    assert edges(flags) == [0, 2, 4, 6]
    assert edges(flags + "🇦") == [0, 2, 4, 6, 7]
    assert width(flags) == 6


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("plain", 5),
        ("e\u0301te\u0301", 3),
        ("中文", 4),
        ("ｆｕｌｌ", 8),
        ("ｱｲｳ", 3),
        ("한국어", 6),
        ("\u1112\u1161\u11ab", 2),
        ("👍🏽", 2),
        ("👨\u200d👩\u200d👧\u200d👦", 2),
        ("❤\ufe0f", 2),
        ("❤", 1),
        ("1\ufe0f\u20e3", 2),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2),
        ("\u0301", 0),
        ("“quoted” – text…", 16),
        ("שָׁלוֹם", 4),
        ("كِتَاب", 4),
    ],
)
def test_width_in_cells(text: str, cells: int) -> None:
    assert width(text) == cells


def test_single_characters_are_as_wide_as_the_screen_library_takes_them() -> None:
    # Rich knows a later version of Unicode, which widened some signs (hexagrams and the like).
    widened = {*range(0x2630, 0x2638), *range(0x268A, 0x2690), *range(0x4DC0, 0x4E00)}
    widened |= {*range(0x1D300, 0x1D357), *range(0x1D360, 0x1D377)}
    widened |= {*range(0x2FFC, 0x3000), 0x31EF}  # assigned since; Python 3.13 knows them
    widened |= {*range(0x1F3FB, 0x1F400)}  # skin tones: no cell of their own behind an emoji
    assigned = (
        chr(point)
        for point in range(0x20, 0x20000)
        if point not in widened and unicodedata.category(chr(point)) not in {"Cc", "Cn", "Co", "Cs"}
    )
    wrong = [hex(ord(each)) for each in assigned if width(each) != cell_len(each)]
    assert wrong == []


def test_plain_text_is_one_cluster_and_one_cell_a_character() -> None:
    for point in range(0x20, sys.maxunicode + 1):
        character = chr(point)
        if is_plain(character):
            pair = "a" + character + "b"
            assert width(character) == 1, hex(point)
            assert edges(pair) == [0, 1, 2, 3], hex(point)
