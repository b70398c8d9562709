"""Quotes in a text whose older form is unknown."""

from __future__ import annotations

import random

import pytest

from annotations.anchoring import THRESHOLD, Alignment, Fragment, find_all, find_quote, seeds
from annotations.model import Span, Status
from tests.unit.anchoring.texts import ARABIC, CHINESE, POLICY, find, span_of


def test_an_unchanged_quote_in_its_context_is_placed() -> None:
    placement = find(POLICY, "Preface.\n" + POLICY, "within three days")
    assert placement.status is Status.PLACED
    assert placement.quote == "within three days"


def test_a_unique_quote_needs_no_context() -> None:
    placement = find_quote(POLICY, "the supervisory authority on request")
    assert (placement.status, placement.confidence > 0.8) == (Status.PLACED, True)


@pytest.mark.parametrize(
    ("quote", "now"),
    [
        ("shall notify the authority within three days", "must notify the authority in two days"),
        ("what happened, whom it concerns", "what hapened, whorn it concerns"),
        ("systems once a year. The results of a test", "systems twice a year. All results of it"),
    ],
)
def test_a_damaged_quote_is_found(quote: str, now: str) -> None:
    placement = find(POLICY, POLICY.replace(quote, now), quote)
    assert (placement.status, placement.quote) == (Status.MOVED, now)


@pytest.mark.parametrize(
    ("text", "quote", "now"),
    [
        (
            CHINESE,
            "及时向合作伙伴及用户告知产品的安全缺陷",
            "立即向合作伙伴和用户告知产品的安全漏洞",
        ),
        (ARABIC, "لا يجوز للشركات أن تستغل", "لا ينبغي للشركات أن تستغل"),
    ],
)
def test_other_scripts(text: str, quote: str, now: str) -> None:
    assert find(text, text.replace(quote, now), quote).quote == now


@pytest.mark.parametrize(("quote", "copies"), [("The", 3), ("the", 5), ("it", 3), ("s", 30)])
def test_context_decides_between_copies(quote: str, copies: int) -> None:
    for nth in range(copies):
        placement = find(POLICY, POLICY, quote, nth)
        assert placement.span == span_of(POLICY, quote, nth)


@pytest.mark.parametrize("quote", ["](", "www."])
def test_the_one_copy_in_the_very_same_context_has_no_rivals(quote: str) -> None:
    rows = [
        f"cookie {row} is theirs | {90 if row == 5 else 30} days [It](https://www.it.org) kept\n"
        for row in range(18)
    ]
    start = len("".join(rows[:5])) + rows[5].index(quote)
    text, end = "".join(rows), start + len(quote)
    placement = find_quote(text, quote, text[start - 32 : start], text[end : end + 32])
    assert (placement.status, placement.start) == (Status.PLACED, start)


def test_a_hint_decides_where_context_does_not() -> None:
    text = "All rights are reserved by the author.\n" * 40
    quote = "rights are reserved"
    fifth = span_of(text, quote, 5)
    placement = find_quote(text, quote, "All ", " by the author.", hint=fifth.start)
    assert placement.span == fifth


def test_one_word_with_many_copies_is_lost_rather_than_guessed() -> None:
    text = "the data of the data of the data of " * 20
    assert find_quote(text, "data").status is Status.LOST


def test_a_quote_with_paragraphs_put_into_it_is_found_from_end_to_end() -> None:
    first, second = (
        "The notice says\nwhat happened, whom it concerns",
        ", and what was done about it.",
    )
    put_in = " ".join(f"It also lists item number {n} of annex {n * n}." for n in range(20))
    new = POLICY.replace(first, f"{first}. {put_in} It says why")
    placement = find(POLICY, new, first + second)
    assert placement.status is Status.MOVED
    assert placement.quote == f"{first}. {put_in} It says why{second}"


def test_a_letter_that_grows_in_small_letters_moves_no_offset() -> None:
    quote, now = "notify the authority within three days", "notify the authority in two days"
    new = "\u0130\u0130\u0130 " + POLICY.replace(quote, now)
    assert find(POLICY, new, quote).quote == now


def test_a_context_that_stands_without_the_quote_is_no_place() -> None:
    quote = "notify the authority within three days"
    new = POLICY.replace(quote, "refrain from any further use of that record")
    assert find(POLICY, new, quote).status is Status.LOST


def test_a_quote_that_is_not_there_is_lost() -> None:
    placement = find_quote(
        POLICY, "peacekeeping forces of the union", "the deployment of ", " abroad"
    )
    assert placement.status is Status.LOST
    assert placement.confidence < THRESHOLD


@pytest.mark.parametrize(("text", "quote"), [("", "word"), ("text", ""), ("", ""), ("a b", " ")])
def test_empty_texts_and_quotes_are_lost(text: str, quote: str) -> None:
    assert find_quote(text, quote, "before", "after").status is Status.LOST


def test_a_hint_outside_the_text_does_no_harm() -> None:
    assert find_quote(POLICY, "Data security", hint=10**9).status is Status.PLACED
    assert find_quote("", "Data security", hint=10**9).start == 0


def test_many_at_once_are_found_as_one_by_one() -> None:
    chance = random.Random(5)
    words = [f"w{chance.randrange(3000)}" for _ in range(6000)]
    text = " ".join(words)
    fragments = []
    for _ in range(60):
        at = chance.randrange(len(words) - 20)
        quote = words[at : at + 12]
        quote[chance.randrange(12)] = "damaged"
        fragments.append(Fragment(" ".join(quote)))
    together = find_all(text, fragments)
    assert together == [find_quote(text, fragment.quote) for fragment in fragments]
    assert sum(placement.found for placement in together) == 60


def test_a_sweep_by_blocks_misses_nothing_at_their_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "_BLOCK", 1000)
    text = " ".join(f"{number:06d}" for number in range(2000))
    starts = range(900, 12_000, 50)
    told: list[None] = []
    fragments = [Fragment(text[start : start + 40]) for start in starts]
    placements = find_all(text, fragments, lambda: told.append(None))
    assert [placement.start for placement in placements] == list(starts)
    # Once for each passage, and before that for each block at least.
    assert len(told) >= len(fragments) + len(text) // 1000


def test_a_word_that_changed_all_over_a_long_quote_does_not_hide_it() -> None:
    chance = random.Random(8)
    words = [f"w{chance.randrange(400)}" for _ in range(4000)]
    quote = words[1000:1800]
    text = " ".join(words[:1000] + ["new" if n % 9 == 4 else w for n, w in enumerate(quote)])
    placement = find_quote(text, " ".join(quote))
    assert placement.status is Status.MOVED
    assert (placement.start, placement.end) == (len(" ".join(words[:1000])) + 1, len(text))


def test_a_passage_is_found_where_everything_around_it_is_another_text() -> None:
    chance = random.Random(9)

    def words(first: str, count: int) -> str:
        return " ".join(f"{first}{chance.randrange(9000)}" for _ in range(count))

    passage = words("passage", 20)
    old = f"{words('old', 300)} {passage} {words('old', 300)}"
    new = f"{words('new', 500)} {passage} {words('new', 100)}"
    start = old.index(passage)
    found = Alignment(old, new).place(Span(start, start + len(passage)))
    assert (found.status, found.quote) == (Status.MOVED, passage)
