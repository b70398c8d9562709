"""Finding a pattern in a file that is read where it lies: hits as positions of the source. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from annotations.model import Span
from annotations.text.find import OVERLAP, Wanted, hits
from tui.page.file_source import Slice
from tui.page.source import Stretch

SLICE = 1_048_576
"""Bytes that are searched at once."""
_KEPT = 8 * SLICE
"""Code points behind the last slice whose positions can still be told."""


def hits_in(wanted: Wanted, slices: Iterable[Slice]) -> Iterator[list[Span]]:
    """The places where a pattern matches, in positions of the source.

    Args:
        wanted: What to look for.
        slices: The text (:meth:`tui.page.file_source.FileSource.slices`).

    Raises:
        InvalidError: The expression takes too long.
    """
    counted = _Counted(each.decoded() for each in _promising(wanted, slices))
    for batch in hits(wanted, counted.texts()):
        yield [counted.span(each) for each in batch]


def _promising(wanted: Wanted, slices: Iterable[Slice]) -> Iterator[Slice]:
    """The slices in which a match may lie, or begin, or end: only they are decoded."""
    held: Slice | None = None
    promises = False
    for here in slices:
        over_edge = False
        if held is not None:
            if held.end == here.start:
                seam = held.raw[-OVERLAP:] + here.raw[:OVERLAP]
                over_edge = wanted.may_match_in(seam, here.encoding)
            if promises or over_edge:
                yield held
        held, promises = here, over_edge or wanted.may_match_in(here.raw, here.encoding)
    if held is not None and promises:
        yield held


class _Counted:
    """Slices with a count of code points, so that hits in code points lead back to positions."""

    def __init__(self, slices: Iterable[Stretch]) -> None:
        self._slices = slices
        self._starts: list[int] = []
        self._kept: list[Stretch] = []

    def texts(self) -> Iterator[tuple[int, str]]:
        """The slices by their counts; where one does not follow the last, a number is left out."""
        count, end = 0, -1
        for stretch in self._slices:
            count += stretch.start != end
            end = stretch.end
            old = bisect_right(self._starts, count - _KEPT)
            del self._starts[:old], self._kept[:old]
            self._starts.append(count)
            self._kept.append(stretch)
            yield count, stretch.text
            count += len(stretch.text)

    def span(self, found: Span) -> Span:
        """The positions of a run of code points of the slices at hand."""
        number = bisect_right(self._starts, found.start) - 1
        stretch, first = self._kept[number], self._starts[number]
        if stretch.is_even and found.end - first <= len(stretch.text):
            shift = stretch.start - first
            return Span(found.start + shift, found.end + shift)
        return Span(self._position(found.start), self._position(found.end))

    def _position(self, count: int) -> int:
        number = bisect_right(self._starts, count) - 1
        return self._kept[number].position(count - self._starts[number])
