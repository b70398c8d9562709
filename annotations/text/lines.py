"""What a single line of plain text shows by itself: its width, its indent, how it begins and ends.

Pure functions; widths are in cells of a terminal.
"""

from __future__ import annotations

import re

WIDEST_MEASURE = 130
"""Cells; longer lines were not broken at a measure: each is a paragraph."""
NARROWEST_MEASURE = 40
"""Cells; shorter lines prove nothing: addresses, verse and tables are as narrow."""

_SENTENCE_END = frozenset(".!?…。！？؟۔।॥‽:")
_CLOSING = "'\"\u2019\u201d»」』）)]*_ \t\r\f\u00a0"
"""What may stand between the end of a sentence and the end of its line."""
_QUOTE = re.compile(r"[ \t]*>(?:[ \t]?>)*[ \t]?")
WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60"
    "\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd]"
)
"""A character that takes two cells."""


def cells(line: str) -> int:
    """The width of ``line``, where a wide character takes two cells."""
    return len(line) if line.isascii() else len(line) + len(WIDE.findall(line))


def quote_prefix(line: str) -> str:
    """The quote marks of mail that ``line`` begins with, and the blank after them."""
    match = _QUOTE.match(line)
    return match.group() if match else ""


def ends_sentence(line: str) -> bool:
    """Whether nothing is expected to follow ``line`` in its paragraph."""
    return line.rstrip(_CLOSING)[-1:] in _SENTENCE_END


def indent(line: str) -> int:
    """The width of the white space that ``line`` begins with, a tab to the next eighth cell."""
    expanded = line.expandtabs(8) if "\t" in line else line
    return len(expanded) - len(expanded.lstrip())
