"""Finding a pattern in a file that is read where it lies: hits as positions of the source. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator

from annotations.model import Span
from annotations.text.find import OVERLAP, Wanted, hits
from tui.page.file_source import Slice
from tui.page.source import Stretch

SLICE = 524_288
"""Bytes that are searched at once; the memory of more is got anew from the system each time, which
takes as long as reading."""
_LOOKING = 2
"""Threads that look through slices at a time."""
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
    counted = _Counted(each and each.decoded() for each in _promising(wanted, slices))
    for batch in hits(wanted, counted.texts()):
        yield [counted.span(each) for each in batch]


def _promising(wanted: Wanted, slices: Iterable[Slice]) -> Iterator[Slice | None]:
    """The slices in which a match may lie, or begin, or end: only they are decoded. None says that
    one without a match follows, so that nobody waits for the next that has one."""
    held: Slice | None = None
    promises = False
    for here, found in _judged(wanted, slices):
        over_edge = False
        if held is not None:
            if held.end == here.start and not (promises and found):
                seam = held.raw[-OVERLAP:] + here.raw[:OVERLAP]
                over_edge = wanted.may_match_in(seam, here.encoding)
            if promises or over_edge:
                yield held
                if not (over_edge or found):
                    yield None
        held, promises = here, over_edge or found
    if held is not None and promises:
        yield held


def _judged(wanted: Wanted, slices: Iterable[Slice]) -> Iterator[tuple[Slice, bool]]:
    """Each slice, and whether a match may lie in it; what takes long is looked through aside."""
    from concurrent.futures import Future, ThreadPoolExecutor

    ahead: deque[tuple[Slice, bool | Future[bool]]] = deque()
    with ThreadPoolExecutor(_LOOKING) as pool:
        for each in slices:
            told = wanted.tells(each.raw, each.encoding)
            ahead.append((each, pool.submit(wanted.is_in, each.raw) if told is None else told))
            if len(ahead) > _LOOKING:
                here, found = ahead.popleft()
                yield here, found if isinstance(found, bool) else found.result()
        for here, found in ahead:
            yield here, found if isinstance(found, bool) else found.result()


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
