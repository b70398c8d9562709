"""Runs of lines between blank lines. Pure functions over text; offsets are code points."""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple

from annotations.text.east_asian import cells, widest_of
from annotations.text.lines import WIDEST_MEASURE, ends_sentence, quote_prefix

LONGEST_VERSE = 60
"""Lines; a longer run of unfilled lines is a log or a list, and each line stands for itself."""
_SHORT_LINE = 60

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
        return widest_of(lines) > WIDEST_MEASURE and sum(
            "\t" in line.strip() for line in lines
        ) * 2 < len(lines)

    @property
    def underlined(self) -> bool:
        """Whether it is a heading over a rule of ``=``, ``-`` or ``~``."""
        return len(self.lines) == 2 and _UNDERLINE.match(self.lines[1]) is not None


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
