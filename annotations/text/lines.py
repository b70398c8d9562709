"""What a single line of plain text shows by itself: its width, its indent, how it begins and ends.

Pure functions; widths are in cells of a terminal.
"""

from __future__ import annotations

import re

WIDEST_MEASURE = 130
"""Cells; longer lines were not broken at a measure: each is a paragraph."""
NARROWEST_MEASURE = 36
"""Cells; shorter lines prove nothing: addresses, verse and tables are as narrow."""

_SENTENCE_END = frozenset(".!?…。！？؟۔।॥‽:")
_CLOSING = "'\"\u2019\u201d»」』）)]*_ \t\r\f\u00a0"
"""What may stand between the end of a sentence and the end of its line."""
_QUOTE = re.compile(r"[ \t]*>(?:[ \t]?>)*[ \t]?")


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
