"""The lines of a PDF page, with where they stand. The only module that speaks to PDFium's text.

PDFium puts characters in the order of the file and breaks them where the baseline jumps. Bulk text
drifts from the boxes of its characters, so each run is built character by character; positions are
asked for only where they decide something: at a run's ends and at its blanks.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage, PdfTextPage

_LINE_ENDS = frozenset({0x0A, 0x0D})
_HYPHENS = frozenset({0x02, 0xFFFE})
"""PDFium's signs for a hyphen that divides a word: the next line follows without a line end."""
HYPHEN = "\ufffe"
_BLANKS = frozenset({0x20, 0x09, 0xA0, 0x3000})
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
        # The bare pointer: PDFium's functions are called for every character.
        self._text = text.raw
        self._rotation = rotation
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        count = min(pdfium.FPDFText_CountChars(self._text), _MOST_CHARACTERS)
        unicode_of = pdfium.FPDFText_GetUnicode
        self._codes = [unicode_of(self._text, index) for index in range(count)]

    def lines(self) -> list[Line]:
        """As :func:`lines_of`."""
        runs = list(self._runs())
        turns = [self._turn(run) for run in runs]
        weights = [0, 0, 0, 0]
        for run, turn in zip(runs, turns, strict=True):
            weights[turn] += run.end - run.first
        usual = weights.index(max(weights))
        self._rotation = (self._rotation + usual) % 4
        upright = (run for run, turn in zip(runs, turns, strict=True) if turn == usual)
        return _merged([self._line(part) for run in upright for part in self._apart(run)])

    def _runs(self) -> Iterator[_Run]:
        """The stretches between line ends that hold more than blanks."""
        codes = self._codes
        first = 0
        for index, code in enumerate([*codes, 0x0A]):
            if code in _LINE_ENDS or code in _HYPHENS:
                run = self._trimmed(first, index + (code in _HYPHENS))
                if run.first < run.end:
                    yield run
                first = index + 1

    def _trimmed(self, first: int, end: int) -> _Run:
        codes = self._codes
        while first < end and codes[first] in _BLANKS:
            first += 1
        while first < end and codes[end - 1] in _BLANKS:
            end -= 1
        return _Run(first, end)

    def _origin(self, index: int) -> tuple[float, float]:
        """Where a character stands on the page as it is shown, in points."""
        pdfium.FPDFText_GetCharOrigin(self._text, index, self._x, self._y)
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
        """The parts of ``run`` that wide gaps set apart, as columns and cells are."""
        codes = self._codes
        size = pdfium.FPDFText_GetFontSize(self._text, run.first) or 1.0
        first = run.first
        for index in range(run.first, run.end):
            if codes[index] not in _BLANKS or codes[index + 1] in _BLANKS:
                continue
            before = index
            while codes[before] in _BLANKS:
                before -= 1
            if self._origin(index + 1)[0] - self._right(before) > _WIDE_GAP * size:
                yield self._trimmed(first, index)
                first = index + 1
        yield self._trimmed(first, run.end)

    def _right(self, index: int) -> float:
        """The right edge of a character, as it is shown."""
        left, right, bottom, top = self._edges
        pdfium.FPDFText_GetCharBox(self._text, index, left, right, bottom, top)
        corners = (
            self._turned(left.value, bottom.value)[0],
            self._turned(right.value, top.value)[0],
        )
        return max(corners)

    def _line(self, run: _Run) -> Line:
        text = self._text
        last = run.end - 1
        x, base = self._origin(run.first)
        x_end, _ = self._origin(last)
        middle = (run.first + last) // 2
        size = pdfium.FPDFText_GetFontSize(text, middle)
        bold = all(
            pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD or self._is_bold_face(index)
            for index in (run.first, last)
        )
        return Line(
            self._string(run),
            min(x, x_end),
            max(self._right(last), self._right(run.first)),
            base,
            round(abs(size), 1),
            bold,
        )

    def _is_bold_face(self, index: int) -> bool:
        """Whether the face's name says that it is bold: the standard faces give no weight."""
        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(self._text, index, name, len(name), flags)
        return b"bold" in name.value.lower() or b"black" in name.value.lower()

    def _string(self, run: _Run) -> str:
        """The run's characters; halves of pairs are joined, and what is no character left out."""
        codes = self._codes[run.first : run.end]
        text = "".join(HYPHEN if code in _HYPHENS else chr(code) for code in codes)
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return _BLANK_RUN.sub(" ", _NO_CHARACTER.sub("", text))


def _merged(lines: list[Line]) -> list[Line]:
    """``lines`` with neighbours on one baseline made one, unless a wide gap lies between."""
    merged: list[Line] = []
    for line in lines:
        if not line.text:
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
