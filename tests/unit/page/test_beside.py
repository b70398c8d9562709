"""Notes beside a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.page.beside import beside

NOTES = st.lists(st.tuples(st.integers(-20, 60), st.integers(1, 7)), min_size=1, max_size=12)


def test_each_stands_at_its_row_and_is_pushed_down_by_the_one_before() -> None:
    assert beside([2, 10, 11, 30], [3, 4, 2, 3]) == [2, 10, 14, 30]


def test_the_pinned_one_wins_its_place() -> None:
    assert beside([2, 3, 4, 5], [3, 3, 3, 3], 2) == [-2, 1, 4, 7]


@given(NOTES, st.data())
def test_none_overlap_and_the_pinned_one_is_where_it_wants(
    notes: list[tuple[int, int]], data: st.DataObject
) -> None:
    wanted = sorted(row for row, _ in notes)
    heights = [height for _, height in notes]
    pinned = data.draw(st.none() | st.integers(0, len(notes) - 1))
    tops = beside(wanted, heights, pinned)
    assert all(
        top + height <= below for top, height, below in zip(tops, heights, tops[1:], strict=False)
    )
    if pinned is not None:
        assert tops[pinned] == wanted[pinned]
    if all(a + h <= b for a, h, b in zip(wanted, heights, wanted[1:], strict=False)):
        assert tops == wanted
