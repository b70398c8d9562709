"""Overlapping spans flattened into runs that follow each other: one sweep over sorted edges.

The cost is that of sorting the edges, however many spans lie over one another.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Run(NamedTuple, Generic[T]):
    """A run over which the same spans lie; ``start`` < ``end``."""

    start: int
    end: int
    top: T
    """The value of the span that began last; of those, the one that ends first."""
    depth: int
    """How many spans lie here, at least 1."""


def flatten(spans: Iterable[tuple[int, int, T]], start: int, end: int) -> list[Run[T]]:
    """The runs of ``start`` to ``end`` that at least one span covers, in order.

    Args:
        spans: Each (start, end, value), in any order; empty ones count for nothing.
        start: Where to begin; spans are clipped.
        end: Where to stop.
    """
    kept = sorted(
        (opened, closed, index, value)
        for index, (first, last, value) in enumerate(spans)
        # Comparing takes a third of what max and min take, and there may be ten thousand.
        if (opened := first if first > start else start) < (closed := last if last < end else end)
    )
    ends = sorted(last for _, last, _, _ in kept)
    edges = sorted({first for first, _, _, _ in kept}.union(ends))
    runs: list[Run[T]] = []
    # The heap holds the open spans, the topmost first; a closed one is dropped when it surfaces.
    open_spans: list[tuple[int, int, int, T]] = []
    begun = done = 0
    for here, there in pairwise(edges):
        while begun < len(kept) and kept[begun][0] <= here:
            first, last, index, value = kept[begun]
            heappush(open_spans, (-first, last, index, value))
            begun += 1
        while done < len(ends) and ends[done] <= here:
            done += 1
        while open_spans and open_spans[0][1] <= here:
            heappop(open_spans)
        if not open_spans:
            continue
        run = Run(here, there, open_spans[0][3], begun - done)
        before = runs[-1] if runs else None
        if before and before.end == here and before.depth == run.depth and before.top == run.top:
            runs[-1] = Run(before.start, there, run.top, run.depth)
        else:
            runs.append(run)
    return runs
