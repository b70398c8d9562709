"""A file in slices, for a search: larger than what is shown at once, and read when they are looked
through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tui.page.file_stretch import FileStretch, canonical
from tui.page.strides import Strides

_NEAR = 1024
"""Bytes in which a line is likely to end."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A run of a file that has not been read."""

    strides: Strides
    start: int
    end: int

    @property
    def encoding(self) -> str:
        """Of the file."""
        return self.strides.encoding

    def read(self, around: int = 0) -> bytes:
        """Its bytes, and so many before and behind, as far as there are any."""
        strides = self.strides
        first, last = max(self.start - around, strides.skip), min(self.end + around, strides.size)
        return strides.read(first, last)

    def decoded(self) -> FileStretch:
        """Its text, without blocks."""
        raw = self.read()
        text = canonical(raw, self.encoding)
        return FileStretch(self.start, self.end, text, (), (), raw, self.encoding)


def slices(strides: Strides, position: int, size: int) -> Iterator[Slice]:
    """The file from a position to the end, and then from the start to there.

    Args:
        strides: The file.
        position: Where to begin, or a little before.
        size: Bytes of a slice, about; the first ones are smaller.
    """
    first = strides.holding(position)
    origin = strides.cut(first).start
    for start, end, stride, last in (
        (origin, strides.size, first, strides.count),
        (strides.skip, origin, 0, first),
    ):
        count = 1
        while stride < last:
            stride = min(stride + count, last)
            cut = end if stride == last else _line_cut(strides, stride)
            if start < cut:
                yield Slice(strides, start, cut)
            start, count = cut, min(count * 2, max(size // strides.stride, 1))


def _line_cut(strides: Strides, stride: int) -> int:
    """Where a slice may begin: at a line, which is found sooner than a paragraph; where there
    is none near the stride's start, as a stretch does."""
    start = stride * strides.stride
    line_end = strides.read(start - 1, start + min(_NEAR, strides.stride)).find(b"\n")
    return start + line_end if line_end >= 0 else strides.cut(stride).start
