"""The form in which words are compared: what a reader takes for the same word is the same string.

Case, accents on Latin, Greek and Cyrillic letters, Arabic and Hebrew vowel points, the shapes of
alef, ya, kaf and ta marbuta, tatweel, full and half width, ligatures, radicals in place of
ideographs, typographic quotation marks and dashes, and invisible format characters make no
difference. What tells letters apart does: kana with and without voicing marks, the vowels of Indic
scripts, й and и.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

_SAME = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ð": "d", "þ": "th",
    "æ": "ae", "œ": "oe", "й": "й", "ς": "σ",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ہ": "ه", "ە": "ه", "ک": "ك",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "‟": '"', "„": '"',
}  # fmt: skip
"""What Unicode's decompositions do not say, or say otherwise than readers do."""

_DROPPED = (
    "\u00ad"  # soft hyphen
    "\u0300-\u036f"  # combining accents
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u08d3-\u08ff"  # Arabic points and tatweel
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"  # format characters
)
"""Characters without a folded form, as the inside of a regular expression's class."""

_VARIED = (
    (0x00A0, 0x024F), (0x0300, 0x052F), (0x0591, 0x06FF), (0x0750, 0x077F), (0x08D3, 0x08FF),
    (0x1E00, 0x1FFF), (0x2000, 0x2189), (0x2460, 0x24FF), (0x2F00, 0x2FD5),
    (0xFB00, 0xFE0F), (0xFE70, 0xFFEF),
)  # fmt: skip
"""Where the characters lie whose folded form may be another than their lower case."""

_IS_DROPPED = re.compile(f"[{_DROPPED}]+")


class _FoldedUnits(dict[str, str]):
    """The folded forms of letters with their marks, found when they are first asked for."""

    def __missing__(self, unit: str) -> str:
        lowered = unit.casefold()
        folded = _SAME.get(lowered)
        if folded is None:
            bare = _IS_DROPPED.sub("", unicodedata.normalize("NFKD", lowered))
            letters = "".join(
                str(unicodedata.decimal(each, "")) or _SAME.get(each, each)
                for each in bare.casefold()
            )
            folded = unicodedata.normalize("NFC", letters)
        if len(self) < _MOST_UNITS:
            self[unit] = folded
        return folded


_MOST_UNITS = 10_000
"""Forms that are kept: more than the letters of any text, but not what a hostile one could hold."""

_FOLDED = _FoldedUnits()


_JOINED = frozenset("\u3099\u309a\uff9e\uff9f").union(map(chr, range(0x1100, 0x1200)))
"""What is folded together with the character before it: voicing marks, parts of Hangul."""


@cache
def _varied() -> str:
    """The characters that :func:`str.lower` does not bring into their folded form, as the inside
    of a regular expression's class.

    Found when a text first asks for them: the start of the program does not.
    """
    characters = (chr(point) for first, last in _VARIED for point in range(first, last + 1))
    return "".join(
        re.escape(character)
        for character in characters
        if character in "Σς"
        or _IS_DROPPED.match(character)
        or _FOLDED[character] != character.lower()
    )


@cache
def _varied_characters() -> re.Pattern[str]:
    joined = "".join(sorted(_JOINED))
    return re.compile(f"[{_varied()}{joined}]")


@cache
def _units() -> re.Pattern[str]:
    """Finds what is folded as one."""
    return re.compile(
        f"[{_varied()}][{_DROPPED}\uff9e\uff9f]*"
        "|[\u3041-\u30ff][\u3099\u309a]"  # kana and its voicing mark
        "|[\u1100-\u11ff]+"  # Hangul in parts
    )


_FEW = 40
"""Different characters that are replaced one after the other, which takes less than a pattern."""


def fold(text: str) -> str:
    """``text`` in the form in which it is compared; its length may be another."""
    if text.isascii():
        return text.lower()
    varied = _replaceable(text)
    if varied is None:
        return _units().sub(lambda unit: _FOLDED[unit[0]], text).lower()
    return _replaced(text, varied)


def _replaceable(text: str) -> set[str] | None:
    """The characters of ``text`` that folding replaces, if it may do so one after the other."""
    varied = set(_varied_characters().findall(text))
    return varied if len(varied) <= _FEW and varied.isdisjoint(_JOINED) else None


def _replaced(text: str, varied: set[str]) -> str:
    for character in varied:
        text = text.replace(character, _FOLDED[character])
    return text.lower()


def fold_spaces(text: str) -> str:
    """:func:`fold`, with each run of white space as one space: line ends tell no words apart."""
    return " ".join(fold(text).split())


def holds(text: str, needle: str) -> bool:
    """Whether ``needle``, which :func:`fold_spaces` gave, is somewhere in ``text``."""
    # As asked of hundreds of thousands of texts: ASCII goes straight to what folds it.
    folded = text.lower() if text.isascii() else fold(text)
    return _spaced(needle)(folded) is not None


@lru_cache(maxsize=64)
def _spaced(needle: str) -> Callable[[str], object]:
    """Looks for a needle in folded text, whatever white space its blanks are there."""
    return re.compile(r"\s+".join(map(re.escape, needle.split(" ")))).search


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where its characters come from."""

    text: str
    _offsets: tuple[int, ...]
    """Offsets in the folded text at which a step begins, ascending."""
    _origins: tuple[int, ...]
    """What each step's beginning stands for, in code points of the original text."""
    _whole: tuple[bool, ...]
    """Whether the step is a unit of another length, of which no part stands for a part."""

    @classmethod
    def of(cls, text: str) -> Folded:
        """Fold ``text``."""
        if text.isascii():
            return cls(text.lower(), (0,), (0,), (False,))
        varied = _replaceable(text)
        if varied is not None and all(len(_FOLDED[each]) == 1 for each in varied):
            return cls(_replaced(text, varied), (0,), (0,), (False,))
        parts: list[str] = []
        steps: list[tuple[int, int, bool]] = [(0, 0, False)]
        length = last = 0
        for unit in _units().finditer(text):
            plain, folded = text[last : unit.start()], _FOLDED[unit[0]]
            parts += (plain, folded)
            length += len(plain)
            last = unit.end()
            if len(folded) != len(unit[0]):
                steps += (length, unit.start(), True), (length + len(folded), last, False)
            length += len(folded)
        parts.append(text[last:])
        return cls("".join(parts).lower(), *zip(*steps, strict=True))

    @property
    def is_even(self) -> bool:
        """Whether every offset is that of the original text."""
        return len(self._offsets) == 1

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text, in code points, that ``start`` to ``end`` stands for.

        It never takes a part of a letter, nor leaves the marks of its last letter behind.
        """
        return self._origin(start), self._origin(end, ceiling=True)

    def _origin(self, offset: int, *, ceiling: bool = False) -> int:
        step = bisect_right(self._offsets, offset) - 1
        if not self._whole[step]:
            return self._origins[step] + offset - self._offsets[step]
        inside = offset > self._offsets[step]
        return self._origins[step + 1 if ceiling and inside else step]
