"""The sweep over overlapping spans, against counting at every offset."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotations.text.spans import flatten

LENGTH = 30
spans_of_letters = st.lists(
    st.tuples(st.integers(-5, LENGTH + 5), st.integers(-5, LENGTH + 5), st.sampled_from("abcdef")),
    max_size=25,
)


@given(spans_of_letters)
def test_runs_say_what_lies_at_every_offset(spans: list[tuple[int, int, str]]) -> None:
    runs = flatten(spans, 0, LENGTH)
    for offset in range(LENGTH):
        over = [
            (max(start, 0), -min(end, LENGTH), -number, value)
            for number, (start, end, value) in enumerate(spans)
            if start <= offset < end
        ]
        here = [run for run in runs if run.start <= offset < run.end]
        assert len(here) == (1 if over else 0)
        if over:
            assert here[0].depth == len(over)
            assert here[0].top == max(over)[3]


@given(spans_of_letters)
def test_runs_are_in_order_and_as_few_as_can_be(spans: list[tuple[int, int, str]]) -> None:
    runs = flatten(spans, 0, LENGTH)
    for before, after in pairwise(runs):
        assert before.start < before.end <= after.start
        if before.end == after.start:
            assert (before.top, before.depth) != (after.top, after.depth)
