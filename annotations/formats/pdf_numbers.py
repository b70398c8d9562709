"""Line numbers in the margin of a PDF page, as drafts, pleadings and proofs have them. Pure.

They are no part of the text. Numbers count as such only if they stand under each other, count on by
an equal step, and what stands beside them is running text, or nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_STEPS = (1, 2, 5, 10)
FEWEST_NUMBERS = 4
_FEWEST_ALONE = 10
"""Numbers that are line numbers though nothing stands beside most of them."""
_REGULAR = 0.8
"""The share of steps that are equal, at least."""
_GOES_ON = 0.25
"""The share of lines that begin inside a sentence, at least, in running text: tables whose first
column counts their rows have none."""
_ALIGNED = 2.0
"""Points by which the edges of the numbers differ at most."""


class Number(NamedTuple):
    """A number at the beginning or at the end of a baseline. Lengths are in points."""

    value: int
    left: float
    right: float
    base: float
    beside: str
    """What stands on the same baseline, next to it."""


def line_numbers(numbers: Sequence[Number]) -> frozenset[int]:
    """Which of ``numbers``, by their indexes, are line numbers.

    Args:
        numbers: of one side of a page.
    """
    found: set[int] = set()
    order = sorted(range(len(numbers)), key=lambda index: -numbers[index].base)
    for aligned in (_aligned(numbers, order, right=True), _aligned(numbers, order, right=False)):
        for column in aligned:
            counting = _counting(numbers, column)
            if _is_margin([numbers[index] for index in counting]):
                found.update(counting)
    return frozenset(found)


def _aligned(numbers: Sequence[Number], order: Sequence[int], *, right: bool) -> list[list[int]]:
    """The numbers under each other, by one of their edges."""
    columns: dict[int, list[int]] = {}
    for index in order:
        edge = numbers[index].right if right else numbers[index].left
        place = next((at for at in columns if abs(at - edge) <= _ALIGNED), round(edge))
        columns.setdefault(place, []).append(index)
    return [column for column in columns.values() if len(column) >= FEWEST_NUMBERS]


def _counting(numbers: Sequence[Number], column: Sequence[int]) -> list[int]:
    """Those of a column that count on by its usual step; none if most do not."""
    steps = Counter(
        numbers[below].value - numbers[above].value for above, below in pairwise(column)
    )
    step, count = steps.most_common(1)[0]
    if step not in _STEPS or count < _REGULAR * (len(column) - 1):
        return []
    regular = {
        index
        for pair in pairwise(column)
        if numbers[pair[1]].value - numbers[pair[0]].value == step
        for index in pair
    }
    return [index for index in column if index in regular]


def _is_margin(numbers: Sequence[Number]) -> bool:
    if len(numbers) < FEWEST_NUMBERS:
        return False
    beside = [number.beside for number in numbers if number.beside]
    if 2 * len(beside) < len(numbers):
        return len(numbers) >= _FEWEST_ALONE
    return sum(text[0].islower() for text in beside) >= _GOES_ON * len(beside)
