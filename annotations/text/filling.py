"""What the line ends of plain text say about who broke them.

A line end is either the author's (verse, an address, one paragraph a line) or a machine's, which
filled each line up to a measure. The test is the one that a filling program makes: would the first
word of the next line have fitted on this one? Pure functions; widths are in cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from annotations.text.east_asian import cells, is_hangul, is_wide, widest_of
from annotations.text.lines import (
    NARROWEST_MEASURE,
    WIDEST_MEASURE,
    ends_sentence,
    indent,
)
from annotations.text.stanzas import Stanza

_NARROWEST_WIDE_MEASURE = 36
"""The same where lines end with an ideograph."""
_SLACK = 2
"""Cells by which a line may miss its measure: some fill by hand, and some count line ends."""
_WIDE_SLACK = 4
"""The same before an ideograph, whose punctuation begins no line."""
_ENOUGH = 8
"""Witnesses that are believed against a majority of other lines."""
_EVEN = 0.75
"""The share of the longest line that every line but the last takes in prose, at least."""
_WITNESSES = 200
"""Stanzas of a stretch that are asked for its measure; more would say the same."""


def measure(stanzas: Iterable[Stanza]) -> int:
    """The length to which the stanzas' lines are filled, in cells; 0 if they are not.

    Each stanza of three lines or more that is filled to its own longest line is a witness; the
    median of these lines is the answer, if they are a third of all lines that go on, or many that
    agree: the paragraphs in a book of verse.
    """
    witnesses: list[int] = []
    lines_filled = lines_seen = 0
    several = (stanza for stanza in stanzas if len(stanza.lines) > 1)
    for stanza in islice(several, _WITNESSES):
        widest = widest_of(stanza.lines)
        if widest <= WIDEST_MEASURE:
            continued = len(stanza.lines) - 1
            lines_seen += continued
            if continued > 1 and _filled_to(stanza.lines, widest) is not None:
                witnesses.append(widest)
                lines_filled += continued
    witnesses.sort()
    count = len(witnesses)
    agree = count >= _ENOUGH and witnesses[count * 3 // 4] - witnesses[count // 4] <= 2 * _SLACK
    if not witnesses or (3 * lines_filled < lines_seen and not agree):
        return 0
    return witnesses[count // 2]


def paragraphs(lines: Sequence[str], width: int) -> list[int] | None:
    """The first line of each paragraph in ``lines``, if these are filled; otherwise None.

    Args:
        lines: of one stanza.
        width: the measure of the document, or 0.
    """
    if len(lines) == 1:
        return [0]
    widest = widest_of(lines)
    if widest > WIDEST_MEASURE and widest > width:
        return None
    found = _filled_to(lines, width, lenient=True) if width and widest <= width + 12 else None
    if found is None:
        found = _filled_to(lines, widest)
    return [0, *sorted(_indented_starts(lines))] if found is None and _is_even(lines) else found


def _is_even(lines: Sequence[str]) -> bool:
    """Whether the lines are as good as filled, by hand for instance: all but the last are nearly
    as long as the longest, and most go on with a small letter, as no verse does."""
    *full, last = lines
    widest = widest_of(full)
    small = sum(map(_begins_small, lines[1:]))
    return (
        len(full) > 1
        and widest >= NARROWEST_MEASURE
        and cells(last) <= widest
        and min(map(cells, full)) >= _EVEN * widest
        and small * 2 > len(full)
    )


def _filled_to(lines: Sequence[str], width: int, *, lenient: bool = False) -> list[int] | None:
    """As :func:`paragraphs`, for one measure; ``lenient`` when the document vouches for it."""
    continued = len(lines) - 1
    if not lenient and width < _narrowest(lines[0]):
        return None
    first_lines = [0]
    wrong = 0
    indents = _indented_starts(lines)
    for number, (line, following) in enumerate(pairwise(lines), 1):
        if number in indents:
            first_lines.append(number)
            continue
        room = width - cells(line.rstrip() if line[-1].isspace() else line)
        slack = _WIDE_SLACK if is_wide(line.rstrip()[-1]) else _SLACK
        if room > slack and _first_word(following) < room - slack:
            if ends_sentence(line) and not _begins_small(following):
                first_lines.append(number)
            else:
                wrong += 1
    if wrong * 10 > continued or len(first_lines) - 1 > max(continued // 2, len(indents)):
        return None
    return first_lines if lenient or not _may_be_verse(lines) else None


def _may_be_verse(lines: Sequence[str]) -> bool:
    """Whether the lines begin with capitals, or digits as in a log: in filled prose few do."""
    firsts = [line.lstrip()[:1] for line in lines[1:]]
    small = sum(map(str.islower, firsts))
    if len(firsts) == 1:
        # The indent of a paragraph; verse that is too long for its line hangs.
        return not small and indent(lines[0]) < indent(lines[1]) + 2
    large = sum(map(str.isupper, firsts)) + sum(map(str.isdigit, firsts))
    return large >= 2 and large > 3 * small


def _narrowest(line: str) -> int:
    return _NARROWEST_WIDE_MEASURE if is_wide(line.strip()[-1]) else NARROWEST_MEASURE


def _first_word(line: str) -> int:
    """Cells of what a filling program would have moved up: of ideographs one by itself."""
    end = line.find(" ")
    word = line[:end] if end > 0 else line.split(maxsplit=1)[0]
    return 2 if is_wide(word[0]) and not is_hangul(word[0]) else cells(word)


def _begins_small(line: str) -> bool:
    return line.lstrip()[:1].islower()


def _indented_starts(lines: Sequence[str]) -> frozenset[int]:
    """Lines (not the first) that an indent, or a lack of one, shows to begin a paragraph."""
    for line in lines:
        if line[0].isspace():
            break
    else:
        return frozenset()
    indents = [indent(line) for line in lines]
    usual = sorted(indents[1:])[len(indents[1:]) // 2]
    deeper = [number for number, depth in enumerate(indents) if number and depth >= usual + 2]
    if indents[0] > usual or (deeper and indents[0] == usual):
        return frozenset(deeper)
    return frozenset(n for n, depth in enumerate(indents) if n and depth <= usual - 2)
