"""Where the rows of a text begin and end.

A row is found by jumping to where it is full and looking back for the last place to end it. Where
every character takes one cell the jump is an addition; only a line with wide or joined characters
is measured.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate, repeat

from annotations.text.breaks import last_opportunity
from annotations.text.graphemes import are_apart, cluster_width, clusters, is_plain, snap

_SIGN = re.compile(r"[^\w\s.,:;'’\"“”]|[.,:;]\d")
"""Where else than at a blank a row of plain text may end: near one of these."""

Reach = Callable[[int, int], int]
"""Tells how far a row reaches that begins at an offset and has room for some cells."""


def wrap(text: str, width: int, first: int | None = None) -> list[tuple[int, int]]:
    """The rows of a text: (start, end) of each, without the blanks at which it was broken.

    A row ends where Unicode allows a line to end, at ``\\n``, or, where a word is longer than a
    row, between two clusters.

    Args:
        text: What is to be wrapped.
        width: Cells of a row, at least 2.
        first: Cells of the first row, where it differs.
    """
    rows: list[tuple[int, int]] = []
    start = 0
    room = width if first is None else first
    while True:
        line_end = text.find("\n", start)
        end = len(text) if line_end < 0 else line_end
        plain = is_plain(text[start:end])
        reach = _plain_reach if plain else _measured_reach(text, start, end)
        _wrap_line(text, start, end, room, width, reach, plain, rows)
        if line_end < 0:
            return rows
        start, room = end + 1, width


def _plain_reach(start: int, room: int) -> int:
    """Every character takes one cell."""
    return start + room


def _measured_reach(text: str, start: int, end: int) -> Reach:
    """The characters of a cluster but the first take no cell, so that no row ends between them."""
    line = text[start:end]
    cells = map(cluster_width, line) if are_apart(line) else _cells(line)
    sums = list(accumulate(cells, initial=0))

    def reach(row: int, room: int) -> int:
        before = sums[row - start]
        limit = bisect_right(sums, before + room) - 1
        if start + limit <= row:
            # A cluster wider than a row stands on one of its own.
            limit = bisect_right(sums, sums[min(row - start + 1, len(line))]) - 1
        return start + limit

    return reach


def _cells(line: str) -> Iterator[int]:
    for first, last in clusters(line):
        yield cluster_width(line[first:last])
        yield from repeat(0, last - first - 1)


def _wrap_line(
    text: str,
    start: int,
    end: int,
    room: int,
    width: int,
    reach: Reach,
    plain: bool,
    rows: list[tuple[int, int]],
) -> None:
    """The rows of a text without line ends, added to the others."""
    end = _trim(text, start, end)
    while (limit := reach(start, room)) < end:
        cut = text.rfind(" ", start, limit + 1) + 1
        if not plain or cut <= start or not _is_sure(text, start, cut, limit):
            cut = last_cut(text, start, end, limit)
        rows.append((start, _trim(text, start, cut)))
        start, room = _past_blanks(text, cut, end), width
    rows.append((start, end))


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] == " ":
        end -= 1
    return end


def _past_blanks(text: str, offset: int, end: int) -> int:
    """Behind the blanks at an offset, but for one that carries a mark."""
    while offset < end and text[offset] == " ":
        offset += 1
    return snap(text, offset)


def _is_sure(text: str, start: int, cut: int, limit: int) -> bool:
    """Whether a row surely ends at the last blank before the limit: at a word, none of it left."""
    last = text[max(_trim(text, start, cut) - 1, start)]
    return (
        (last.isalnum() or last in ".,;:!?")
        and text[cut : cut + 1].isalnum()
        and not _SIGN.search(text, cut, limit)
    )


def last_cut(text: str, start: int, end: int, limit: int) -> int:
    """Where a row that may reach to ``limit`` ends; the blanks there may lie beyond the limit."""
    beyond = _past_blanks(text, limit, end)
    cut = last_opportunity(text[start:end], 0, beyond - start) + start
    while cut > start and snap(text, cut) != cut:
        cut = last_opportunity(text[start:end], 0, snap(text, cut) - start) + start
    return cut if cut > start else limit
