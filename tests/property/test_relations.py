"""The sweeps against the relations' definitions, all with all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.query.nodes import Relation
from annotations.query.relations import Placed, related

REACH = 3


def holds(left: Placed, relation: Relation, right: Placed) -> bool:
    text, start, end, _ = left
    other_text, other_start, other_end, _ = right
    if text != other_text:
        return False
    match relation:
        case Relation.OVERLAPS:
            return start < other_end and other_start < end
        case Relation.WITHIN:
            return other_start <= start and end <= other_end
        case Relation.CONTAINS:
            return start <= other_start and other_end <= end
        case Relation.BEFORE:
            return end <= other_start
        case Relation.AFTER:
            return other_end <= start
        case Relation.NEAR:
            return other_start - end <= REACH and start - other_end <= REACH


def near(_text: str, end: int, start: int) -> bool:
    return start - end <= REACH


@st.composite
def spans(draw: st.DrawFn) -> list[Placed]:
    span = st.tuples(st.sampled_from("pqr"), st.integers(0, 30), st.integers(1, 12))
    drawn = draw(st.lists(span, max_size=8))
    return [
        (text, start, start + length, number)
        for number, (text, start, length) in enumerate(sorted(drawn))
    ]


@given(spans(), st.sampled_from(Relation), spans())
def test_a_sweep_finds_what_comparing_all_with_all_finds(
    lefts: list[Placed], relation: Relation, rights: list[Placed]
) -> None:
    found = related(lefts, relation, rights, near if relation is Relation.NEAR else None)
    assert list(found) == [
        left[3] for left in lefts if any(holds(left, relation, right) for right in rights)
    ]


@given(spans())
def test_a_sweep_reads_each_side_once_and_in_step(lefts: list[Placed]) -> None:
    assert list(related(iter(lefts), Relation.OVERLAPS, iter(lefts))) == [
        number for _, _, _, number in lefts
    ]
