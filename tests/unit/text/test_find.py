"""Finding patterns in slices."""

from __future__ import annotations

import re
import threading
import time
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.errors import InvalidError
from annotations.model import Span
from annotations.text import find
from annotations.text.find import hits, pattern

TEXT = "The Digital Divide, the digital\ndivide and digital  divides: İstanbul, straße."


def found(text: str, **switches: bool) -> list[str]:
    return [TEXT[span.start : span.end] for span in all_hits(text, [(0, TEXT)], **switches)]


def all_hits(text: str, slices: list[tuple[int, str]], **switches: bool) -> list[Span]:
    wanted = pattern(text, **switches)
    return [span for batch in hits(wanted, slices) for span in batch]


def test_words_are_found_over_line_ends_and_without_regard_to_capitals() -> None:
    assert found("digital divide") == ["Digital Divide", "digital\ndivide", "digital  divide"]
    assert found("digital divide", case=True) == ["digital\ndivide", "digital  divide"]
    assert found("digital divide", word=True) == ["Digital Divide", "digital\ndivide"]


@pytest.mark.parametrize(
    ("word", "places"),
    [("之", [2, 7]), ("データ", [11]), ("AI", [16]), ("学", [0]), ("I", [])],
)
def test_words_of_scripts_without_blanks_are_whole_ones(word: str, places: list[int]) -> None:
    text = "学而之习、时间之后。 データは、AI系统，データベース"
    assert [span.start for span in all_hits(word, [(0, text)], word=True)] == places


def test_signs_are_literal_unless_an_expression_is_meant() -> None:
    assert found("d.v") == []
    assert found("d.v", regex=True) == ["Div", "div", "div"]
    assert found(r"\bd\w+s\b", regex=True) == ["divides"]


def test_a_bad_expression_is_told_in_a_line() -> None:
    with pytest.raises(InvalidError, match=r"\Ano regular expression: [^\n]+\Z"):
        pattern("(a", regex=True)


def test_empty_matches_count_for_nothing() -> None:
    assert found("x*", regex=True) == []


@given(
    st.text("ab ", max_size=60),
    st.sampled_from(["a", "ab", "a b", "aa+b", r"\bab\b", "b*a"]),
    st.lists(st.integers(0, 60), max_size=5),
)
def test_cutting_the_text_changes_nothing(text: str, wanted: str, cuts: list[int]) -> None:
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    slices = [(start, text[start:end]) for start, end in pairwise(edges)]
    whole = all_hits(wanted, [(0, text)], regex=True)
    assert all_hits(wanted, slices, regex=True) == whole
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find, "_SMALLEST", 1)
        patch.setattr(find, "_LARGEST", 2)
        assert all_hits(wanted, slices, regex=True) == whole


def test_slices_with_a_gap_between_them_are_not_joined() -> None:
    assert all_hits("ab", [(0, "xa"), (10, "bx")]) == []
    assert all_hits("ab", [(0, "xa"), (2, "bx")]) == [Span(1, 3)]


def test_an_expression_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "SECONDS_FOR_A_SLICE", 0.2)
    start = time.monotonic()
    with pytest.raises(InvalidError, match="too long"):
        all_hits(r"(x+x+)+(x+x+)+y\b(?<=z)", [(0, "x" * 3000 + "z")], regex=True)
    assert time.monotonic() - start < 20


def test_other_threads_run_while_it_searches() -> None:
    wanted = pattern(r"(?:a|b|ab)*c", regex=True)
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    ticking = threading.Thread(target=tick)
    ticking.start()
    start = time.monotonic()
    with suppress(InvalidError):
        list(hits(wanted, [(0, "ab" * 700)]))
    spent = time.monotonic() - start
    done.set()
    ticking.join()
    # Were they held, there would be a few at most, however long it takes.
    assert ticks > spent * 10


def test_a_literal_reads_like_itself() -> None:
    text = "a+b (c) [d] *e* $f^ \\g | h"
    for word in text.split():
        spans = all_hits(word, [(0, text)])
        assert all(re.escape(text[s.start : s.end]) == re.escape(word) for s in spans)
        assert spans
