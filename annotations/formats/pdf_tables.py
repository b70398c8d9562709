"""Tables on a PDF page: which lines are cells, and which cells are one row. Pure functions.

A table is a run of baselines whose parts keep to columns that nothing bridges. What stands in one
row of it is told, in this order, by rules or shades between the rows, by wider gaps between them,
and by words that would have fitted on the line above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from math import inf
from statistics import median
from typing import NamedTuple

from annotations.formats.pdf_lines import Line

_NEAR, _FARTHEST = 3.5, 12.0
"""Ems between two baselines of a table, at most: the second where columns are kept to exactly."""
_ALIGNED = 2.0
"""Points."""
_TIGHT = 1.15
"""Of the closest leading in a column, up to which two lines are in one cell."""
_WRAPPED = 1.5
"""Ems between the baselines of lines in one cell, at most."""
_RAISED = 0.8
"""Ems by which the baselines of two rows differ at least."""
_SMALLER = 0.85
"""Of the type beside it, what exponents are set in at most."""
_COVERED = 0.6
"""The share of a table's width that a rule between two rows takes, at least."""

Row = Sequence[Line]
"""The lines on one baseline, from left to right."""


class Rule(NamedTuple):
    """The upper or lower edge of something drawn. Lengths are in points."""

    y: float
    left: float
    right: float


class Table(NamedTuple):
    """Rows of cells; ``first`` and ``end`` count the baselines that they stand on."""

    first: int
    end: int
    rows: list[Line]
    """One line a row: its cells are parted by tabs, the lines of a cell by line ends."""


class _Column(NamedTuple):
    left: float
    right: float


def tables(rows: Sequence[Row], rules: Sequence[Rule]) -> Iterator[Table]:
    """The tables among the baselines of a column of text, in order.

    Args:
        rows: what stands on each baseline, from the top.
        rules: what is drawn on the page.
    """
    number = 0
    while number < len(rows):
        end, columns = _extent(rows, number) if len(rows[number]) > 1 else (number, [])
        if len(columns) < 2 or sum(len(row) > 1 for row in rows[number:end]) < 2:
            number += 1
            continue
        if _are_formulas(rows[number:end]):
            yield Table(number, end, [_across(row) for row in rows[number:end]])
            number = end
            continue
        first = _first(rows, number, columns)
        inside = rows[first:end]
        columns = reduce(_merged, inside, columns)
        starts = _starts(inside, columns, rules)
        lines = [
            _line(inside[start:following], columns)
            for start, following in pairwise([*starts, len(inside)])
        ]
        yield Table(first, end, lines)
        number = end


def _are_formulas(rows: Sequence[Row]) -> bool:
    """Whether smaller type stands between the baselines, as in exponents."""
    return any(
        above[0].base - row[0].base < _RAISED * max(_size(above), _size(row))
        and not _SMALLER < _size(above) / _size(row) < 1 / _SMALLER
        for above, row in pairwise(rows)
    )


def _across(row: Row) -> Line:
    """A baseline as a line, its parts with tabs between them."""
    return replace(
        row[0],
        text="\t".join(line.text for line in row),
        right=max(line.right for line in row),
        size=_size(row),
        bold=all(line.bold for line in row),
    )


def _extent(rows: Sequence[Row], first: int) -> tuple[int, list[_Column]]:
    """Where the table that begins at ``first`` ends, and its columns."""
    columns = _merged([], rows[first])
    number = first + 1
    while number < len(rows) and _is_near(rows, number, columns):
        wider = _merged(columns, rows[number])
        if len(wider) < len(columns):
            break
        columns = wider
        number += 1
    # Below the last row of several cells, what is far, or in the first column alone, is text again.
    if len(columns) < 2:
        return number, columns
    while (
        number - 1 > first and len(rows[number - 1]) == 1 and not _hangs(rows, number - 1, columns)
    ):
        number -= 1
    return number, columns


def _is_near(rows: Sequence[Row], number: int, columns: Sequence[_Column]) -> bool:
    """Whether a row may belong to the table above it; one that is far keeps to its columns."""
    row = rows[number]
    gap = _gap(rows, number) / _size(row)
    kept = sum(
        abs(line.left - column.left) < _ALIGNED or abs(line.right - column.right) < _ALIGNED
        for line in row
        for column in columns
    )
    return gap <= _NEAR or (gap <= _FARTHEST and kept > 1)


def _first(rows: Sequence[Row], number: int, columns: Sequence[_Column]) -> int:
    """The first baseline of a table: the lines of a tall cell may stand above its neighbours'."""
    while (
        number
        and len(rows[number - 1]) == 1
        and _gap(rows, number) <= _WRAPPED * _size(rows[number])
    ):
        above = rows[number - 1][0]
        if above.left < columns[1].left - 1 or len(_merged(columns, [above])) < len(columns):
            break
        number -= 1
    return number


def _hangs(rows: Sequence[Row], number: int, columns: Sequence[_Column]) -> bool:
    """Whether a lone line goes on with a cell of the table above it."""
    line = rows[number][0]
    if _gap(rows, number) > _WRAPPED * line.size:
        return False
    above = _cell(rows[number - 1], columns[0])
    if line.left > columns[0].right or not above:
        return True
    return abs(above[0].size - line.size) < 1 and not _is_new(above[-1], line, columns[0].right)


def _gap(rows: Sequence[Row], number: int) -> float:
    return rows[number - 1][0].base - rows[number][0].base


def _size(row: Row) -> float:
    return max(line.size for line in row)


def _merged(columns: Sequence[_Column], row: Row) -> list[_Column]:
    """The columns with the row's parts in them: what they touch becomes one."""
    spans = sorted([*columns, *(_Column(line.left, line.right) for line in row)])
    merged: list[_Column] = []
    for span in spans:
        if merged and span.left <= merged[-1].right:
            merged[-1] = _Column(merged[-1].left, max(merged[-1].right, span.right))
        else:
            merged.append(span)
    return merged


def _starts(rows: Sequence[Row], columns: Sequence[_Column], rules: Sequence[Rule]) -> list[int]:
    """The baselines that begin a row of the table."""
    ruled = _ruled(rows, columns, rules)
    if len(ruled) > 2:
        return ruled
    apart = _apart(rows, columns)
    if len(apart) > 1:
        return [
            start + inner
            for start, end in pairwise([*apart, len(rows)])
            for inner in _parted(rows[start:end], columns)
        ]
    if _are_full(rows, columns):
        return list(range(len(rows)))
    return _by_words(rows, columns)


def _are_full(rows: Sequence[Row], columns: Sequence[_Column]) -> bool:
    """Whether there is something in every column of every baseline: cells do not all end together
    when they are wrapped."""
    return all(len(row) == len(columns) for row in rows)


def _parted(rows: Sequence[Row], columns: Sequence[_Column]) -> list[int]:
    """The baselines that begin a row, among some that no wide gap parts."""
    if len(rows) > 2 and _are_full(rows, columns):
        return list(range(len(rows)))
    return _by_words(rows, columns, full=True)


def _ruled(rows: Sequence[Row], columns: Sequence[_Column], rules: Sequence[Rule]) -> list[int]:
    """The rows that something is drawn above, over most of the table's width."""
    width = columns[-1].right - columns[0].left
    starts = [0]
    for number, (above, row) in enumerate(pairwise(rows), 1):
        top, bottom = above[0].base, row[0].base
        between = [
            (max(rule.left, columns[0].left), min(rule.right, columns[-1].right))
            for rule in rules
            if bottom + 0.2 * _size(row) < rule.y < top
        ]
        if _length(between) >= _COVERED * width:
            starts.append(number)
    return starts


def _length(spans: Iterable[tuple[float, float]]) -> float:
    """How much of a line is covered."""
    length, done = 0.0, -inf
    for left, right in sorted(spans):
        length += max(right - max(left, done), 0.0)
        done = max(done, right)
    return length


def _apart(rows: Sequence[Row], columns: Sequence[_Column]) -> list[int]:
    """The rows that begin where no cell goes on, by the distances of the lines in each column."""
    places = [
        [number for number, row in enumerate(rows) if _cell(row, column)] for column in columns
    ]
    steps = [
        (rows[above][0].base - rows[below][0].base, above, below)
        for column in places
        for above, below in pairwise(column)
    ]
    size = median(_size(row) for row in rows)
    leading = min((step for step, _, _ in steps if step > 0.9 * size), default=0.0)
    if not leading or leading > _WRAPPED * size:
        return list(range(len(rows)))
    inside = {
        number
        for step, above, below in steps
        if step <= _TIGHT * leading
        for number in range(above + 1, below + 1)
    }
    return [number for number in range(len(rows)) if number not in inside]


def _by_words(rows: Sequence[Row], columns: Sequence[_Column], *, full: bool = False) -> list[int]:
    """The rows that begin with something that no cell above would have gone on with so.

    Args:
        rows: on a baseline each.
        columns: of the table.
        full: whether only a baseline with something in all columns may begin a row, as where wide
            gaps have told of others already.
    """
    starts = [0]
    last: list[Line | None] = [None] * len(columns)
    for number, row in enumerate(rows):
        cells = [_cell(row, column) for column in columns]
        if (
            number
            and (not full or all(cells))
            and any(
                cell and above and _is_new(above, cell[0], column.right)
                for cell, above, column in zip(cells, last, columns, strict=True)
            )
        ):
            starts.append(number)
        last = [cell[-1] if cell else above for cell, above in zip(cells, last, strict=True)]
    return starts


def _is_new(above: Line, line: Line, right: float) -> bool:
    """Whether ``line`` is no more of the cell above it: its first word would have fitted there."""
    if above.text[-1:].isdigit() and line.text[:1].isdigit():
        return True
    letter = (line.right - line.left) / max(len(line.text), 1)
    word = line.text.split(maxsplit=1)[0]
    return right - above.right > letter * (len(word) + 1) and not line.text[:1].islower()


def _cell(row: Row, column: _Column) -> list[Line]:
    return [line for line in row if column.left <= line.left <= column.right]


def _line(rows: Sequence[Row], columns: Sequence[_Column]) -> Line:
    """One row of the table as a line."""
    cells = [
        "\n".join(line.text for row in rows for line in _cell(row, column)) for column in columns
    ]
    lines = [line for row in rows for line in row]
    return Line(
        "\t".join(cells).rstrip("\t"),
        min(line.left for line in lines),
        max(line.right for line in lines),
        rows[0][0].base,
        max(line.size for line in lines),
        all(line.bold for line in lines),
    )
