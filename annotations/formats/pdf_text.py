"""From a PDF page to its lines. The only module that speaks to PDFium's text.

PDFium puts characters in the order of the file and breaks them where the baseline jumps. Bulk text
drifts from the boxes of its characters, so each run is built character by character; positions are
asked for only where they decide something: at a run's ends and at its blanks.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from math import hypot
from string import ascii_uppercase
from typing import NamedTuple
from unicodedata import combining

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage, PdfTextPage

from annotations.formats.pdf_lines import (
    CELL_GAP,
    HYPHEN,
    WIDE_GAP,
    Line,
    column_starts,
    merged,
)
from annotations.formats.pdf_numbers import FEWEST_NUMBERS, Number, line_numbers
from annotations.formats.pdf_rtl import KASHIDA, Glyph, mirrored_lines, runs_from_right

_RUN = re.compile("[^\r\n\x02\ufffe]*[\x02\ufffe]|[^\r\n\x02\ufffe]+")
"""Up to a line end, or to one of PDFium's signs for a hyphen that divides a word: the next line
follows such a sign without a line end."""
_BLANKS = " \t\u00a0\u3000"
_WORD = re.compile(f"[^{_BLANKS}]+")
_BLANK = re.compile(f"[{_BLANKS}]")
_NUMBER = re.compile(f"[{ascii_uppercase}]?[0-9]{{1,4}}[{ascii_uppercase}]?")
_PLACES_TRIED = 32
_NARROW = 0.3
"""Ems that a letter is wide at least, on the average of a word."""
_BOLD = 600
_MOST_CHARACTERS = 200_000
"""On one page; more is a drawing made of letters, or an attack."""
_NO_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK_RUN = re.compile(r"[ \t\u3000]+")


class _Run(NamedTuple):
    """Characters ``first`` up to, not including, ``end``, without a line end among them."""

    first: int
    end: int


def lines_of(page: PdfPage) -> tuple[list[Line], bool]:
    """The lines of ``page`` in the order of the file, and whether they are mirrored, as those of a
    script that runs from right to left are.

    Text that runs up or down the page, such as a stamp in the margin, is left out; where most of
    the text does, the page lies on its side and is turned.
    """
    text = page.get_textpage()
    try:
        found = _PageText(text, (page.get_rotation() // 90) % 4)
        return found.lines(), found.mirrored
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
        self._matrix = pdfium.FS_MATRIX()
        self._face = ctypes.create_string_buffer(128)
        self._text = self._characters()
        self.mirrored = False
        """Whether the lines are seen as in a mirror."""

    def lines(self) -> list[Line]:
        """As :func:`lines_of`."""
        runs = [run for match in _RUN.finditer(self._text) if (run := self._trimmed(*match.span()))]
        turns = [self._turn(run) for run in runs]
        weights = [0, 0, 0, 0]
        for run, turn in zip(runs, turns, strict=True):
            weights[turn] += run.end - run.first
        usual = weights.index(max(weights))
        self._rotation = (self._rotation + usual) % 4
        upright = [run for run, turn in zip(runs, turns, strict=True) if turn == usual]
        self.mirrored = runs_from_right("".join(map(self._of, upright)))
        if self.mirrored:
            return mirrored_lines([glyph for run in upright for glyph in self._glyphs(run)])
        parts = [part for run in upright for part in self._apart(run)]
        for last in (False, True):
            parts = self._unnumbered(parts, last=last)
        lines = [self._line(part) for part in parts]
        columns = column_starts(lines)
        if columns:
            cells = [cell for part in parts for cell in self._apart_at(part, columns)]
            lines = [self._line(cell) for cell in cells] if len(cells) > len(parts) else lines
        return merged(lines, columns)

    def _glyphs(self, run: _Run) -> Iterator[Glyph]:
        """The characters of a run with the room that each takes; those are left out that PDFium
        made up."""
        size, bold = self._line(run).size, self._is_bold(run.first)
        box = pdfium.FS_RECTF()
        for index in range(run.first, run.end):
            character = self._string(_Run(index, index + 1)) or KASHIDA
            place, base = self._origin(index)
            edges = self._sides(index)
            if not combining(character):
                pdfium.FPDFText_GetLooseCharBox(self._page, index, box)
                edges = self._turned(box.left, box.bottom)[0], self._turned(box.right, box.top)[0]
                edges = min(place, *edges), max(edges)
            yield Glyph(character, min(edges), max(edges), base, size, bold, run.first, index)

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
        size = self._size(run.first) or 1.0
        starts = [self._along(first) for first, _ in words]
        first = run.first
        for number in range(1, len(words)):
            begin, end = words[number - 1]
            step = abs(starts[number] - starts[number - 1])
            if step <= size * (_NARROW * (end - begin) + WIDE_GAP):
                continue
            if starts[number] - self._right(end - 1) > WIDE_GAP * size:
                yield _Run(first, end)
                first = words[number][0]
        yield _Run(first, run.end)

    def _unnumbered(self, parts: list[_Run], *, last: bool) -> list[_Run]:
        """``parts`` without the line numbers that some begin with, or end with, or are."""
        words = [self._word(part, last=last) for part in parts]
        found = [index for index, word in enumerate(words) if _NUMBER.fullmatch(self._of(word))]
        if len(found) < FEWEST_NUMBERS:
            return parts
        rests = [self._without(part, word) for part, word in zip(parts, words, strict=True)]
        beside: dict[int, str] = {}
        numbered = frozenset(found)
        for index, (part, rest) in enumerate(zip(parts, rests, strict=True)):
            if text := rest if index in numbered else part:
                place = round(self._origin(text.first)[1])
                beside[place] = max(beside.get(place, ""), self._of(text), key=len)
        numbers = [
            Number(
                int(self._of(words[index]).strip(ascii_uppercase)),
                self._along(words[index].first),
                self._right(words[index].end - 1),
                base := self._origin(words[index].first)[1],
                beside.get(round(base), ""),
            )
            for index in found
        ]
        margin = {found[index] for index in line_numbers(numbers)}
        kept = (rests[index] if index in margin else part for index, part in enumerate(parts))
        return [part for part in kept if part is not None]

    def _of(self, run: _Run) -> str:
        return self._text[run.first : run.end]

    def _word(self, run: _Run, *, last: bool) -> _Run:
        """The first word of a run, or its last."""
        text = self._of(run)
        blanks = [match.start() for match in _BLANK.finditer(text)]
        if not blanks:
            return run
        return (
            _Run(run.first + blanks[-1] + 1, run.end)
            if last
            else _Run(run.first, run.first + blanks[0])
        )

    def _without(self, run: _Run, word: _Run) -> _Run | None:
        """What is left of a run without a word at one of its ends."""
        if word.first == run.first:
            return self._trimmed(word.end, run.end)
        return self._trimmed(run.first, word.first)

    def _apart_at(self, run: _Run, columns: frozenset[int]) -> Iterator[_Run]:
        """The parts of ``run`` that begin where cells do, after a gap wider than a blank."""
        words = [match.span() for match in _WORD.finditer(self._text, run.first, run.end)]
        size = self._size(run.first) or 1.0
        first = run.first
        for (_, end), (begin, _) in pairwise(words):
            start = self._along(begin)
            if round(start) in columns and start - self._right(end - 1) > CELL_GAP * size:
                yield _Run(first, end)
                first = begin
        yield _Run(first, run.end)

    def _size(self, index: int) -> float:
        """Of a character's type, in points as it is shown: programs scale what they set."""
        size: float = pdfium.FPDFText_GetFontSize(self._page, index)
        if not pdfium.FPDFText_GetMatrix(self._page, index, self._matrix):
            return size
        return size * hypot(self._matrix.c, self._matrix.d)

    def _right(self, index: int) -> float:
        """The right edge of a character, as it is shown."""
        return max(self._sides(index))

    def _sides(self, index: int) -> tuple[float, float]:
        """Two edges of a character's ink, as it is shown."""
        left, right, bottom, top = self._edges
        pdfium.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
        return (
            self._turned(left.value, bottom.value)[0],
            self._turned(right.value, top.value)[0],
        )

    def _line(self, run: _Run) -> Line:
        last = run.end - 1
        x, base = self._origin(run.first)
        middle = (run.first + last) // 2
        while self._text[middle] in _BLANKS:
            # PDFium makes some blanks up, and knows no matrix of these.
            middle -= 1
        size = self._size(middle)
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
