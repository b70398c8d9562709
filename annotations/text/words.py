"""The words of a text. Pure; works on the text of one paragraph.

Unicode Standard Annex #29 where it matters to a reader: letters, digits and their marks hold
together, also over an apostrophe or a full stop inside a word and a comma inside a number; an
ideograph is a word of its own, a run of Katakana is one word.
"""

from __future__ import annotations

import re
from functools import cache

from annotations.text.classes import ClassTable
from annotations.text.properties import GRAPHEME

_KATAKANA = "\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_ALONE = (
    "\u2e80-\u2fff\u3005-\u3007\u3041-\u3096\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003fffd"
)
"""Ideographs and Hiragana: scripts without blanks, whose words only a dictionary could tell."""


_LETTER = rf"[^\W{_ALONE}{_KATAKANA}]"


@cache
def _word() -> re.Pattern[str]:
    marks = ClassTable(GRAPHEME).pattern("ex", "sm", "zwj", "iv")
    letter = rf"(?:{_LETTER}[{marks}]*)"
    inner = rf"(?:[.'’‘·]|(?<=\d)[,٫٬](?=\d))(?={letter})"
    return re.compile(
        rf"[{_KATAKANA}]+[{marks}]*|[{_ALONE}][{marks}]*|{letter}+(?:{inner}{letter}+)*"
    )


def words(text: str) -> list[tuple[int, int]]:
    """The words of a text, as code point offsets (start, end)."""
    return [match.span() for match in _word().finditer(text)]


def longer_by(edge: str) -> str:
    """What would make a word longer at an edge where ``edge`` stands, as a class of a regular
    expression; "" for a word that stands alone whatever is beside it."""
    if re.match(rf"[{_ALONE}]", edge):
        return ""
    return f"[{_KATAKANA}]" if re.match(rf"[{_KATAKANA}]", edge) else _LETTER
