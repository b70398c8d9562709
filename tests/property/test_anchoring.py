"""What holds for every pair of texts and every passage."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotations.anchoring import (
    THRESHOLD,
    Alignment,
    Placement,
    differences,
    find_quote,
    place_all,
)
from annotations.model import Span, Status
from annotations.text.graphemes import snap

# Few different words: copies, near copies and repetitions come about by themselves.
word = st.sampled_from(
    ["the", "Data", "of", "shall", "not", "risk", "\n", ".", "“a”", "网络", "e\u0301"]
)
wordy = st.lists(word, max_size=60).map(" ".join)
anything = st.text(max_size=120)
hostile = st.lists(
    st.sampled_from(
        [
            "\0",
            "\ud800",
            "\udc00",
            "\r\n",
            "\r",
            " ",
            "\t",
            "\u2028",
            ".",
            "—",
            "\u0301",
            "\u200d",
            "😀",
            "ß",
        ]
    ),
    max_size=60,
).map("".join)
"""What is no word: half characters, marks without a letter, line ends of several kinds, signs."""
texts = wordy | anything | hostile
clusters = st.lists(
    st.sampled_from(["e\u0301", "👩\u200d👩\u200d👧", "🇩🇪", "नि", "각", "law", " ", "\r\n", "a"]),
    max_size=40,
).map("".join)
"""Characters of several code points."""


@st.composite
def passages(draw: st.DrawFn, text: st.SearchStrategy[str] = texts) -> tuple[str, Span]:
    whole = draw(text.filter(bool))
    start = draw(st.integers(0, len(whole) - 1))
    return whole, Span(start, draw(st.integers(start + 1, len(whole))))


def is_sound(placement: Placement, text: str) -> bool:
    """Whether a placement speaks of the text, and of itself, truly."""
    if not 0 <= placement.start <= placement.end <= len(text):
        return False
    if not 0 <= placement.confidence <= 1:
        return False
    if placement.status is Status.LOST:
        return placement.start == placement.end and placement.quote == ""
    whole = placement.quote == text[placement.start : placement.end] != ""
    return whole and placement.confidence >= THRESHOLD


@given(passages())
def test_in_an_identical_text_every_passage_is_where_it_was(passage: tuple[str, Span]) -> None:
    text, span = passage
    placement = Alignment(text, text).place(span)
    assert (placement.status, placement.span) == (Status.PLACED, span)


@given(passages(), texts)
def test_placements_are_sound_and_always_the_same(passage: tuple[str, Span], new: str) -> None:
    old, span = passage
    placement = Alignment(old, new).place(span)
    assert is_sound(placement, new)
    assert place_all(old, new, [span, span]) == [placement, placement]
    if placement.status is Status.PLACED:
        assert placement.quote == old[span.start : span.end]


@settings(max_examples=30)
@given(texts, st.integers(0, 10_000), texts)
@example("", 2645, "00000000")
def test_text_around_a_text_moves_its_passages_along(before: str, seed: int, after: str) -> None:
    chance = random.Random(seed)
    old = " ".join(f"{chance.randrange(10**5):05d}" for _ in range(40))
    start = chance.randrange(len(old) - 40)
    placement = Alignment(old, before + old + after).place(Span(start, start + 40))
    assert placement.status is Status.PLACED
    assert placement.start == len(before) + start


@given(st.integers(0, 10_000), st.integers(1, 12))
def test_a_passage_whose_words_are_gone_is_lost(seed: int, length: int) -> None:
    words = [f"word{number}" for number in range(120)]
    at = random.Random(seed).randrange(40, 60)
    old, new = " ".join(words), " ".join(words[:at] + words[at + length :])
    start = old.index(words[at])
    quote = " ".join(words[at : at + length])
    assert Alignment(old, new).place(Span(start, start + len(quote))).status is Status.LOST
    around = old[start - 32 : start], old[start + len(quote) :][:32]
    assert find_quote(new, quote, *around).status is Status.LOST


@given(passages(clusters), clusters)
def test_no_place_parts_a_character(passage: tuple[str, Span], new: str) -> None:
    old, span = passage
    quote = old[span.start : span.end]
    for placement in (
        Alignment(old, new).place(span),
        find_quote(new, quote, old[: span.start][-32:], old[span.end :][:32]),
    ):
        if placement.status is Status.MOVED and placement.quote != quote:
            assert snap(new, placement.start) == placement.start
            assert snap(new, placement.end) == placement.end


@given(texts, anything | hostile, texts, texts, st.none() | st.integers(-5, 500))
@example("a", "a", "", "", None)
@example("a", "b" * 500, "", "", None)
@example("", "a", "", "", 7)
@example("x" + " " * 2000 + "y", " " * 900 + "x", "", "", None)
def test_searches_are_sound(
    text: str, quote: str, prefix: str, suffix: str, hint: int | None
) -> None:
    placement = find_quote(text, quote, prefix, suffix, hint)
    assert is_sound(placement, text)
    if placement.status is Status.PLACED:
        assert placement.quote == quote


@given(passages(wordy), st.integers(0, 10_000))
@example(("the the the the the the the Data \n the the the \n", Span(0, 1)), 1)
def test_placed_passages_keep_their_order(passage: tuple[str, Span], seed: int) -> None:
    old, _ = passage
    chance = random.Random(seed)
    new = " ".join(word for word in old.split(" ") if chance.random() > 0.2)
    spans = [Span(at, at + 5) for at in range(0, len(old) - 5, 7)]
    placed = [p for p in place_all(old, new, spans) if p.status is Status.PLACED]
    assert placed == sorted(placed, key=lambda placement: placement.start)


@given(st.integers(0, 10_000), st.integers(8, 30))
def test_a_unique_passage_is_found_wherever_it_moved(seed: int, length: int) -> None:
    chance = random.Random(seed)

    def paragraph(count: int) -> str:
        return " ".join(f"{chance.randrange(10**5):05d}" for _ in range(count)) + "."

    parts = [paragraph(30) for _ in range(6)]
    moved = paragraph(length)
    old = "\n\n".join([*parts[:5], moved, parts[5]])
    new = "\n\n".join([parts[0], moved, *parts[1:]])
    start = old.index(moved)
    placement = Alignment(old, new).place(Span(start, start + len(moved)))
    assert placement.found
    assert placement.quote == moved


@given(texts, texts)
@example("a\xadb", "a\xadc")
@example("\xad", "\xad")
def test_differences_hold_both_wordings(old: str, new: str) -> None:
    runs = differences(old, new)
    assert "".join(run.old for run in runs) == old
    assert "".join(run.new for run in runs) == new
    assert not (old == new and any(run.kind != "same" for run in runs))


REPETITIVE = {
    "one character": ("a" * 300_000, "a" * 299_000 + "b" + "a" * 900),
    "two words": ("a b " * 60_000, "a b " * 30_000 + "b a c " + "a b " * 29_000),
    "one line": ("All rights are reserved.\n" * 60_000, "All rights are reserved.\n" * 58_000),
    "one line, changed here and there": (
        "All rights are reserved.\n" * 40_000,
        ("All rights are reserved.\n" * 999 + "Some rights are not.\n") * 40,
    ),
    "white space": (" \n" * 150_000, "\n " * 150_000 + "word"),
    "no words in common": ("".join(map(chr, range(0x4E00, 0x9FFF))) * 8, "lorem ipsum " * 20_000),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", REPETITIVE)
def test_repetitive_texts_take_no_longer_than_others(name: str) -> None:
    old, new = REPETITIVE[name]
    spans = [Span(at, at + 90) for at in range(0, len(old) - 90, len(old) // 20)]
    assert all(is_sound(placement, new) for placement in place_all(old, new, spans))
    middle = len(old) // 2
    quote, before, after = old[middle : middle + 90], old[middle - 32 : middle], old[middle + 90 :]
    assert is_sound(find_quote(new, quote, before, after[:32]), new)


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_an_insertion_before_everything_moves_nothing(seed: int) -> None:
    chance = random.Random(seed)
    words = [chance.choice(["law", "data", "state", "risk", "shall", "may"]) for _ in range(300)]
    old = " ".join(words)
    inserted = "A preamble, newly written, of some length.\n\n"
    spans = [Span(at, at + 25) for at in range(0, len(old) - 25, 40)]
    for span, placement in zip(spans, place_all(old, inserted + old, spans), strict=True):
        assert placement.status is Status.PLACED
        assert placement.start == span.start + len(inserted)
