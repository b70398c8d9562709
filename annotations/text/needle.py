"""Whether a text contains a string, found by the rarest of its letters.

One letter is found at the speed of memory, a string of common letters a hundred times slower.
"""

from __future__ import annotations

from typing import TypeVar

Text = TypeVar("Text", str, bytes)

_SAMPLE = 1024
"""Characters in which the letters are counted."""
_LONG = 16_384
"""Characters of a text for which it is worth counting."""
_RARE = 200
"""A letter that is one of so many others is worth being looked for by itself."""


def contains(text: Text, string: Text) -> bool:
    """Whether a text contains a string, capitals and all."""
    offset, rare = _rarest(text, string, folded=False)
    if not rare:
        return string in text
    return _found(text, string, string[offset : offset + 1], offset, folded=False)


def contains_folded(text: Text, string: Text) -> bool:
    """Whether a text contains a string in small or in capital letters.

    Args:
        text: Letters beyond ASCII count as they are.
        string: Small letters of ASCII.
    """
    offset, rare = _rarest(text, string, folded=True)
    if not rare:
        return string in text.lower()
    sign = string[offset : offset + 1]
    return any(_found(text, string, each, offset, folded=True) for each in {sign, sign.upper()})


def _rarest(text: Text, string: Text, folded: bool) -> tuple[int, bool]:
    """The offset of the rarest letter of a string, and whether it is rare indeed."""
    if len(text) < _LONG:
        return 0, False
    sample = text[:_SAMPLE].lower() if folded else text[:_SAMPLE]
    counts = [sample.count(string[i : i + 1]) for i in range(len(string))]
    least = min(counts)
    return counts.index(least), least * _RARE <= len(sample)


def _found(text: Text, string: Text, sign: Text, offset: int, folded: bool) -> bool:
    """Whether a string stands around one of the places of a sign of it."""
    at = text.find(sign, offset)
    while at >= 0:
        there = text[at - offset : at - offset + len(string)]
        if (there.lower() if folded else there) == string:
            return True
        at = text.find(sign, at + 1)
    return False
