"""Characters that take two cells of a terminal, and those of Korean among them. Pure functions.

By Unicode's own table, without a pattern: patterns of thousands of characters take long to compile.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width


def is_wide(character: str) -> bool:
    """Whether a character takes two cells."""
    return east_asian_width(character) in "WF"


def is_hangul(character: str) -> bool:
    """Whether a character is a syllable or a letter of Korean, which has blanks between words."""
    return (
        "\uac00" <= character <= "\ud7ff"
        or "\u1100" <= character <= "\u11ff"
        or "\u3130" <= character <= "\u318f"
    )


def cells(line: str) -> int:
    """The width of ``line``, where a wide character takes two cells."""
    if line.isascii():
        return len(line)
    widths = list(map(east_asian_width, line))
    return len(line) + widths.count("W") + widths.count("F")


def widest_of(lines: Sequence[str]) -> int:
    """The width of the widest of ``lines``, of which there is at least one."""
    # Most texts are ASCII: of these one question is enough for all lines.
    return max(map(len if "".join(lines).isascii() else cells, lines))
