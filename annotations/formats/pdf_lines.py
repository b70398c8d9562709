"""The lines of a PDF page, with where they stand. The only module that speaks to PDFium's text.

PDFium puts characters in the order of the file and breaks them where the baseline jumps. Bulk text
drifts from the boxes of its characters, so each run is built character by character; positions are
asked for only where they decide something: at a run's ends and at its blanks.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage, PdfTextPage

_RUN = re.compile("[^\r\n\x02\ufffe]*[\x02\ufffe]|[^\r\n\x02\ufffe]+")
"""Up to a line end, or to one of PDFium's signs for a hyphen that divides a word: the next line
follows such a sign without a line end."""
HYPHEN = "\ufffe"
_BLANKS = " \t\u00a0\u3000"
_WORD = re.compile(f"[^{_BLANKS}]+")
_PLACES_TRIED = 32
_NARROW = 0.3
"""Ems that a letter is wide at least, on the average of a word."""
_WIDE_GAP = 1.6
"""Ems between two words that are not in the same column."""
_WORD_GAP = 0.15
_SAME_LINE = 0.35
"""Ems by which baselines differ in one line: notes and formulas move up and down."""
_BOLD = 600
_MOST_CHARACTERS = 200_000
"""On one page; more is a drawing made of letters, or an attack."""
_NO_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK_RUN = re.compile(r"[ \t\u3000]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one baseline. Lengths are in points; ``base`` grows upwards."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False


class _Run(NamedTuple):
    """Characters ``first`` up to, not including, ``end``, without a line end among them."""

    first: int
    end: int


def lines_of(page: PdfPage) -> list[Line]:
    """The lines of ``page`` in the order of the file.

    Text that runs up or down the page, such as a stamp in the margin, is left out; where most of
    the text does, the page lies on its side and is turned.
    """
    text = page.get_textpage()
    try:
        return _PageText(text, (page.get_rotation() // 90) % 4).lines()
    finally:
        text.close()


def has_text(page: PdfPage) -> bool:
    """Whether there is anything but pictures on ``page``."""
    text = page.get_textpage()
    try:
        return bool(pdfium.FPDFText_CountChars(text) > 0)
    finally:
        text.close()


class _PageText:
    """The characters of a page.

    Args:
        text: as PDFium gives them.
        rotation: quarter turns, clockwise, that the page is shown with.
    """

    def __init__(self, text: PdfTextPage, rotation: int) -> None:
        # The bare pointer: PDFium's functions are called for every word.
        self._page = text.raw
        self._rotation = rotation
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        self._face = ctypes.create_string_buffer(128)
        self._text = self._characters()

    def lines(self) -> list[Line]:
        """As :func:`lines_of`."""
        runs = [run for match in _RUN.finditer(self._text) if (run := self._trimmed(*match.span()))]
        turns = [self._turn(run) for run in runs]
        weights = [0, 0, 0, 0]
        for run, turn in zip(runs, turns, strict=True):
            weights[turn] += run.end - run.first
        usual = weights.index(max(weights))
        self._rotation = (self._rotation + usual) % 4
        upright = (run for run, turn in zip(runs, turns, strict=True) if turn == usual)
        return _merged([self._line(part) for run in upright for part in self._apart(run)])

    def _characters(self) -> str:
        """A string with one code point for each of PDFium's characters, in their order.

        Bulk text is fifty times as fast as asking for each character, but leaves some out and
        writes others in two: it is taken only where it is as long, and right where it is tried.
        """
        page = self._page
        count = min(pdfium.FPDFText_CountChars(page), _MOST_CHARACTERS)
        buffer = (ctypes.c_ushort * (count + 1))()
        length = pdfium.FPDFText_GetText(page, 0, count, buffer) - 1
        text = bytes(buffer)[: 2 * max(length, 0)].decode("utf-16-le", "replace")
        unicode_of = pdfium.FPDFText_GetUnicode
        tried = range(0, count, max(count // _PLACES_TRIED, 1))
        if len(text) == count and all(unicode_of(page, n) == ord(text[n]) for n in tried):
            return text
        codes = (unicode_of(page, index) for index in range(count))
        return "".join(chr(code) if code <= sys.maxunicode else "\ufffd" for code in codes)

    def _trimmed(self, first: int, end: int) -> _Run | None:
        """The run without blanks at its ends; None if there is nothing else in it."""
        part = self._text[first:end]
        bare = part.strip(_BLANKS)
        if not bare:
            return None
        first += len(part) - len(part.lstrip(_BLANKS))
        return _Run(first, first + len(bare))

    def _along(self, index: int) -> float:
        """How far along its line a character stands on the page as it is shown, in points."""
        pdfium.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        if self._rotation % 2 == 0:
            return self._x.value if self._rotation == 0 else -self._x.value
        return self._y.value if self._rotation == 1 else -self._y.value

    def _origin(self, index: int) -> tuple[float, float]:
        """Where a character stands on the page as it is shown, in points."""
        pdfium.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        return self._turned(self._x.value, self._y.value)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        return ((x, y), (y, -x), (-x, -y), (-y, x))[self._rotation]

    def _turn(self, run: _Run) -> int:
        """The quarter turns, clockwise, after which the run reads from left to right."""
        if run.end - run.first < 2:
            return 0
        x, y = self._origin(run.first)
        x_end, y_end = self._origin(run.end - 1)
        across, up = x_end - x, y_end - y
        if abs(across) >= abs(up):
            # Scripts that run from right to left go back along the line, and are upright too.
            return 0
        return 1 if up > 0 else 3

    def _apart(self, run: _Run) -> Iterator[_Run]:
        """The parts of ``run`` that wide gaps set apart, as columns and cells are.

        Positions are asked for at the beginnings of words; only where two are farther apart than
        a word of that length is wide, the edges of its letters are measured.
        """
        words = [match.span() for match in _WORD.finditer(self._text, run.first, run.end)]
        if len(words) < 2:
            yield run
            return
        size = pdfium.FPDFText_GetFontSize(self._page, run.first) or 1.0
        starts = [self._along(first) for first, _ in words]
        first = run.first
        for number in range(1, len(words)):
            begin, end = words[number - 1]
            step = abs(starts[number] - starts[number - 1])
            if step <= size * (_NARROW * (end - begin) + _WIDE_GAP):
                continue
            if starts[number] - self._right(end - 1) > _WIDE_GAP * size:
                yield _Run(first, end)
                first = words[number][0]
        yield _Run(first, run.end)

    def _right(self, index: int) -> float:
        """The right edge of a character, as it is shown."""
        left, right, bottom, top = self._edges
        pdfium.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
        corners = (
            self._turned(left.value, bottom.value)[0],
            self._turned(right.value, top.value)[0],
        )
        return max(corners)

    def _line(self, run: _Run) -> Line:
        last = run.end - 1
        x, base = self._origin(run.first)
        size = pdfium.FPDFText_GetFontSize(self._page, (run.first + last) // 2)
        return Line(
            self._string(run),
            min(x, self._along(last)),
            max(self._right(last), self._right(run.first)),
            base,
            round(abs(size), 1),
            self._is_bold(run.first) and self._is_bold(last),
        )

    def _is_bold(self, index: int) -> bool:
        """Whether a character is bold: by its weight, or its face's name, as some have none."""
        if pdfium.FPDFText_GetFontWeight(self._page, index) >= _BOLD:
            return True
        flags = ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self._page, index, self._face, len(self._face), flags)
        name = self._face.value.lower()
        return b"bold" in name or b"black" in name

    def _string(self, run: _Run) -> str:
        """The run's characters; halves of pairs are joined, and what is no character left out."""
        text = self._text[run.first : run.end].replace("\x02", HYPHEN)
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return _BLANK_RUN.sub(" ", _NO_CHARACTER.sub("", text))


def _merged(lines: list[Line]) -> list[Line]:
    """``lines`` with neighbours on one baseline made one, unless a wide gap lies between."""
    merged: list[Line] = []
    for line in lines:
        if not line.text.strip():
            continue
        before = merged[-1] if merged else None
        if before is not None and abs(before.base - line.base) <= _SAME_LINE * max(
            before.size, line.size
        ):
            gap = (line.left - before.right) / max(before.size, line.size, 1.0)
            if -0.5 < gap <= _WIDE_GAP:
                larger = before if len(before.text) >= len(line.text) else line
                blank = " " if gap > _WORD_GAP else ""
                merged[-1] = Line(
                    before.text + blank + line.text,
                    before.left,
                    max(before.right, line.right),
                    larger.base,
                    larger.size,
                    before.bold and line.bold,
                )
                continue
        merged.append(line)
    return merged
