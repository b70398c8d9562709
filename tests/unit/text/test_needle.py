"""Whether a text contains a string."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text import needle
from annotations.text.find import pattern
from annotations.text.needle import contains, contains_folded

letters = st.text("abAB ez", max_size=80)


@given(letters, st.text("abAB", min_size=1, max_size=4))
def test_it_agrees_with_the_plain_way(text: str, string: str) -> None:
    assert contains(text, string) == (string in text)
    assert contains(text.encode(), string.encode()) == (string in text)


@given(letters, st.text("ab", min_size=1, max_size=4), st.integers(0, 3000))
@pytest.mark.parametrize("long", [1, 16_384])
def test_capitals_do_not_count(long: int, text: str, string: str, padding: int) -> None:
    # Much other text makes the letters rare, which is another way through the code.
    padded = "x" * padding + text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(needle, "_LONG", long)
        assert contains(padded, string) == (string in text)
        assert contains_folded(padded, string) == (string in text.lower())
        assert contains_folded(padded.encode(), string.encode()) == (string in text.lower())


@given(
    st.text("aksKſKİıi é", max_size=40),
    st.sampled_from(["k", "s", "is", "ki", "é", "ask"]),
    st.booleans(),
    st.booleans(),
)
def test_no_match_is_ruled_out(text: str, string: str, case: bool, regex: bool) -> None:
    wanted = pattern(string, case=case, regex=regex)
    if wanted.pattern.search(text):
        assert wanted.may_match(text)
        assert wanted.may_match_in(text.encode(), "utf-8")


def test_an_encoding_without_the_letter_s_own_bytes_rules_nothing_out() -> None:
    assert pattern("Größe", case=True).may_match_in("Größe".encode("latin-1"), "latin-1")
    assert pattern("größe").may_match_in("GRÖSSE".encode("latin-1"), "latin-1")
