"""The lines of a PDF page, with where they stand, and what of a baseline is one line. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

HYPHEN = "\ufffe"
"""PDFium's sign for a hyphen that divides a word."""
WIDE_GAP = 1.6
"""Ems between two words that are not in the same column."""
CELL_GAP = 0.45
"""Ems between two cells, where columns are seen."""
_FEWEST_CELLS = 2
"""Lines with one left edge that show a column."""
_WORD_GAP = 0.15
SAME_LINE = 0.35
"""Ems by which baselines differ in one line: notes and formulas move up and down."""


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one baseline. Lengths are in points; ``base`` grows upwards."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False


def column_starts(lines: Sequence[Line]) -> frozenset[int]:
    """The left edges, to a point, that several lines have which stand to the right of others."""
    rows: dict[int, float] = {}
    for line in lines:
        base = round(line.base)
        rows[base] = min(line.left, rows.get(base, line.left))
    lefts = Counter(round(line.left) for line in lines if line.left > rows[round(line.base)] + 1)
    found = {left for left, count in lefts.items() if count >= _FEWEST_CELLS}
    return frozenset(place for left in found for place in (left - 1, left, left + 1))


def merged(lines: list[Line], columns: frozenset[int]) -> list[Line]:
    """``lines`` with neighbours on one baseline made one, unless a wide gap lies between.

    Args:
        lines: in the order of the file.
        columns: where cells begin; before these a narrower gap is wide.
    """
    found: list[Line] = []
    for line in lines:
        if not line.text.strip():
            continue
        before = found[-1] if found else None
        if before is not None and abs(before.base - line.base) <= SAME_LINE * max(
            before.size, line.size
        ):
            gap = (line.left - before.right) / max(before.size, line.size, 1.0)
            begins_cell = gap > CELL_GAP and round(line.left) in columns
            if -0.5 < gap <= WIDE_GAP and not begins_cell:
                larger = before if len(before.text) >= len(line.text) else line
                blank = " " if gap > _WORD_GAP else ""
                found[-1] = Line(
                    before.text + blank + line.text,
                    before.left,
                    max(before.right, line.right),
                    larger.base,
                    larger.size,
                    before.bold and line.bold,
                )
                continue
        found.append(line)
    return found
