"""Positions counted in another unit than code points, and back.

Programs count the same place differently: Taguette in bytes of UTF-8, everything that grew in a
browser or on the Java machine in UTF-16 units, line editors in lines, Python and this library in
code points. This module is the only one that converts. Pure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

from annotations.errors import InvalidError


class Unit(StrEnum):
    """What an offset counts."""

    CODE_POINT = "code point"
    UTF8 = "UTF-8 byte"
    UTF16 = "UTF-16 unit"
    LINE = "line"
    """Lines before the place, 0-based; a line ends with ``\\n``. Stands for the line's start."""


_STRIDE = 512
"""Code points between two known sums: small enough to walk, large enough to keep few."""


def _utf8_width(character: str) -> int:
    code = ord(character)
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4


def _utf16_width(character: str) -> int:
    return 2 if character > "\uffff" else 1


def _utf8_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Sums:
    """Sums of the widths of a text's characters in one unit, known at every stride."""

    def __init__(
        self,
        text: str,
        width: Callable[[str], int],
        widest: int,
        length: Callable[[str], int],
    ) -> None:
        self._text = text
        self._width = width
        # A stretch whose mean width is the smallest or the largest there is holds no other.
        self._even = (1, widest)
        strides = (text[i : i + _STRIDE] for i in range(0, len(text), _STRIDE))
        self._known = list(accumulate(map(length, strides), initial=0))

    def units(self, code_points: int) -> int:
        """The units before a place given in code points (which must lie in the text)."""
        stride, rest = divmod(code_points, _STRIDE)
        base = self._known[stride]
        if not rest:
            return base
        chunk = self._text[stride * _STRIDE : (stride + 1) * _STRIDE]
        each, uneven = divmod(self._known[stride + 1] - base, len(chunk))
        if not uneven and each in self._even:
            return base + rest * each
        return base + sum(map(self._width, chunk[:rest]))

    def code_points(self, units: int) -> int:
        """The code points before a place given in units; inside a character, before it."""
        if not 0 <= units <= self._known[-1]:
            raise InvalidError(f"offset {units} is outside a text of {self._known[-1]}")
        stride = bisect_right(self._known, units) - 1
        rest = units - self._known[stride]
        start = stride * _STRIDE
        if not rest:
            return min(start, len(self._text))
        chunk = self._text[start : start + _STRIDE]
        each, uneven = divmod(self._known[stride + 1] - self._known[stride], len(chunk))
        if not uneven and each in self._even:
            return start + rest // each
        for count, character in enumerate(chunk):
            rest -= self._width(character)
            if rest < 0:
                return start + count
        return start + len(chunk)


class Offsets:
    """The positions of one text in every :class:`Unit`.

    Sums are made on the first use of a unit, so that many positions cost little more than one.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._ascii = text.isascii()

    def code_points(self, offset: int, unit: Unit) -> int:
        """Code points before the place that lies ``offset`` units from the text's start.

        A place inside a character is taken as the character's start.

        Raises:
            InvalidError: The place lies outside the text.
        """
        if unit is Unit.LINE:
            if not 0 <= offset < len(self._lines):
                raise InvalidError(f"line {offset} is outside a text of {len(self._lines)}")
            return self._lines[offset]
        if unit is Unit.CODE_POINT or self._ascii:
            return self._inside(offset)
        return self._sums(unit).code_points(offset)

    def units(self, code_points: int, unit: Unit) -> int:
        """The reverse of :meth:`code_points`.

        Raises:
            InvalidError: The place lies outside the text.
        """
        self._inside(code_points)
        if unit is Unit.LINE:
            return bisect_right(self._lines, code_points) - 1
        if unit is Unit.CODE_POINT or self._ascii:
            return code_points
        return self._sums(unit).units(code_points)

    def _inside(self, offset: int) -> int:
        if not 0 <= offset <= len(self._text):
            raise InvalidError(f"offset {offset} is outside a text of {len(self._text)}")
        return offset

    def _sums(self, unit: Unit) -> _Sums:
        return self._utf8 if unit is Unit.UTF8 else self._utf16

    @cached_property
    def _utf8(self) -> _Sums:
        return _Sums(self._text, _utf8_width, 4, _utf8_length)

    @cached_property
    def _utf16(self) -> _Sums:
        return _Sums(self._text, _utf16_width, 2, _utf16_length)

    @cached_property
    def _lines(self) -> list[int]:
        starts = [0]
        end = self._text.find("\n")
        while end >= 0:
            starts.append(end + 1)
            end = self._text.find("\n", end + 1)
        return starts
