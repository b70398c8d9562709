"""Relations between two sets of spans, by one sweep over both. Pure.

Both sides come sorted by text and start, and are read once, side by side: the cost is that of
reading them, and what is held is a few numbers (for ``contains``, the right spans that begin in
the longest open left one), however many spans there are and however they lie.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from annotations.query.nodes import Relation

Placed = tuple[str, int, int, int]
"""The text that a span lies in, its start, its end (start < end), and what it is known by."""

Closeness = Callable[[str, int, int], bool]
"""Whether a span that ends at the first offset of a text is near one that starts at the second."""

_text_of = itemgetter(0)


def related(
    lefts: Iterable[Placed],
    relation: Relation,
    rights: Iterable[Placed],
    is_near: Closeness | None = None,
) -> Iterator[int]:
    """What those of ``lefts`` are known by that have one of ``rights`` in ``relation``, in order.

    Args:
        lefts: Spans sorted by text, then start.
        relation: How a left span has to lie to a right one.
        rights: Spans sorted in the same way.
        is_near: Decides about spans that do not overlap; only for ``near``, which needs it. It has
            to hold for any distance shorter than one for which it holds.
    """
    sweep = _near(is_near) if is_near else _SWEEPS[relation]
    groups = groupby(rights, key=_text_of)
    text, group = next(groups, ("", iter(())))
    for left_text, members in groupby(lefts, key=_text_of):
        while text < left_text:
            text, group = next(groups, (_AFTER_ALL, iter(())))
        if text == left_text:
            yield from sweep(members, group)


_AFTER_ALL = "\U0010ffff"
"""Sorts after the id of every text."""

_Sweep = Callable[[Iterator[Placed], Iterator[Placed]], Iterator[int]]


_NONE_BEFORE = -1
_NONE_AFTER = sys.maxsize


def _beside(lefts: Iterator[Placed], rights: Iterator[Placed]) -> Iterator[tuple[Placed, int, int]]:
    """Each left span with the furthest end of the right ones that begin at or before its start,
    and the start of the first that begins after it: these decide most relations."""
    furthest = _NONE_BEFORE
    coming = next(rights, None)
    for left in lefts:
        while coming and coming[1] <= left[1]:
            furthest = max(furthest, coming[2])
            coming = next(rights, None)
        yield left, furthest, coming[1] if coming else _NONE_AFTER


def _overlapping(lefts: Iterator[Placed], rights: Iterator[Placed]) -> Iterator[int]:
    for (_, start, end, known_by), furthest, following in _beside(lefts, rights):
        if furthest > start or following < end:
            yield known_by


def _within(lefts: Iterator[Placed], rights: Iterator[Placed]) -> Iterator[int]:
    for (_, _, end, known_by), furthest, _ in _beside(lefts, rights):
        if furthest >= end:
            yield known_by


def _near(is_near: Closeness) -> _Sweep:
    def sweep(lefts: Iterator[Placed], rights: Iterator[Placed]) -> Iterator[int]:
        for (text, start, end, known_by), furthest, following in _beside(lefts, rights):
            if (
                furthest > start
                or following < end
                or (furthest != _NONE_BEFORE and is_near(text, furthest, start))
                or (following != _NONE_AFTER and is_near(text, end, following))
            ):
                yield known_by

    return sweep


def _containing(lefts: Iterator[Placed], rights: Iterator[Placed]) -> Iterator[int]:
    # The right spans from the left one's start on: of two, one that begins earlier and does not
    # end earlier can never be the only one inside, so ends ascend and the first is the least.
    inside: deque[tuple[int, int]] = deque()
    coming = next(rights, None)
    for _, start, end, known_by in lefts:
        while coming and coming[1] < end:
            while inside and inside[-1][1] >= coming[2]:
                inside.pop()
            inside.append((coming[1], coming[2]))
            coming = next(rights, None)
        while inside and inside[0][0] < start:
            inside.popleft()
        if inside and inside[0][1] <= end:
            yield known_by


def _before(lefts: Iterator[Placed], rights: Iterator[Placed]) -> Iterator[int]:
    last_start = max(right[1] for right in rights)
    return (left[3] for left in lefts if left[2] <= last_start)


def _after(lefts: Iterator[Placed], rights: Iterator[Placed]) -> Iterator[int]:
    first_end = min(right[2] for right in rights)
    return (left[3] for left in lefts if left[1] >= first_end)


_SWEEPS: dict[Relation, _Sweep] = {
    Relation.OVERLAPS: _overlapping,
    Relation.WITHIN: _within,
    Relation.CONTAINS: _containing,
    Relation.BEFORE: _before,
    Relation.AFTER: _after,
}
