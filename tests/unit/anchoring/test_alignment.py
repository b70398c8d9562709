"""Passages of an old text in a new one, both known."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from annotations.anchoring import THRESHOLD, Alignment, place_all
from annotations.errors import InvalidError
from annotations.model import Span, Status
from tests.unit.anchoring.texts import ARABIC, CHINESE, POLICY, place, span_of


def test_an_unchanged_passage_after_an_insertion_is_placed() -> None:
    new = "A new preamble, of some length.\n\n" + POLICY
    placement = place(POLICY, new, "notify the authority within three days")
    assert placement.status is Status.PLACED
    assert placement.span == span_of(new, "notify the authority within three days")
    assert placement.confidence > 0.9


@pytest.mark.parametrize(
    ("quote", "now"),
    [
        ("notify the authority within three days", "inform the authority within two days"),
        ("what happened, whom it concerns", "what happened, and whom it concerns"),
        ("record of the systems that it operates", "record of all systems it operates"),
        ("Providers of critical infrastructure", "Operators of critical infrastructure"),
        ("are kept for five years", "are kept for seven years"),
    ],
)
def test_a_changed_passage_is_moved_and_keeps_its_edges(quote: str, now: str) -> None:
    placement = place(POLICY, POLICY.replace(quote, now), quote)
    assert (placement.status, placement.quote) == (Status.MOVED, now)
    assert placement.confidence >= THRESHOLD


def test_a_removed_passage_is_lost_where_it_was() -> None:
    gone = "The notice says\nwhat happened, whom it concerns, and what was done about it."
    new = POLICY.replace(gone, "")
    placement = place(POLICY, new, "what happened, whom it concerns")
    assert placement.status is Status.LOST
    assert (placement.quote, len(placement.span)) == ("", 0)
    assert abs(placement.start - POLICY.index(gone)) <= 1


def test_a_passage_in_a_paragraph_that_moved_is_moved() -> None:
    first, rest = POLICY.split("\n\n", 2)[1], POLICY.split("\n\n", 2)[2]
    new = "Data security\n\n" + rest + "\n" + first + "\n"
    placement = place(POLICY, new, "open to the supervisory authority")
    assert placement.status is Status.MOVED
    assert placement.span == span_of(new, "open to the supervisory authority")


def test_a_passage_that_stands_unchanged_does_not_grow_by_what_follows() -> None:
    old = "We keep part of the logs.\n\n## Who may ask\n\nAnyone may ask."
    new = "We keep part of the logs.\n\n## What we keep\n\nNames.\n\n## Who may ask\n\nAnyone may."
    placement = place(old, new, "part of the logs.\n\n##")
    assert (placement.status, placement.quote) == (Status.PLACED, "part of the logs.\n\n##")


def test_a_sentence_that_moved_and_changed_in_a_word_is_found() -> None:
    sentence = POLICY.split("\n\n")[2]
    changed = sentence.replace("three", "two")
    placement = place(POLICY, POLICY.replace(sentence, "") + changed, sentence)
    assert (placement.status, placement.quote) == (Status.MOVED, changed)


def test_of_two_copies_the_one_in_its_place_is_taken() -> None:
    old = "The committee met.\nIt agreed on the text.\nThe committee met.\nIt did not agree.\n"
    new = "A note.\n" + old
    for nth in (0, 1):
        placement = place(old, new, "The committee met.", nth)
        assert placement.status is Status.PLACED
        assert placement.span == span_of(new, "The committee met.", nth)


def test_a_removed_clause_is_not_taken_for_its_twin() -> None:
    clause = "The {} shall notify the {} of any breach of this agreement within {} days.\n"
    parties = [("Supplier", "Customer", 5), ("Customer", "Supplier", 9), ("Agent", "Principal", 14)]
    old = "\n".join(clause.format(*each) for each in parties)
    new = "\n".join(clause.format(*each) for each in (parties[0], parties[2]))
    assert place(old, new, clause.format(*parties[1]).strip()).status is Status.LOST


def test_a_common_word_of_a_removed_sentence_is_lost() -> None:
    new = POLICY.replace("The record is open to the supervisory authority on request.", "")
    assert place(POLICY, new, "The", 0).status is Status.LOST


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(" ", "\n   "),
        lambda text: text.replace(". ", ".\u00a0").replace(",", "，"),
        lambda text: unicodedata.normalize("NFD", text.replace("e", "é")),
    ],
    ids=["indented words", "signs", "accents apart"],
)
def test_differences_that_say_nothing_do_not_lose_a_passage(change: Callable[[str], str]) -> None:
    new = change(POLICY)
    quote = "what happened, whom it concerns"
    placement = place(POLICY, new, quote)
    assert placement.status is Status.MOVED
    assert placement.quote == change(quote)


@pytest.mark.parametrize(
    "now",
    [
        "WHAT HAPPENED, WHOM IT CONCERNS",  # another wording, however like it reads
        "that much happened, to those it hit",  # half of the words at most
    ],
)
def test_what_became_something_else_for_the_most_part_is_lost_where_it_was(now: str) -> None:
    quote = "what happened, whom it concerns"
    placement = place(POLICY, POLICY.replace(quote, now), quote)
    assert (placement.status, placement.start) == (Status.LOST, POLICY.index(quote))


def test_lines_broken_anew_do_not_change_a_passage_that_lies_in_one() -> None:
    new = " ".join(POLICY.split())
    assert place(POLICY, new, "whom it concerns").status is Status.PLACED
    across = place(POLICY, new, "The notice says\nwhat happened")
    assert (across.status, across.quote) == (Status.MOVED, "The notice says what happened")


def test_typographic_quotation_marks_are_the_same_marks() -> None:
    old = 'He said: "the digital divide isn\'t closed" - and left.'
    new = "He said: “the digital divide isn’t closed” – and left."
    placement = place(old, new, '"the digital divide isn\'t closed"')
    assert placement.quote == "“the digital divide isn’t closed”"


@pytest.mark.parametrize(
    ("text", "quote", "now"),
    [
        (CHINESE, "不得利用用户对产品的依赖", "不应利用用户对产品的依赖"),
        (CHINESE, "各国应当尊重他国网络主权", "各国必须尊重他国网络主权"),
        (ARABIC, "أن تحترم سيادة الدول الأخرى", "أن تراعي سيادة الدول الأخرى"),
    ],
)
def test_other_scripts(text: str, quote: str, now: str) -> None:
    placement = place(text, text.replace(quote, now), quote)
    assert (placement.status, placement.quote) == (Status.MOVED, now)


@pytest.mark.parametrize("quote", ["Data security", "harmed by it.\n", POLICY])
def test_passages_at_the_very_ends(quote: str) -> None:
    new = "Preface.\n" + POLICY + "Afterword.\n"
    placement = place(POLICY, new, quote)
    assert (placement.status, placement.quote) == (Status.PLACED, quote)


@pytest.mark.parametrize(
    "new", ["", " \n\n ", "完全不同的文本。\n", "Nothing of it is left here.\n"]
)
def test_nothing_is_found_in_an_empty_or_another_text(new: str) -> None:
    spans = [Span(at, at + 40) for at in range(0, len(POLICY) - 40, 10)]
    for placement in place_all(POLICY, new, spans):
        assert placement.status is Status.LOST
        assert 0 <= placement.start <= len(new)


def test_edges_never_part_a_letter_from_its_marks() -> None:
    old, new = "one flag is here", "one 🇫🇷🇩🇪 fla\u0301g is here"
    placement = place(old, new, "flag")
    assert placement.quote in {"fla\u0301g", "🇫🇷🇩🇪 fla\u0301g"}


@pytest.mark.parametrize("span", [Span(-1, 4), Span(3, 3), Span(5, 2), Span(0, 1000)])
def test_a_span_that_is_no_passage_is_refused(span: Span) -> None:
    with pytest.raises(InvalidError, match="no passage"):
        Alignment("a short text", "a short text").place(span)


def test_many_at_once_are_placed_as_one_by_one() -> None:
    paragraphs = POLICY.split("\n\n")
    new = "\n\n".join([paragraphs[3], paragraphs[0], paragraphs[2].replace("three", "ten")])
    spans = [Span(at, at + 30) for at in range(0, len(POLICY) - 30, 5)]
    alignment = Alignment(POLICY, new)
    assert alignment.place_all(spans) == [alignment.place(span) for span in spans]


def test_placing_can_be_stopped_between_two_passages() -> None:
    reports = 0

    def report() -> None:
        nonlocal reports
        reports += 1
        if reports == 20:
            raise KeyboardInterrupt

    alignment = Alignment(POLICY, POLICY.replace("the", "a"), report)
    with pytest.raises(KeyboardInterrupt):
        alignment.place_all(Span(start, start + 9) for start in range(100))
    assert reports == 20
