"""Questions to the history."""

from __future__ import annotations

import pytest

from annotations.errors import InvalidError
from annotations.query.acts import ActsAsked, parse_acts, with_field


def test_words_and_fields() -> None:
    asked = parse_acts('Removed tag:"a tag" coder:ann doc:envoy day:2026-11 12:30 "two words"')
    assert asked == ActsAsked(
        words=("removed", "12:30", "two words"),
        coder="ann",
        tag="a tag",
        document="envoy",
        since="2026-11",
        until="2026-12",
    )


@pytest.mark.parametrize("query", ["day:yesterday", "day:2026-13", "tag:", 'coder:""'])
def test_what_cannot_be_read_is_said(query: str) -> None:
    with pytest.raises(InvalidError):
        parse_acts(query)


def test_a_field_is_set_replaced_and_taken_away() -> None:
    query = with_field("removed coder:bob", "tag", "a tag")
    assert query == 'removed coder:bob tag:"a tag"'
    odd = 'a "b" c'
    assert parse_acts(with_field("x", "tag", odd)).tag == odd
    assert with_field(query, "coder", "ann") == 'removed tag:"a tag" coder:ann'
    assert with_field(query, "tag", "a tag") == "removed coder:bob"
