"""Runs of lines between blank lines, and what their line ends say about who broke them.

A line end is either the author's (verse, an address, one paragraph a line) or a machine's, which
filled each line up to a measure. The test is the one that a filling program makes: would the first
word of the next line have fitted on this one? Pure functions over text; offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, islice, pairwise
from typing import NamedTuple

WIDEST_MEASURE = 130
"""Cells; longer lines were not broken at a measure: each is a paragraph."""
NARROWEST_MEASURE = 40
"""Cells; shorter lines prove nothing: addresses, verse and tables are as narrow."""
_NARROWEST_WIDE_MEASURE = 36
"""The same where lines end with an ideograph."""

LONGEST_VERSE = 60
"""Lines; a longer run of unfilled lines is a log or a list, and each line stands for itself."""
_SHORT_LINE = 60

_SENTENCE_END = frozenset(".!?…。！？؟۔।॥‽:")
_CLOSING = "'\"\u2019\u201d»」』）)]*_ \t\r\f\u00a0"
"""What may stand between the end of a sentence and the end of its line."""
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
_QUOTE = re.compile(r"[ \t]*>(?:[ \t]?>)*[ \t]?")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60"
    "\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd]"
)
_HANGUL = re.compile("[\uac00-\ud7a3]")
_OVER_INDENTED = re.compile(r"^([^\W\d_][^\n]{2,60})\n(?= {3,}\S)", re.MULTILINE)
_FEWEST_HEADINGS = 3
_UNDERLINE = re.compile(r"[ \t]*([=\-~])\1{2,}[ \t]*\Z")


class Stanza(NamedTuple):
    """Lines without a blank one between them, and where each begins in the stretch."""

    lines: tuple[str, ...]
    """Without mail's quote marks."""
    starts: tuple[int, ...]
    """Code points before each line, its quote marks included."""
    quoted: int = 0
    """How deep mail quotes it: the number of ``>``."""

    @property
    def start(self) -> int:
        return self.starts[0]

    @property
    def one_a_line(self) -> bool:
        """Whether each line is a paragraph: by its own indent of an ideograph, or since no measure
        is as wide as the widest."""
        lines = self.lines
        if len(lines) == 1:
            return False
        if sum(line[0] == "\u3000" for line in lines) * 3 > len(lines) * 2:
            return True
        return max(map(cells, lines)) > WIDEST_MEASURE and sum(
            "\t" in line.strip() for line in lines
        ) * 2 < len(lines)

    @property
    def underlined(self) -> bool:
        """Whether it is a heading over a rule of ``=``, ``-`` or ``~``."""
        return len(self.lines) == 2 and _UNDERLINE.match(self.lines[1]) is not None


def cells(line: str) -> int:
    """The width of ``line``, where a wide character takes two cells."""
    return len(line) if line.isascii() else len(line) + len(_WIDE.findall(line))


def quote_prefix(line: str) -> str:
    """The quote marks of mail that ``line`` begins with, and the blank after them."""
    match = _QUOTE.match(line)
    return match.group() if match else ""


def ends_sentence(line: str) -> bool:
    """Whether nothing is expected to follow ``line`` in its paragraph."""
    return line.rstrip(_CLOSING)[-1:] in _SENTENCE_END


def split(text: str) -> list[Stanza]:
    """The stanzas of ``text``, in order. Lines end in ``\\n`` alone."""
    stanzas: list[Stanza] = []
    lines: list[str] = []
    starts: list[int] = []
    quoted = 0

    def close() -> None:
        if lines:
            stanza = Stanza(tuple(lines), tuple(starts), quoted)
            stanzas.extend(apart(stanza) if stanza.one_a_line else (stanza,))
            lines.clear()
            starts.clear()

    mail = _quotes_mail(text)
    over = _over_indented(text)
    offset = 0
    for line in text.split("\n"):
        start = offset
        offset += len(line) + 1
        depth = 0
        if mail and (prefix := quote_prefix(line)):
            depth = prefix.count(">")
            line = line[len(prefix) :]
        if not line or line.isspace():
            close()
            continue
        if depth != quoted or line[0] == "\f":
            close()
        quoted = depth
        lines.append(line)
        starts.append(start)
        if len(lines) == 2 and lines[0] in over and line[0] == " ":
            first = part(Stanza(tuple(lines), tuple(starts), quoted), 0, 1)
            stanzas.append(first)
            del lines[0], starts[0]
        if len(lines) == 2 and line[0] in "=-~ \t" and _underlines(line, lines[0]):
            close()
    close()
    return stanzas


def apart(stanza: Stanza) -> list[Stanza]:
    """A stanza a line; short lines in a row that are no sentences stay together."""
    pieces: list[Stanza] = []
    numbers = range(len(stanza.lines))
    for short, run in groupby(numbers, key=lambda number: _is_short(stanza.lines[number])):
        group = list(run)
        size = len(group) if short and len(group) <= LONGEST_VERSE else 1
        for first in group[::size]:
            pieces.append(part(stanza, first, first + size))
    return pieces


def part(stanza: Stanza, first: int, following: int) -> Stanza:
    """The lines ``first`` up to, not including, ``following``."""
    return Stanza(stanza.lines[first:following], stanza.starts[first:following], stanza.quoted)


def _is_short(line: str) -> bool:
    return cells(line) < _SHORT_LINE and not ends_sentence(line)


def _over_indented(text: str) -> frozenset[str]:
    """Lines in capitals right above indented text, as headings stand in manuals; none if few."""
    found = frozenset(filter(str.isupper, _OVER_INDENTED.findall(text)))
    return found if len(found) >= _FEWEST_HEADINGS else frozenset()


def _quotes_mail(text: str) -> bool:
    """Whether ``>`` at a line's start quotes: three at once and never fewer are a prompt."""
    if ">" not in text:
        return False
    depths = {
        quote_prefix(line).count(">") for line in text.split("\n") if line.lstrip(" \t")[:1] == ">"
    }
    return bool(depths & {1, 2})


def _underlines(rule: str, title: str) -> bool:
    return (
        _UNDERLINE.match(rule) is not None
        and any(map(str.isalpha, title))
        and not ends_sentence(title)
        and 0.5 <= len(rule.strip()) / len(title.strip()) <= 1.5
    )


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
        widest = max(map(cells, stanza.lines))
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
    widest = max(map(cells, lines))
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
    widest = max(map(cells, full))
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
        slack = _WIDE_SLACK if _WIDE.match(line.rstrip()[-1]) else _SLACK
        if room > slack and _first_word(following) < room - slack:
            if ends_sentence(line) and not _begins_small(following):
                first_lines.append(number)
            else:
                wrong += 1
    if wrong * 10 > continued or len(first_lines) - 1 > max(continued // 2, len(indents)):
        return None
    return first_lines if lenient or not _may_be_verse(lines) else None


def _may_be_verse(lines: Sequence[str]) -> bool:
    """Whether the lines begin with capitals, as in filled prose few happen to."""
    firsts = [line.lstrip()[:1] for line in lines[1:]]
    capitals, small = sum(map(str.isupper, firsts)), sum(map(str.islower, firsts))
    if len(firsts) == 1:
        # The indent of a paragraph; verse that is too long for its line hangs.
        return not small and indent(lines[0]) < indent(lines[1]) + 2
    return capitals >= 2 and capitals > 3 * small


def _narrowest(line: str) -> int:
    return _NARROWEST_WIDE_MEASURE if _WIDE.match(line.strip()[-1]) else NARROWEST_MEASURE


def _first_word(line: str) -> int:
    """Cells of what a filling program would have moved up: of ideographs one by itself."""
    end = line.find(" ")
    word = line[:end] if end > 0 else line.split(maxsplit=1)[0]
    return 2 if _WIDE.match(word) and not _HANGUL.match(word) else cells(word)


def _begins_small(line: str) -> bool:
    return line.lstrip()[:1].islower()


def indent(line: str) -> int:
    """The width of the white space that ``line`` begins with, a tab to the next eighth cell."""
    expanded = line.expandtabs(8) if "\t" in line else line
    return len(expanded) - len(expanded.lstrip())


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
