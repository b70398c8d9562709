"""The sentences of a paragraph, found by rules. Pure.

A sentence ends at a stop that is not an abbreviation's, an initial's, a number's or a list
marker's, and after which it cannot go on: the next word must not begin with a small letter. Quotes
and brackets that close behind the stop, and the sign of a footnote, belong to the sentence. Stops
of scripts without blanks between sentences end them wherever they stand.
"""

from __future__ import annotations

import re
from typing import Final

from annotations.text.abbreviations import (
    BEFORE_NUMBERS,
    MAYBE_LAST,
    MONTHS,
    NEVER_LAST,
    STARTERS,
)

_CLOSING: Final = "\"'”’»›)\\]}」』】〉》〕）］｝"
_NOTE: Final = r"(?:\[\d{1,4}\]|[¹²³⁰⁴-⁹]+|[*†‡])"
_STOP: Final = re.compile(
    rf"(?P<wide>[。！？｡]+)[{_CLOSING}]*{_NOTE}?"
    rf"|(?P<stop>[.!?…؟۔।॥‽⁇⁈⁉։።᠃]+)[{_CLOSING}]*{_NOTE}*(?=\s|\Z|(?<!…)[\u3041-\u30ff\u4e00-\u9fff])"
    r"|(?P<break>\n\s*\n)"
)
_NEXT: Final = re.compile(r"[\s\"'“‘«‹(\[{¿¡„‚*_—–-]*(?P<word>[^\W\d_]+(?:['’.][^\W\d_]+)*|\d+)?")
_BEFORE: Final = re.compile(r"(?:[^\W_]|[.'’-](?=[^\W_]))+\Z")
_MARKER: Final = re.compile(r"[\s(\[]*(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlcIVXLC]{1,5})\Z")
_ACRONYM: Final = re.compile(r"(?:[^\W\d_a-z]\.)+[^\W\d_a-z]\Z")
_LOOK: Final = 40
"""Code points before a stop in which its word is looked for."""


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph, as code point offsets (start, end), blanks around left out."""
    found: list[tuple[int, int]] = []
    start = _skip(text, 0)
    for match in _STOP.finditer(text):
        if match.start() < start:
            continue
        if match["break"] is not None:
            end = match.start()
        elif match["wide"] or _ends(
            text, start, match.start("stop"), match.end("stop"), match.end()
        ):
            end = match.end()
        else:
            continue
        if end > start:
            found.append((start, end))
        start = _skip(text, match.end())
    end = len(text.rstrip())
    if end > start:
        found.append((start, end))
    return found


def _skip(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


def _ends(text: str, start: int, stop: int, stop_end: int, end: int) -> bool:
    """Whether a stop ends the sentence that began at ``start``.

    Args:
        text: The paragraph.
        start: Where the sentence begins.
        stop: Where the stop begins.
        stop_end: Where its signs end.
        end: Where the closing quotes behind it end.
    """
    following = _NEXT.match(text, end)
    word = (following["word"] or "") if following else ""
    if not word:
        return True
    if word[0].islower():
        return False
    if text[stop:stop_end] != ".":
        return True
    return not _goes_on(text, start, stop, word)


def _goes_on(text: str, start: int, stop: int, word: str) -> bool:
    """Whether the sentence goes on after a single full stop, with a capital or a number."""
    if _MARKER.match(text, start, stop):
        return True
    match = _BEFORE.search(text[max(start, stop - _LOOK) : stop])
    before = match[0] if match else ""
    lower = before.lower()
    if lower in NEVER_LAST:
        return True
    if word[0].isdigit():
        return lower in BEFORE_NUMBERS
    if before.isdigit():
        return len(before) <= 2 and word.lower() in MONTHS
    if len(before) == 1 and len(word) == 1:
        return True  # "z. B."
    starts = word.lower() in STARTERS
    if _ACRONYM.match(before) or (len(before) == 1 and before.isupper()):
        return not starts
    return lower in MAYBE_LAST and not starts
