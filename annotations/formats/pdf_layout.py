"""The reading order of pages: columns, table rows, and what stands on every page. Pure functions.

The rules were found by trial on papers, reports and books; the numbers in them are ems, points, or
shares, as their names say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from annotations.formats.pdf_index import is_index
from annotations.formats.pdf_lines import Line
from annotations.formats.pdf_tables import Rule, tables

_EDGE_LINES = 2
"""How many lines at the top, and at the bottom, may be running heads or feet."""
_RECURS = 0.25
"""The share of pages that a running head stands on at least."""
_GRID = 2.0
"""Points between the places where a gutter is looked for."""
_FEWEST_LINES = 8
"""A page with fewer is not divided into columns."""
_MOST_CROSSING = 0.25
"""The share of lines that may run across a gutter: titles, abstracts, wide tables."""
_LEAST_SIDE = 0.15
"""The share of lines that stand on either side of a gutter at least."""
_FILLED = 0.55
"""How much of its column the middle line of running text takes; table cells take less."""
_FEWEST_LETTERS = 15
"""Code points that the middle line of a column has at least; cells of tables have fewer."""
_SAME_ROW = 0.35
"""Ems."""
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_MARKER = re.compile(r"[-*•‣◦▪●○■□–·]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,6})[.)]")


@dataclass(frozen=True, slots=True)
class Habits:
    """What is usual in the pages that are looked at together."""

    size: float
    """Of the body's type, in points."""
    leading: float
    """Between two baselines, in points."""


def habits(pages: Iterable[Sequence[Line]]) -> Habits:
    """The usual size, by characters, and the most common distance between baselines."""
    sizes: Counter[float] = Counter()
    distances: Counter[float] = Counter()
    for lines in pages:
        for before, line in pairwise(lines):
            distance = before.base - line.base
            if 0 < distance < 4 * line.size:
                distances[round(distance * 4) / 4] += 1
        for line in lines:
            sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    leading = distances.most_common(1)[0][0] if distances else 1.2 * size
    return Habits(size, leading)


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages' lines without heads, feet and page numbers.

    They are first or last lines whose text, numbers aside, recurs on a quarter of the pages.
    """
    edges = [_edges(lines) for lines in pages]
    counts = Counter(key for page in edges for key in {_key(line) for line in page})
    needed = max(2, _RECURS * len(pages))
    return [
        [line for line in lines if line not in edge or counts[_key(line)] < needed]
        for lines, edge in zip(pages, edges, strict=True)
    ]


def _edges(lines: Sequence[Line]) -> set[Line]:
    """The lines on the page's first and last baselines."""
    bases = sorted({line.base for line in lines})
    outer = {*bases[:_EDGE_LINES], *bases[-_EDGE_LINES:]}
    return {line for line in lines if line.base in outer}


def _key(line: Line) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split()).casefold())


def usual_gutter(pages: Sequence[Sequence[Line]]) -> float | None:
    """Where the gutter of most pages is, if a third of them have one."""
    gutters = [place for place in map(_gutter, pages) if place is not None]
    return median(gutters) if 3 * len(gutters) >= len(pages) and gutters else None


def regions(
    lines: Sequence[Line], usual: float | None = None, rules: Sequence[Rule] = ()
) -> list[list[Line]]:
    """The lines in reading order, apart where a reader's eye jumps: at columns, and around them.

    Args:
        lines: of a page.
        usual: the gutter of the pages around it, which serves for one that does not show its own:
            it has too few lines, or something else than running text in a column.
        rules: what is drawn on the page, which parts the rows of tables.
    """
    gutter = _gutter(lines)
    if gutter is None and usual is not None and _may_part(lines, usual):
        gutter = usual
    if gutter is None:
        ordered = _rows(lines, rules)
        return [ordered] if ordered else []
    found: list[list[Line]] = []
    spanning: list[Line] = []
    band: list[Line] = []

    def close() -> None:
        if spanning:
            found.append(_rows(spanning, rules))
        left = [line for line in band if line.right <= gutter]
        right = [line for line in band if line.right > gutter]
        for side in (left, right):
            found.extend(regions(side, rules=rules))
        spanning.clear()
        band.clear()

    for line in sorted(lines, key=lambda line: (-line.base, line.left)):
        if line.left < gutter < line.right:
            if band:
                close()
            spanning.append(line)
        else:
            band.append(line)
    close()
    return found


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where a blank strip parts two columns of running text; None where none does."""
    if len(lines) < _FEWEST_LINES:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    steps = int((right - left) / _GRID)
    crossing = [0] * (steps + 2)
    for line in lines:
        crossing[int((line.left - left) / _GRID) + 1] += 1
        crossing[min(int((line.right - left) / _GRID) + 1, steps + 1)] -= 1
    depth = 0
    best: tuple[int, float] | None = None
    for step in range(steps):
        depth += crossing[step]
        place = left + step * _GRID
        if 0.2 * steps < step < 0.8 * steps and (best is None or depth < best[0]):
            best = depth, place
    if best is None or best[0] > _MOST_CROSSING * len(lines):
        return None
    return best[1] if _parts_columns(lines, best[1]) else None


def _may_part(lines: Sequence[Line], gutter: float) -> bool:
    """Whether the gutter of other pages may be one here: nothing crosses it, or little does and
    there is running text beside it."""
    crossing = sum(line.left < gutter < line.right for line in lines)
    if not crossing:
        return True
    return crossing <= _MOST_CROSSING * len(lines) and any(
        len(side) >= _FEWEST_LINES and _is_running_text(side) for side in _sides(lines, gutter)
    )


def _parts_columns(lines: Sequence[Line], gutter: float) -> bool:
    sides = _sides(lines, gutter)
    for side in sides:
        if len(side) < max(4, _LEAST_SIDE * len(lines)):
            return False
        if not (_is_running_text(side) or is_index(side)):
            return False
    tops = [max(line.base for line in side) for side in sides]
    bottoms = [min(line.base for line in side) for side in sides]
    return min(tops) > max(bottoms)


def _sides(lines: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    """The lines to the left and to the right of a gutter."""
    return (
        [line for line in lines if line.right <= gutter],
        [line for line in lines if line.left >= gutter],
    )


def _is_running_text(side: Sequence[Line]) -> bool:
    """Whether the lines fill the column that they stand in, or columns inside it."""
    if median(len(line.text) for line in side) < _FEWEST_LETTERS:
        return False
    width = max(line.right for line in side) - min(line.left for line in side)
    filled = median(line.right - line.left for line in side) >= _FILLED * width
    return filled or _gutter(side) is not None


def _rows(lines: Iterable[Line], rules: Sequence[Rule]) -> list[Line]:
    """Lines from top to bottom; the rows of tables are one each.

    A lone row of several parts is no table: its parts are joined with blanks.
    """
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.base, line.left)):
        if rows and rows[-1][0].base - line.base <= _SAME_ROW * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    rows = [sorted(row, key=lambda line: line.left) for row in rows]
    rows = [[_joined(row)] if _MARKER.fullmatch(row[0].text) else row for row in rows]
    found: list[Line] = []
    done = 0
    for table in tables(rows, rules):
        found += map(_joined, rows[done : table.first])
        found += table.rows
        done = table.end
    return found + [_joined(row) for row in rows[done:]]


def _joined(row: Sequence[Line]) -> Line:
    return replace(
        row[0],
        text=" ".join(line.text for line in row),
        right=max(line.right for line in row),
        size=max(line.size for line in row),
        bold=all(line.bold for line in row),
    )
