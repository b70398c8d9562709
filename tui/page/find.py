"""Finding a pattern in a file that is read where it lies: hits as positions of the source. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from annotations.text.find import OVERLAP, Wanted, hits
from annotations.text.span_list import SpanList
from tui.page.slices import Slice
from tui.page.source import Stretch

SLICE = 1_048_576
"""Bytes that are searched at once, about."""
_LOOKING = 4
"""Threads that read slices and look through them."""
_AHEAD = _LOOKING + 2
"""Slices that are looked through before they are asked for, so that no thread waits."""
_AROUND = 4 * OVERLAP
"""Bytes before and behind a slice that may hold the rest of a match; a character has up to four."""
_KEPT = 8 * SLICE
"""Code points behind the last slice whose positions can still be told."""


def hits_in(wanted: Wanted, slices: Iterable[Slice]) -> Iterator[SpanList]:
    """The places where a pattern matches, in positions of the source; of a slice without any, an
    empty list, so that whoever asked can stop.

    Args:
        wanted: What to look for.
        slices: The text (:func:`tui.page.slices.slices`).

    Raises:
        InvalidError: The expression takes too long.
        UnreadableFileError: The file cannot be read any more.
    """
    found = _promising(wanted, slices)
    counted = _Counted(None if each is None else each.decoded() for each in found)
    for batch in hits(wanted, counted.texts()):
        yield counted.spans(batch)


def _promising(wanted: Wanted, slices: Iterable[Slice]) -> Iterator[Slice | None]:
    """The slices in which a match may lie, or begin, or end, for only they are to be decoded; None
    stands for each of the others."""

    def look(each: Slice) -> Slice | None:
        return each if wanted.sieve.passes(each.read(_AROUND), each.encoding) else None

    ahead = deque[Future[Slice | None]]()
    with ThreadPoolExecutor(_LOOKING) as pool:
        for each in slices:
            ahead.append(pool.submit(look, each))
            if len(ahead) > _AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


class _Counted:
    """Slices with a count of code points, so that hits in code points lead back to positions."""

    def __init__(self, slices: Iterable[Stretch | None]) -> None:
        self._slices = slices
        self._starts: list[int] = []
        self._kept: list[Stretch] = []

    def texts(self) -> Iterator[tuple[int, str]]:
        """The slices by their counts; where one does not follow the last, a number is left out, and
        an empty text comes in between."""
        count, end = 0, -1
        for stretch in self._slices:
            if stretch is None:
                yield count, ""
                continue
            count += stretch.start != end
            end = stretch.end
            old = bisect_right(self._starts, count - _KEPT)
            del self._starts[:old], self._kept[:old]
            self._starts.append(count)
            self._kept.append(stretch)
            yield count, stretch.text
            count += len(stretch.text)

    def spans(self, found: SpanList) -> SpanList:
        """The positions of runs of code points of the slices at hand."""
        if not found:
            return found
        first, last = self._number(found.starts[0]), self._number(found.ends[-1])
        shifts = {self._shift(number) for number in range(first, last + 1)}
        shift = shifts.pop()
        if shift is not None and not shifts:
            return found.shifted(shift)
        return SpanList((self._position(each.start), self._position(each.end)) for each in found)

    def _shift(self, number: int) -> int | None:
        """How far the positions of a slice are from its counts, where that is the same for all."""
        stretch = self._kept[number]
        return stretch.start - self._starts[number] if stretch.is_even else None

    def _number(self, count: int) -> int:
        return bisect_right(self._starts, count) - 1

    def _position(self, count: int) -> int:
        number = self._number(count)
        return self._kept[number].position(count - self._starts[number])
