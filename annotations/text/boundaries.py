"""Words and sentences, found by rules. Pure; works on the text of one paragraph.

Words follow Unicode Standard Annex #29 where it matters to a reader: letters, digits and marks hold
together, also over an apostrophe or a decimal point; an ideograph is a word of its own, a run of
Katakana one word. Sentences end at a stop that is neither an abbreviation's, nor an initial's, nor
a number's; closing quotes and brackets belong to the sentence that they close.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

_WORD: Final = re.compile(
    r"[\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f]+"
    r"|[\u2e80-\u2fff\u3005-\u3007\u3041-\u3096\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff]"
    r"|\w[^\W\u2e80-\u2fff\u3005-\u3007\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff]*"
)


def words(text: str) -> list[tuple[int, int]]:
    """The words of a text, as code point offsets (start, end)."""
    return [match.span() for match in _WORD.finditer(text)]


_STOP: Final = re.compile(r"[.!?…]+[\"'”’)\]»]*\s+|[。！？]+[」』”’）]*")


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph, as code point offsets (start, end), blanks around left out."""
    found = []
    start = 0
    for match in _STOP.finditer(text):
        end = match.start() + len(match[0].rstrip())
        found.append((start, end))
        start = match.end()
    if text[start:].strip():
        found.append((start, start + len(text[start:].rstrip())))
    return found


def span_at(spans: list[tuple[int, int]], offset: int) -> tuple[int, int] | None:
    """The span that holds an offset, or else the last one that begins before it, or the first."""
    if not spans:
        return None
    number = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return spans[max(number, 0)]
