"""Where the rows of a text begin and end.

Two ways to one result: where every character is one cell wide, rows are found by jumping to the
limit and looking back for the last blank; only a text with wide or joined characters is measured
cluster by cluster.
"""

from __future__ import annotations

import re

from annotations.text.breaks import opportunities
from annotations.text.graphemes import cluster_width, clusters, is_plain

_SIGN = re.compile(r"[^\w\s.,:;'’\"“”]|[.,:;]\d")
"""Where else than at a blank a row of plain text may end: near one of these."""


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
        end = text.find("\n", start)
        line_end = len(text) if end < 0 else end
        if is_plain(text[start:line_end]):
            _wrap_plain(text, start, line_end, room, width, rows)
        else:
            _wrap_measured(text, start, line_end, room, width, rows)
        if end < 0:
            return rows
        start, room = end + 1, width


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] == " ":
        end -= 1
    return end


def _wrap_plain(
    text: str, start: int, end: int, room: int, width: int, rows: list[tuple[int, int]]
) -> None:
    """Rows of text whose every character takes one cell."""
    end = _trim(text, start, end)
    while end - start > room:
        limit = start + room
        cut = text.rfind(" ", start, limit + 1) + 1
        if cut <= start or not _is_sure(text, start, cut, limit):
            cut = _last_opportunity(text, start, end, limit)
        if cut <= start:
            cut = limit
        rows.append((start, _trim(text, start, cut)))
        while cut < end and text[cut] == " ":
            cut += 1
        start = cut
        room = width
    rows.append((start, end))


def _is_sure(text: str, start: int, cut: int, limit: int) -> bool:
    """Whether a row surely ends at the last blank before the limit: at a word, none of it left."""
    last = text[max(_trim(text, start, cut) - 1, start)]
    return (
        (last.isalnum() or last in ".,;:!?")
        and text[cut : cut + 1].isalnum()
        and not _SIGN.search(text, cut, limit)
    )


def _last_opportunity(text: str, start: int, end: int, limit: int) -> int:
    """The last place where a row that may reach to ``limit`` may end; its start if there is none.

    The blanks at which it ends may lie beyond the limit.
    """
    beyond = limit
    while beyond < end and text[beyond] == " ":
        beyond += 1
    found = opportunities(text[start : beyond + 2])
    return start + max((each for each in found if start + each <= beyond), default=0)


def _wrap_measured(
    text: str, start: int, end: int, room: int, width: int, rows: list[tuple[int, int]]
) -> None:
    """Rows of text whose clusters differ in width."""
    line = text[start:end]
    allowed = set(opportunities(line))
    edges = list(clusters(line))
    row = cut = after_cut = used = number = 0
    while number < len(edges):
        first, last = edges[number]
        cells = cluster_width(line[first:last])
        if first in allowed:
            cut, after_cut = first, number
        if used + cells > room and first > row and line[first] != " ":
            if cut <= row:
                cut, after_cut = first, number
            rows.append((start + row, start + _trim(line, row, cut)))
            row, number, used, room = cut, after_cut, 0, width
            continue
        used += cells
        number += 1
    rows.append((start + row, start + _trim(line, row, len(line))))
