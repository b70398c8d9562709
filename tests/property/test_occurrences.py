"""Quotes found in a text that streams by are those found in the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from annotations.model import Passage, Span
from tui.cli.occurrences import exact, spaced

pieces = st.lists(st.text("ab \n", max_size=6), max_size=8)
quotes = st.text("ab \n", min_size=1, max_size=5)


def stream(parts: list[str]) -> Iterator[Passage]:
    start = 0
    for part in parts:
        yield Passage(start, part)
        start += len(part)


@given(pieces, quotes)
def test_exact(parts: list[str], quote: str) -> None:
    whole = [Span(*each.span()) for each in re.finditer(re.escape(quote), "".join(parts))]
    assert list(exact(stream(parts), quote)) == whole


@given(pieces, quotes.filter(lambda quote: not quote.isspace()))
def test_with_other_white_space(parts: list[str], quote: str) -> None:
    pattern = r"\s+".join(map(re.escape, quote.split()))
    whole = [Span(*each.span()) for each in re.finditer(pattern, "".join(parts))]
    assert list(spaced(stream(parts), quote)) == whole
