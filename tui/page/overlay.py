"""The decorations that lie over a stretch of text, flattened into runs. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from annotations.text.graphemes import next_edge, snap
from annotations.text.spans import Run, flatten
from tui.page.source import Stretch


class Layer(StrEnum):
    """What a decoration says."""

    HIGHLIGHT = "highlight"
    HIT = "hit"
    CURRENT_HIT = "current hit"


class Decoration(NamedTuple):
    """A span that is painted over the text, in positions of the source."""

    start: int
    end: int
    colour: str = ""
    """Of a highlight: a name of :data:`annotations.model.COLOURS` or ``#rrggbb``."""
    layer: Layer = Layer.HIGHLIGHT


Provider = Callable[[int, int], Iterable[Decoration]]
"""Gives the decorations that touch the positions from the first to, not including, the second."""


class Overlay:
    """The decorations of one stretch as runs that do not overlap."""

    def __init__(self, stretch: Stretch, decorations: Iterable[Decoration]) -> None:
        layers: dict[bool, list[tuple[int, int, Decoration]]] = {True: [], False: []}
        for each in decorations:
            start, end = _whole(stretch.text, stretch.local(each.start), stretch.local(each.end))
            layers[each.layer is Layer.HIGHLIGHT].append((start, end, each))
        length = len(stretch.text)
        self._highlights = flatten(layers[True], 0, length)
        self._hits = flatten(layers[False], 0, length)

    def highlights(self, start: int, end: int) -> list[Run[Decoration]]:
        """The runs of highlights that touch a local span."""
        return _touching(self._highlights, start, end)

    def hits(self, start: int, end: int) -> list[Run[Decoration]]:
        """The runs of hits that touch a local span."""
        return _touching(self._hits, start, end)

    def mark(self, start: int, end: int) -> str | None:
        """The colour of the first highlight in a local span; None without any."""
        found = self.highlights(start, end)
        return found[0].top.colour if found else None


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A span with the clusters in which it begins and ends, so that none of it is unseen."""
    if not text[start : start + 1].isascii():
        start = snap(text, start)
    if not text[end : end + 1].isascii() and snap(text, end) != end:
        end = next_edge(text, end)
    return start, end


def _touching(runs: list[Run[Decoration]], start: int, end: int) -> list[Run[Decoration]]:
    first = bisect_right(runs, start, key=lambda run: run.end)
    last = bisect_left(runs, end, key=lambda run: run.start)
    return runs[first:last]


class Walk:
    """Runs looked at from the first to the last."""

    def __init__(self, runs: list[Run[Decoration]]) -> None:
        self._runs = runs
        self._next = 0

    def at(self, local: int) -> Run[Decoration] | None:
        """The run over an offset, which must not be before the last one that was asked for."""
        while self._next < len(self._runs) and self._runs[self._next].end <= local:
            self._next += 1
        if self._next < len(self._runs) and self._runs[self._next].start <= local:
            return self._runs[self._next]
        return None
