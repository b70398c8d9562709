from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.folding import Folded, fold, fold_spaces, holds


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Data SECURITY", "data security"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("ŁÓDŹ", "lodz"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("ΟΔΟΣ ὁδός", "οδοσ οδοσ"),
        ("Ёлка", "елка"),
        ("Мой", "мой"),
        ("ﬁnance", "finance"),
        ("ＡＩ治理", "ai治理"),
        ("m²", "m2"),
        ("soft\u00adware", "software"),
        ("don’t", "don't"),
        ("“2019–2023”", '"2019-2023"'),
        ("السَّلامُ", "السلام"),
        ("أمن إلى آمن ٱلأمن", "امن الي امن الامن"),
        ("مـــدرسة", "مدرسه"),
        ("٢٠٢٣ ۲۰۲۳", "2023 2023"),
        ("شَخْصِیّ", "شخصي"),
        ("می\u200cخواهم", "ميخواهم"),
        ("שָׁלוֹם", "שלום"),
        ("か\u3099", "が"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("か", "か"),
        ("각", "각"),
        (unicodedata.normalize("NFD", "각국 정부"), "각국 정부"),
        ("हिन्दी", "हिन्दी"),
        ("ไทย", "ไทย"),
    ],
)
def test_words_are_compared_as_a_reader_would(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert Folded.of(text).text == folded


def test_kana_that_differ_in_voicing_stay_apart() -> None:
    assert fold("か") != fold("が")


def test_a_line_end_is_a_space_between_words() -> None:
    assert fold_spaces("Data\n  security\t") == "data security"
    assert holds("of DATA\nSécurity", fold_spaces("data  security"))
    assert not holds("data", fold_spaces("data security"))


def span_of(text: str, needle: str) -> str:
    folded = Folded.of(text)
    start = folded.text.index(needle)
    found, end = folded.original(start, start + len(needle))
    return text[found:end]


@pytest.mark.parametrize(
    ("text", "needle", "found"),
    [
        ("le cafe\u0301 noir", "cafe", "cafe\u0301"),
        ("le cafe\u0301 noir", "noir", "noir"),
        ("the ﬁnance", "finance", "ﬁnance"),
        ("the ﬁnance", "inance", "ﬁnance"),
        ("aﬁ", "f", "ﬁ"),
        ("Straße 5", "5", "5"),
        ("Straßen", "strass", "Straß"),
        ("قال السَّلامُ عليكم", "السلام", "السَّلامُ"),
        ("soft\u00adware x", "software", "soft\u00adware"),
        ("é\u00ad\u00ad x", "x", "x"),
    ],
)
def test_a_hit_in_the_folded_text_is_found_in_the_original(
    text: str, needle: str, found: str
) -> None:
    assert span_of(text, needle) == found


TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("aéßﬁ\u0301\u00adﾞｶأَا"))


@given(TEXTS)
def test_folding_twice_changes_nothing_and_both_ways_agree(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert Folded.of(text).text == folded


@given(TEXTS, st.data())
def test_every_span_of_the_folded_text_is_that_of_its_origin(
    text: str, data: st.DataObject
) -> None:
    folded = Folded.of(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.original(start, end)
    assert 0 <= first <= max(first, last) <= len(text)
    if start < end:
        assert folded.text[start:end] in fold(text[first:last])
