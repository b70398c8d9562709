"""Counts as small bars of text. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

_EIGHTHS = " ▏▎▍▌▋▊▉"
_SPANS = (1, 2, 5, 10, 20, 50, 100)


def bar(number: int, most: int, cells: int) -> str:
    """A bar for ``number`` where one for ``most`` is ``cells`` long, in steps of an eighth; what is
    not nothing is at least one step."""
    if number <= 0:
        return ""
    eighths = max(1, round(8 * cells * min(number, most) / max(1, most)))
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def periods(years: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """Counts of years as at most about ``most`` periods of equal length, in order.

    Args:
        years: How many there are of each year of four digits; those of anything else, ``""`` among
            them, come last as ``undated``.
        most: How many periods may be told apart.
    """
    dated = {int(year): count for year, count in years.items() if _is_year(year)}
    undated = sum(count for year, count in years.items() if not _is_year(year))
    length = next(
        (each for each in _SPANS if len({year // each for year in dated}) <= most), _SPANS[-1]
    )
    counts: Counter[int] = Counter()
    for year, count in dated.items():
        counts[year // length * length] += count
    rows = [(_label(first, length), counts[first]) for first in sorted(counts)]
    return [*rows, *([("undated", undated)] if undated else [])]


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()


def _label(first: int, length: int) -> str:
    last = first + length - 1
    return f"{first:04}" if length == 1 else f"{first:04}–{last % 100:02}"
