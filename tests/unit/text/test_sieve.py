"""Texts in which nothing can be found are ruled out, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text import sieve
from annotations.text.find import pattern
from annotations.text.sieve import Sieve


@given(
    st.text("aksKſKİıi é中", max_size=40),
    st.sampled_from(["k", "s", "is", "ki", "é", "ask", "aksis", "iskaski", "kkssiikkssii", "中"]),
    st.booleans(),
    st.booleans(),
)
def test_no_match_is_ruled_out(text: str, string: str, case: bool, regex: bool) -> None:
    wanted = pattern(string, case=case, regex=regex)
    if wanted.pattern.search(text):
        assert wanted.may_match(text)


def test_an_encoding_without_the_letter_s_own_bytes_rules_nothing_out() -> None:
    assert Sieve("Größe", case=True).passes("Größe".encode("latin-1"), "latin-1")
    assert Sieve("größe", case=False).passes("GRÖSSE".encode("latin-1"), "latin-1")
    assert Sieve("kim", case=False).passes("kım".encode("cp1254"), "cp1254")


@given(
    st.text("abX中", max_size=60),
    st.text("abX中", min_size=1, max_size=7),
    st.sampled_from([0, 9000]),
    st.booleans(),
)
@pytest.mark.parametrize("many", [0, 1000])
def test_a_text_without_the_string_is_ruled_out(
    many: int, text: str, string: str, padding: int, case: bool
) -> None:
    padded = "-" * padding + text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sieve, "_MANY", many)
        passes = Sieve(string, case).passes(padded.encode(), "utf-8")
    if case:
        assert passes == (string in text)
    elif string.isascii() or string.lower() == string.upper():
        assert passes == (string.lower() in text.lower())
    else:
        assert passes
