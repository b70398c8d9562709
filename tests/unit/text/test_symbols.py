"""No control character reaches a terminal."""

from __future__ import annotations

import sys
import unicodedata

from annotations.text.graphemes import width
from annotations.text.symbols import SYMBOLS, has_unsafe, positions, visible


def test_every_control_character_has_a_symbol() -> None:
    for point in range(sys.maxunicode + 1):
        character = chr(point)
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}:
            assert has_unsafe(character), hex(point)
            assert unicodedata.category(visible(character)) not in {"Cc", "Cs", "Zl", "Zp"}


def test_bidi_controls_have_symbols() -> None:
    for point in range(sys.maxunicode + 1):
        character = chr(point)
        if unicodedata.bidirectional(character) in {
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
        } or character in "\u200e\u200f\u061c":  # fmt: skip
            assert visible(character) != character, hex(point)


def test_a_symbol_is_one_cell_and_one_code_point() -> None:
    for symbol in SYMBOLS.values():
        assert len(symbol) == 1
        assert width(symbol) == 1


def test_text_keeps_its_length() -> None:
    text = "a\x00\x1b[31m\x85\u202eb\ud800\u2028"
    assert visible(text) == "a␀␛[31m␤⇐b�↵"
    assert positions(text) == [1, 2, 7, 8, 10, 11]
    assert visible("plain – “text”") == "plain – “text”"


def test_joiners_that_words_need_are_left_alone() -> None:
    assert visible("می\u200cخواهم 👨\u200d👩") == "می\u200cخواهم 👨\u200d👩"
