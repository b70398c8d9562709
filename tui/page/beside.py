"""Notes beside a text: each at its row, pushed away where two would overlap. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def beside(wanted: Sequence[int], heights: Sequence[int], pinned: int | None = None) -> list[int]:
    """The first row of each note.

    Each is pushed down below the one before where it would lie on it. The pinned one stands at its
    own row: those before it make way upwards.

    Args:
        wanted: The row that each belongs to, in order.
        heights: The rows that each takes.
        pinned: The index of the one that wins its place.
    """
    tops = _pushed_down(wanted, heights)
    if pinned is None or tops[pinned] == wanted[pinned]:
        return tops
    tops[pinned] = wanted[pinned]
    for at in range(pinned - 1, -1, -1):
        tops[at] = min(tops[at], tops[at + 1] - heights[at])
    tops[pinned + 1 :] = _pushed_down(
        wanted[pinned + 1 :], heights[pinned + 1 :], tops[pinned] + heights[pinned]
    )
    return tops


def _pushed_down(
    wanted: Sequence[int], heights: Sequence[int], free: int | None = None
) -> list[int]:
    """The first rows, none above the row ``free`` or the end of the one before."""
    tops: list[int] = []
    for row, height in zip(wanted, heights, strict=True):
        tops.append(row if free is None else max(row, free))
        free = tops[-1] + height
    return tops
