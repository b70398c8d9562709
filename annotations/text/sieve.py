"""Telling from its bytes that a text cannot hold what is looked for: it need not be decoded. Pure.

Strings are looked for with the vector instructions of the processor (the crate ``aho-corasick``),
several times as fast as ``bytes.find``, while other threads run.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import product
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick
    from regex import Pattern

_BEGINNING = 4096
"""Bytes in which a common string is found."""
_WINDOW = 4
"""Letters by whose forms a string is looked for where capitals do not count."""
_FORMS = 56
"""The forms of them that there may be, with the others: more are not looked for at once."""
_OTHERS = (b"\x00\x01\x02", b"\x03\x04\x05", b"\x06\x07\x08", b"\x0e\x0f\x10")
"""In no text. What begins with one of three letters is looked for by that letter alone, which is
slow where it is common; these see to it that there are more."""
_MANY = 1000
"""Places that are looked at one by one."""

_LIKE_ASCII = {"i": "\u0130\u0131", "s": "\u017f", "k": "\u212a"}
"""The letters beyond ASCII that are equal to one of ASCII where capitals do not count."""
_BY_RARITY = "etaoinshrdlcumwfgypbvkjxqz"
"""The letters, the commonest of English first."""


class Sieve:
    """Rules texts out.

    Args:
        needle: What every match contains; may be empty, which rules nothing out.
        case: Whether capitals count.
    """

    def __init__(self, needle: str, case: bool) -> None:
        self._case = case or needle.upper() == needle.lower()
        self._needle = needle if self._case else needle.lower()

    def passes(self, raw: bytes, encoding: str) -> bool:
        """Whether there can be a match in a text; much quicker than looking for it.

        Args:
            raw: The text.
            encoding: One in which the letters of ASCII are what they are there.
        """
        needle = self._needle
        if not needle or not (needle.isascii() or (self._case and encoding == "utf-8")):
            return True
        if self._case:
            found = needle.encode()
            return found in raw[:_BEGINNING] or bool(self._places.find_matches_as_indexes(raw))
        if encoding != "utf-8" and not raw.isascii():
            return True
        if self._whole.search(raw, 0, _BEGINNING):
            return True
        places = self._places.find_matches_as_indexes(raw)
        if len(places) > _MANY:
            return self._plain.search(raw, concurrent=True) is not None or self._has_alike(raw)
        return any(self._whole.match(raw, start) for _, start, _ in places)

    def _has_alike(self, raw: bytes) -> bool:
        """Whether letters beyond ASCII may stand for some of the string."""
        alike = (each for letter in set(self._needle) for each in _LIKE_ASCII.get(letter, ""))
        return any(each.encode() in raw for each in alike)

    @cached_property
    def _places(self) -> BytesAhoCorasick:
        """Finds the string, or the forms of its window."""
        from ahocorasick_rs import BytesAhoCorasick, MatchKind

        sought = [self._needle.encode()]
        if not self._case:
            forms = product(*map(_forms, self._needle[slice(*self._window)]))
            sought = [*map(b"".join, forms), *_OTHERS]
        # The kind of matches for which there is a search by vectors.
        return BytesAhoCorasick(sought, MatchKind.LeftmostFirst)

    @cached_property
    def _plain(self) -> Pattern[bytes]:
        """The string in letters of ASCII."""
        from regex import IGNORECASE
        from regex import compile as compiled

        return compiled(re.escape(self._needle.encode()), IGNORECASE)

    @cached_property
    def _whole(self) -> Pattern[bytes]:
        """The string in any form, from its window on with what has to be before it."""
        from regex import compile as compiled

        letters = [b"(?:%b)" % b"|".join(map(re.escape, _forms(each))) for each in self._needle]
        first = self._window[0]
        return compiled(b"(?<=%b)%b" % (b"".join(letters[:first]), b"".join(letters[first:])))

    @cached_property
    def _window(self) -> tuple[int, int]:
        """The letters of the string that are the rarest together."""
        needle = self._needle
        for length in range(min(_WINDOW, len(needle)), 1, -1):
            windows = [(start, start + length) for start in range(len(needle) - length + 1)]
            few = [each for each in windows if _count(needle[slice(*each)]) <= _FORMS]
            if few:
                return max(few, key=lambda each: sum(map(_rarity, needle[slice(*each)])))
        return 0, 1


def _forms(letter: str) -> list[bytes]:
    """The letters that are equal where capitals do not count, in UTF-8."""
    return [each.encode() for each in {letter, letter.upper(), *_LIKE_ASCII.get(letter, "")}]


def _count(letters: str) -> int:
    return prod(len(_forms(each)) for each in letters)


def _rarity(letter: str) -> int:
    found = _BY_RARITY.find(letter)
    return len(_BY_RARITY) if found < 0 else found
