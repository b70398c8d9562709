"""Finding a pattern in a file that is read where it lies: hits as positions of the source. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from annotations.model import Span
from annotations.text.find import hits
from tui.page.source import Stretch

if TYPE_CHECKING:
    from regex import Pattern

SLICE = 1_048_576
"""Bytes that are searched at once."""
_KEPT = 8 * SLICE
"""Code points behind the last slice whose positions can still be told."""


def hits_in(wanted: Pattern[str], slices: Iterable[Stretch]) -> Iterator[list[Span]]:
    """The places where a pattern matches, in positions of the source.

    Args:
        wanted: What to look for.
        slices: The text (:meth:`tui.page.file_source.FileSource.slices`).

    Raises:
        InvalidError: The expression takes too long.
    """
    counted = _Counted(slices)
    for batch in hits(wanted, counted.texts()):
        yield [Span(counted.position(each.start), counted.position(each.end)) for each in batch]


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

    def position(self, count: int) -> int:
        """The position of a code point of the slices at hand."""
        number = bisect_right(self._starts, count) - 1
        return self._kept[number].position(count - self._starts[number])
