"""A hundred cases of real revisions, each read by eye: what became of the passage, and where it is.

Verdicts: ``same`` (unchanged, in its place), ``changed`` (``span`` is its place now; where too
little of it stands it may be lost all the same), ``elsewhere`` (its sentence went, but the same
words stand in others), ``gone``. They differ from the truth that comes with the file, which was
derived by aligning words, where ``note`` says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotations.anchoring import Alignment, Placement
from annotations.anchoring.placement import STANDING
from annotations.anchoring.segments import difference, fine_segments
from annotations.anchoring.standing import standing
from annotations.model import Span, Status
from benchmarks.anchoring import Case, Text, load
from tests.shared import shared

VERDICTS = Path(__file__).with_name("verdicts.json")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader found."""

    case: int
    kind: str
    span: Span | None


def verdicts(cases: list[Case]) -> Iterator[Verdict]:
    for entry in json.loads(VERDICTS.read_text(encoding="utf-8")):
        assert cases[entry["case"]].quote.startswith(entry["quote"]), "not the file that was read"
        span = Span(*entry["span"]) if entry["span"] else None
        yield Verdict(entry["case"], entry["verdict"], span)


def overlap(placement: Placement, span: Span) -> float:
    common = min(placement.end, span.end) - max(placement.start, span.start)
    return max(0, common) / (max(placement.end, span.end) - min(placement.start, span.start))


def stands(quote: str, here: str) -> float:
    segments = fine_segments(quote, here, difference(0, len(quote), 0, len(here)))
    return standing(quote, here, segments, Span(0, len(quote)))


def agrees(verdict: Verdict, quote: str, new: str, placement: Placement) -> bool:
    if verdict.kind == "gone":
        return placement.status is Status.LOST
    if verdict.kind == "elsewhere":
        return placement.status is Status.MOVED and placement.quote == quote
    assert verdict.span is not None
    if verdict.kind == "same":
        return placement.status is Status.PLACED and placement.span == verdict.span
    here = new[verdict.span.start : verdict.span.end]
    if placement.status is Status.LOST and stands(quote, here) < STANDING:
        return True
    return placement.status is Status.MOVED and overlap(placement, verdict.span) >= 0.5


@pytest.fixture(scope="module")
def revisions() -> tuple[dict[str, Text], list[Case]]:
    return load(shared("anchoring/revisions.json"))


def test_a_hundred_cases_are_placed_as_a_reader_placed_them(
    revisions: tuple[dict[str, Text], list[Case]],
) -> None:
    texts, cases = revisions
    read = list(verdicts(cases))
    names = {cases[verdict.case].text for verdict in read}
    alignments = {name: Alignment(texts[name].old, texts[name].new) for name in names}
    wrong = []
    for verdict in read:
        case = cases[verdict.case]
        placement = alignments[case.text].place(Span(case.start, case.end))
        if not agrees(verdict, case.quote, texts[case.text].new, placement):
            wrong.append((verdict, placement))
    assert len(read) == 100
    assert not [each for each in wrong if each[0].kind == "gone"], "a removed passage was placed"
    assert len(wrong) <= 3, wrong
