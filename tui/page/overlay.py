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

_DEEPEST = 3


class Lying(NamedTuple):
    """A run of a stretch over which decorations lie that look the same, in local offsets."""

    start: int
    end: int
    colour: str
    """Of the topmost highlight."""
    depth: int
    """How many lie here, 3 standing for more."""
    layer: Layer


class Overlay:
    """The decorations of one stretch as runs that do not overlap."""

    def __init__(self, stretch: Stretch, decorations: Iterable[Decoration]) -> None:
        layers: dict[bool, list[tuple[int, int, Decoration]]] = {True: [], False: []}
        text = stretch.text
        plain = stretch.is_even and text.isascii()
        for each in decorations:
            if plain:
                start, end = each.start - stretch.start, each.end - stretch.start
            else:
                start, end = _whole(text, stretch.local(each.start), stretch.local(each.end))
            layers[each.layer is Layer.HIGHLIGHT].append((start, end, each))
        self._highlights = _lying(flatten(layers[True], 0, len(text)))
        self._hits = _lying(flatten(layers[False], 0, len(text)))

    def highlights(self, start: int, end: int) -> list[Lying]:
        """The runs of highlights that touch a local span."""
        return _touching(self._highlights, start, end)

    def hits(self, start: int, end: int) -> list[Lying]:
        """The runs of hits that touch a local span."""
        return _touching(self._hits, start, end)

    def mark(self, start: int, end: int) -> str | None:
        """The colour of the first highlight in a local span; None without any."""
        found = self.highlights(start, end)
        return found[0].colour if found else None


def _lying(runs: Iterable[Run[Decoration]]) -> list[Lying]:
    """The runs, those joined that look the same."""
    joined: list[Lying] = []
    last: Lying | None = None
    for start, end, top, depth in runs:
        run = Lying(start, end, top.colour, min(depth, _DEEPEST), top.layer)
        if last and last.end == start and last[2:] == run[2:]:
            joined[-1] = last = run._replace(start=last.start)
        else:
            joined.append(run)
            last = run
    return joined


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A span with the clusters in which it begins and ends, so that none of it is unseen."""
    if not text[start : start + 1].isascii():
        start = snap(text, start)
    if not text[end : end + 1].isascii() and snap(text, end) != end:
        end = next_edge(text, end)
    return start, end


def _touching(runs: list[Lying], start: int, end: int) -> list[Lying]:
    first = bisect_right(runs, start, key=lambda run: run.end)
    last = bisect_left(runs, end, key=lambda run: run.start)
    return runs[first:last]


class Walk:
    """Runs looked at from the first to the last."""

    def __init__(self, runs: list[Lying]) -> None:
        self._runs = runs
        self._next = 0

    def at(self, local: int) -> Lying | None:
        """The run over an offset, which must not be before the last one that was asked for."""
        while self._next < len(self._runs) and self._runs[self._next].end <= local:
            self._next += 1
        if self._next < len(self._runs) and self._runs[self._next].start <= local:
            return self._runs[self._next]
        return None
