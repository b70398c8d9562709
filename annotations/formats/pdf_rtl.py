"""Lines of a PDF page in a script that runs from right to left, from where its characters stand.

A PDF says where each character is painted, and few programs write them in the order of reading;
what PDFium guesses of that order turns some words round and leaves others. So the order in the file
counts for nothing here: a line is what stands on a baseline, seen from left to right, and the order
of reading is that of Unicode's bidirectional algorithm applied to what is seen ("inverse like
direct", as ICU calls it). Pure.

The lines are mirrored: what stands at the right has the smaller ``left``, so that whoever looks for
indents, columns and the ends of paragraphs need not know of these scripts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from annotations.formats.pdf_lines import SAME_LINE, WIDE_GAP, Line
from annotations.text.bidi import MIRRORED, has_right_to_left, levels, visual_order

_LETTER = re.compile(r"[^\W\d_]")
_BLANKS = re.compile(r"\s{2,}")
_PRESENTED = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters in the shape that they have in a word; their text is the letter."""
KASHIDA = "\u0640"
"""Lengthens a word so that it fills its line; that is not part of what it says."""
_LAM, _ALEFS = "\u0644", "\u0622\u0623\u0625\u0627"
_LONGEST_NOTE = 4
"""Characters of a note's number in the text."""
_WORD_GAP = 0.25
"""Ems: letters that do not join leave gaps inside words."""
_SEEN_GAP = 0.14
"""Ems, where PDFium sees a blank too."""
_NEARLY = 0.95
_COLUMN_GAP = 0.7
"""Ems between columns that the file writes one after the other."""
_BRACKETS = "()[]{}<>«»"


class Glyph(NamedTuple):
    """A character as it is painted. Lengths are in points; ``base`` grows upwards."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    run: int
    """Which of the file's runs of characters it is from."""
    number: int
    """Its place in the file."""

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def place(self) -> tuple[float, float]:
        """Sorts glyphs from left to right; letters of a ligature may have the same."""
        return self.left, self.right


def runs_from_right(text: str) -> bool:
    """Whether most letters of ``text`` are of a script that runs from right to left."""
    if not has_right_to_left(text):
        return False
    letters = _LETTER.findall(text)
    return 2 * sum(map(has_right_to_left, letters)) > len(letters)


def mirrored_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of a page, mirrored, in the order of the file.

    Args:
        glyphs: with their advance widths, so that those of a word touch each other; combining
            marks with the edges of their ink.
    """
    blanks = frozenset(
        glyph.number for glyph in glyphs if glyph.text.isspace() and glyph.left == glyph.right
    )
    marks = [glyph for glyph in glyphs if unicodedata.combining(glyph.text[0])]
    others = [
        glyph
        for glyph in _unjoined(glyphs)
        if glyph.number not in blanks and not unicodedata.combining(glyph.text[0])
    ]
    lines = [segment for row in _rows(others) for segment in _segments(row, blanks)]
    lines.sort(key=lambda line: min(glyph.run for glyph in line))
    above: list[dict[int, str]] = [{} for _ in lines]
    for mark in marks:
        _put_on(mark, lines, above)
    return [_line(line, marked) for line, marked in zip(lines, above, strict=True)]


def _unjoined(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """``glyphs`` with the letters of each ligature, which have one place, as they are seen.

    They come in the order of reading, unless PDFium turned them round with their line: then lam and
    alef, which no line is without for long, are alef and lam.
    """
    turned = any(
        first.place == second.place and first.text in _ALEFS and second.text == _LAM
        for first, second in pairwise(glyphs)
    )
    if turned:
        return list(glyphs)
    found: list[Glyph] = []
    for _, same in groupby(glyphs, key=lambda glyph: (glyph.place, has_right_to_left(glyph.text))):
        letters = list(same)
        found += letters[::-1] if has_right_to_left(letters[0].text) else letters
    return found


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs on one baseline, from left to right; the numbers of notes stand above theirs."""
    lengths = Counter(glyph.run for glyph in glyphs)
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda each: -each.base):
        if row:
            above = row[-1]
            short = min(lengths[above.run], lengths[glyph.run]) <= _LONGEST_NOTE
            size = max(above.size, glyph.size) if short else min(above.size, glyph.size)
            if above.base - glyph.base > SAME_LINE * size:
                yield sorted(row, key=attrgetter("place"))
                row = []
        row.append(glyph)
    if row:
        yield sorted(row, key=attrgetter("place"))


def _segments(row: Sequence[Glyph], blanks: frozenset[int]) -> list[list[Glyph]]:
    """The parts of a row that wide gaps set apart, with the blanks in them.

    Args:
        row: glyphs on one baseline.
        blanks: the places in the file of blanks that PDFium saw.
    """
    blank = _blank(row)
    if any(glyph.text.isspace() for glyph in row):
        # A file with blanks of its own is told better by them.
        blanks = frozenset()
    parts: list[list[Glyph]] = []
    for before, glyph in zip([row[0], *row], row, strict=False):
        gap = (glyph.left - before.right) / (glyph.size or 1.0)
        if not parts or gap > (WIDE_GAP if glyph.run == before.run else _COLUMN_GAP):
            parts.append([])
        elif gap * glyph.size > blank or (
            gap > _SEEN_GAP and (glyph.number + before.number) / 2 in blanks
        ):
            parts[-1].append(before._replace(text=" ", left=before.right, right=glyph.left))
        parts[-1].append(glyph)
    return [bare for part in parts if (bare := _bare(part))]


def _blank(row: Sequence[Glyph]) -> float:
    """The width from which a gap in a row is a blank: nearly that of the blanks that the file has,
    for some programs write some of them, and stretch words too."""
    widths = sorted(
        after.left - before.right
        for before, glyph, after in zip(row, row[1:], row[2:], strict=False)
        if glyph.text.isspace() and not (before.text.isspace() or after.text.isspace())
    )
    return _NEARLY * widths[len(widths) // 2] if widths else _WORD_GAP * row[0].size


def _bare(part: list[Glyph]) -> list[Glyph]:
    """``part`` without blanks at its ends."""
    seen = [place for place, glyph in enumerate(part) if not glyph.text.isspace()]
    return part[seen[0] : seen[-1] + 1] if seen else []


def _put_on(mark: Glyph, lines: Sequence[Sequence[Glyph]], above: Sequence[dict[int, str]]) -> None:
    """Note on which glyph of which line a combining mark stands."""
    near = [
        (abs(glyph.base - mark.base) + abs(glyph.centre - mark.centre), number, place)
        for number, line in enumerate(lines)
        if abs(line[0].base - mark.base) <= mark.size
        for place, glyph in enumerate(line)
        if not glyph.text.isspace()
    ]
    if near:
        _, number, place = min(near)
        above[number][place] = above[number].get(place, "") + mark.text


def _line(glyphs: Sequence[Glyph], marks: dict[int, str]) -> Line:
    seen = "".join(glyph.text[0] for glyph in glyphs)
    _, of_levels = levels(seen, int(has_right_to_left(seen)))
    places = visual_order(of_levels)
    text = "".join(glyphs[place].text + marks.get(place, "") for place in places)
    text = _BLANKS.sub(" ", text.replace(KASHIDA, ""))
    text = _PRESENTED.sub(lambda shape: unicodedata.normalize("NFKC", shape[0]), text)
    middle = glyphs[len(glyphs) // 2]
    return Line(
        _bracketed(text) if any(level % 2 for level in of_levels) else text,
        -max(glyph.right for glyph in glyphs),
        -min(glyph.left for glyph in glyphs),
        middle.base,
        round(middle.size, 1),
        glyphs[0].bold and glyphs[-1].bold,
    )


def _bracketed(text: str) -> str:
    """``text`` with brackets as they are meant.

    Fonts have them as they look, and programs write them as they look or as they are meant: they
    open where a word begins, or are all the other way round, or are right, whichever makes pairs.
    """
    candidates = [_by_words(text), "".join(MIRRORED.get(sign, sign) for sign in text), text]
    return next(filter(_is_paired, candidates), candidates[0])


def _by_words(text: str) -> str:
    characters = list(text)
    for place, sign in enumerate(text):
        if sign not in _BRACKETS:
            continue
        opens = place == 0 or text[place - 1].isspace()
        closes = place + 1 == len(text) or not text[place + 1].isalnum()
        is_opening = _BRACKETS.index(sign) % 2 == 0
        if opens != closes and is_opening != opens:
            characters[place] = MIRRORED[sign]
    return "".join(characters)


def _is_paired(text: str) -> bool:
    opened: list[str] = []
    for sign in text:
        number = _BRACKETS.find(sign)
        if number >= 0 and number % 2 == 0:
            opened.append(MIRRORED[sign])
        elif number >= 0 and (not opened or opened.pop() != sign):
            return False
    return not opened
