"""Words that a line's end divides: whether a hyphen there is the word's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import reduce

from annotations.formats.pdf_lines import HYPHEN, Line
from annotations.text.east_asian import is_hangul, is_wide

_HYPHENS = (HYPHEN, "\u00ad", "-", "\u2010")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PARTICLE_NAMES = "가 고 과 까지 는 다 도 라는 로 를 며 부터 서 에 에서 와 으로 은 을 의"
_PARTICLES = frozenset(_PARTICLE_NAMES.split())
"""Korean endings, which stand at the end of a word and are none by themselves."""
_SHARE_OF_PARTICLES = 0.04
"""Of the lines: from it on they are broken inside words."""
_LONGEST_WORD = 100
"""Code points at a paragraph's end in which its last word is looked for."""
_MOST_WORDS = 200_000
_SELDOM, _OFTEN = 0.015, 0.04
"""The share of lines that end with a hyphen: below the first no words are divided, from the second
on they are as a rule."""


class Vocabulary:
    """The words that the document itself writes, which tell a divided word from a compound."""

    def __init__(self) -> None:
        self._words: Counter[str] = Counter()
        self._lines = 0
        self._divided = 0
        """Lines that end with a hyphen."""
        self._korean = self._particles = 0
        """Lines that begin with a Korean word, and with a particle."""

    def learn(self, lines: Iterable[Line]) -> None:
        """Take the words inside ``lines``."""
        goes_on = False
        for line in lines:
            words = _WORD.findall(line.text.casefold().replace("\u2010", "-"))
            divided = line.text.endswith(_HYPHENS)
            korean = bool(words and is_hangul(words[0][0]))
            self._korean += korean
            self._particles += korean and words[0] in _PARTICLES
            if len(self._words) < _MOST_WORDS:
                # Halves of words are none; in Korean either end of a line may be one.
                first = max(goes_on, korean)
                self._words.update(words[first : len(words) - max(divided, korean)])
            self._lines += 1
            self._divided += divided
            goes_on = divided

    def join(self, text: str, line: str) -> str:
        """``text`` and the line below it as one, a word that was divided between them mended."""
        if not text:
            return line
        if text.endswith(_HYPHENS) and text[-2:-1].isalpha() and line[:1].isalnum():
            whole = text[:-1]
            first = re.split(r"[^\w-]", whole[-_LONGEST_WORD:])[-1]
            second = re.split(r"[^\w-]", line)[0]
            return f"{whole}-{line}" if self._is_compound(first, second) else f"{whole}{line}"
        if text[-1] in "\u2010-–—/" and text[-2:-1] not in ("", " "):
            return text + line
        if is_hangul(text[-1]) and is_hangul(line[0]):
            return text + line if self._is_one(text, line) else f"{text} {line}"
        if is_wide(text[-1]) and is_wide(line[0]):
            return text + line
        return f"{text} {line}"

    def _is_one(self, text: str, line: str) -> bool:
        """Whether a line's end divides a Korean word, which no hyphen shows."""
        first, second = _WORD.findall(text[-_LONGEST_WORD:])[-1], _WORD.findall(line)[0]
        if self._words[first + second] or second in _PARTICLES:
            return True
        words_are_divided = self._particles >= _SHARE_OF_PARTICLES * self._korean
        return words_are_divided and not (self._words[first] and self._words[second])

    def row(self, text: str) -> str:
        """A table's row whose cells, parted by tabs, hold line ends: each cell as one line."""
        return "\t".join(reduce(self.join, cell.split("\n")) for cell in text.split("\t"))

    def _is_compound(self, first: str, second: str) -> bool:
        """Whether a hyphen at a line's end is the word's own: as the document writes it elsewhere,
        else by its capitals, by how often lines end so, and by whether its halves are words."""
        compound = self._words[f"{first}-{second}".casefold()]
        single = self._words[f"{first}{second}".casefold()]
        if compound or single:
            return compound >= single
        if not (second[:1].islower() or (second.isalpha() and (first + second).isupper())):
            return True
        if self._divided >= _OFTEN * self._lines:
            return False
        known = bool(self._words[first.casefold()] and self._words[second.casefold()])
        return known or self._divided < _SELDOM * self._lines


def hyphens_shown(text: str) -> str:
    """The text with the marks of hyphens that did not end a line as what they look like."""
    return text.replace(HYPHEN, "-")
