"""Offsets in other units agree with Python's own codecs, on every plane of Unicode."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.errors import InvalidError
from annotations.text.offsets import Offsets, Unit

PLANES = [
    st.characters(
        min_codepoint=plane << 16, max_codepoint=(plane << 16) | 0xFFFF, exclude_categories=["Cs"]
    )
    for plane in range(17)
]
TEXTS = st.lists(st.one_of(PLANES), max_size=40).map("".join)
CODECS = {Unit.UTF8: ("utf-8", 1), Unit.UTF16: ("utf-16-le", 2)}


@given(TEXTS, st.sampled_from([1, 37]), st.data())
def test_every_place_is_where_the_codec_puts_it(text: str, times: int, data: st.DataObject) -> None:
    text *= times  # past the stride at which sums are kept
    place = data.draw(st.integers(0, len(text)))
    offsets = Offsets(text)
    for unit, (codec, size) in CODECS.items():
        units = len(text[:place].encode(codec)) // size
        assert offsets.units(place, unit) == units
        assert offsets.code_points(units, unit) == place


@given(TEXTS.filter(bool), st.data())
def test_inside_a_character_counts_as_its_start(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    for unit, (codec, size) in CODECS.items():
        before = len(text[:place].encode(codec)) // size
        width = len(text[place].encode(codec)) // size
        for inside in range(width):
            assert Offsets(text).code_points(before + inside, unit) == place


@given(st.text(alphabet="a\n\r本😀", max_size=60), st.data())
def test_lines_are_counted_from_their_ends(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    offsets = Offsets(text)
    line = offsets.units(place, Unit.LINE)
    assert line == text[:place].count("\n")
    assert offsets.code_points(line, Unit.LINE) == text.rfind("\n", 0, place) + 1


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("text", ["", "ascii", "é本😀" * 400])
def test_outside_the_text_is_refused(text: str, unit: Unit) -> None:
    offsets = Offsets(text)
    with pytest.raises(InvalidError, match="outside a text"):
        offsets.code_points(-1, unit)
    with pytest.raises(InvalidError, match="outside a text"):
        offsets.code_points(10_000, unit)
    with pytest.raises(InvalidError, match="outside a text"):
        offsets.units(len(text) + 1, unit)
