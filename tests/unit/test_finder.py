"""Hits as the search of the open document hands them over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.text.span_list import SpanList
from tui.finder import Hits


@given(
    st.lists(st.integers(0, 60), unique=True).map(sorted),
    st.integers(0, 60),
    st.integers(0, 10),
    st.integers(1, 7),
)
def test_they_are_in_the_order_of_the_text_however_they_come(
    starts: list[int], origin: int, early: int, size: int
) -> None:
    # The search begins a little before the caret and comes to the start of the text last.
    begin = max(origin - early, 0)
    found = [start for start in starts if start >= begin] + [s for s in starts if s < begin]
    hits = Hits(origin)
    batch = hits.continued()
    for number in range(0, len(found), size):
        some = found[number : number + size]
        # What is handed over at once lies on one side of the end of the text.
        for part in ([s for s in some if s >= begin], [s for s in some if s < begin]):
            batch.extend(SpanList((start, start + 2) for start in part))
        hits.absorb(batch)
        batch = batch.continued()
    hits.complete = True
    assert [hits[index].start for index in range(len(hits))] == starts
    for position in range(62):
        assert hits.from_(position) == sum(start < position for start in starts)
        assert [hit.start for hit in hits.touching(position, position + 3)] == [
            start for start in starts if start < position + 3 and start + 2 > position
        ]
    from_origin = [start for start in starts if start >= origin] or starts
    assert (hits.first.start if hits.first else None) == next(iter(from_origin), None)
