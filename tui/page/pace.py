"""How long a text takes to read, told from those of its stretches that were looked at. Pure."""

from __future__ import annotations

from tui.page.source import Stretch

_WORDS_A_MINUTE = 228
_IDEOGRAPHS_A_MINUTE = 255
"""What adults read silently: English, and Chinese (Trauzettel-Klosinski and Dietz, *Standardized
assessment of reading performance*, IOVS 2012)."""
_IDEOGRAPHS = range(0x2E80, 0xAC00)
"""Those, and kana."""


class Pace:
    """The minutes that the positions of a text take, on the average of what has been seen of it."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._minutes = 0.0
        self._positions = 0

    def minutes(self, here: Stretch, positions: int) -> float:
        """How long so many positions take to read.

        Args:
            here: The stretch that is looked at now.
            positions: In positions of the source.
        """
        if here.start not in self._seen:
            self._seen.add(here.start)
            self._minutes += _minutes(here.text)
            self._positions += here.end - here.start
        return positions * self._minutes / self._positions if self._positions else 0.0


def _minutes(text: str) -> float:
    """How long a text takes: its words, or its ideographs, but no blanks."""
    words = text.split()
    if text.isascii():
        return len(words) / _WORDS_A_MINUTE
    ideographs = sum(ord(character) in _IDEOGRAPHS for character in text)
    others = sum(ord(word[0]) not in _IDEOGRAPHS for word in words)
    return others / _WORDS_A_MINUTE + ideographs / _IDEOGRAPHS_A_MINUTE
