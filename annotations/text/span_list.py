"""Spans as bare numbers: a search may find millions."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import overload

from annotations.model import Span


class SpanList(Sequence[Span]):
    """Spans that do not overlap, in the order of the text.

    Args:
        spans: Start and end of each.
    """

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self.starts = array("q")
        self.ends = array("q")
        for start, end in spans:
            self.append(start, end)

    def append(self, start: int, end: int) -> None:
        """Put one behind the others."""
        self.starts.append(start)
        self.ends.append(end)

    def extend(self, others: SpanList) -> None:
        """Put others behind."""
        self.starts.extend(others.starts)
        self.ends.extend(others.ends)

    def shifted(self, shift: int) -> SpanList:
        """The same, so many positions further."""
        return SpanList(
            (start + shift, end + shift) for start, end in zip(self.starts, self.ends, strict=True)
        )

    def parted(self, position: int) -> tuple[SpanList, SpanList]:
        """Those that begin before a position, and the others."""
        return self[: (at := bisect_left(self.starts, position))], self[at:]

    def touching(self, start: int, end: int) -> SpanList:
        """Those that share a position with a span."""
        return self[bisect_right(self.ends, start) : bisect_left(self.starts, end)]

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Span: ...

    @overload
    def __getitem__(self, index: slice) -> SpanList: ...

    def __getitem__(self, index: int | slice) -> Span | SpanList:
        if isinstance(index, slice):
            found = SpanList()
            found.starts, found.ends = self.starts[index], self.ends[index]
            return found
        return Span(self.starts[index], self.ends[index])
