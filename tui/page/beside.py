"""Notes beside a text: each at its row, pushed away where two would overlap. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate


def beside(
    wanted: Sequence[int], heights: Sequence[int], room: int, pinned: int | None = None
) -> list[int]:
    """The first row of each note.

    Each is pushed down below the one before where it would lie on it. Those that would reach below
    the last row are moved up as far as there is space. The pinned one stands at its own row: those
    before it make way upwards, as long as they are not pushed over the top while there is space
    for all below.

    Args:
        wanted: The row that each belongs to, in order.
        heights: The rows that each takes.
        room: How many rows there are.
        pinned: The index of the one that wins its place.
    """
    tops = _pushed_down(wanted, heights)
    if pinned is not None and tops[pinned] != wanted[pinned]:
        tops[pinned] = wanted[pinned]
        if 0 <= wanted[pinned] < room:
            before = sum(heights[bisect_left(wanted, 0) : pinned])
            rest = sum(heights[pinned : bisect_left(wanted, room)])
            tops[pinned] = max(tops[pinned], min(before, room - rest))
        for at in range(pinned - 1, -1, -1):
            tops[at] = min(tops[at], tops[at + 1] - heights[at])
        tops[pinned + 1 :] = _pushed_down(
            wanted[pinned + 1 :], heights[pinned + 1 :], tops[pinned] + heights[pinned]
        )
    first = max(bisect_left(wanted, 0), 0 if pinned is None else pinned + 1)
    last = bisect_left(wanted, room)
    free = max(0, tops[first - 1] + heights[first - 1]) if first else 0
    tops[first:last] = _pulled_up(tops[first:last], heights[first:last], free, room)
    return tops


def _pulled_up(tops: Sequence[int], heights: Sequence[int], free: int, room: int) -> Sequence[int]:
    """The first rows, none below what leaves room for those after it, but none above those that are
    packed together from the row ``free`` on."""
    packed = list(accumulate(heights, initial=free))
    pulled = list(tops)
    for at in reversed(range(len(tops))):
        pulled[at] = max(packed[at], min(tops[at], room - heights[at]))
        room = pulled[at]
    return pulled


def _pushed_down(
    wanted: Sequence[int], heights: Sequence[int], free: int | None = None
) -> list[int]:
    """The first rows, none above the row ``free`` or the end of the one before."""
    tops: list[int] = []
    for row, height in zip(wanted, heights, strict=True):
        tops.append(row if free is None else max(row, free))
        free = tops[-1] + height
    return tops
