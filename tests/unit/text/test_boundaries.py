"""Words and sentences."""

from __future__ import annotations

import pytest

from annotations.text.boundaries import sentences, span_at, words
from tests.shared import shared


def cut(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    "expected",
    [
        ["One.", "Two!", "Three?", "Four…"],
        ["The U.N. Secretary-General spoke.", "He left."],
        ["He lives in the U.S.", "The rest is silence."],
        ["Mr. Smith and Dr. Jones met Gen. Lee.", "They left."],
        ["J. R. R. Tolkien wrote it.", "We know."],
        ["See e.g. The Hobbit, i.e. a book.", "Read it."],
        ["Cf. Art. 3, para. 12, No. 5 and pp. 7-9.", "It is so."],
        ["He said no.", "Then he left."],
        ["It cost $3.5 million, up from 1.2.", "Much."],
        ["Well... perhaps not.", "No...", "Yes."],
        ["“We agree.”", "“You do?” he asked.", "He did."],
        ["(We agree.)", "[They do.]", "Fine."],
        ["It is known.[12]", "So is this.¹", "And this.*", "End."],
        ["1. First item.", "2. Second item."],
        ["a) One thing.", "IV. Another."],
        ["Acme Inc. Announces nothing.", "He works at Acme Inc.", "The end."],
        ["Apples, pears, etc.", "Nothing else."],
        ["What?!", "Really!!", "Yes."],
        ["Visit example.org or see a.b.c.", "Done."],
        ["In 2015.", "After 2016."],
        ["Am 3. Oktober kam er z. B. spät.", "Er blieb."],
        ["¿Qué?", "¡Nada!", "Bueno."],
        ["习近平宣布了倡议。", "“合作！”", "他说。", "为什么？", "因为……我们要。"],
        ["「はい。」", "そうです。", "えっ？"],
        ["هل هذا صحيح؟", "نعم.", "جيد۔"],
        ["क्या यह सही है।", "हाँ।"],
        ["Это т.е. Пример.", "Да."],
        ["A line\nwithout a stop", "and a stanza."],
        ["No stop at all"],
    ],
)
def test_sentences(expected: list[str]) -> None:
    joint = "" if expected[0][-1] in "。」" else "\n\n" if "\n" in expected[0] else " "
    text = joint.join(expected)
    assert cut(text, sentences(text)) == expected


def test_blanks_around_sentences_belong_to_none() -> None:
    assert sentences("") == []
    assert sentences("  \n ") == []
    assert sentences("  One.  Two.  ") == [(2, 6), (8, 12)]


def test_sentences_of_the_shipped_texts_are_whole() -> None:
    for path in sorted(shared("seeds").glob("*.txt")):
        for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
            for sentence in cut(paragraph, sentences(paragraph)):
                assert not sentence[0].islower() or paragraph.strip().startswith(sentence)


def test_words() -> None:
    text = "Don't stop l’homme 3.14, 1,000 well-known “e\u0301te\u0301” a_b U.N."
    assert cut(text, words(text)) == [
        "Don't",
        "stop",
        "l’homme",
        "3.14",
        "1,000",
        "well",
        "known",
        "e\u0301te\u0301",
        "a_b",
        "U.N",
    ]


def test_words_of_other_scripts() -> None:
    text = "漢字かな カタカナ 한국어 हिन्दी العربية"
    expected = ["漢", "字", "か", "な", "カタカナ", "한국어", "हिन्दी", "العربية"]
    assert cut(text, words(text)) == expected


def test_span_at_takes_the_span_before_a_gap() -> None:
    spans = [(2, 4), (6, 9)]
    assert [span_at(spans, offset) for offset in (0, 2, 4, 5, 6, 20)] == [
        (2, 4),
        (2, 4),
        (2, 4),
        (2, 4),
        (6, 9),
        (6, 9),
    ]
    assert span_at([], 3) is None
