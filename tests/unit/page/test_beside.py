"""Notes beside a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.page.beside import beside

NOTES = st.lists(st.tuples(st.integers(-20, 60), st.integers(1, 7)), min_size=1, max_size=12)


def test_each_stands_at_its_row_and_is_pushed_down_by_the_one_before() -> None:
    assert beside([2, 10, 11, 30], [3, 4, 2, 3], 40) == [2, 10, 14, 30]


def test_the_pinned_one_wins_its_place() -> None:
    assert beside([4, 8, 9, 12], [3, 3, 3, 3], 20, 2) == [3, 6, 9, 12]
    assert beside([2, 3, 4, 5], [3, 3, 3, 3], 10, 2) == [-2, 1, 4, 7]


def test_none_is_pushed_over_the_top_while_there_is_space_below() -> None:
    assert beside([2, 3, 4, 5], [3, 3, 3, 3], 20, 2) == [0, 3, 6, 9]
    assert beside([1, 1, 1], [3, 4, 3], 20, 2) == [0, 3, 7]
    assert beside([-5, 1, 1], [4, 4, 3], 20, 2) == [-5, 0, 4]


def test_those_at_the_bottom_are_moved_up_where_there_is_space() -> None:
    assert beside([2, 18, 19], [3, 4, 4], 20) == [2, 12, 16]
    assert beside([0, 1, 19], [3, 4, 4], 10) == [0, 3, 19]
    assert beside([-1, 1, 2, 3], [3, 4, 4, 4], 10) == [-1, 2, 6, 10]
    assert beside([5, 6, 7], [3, 3, 3], 10, 0) == [5, 8, 11]


@given(NOTES, st.data())
def test_none_overlap_and_the_pinned_one_is_where_it_wants(
    notes: list[tuple[int, int]], data: st.DataObject
) -> None:
    wanted = sorted(row for row, _ in notes)
    heights = [height for _, height in notes]
    pinned = data.draw(st.none() | st.integers(0, len(notes) - 1))
    room = data.draw(st.integers(1, 60))
    tops = beside(wanted, heights, room, pinned)
    assert all(
        top + height <= below for top, height, below in zip(tops, heights, tops[1:], strict=False)
    )
    if pinned is not None:
        moved = tops[pinned] > wanted[pinned]
        assert moved or tops[pinned] == wanted[pinned]
        if moved:
            here = [at for at, row in enumerate(wanted) if 0 <= row < room]
            assert tops[here[0]] <= 0
            assert tops[here[-1]] + heights[here[-1]] <= room
    ends = [row + height for row, height in zip(wanted, heights, strict=True)]
    if all(end <= below for end, below in zip(ends, [*wanted[1:], room], strict=True)):
        assert tops == wanted
