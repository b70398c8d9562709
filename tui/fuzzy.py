"""Finding tags by a few letters. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest

_INSIDE = 1 << 16
"""More than the characters of any path: how much worse a word stands within another than at the
start of one."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The paths of the tags that fit a query, the best first."""

    close: Sequence[str]
    """The words of the query stand in the path."""
    loose: Sequence[str]
    """They stand in the description, or their letters are scattered over the path."""


class TagIndex:
    """Tags made ready for many queries; each looks at thousands between two keys.

    Args:
        paths: In the order that those of equal fit are to have.
        descriptions: One a path.
    """

    def __init__(self, paths: Iterable[str], descriptions: Iterable[str]) -> None:
        self._paths = list(paths)
        self._folded = [path.casefold() for path in self._paths]
        self._marked = _marked("\n".join(self._folded)).split("\n")
        self._described = [text.casefold() for text in descriptions]
        self._shortest_first = sorted(range(len(self._paths)), key=lambda at: len(self._paths[at]))

    def exact(self, query: str) -> str | None:
        """The path that is the query, in any case."""
        wanted = query.strip().casefold()
        return self._paths[self._folded.index(wanted)] if wanted in self._folded else None

    def rank(self, query: str, limit: int = 200) -> Ranking:
        """The tags that fit.

        Those come first that have the words at the start of their words, the nearer to the start of
        the path, the better; then those that have them anywhere, those whose description has them,
        and those that have their letters, in order, among others, the closer together, the better.
        Of equal ones the shorter path comes first.

        Args:
            query: Words; each must fit.
            limit: The most tags to give.
        """
        words = query.casefold().split()
        if not words:
            return Ranking(self._paths[:limit], ())
        folded, described = self._folded, self._described
        close: Sequence[int] = self._shortest_first
        for word in words:
            close = [number for number in close if word in folded[number]]
        best = self._best(limit, close, words)
        if len(best) == limit:
            return Ranking(best, ())
        taken = set(close)
        told = [number for number in self._shortest_first if number not in taken]
        for word in words:
            told = [
                number for number in told if word in described[number] or word in folded[number]
            ]
        taken.update(told)
        rest = [number for number in self._shortest_first if number not in taken]
        loose = [*told, *self._scattered(limit, rest, words)][: limit - len(best)]
        return Ranking(best, [self._paths[number] for number in loose])

    def _best(self, limit: int, numbers: Sequence[int], words: Sequence[str]) -> Sequence[str]:
        """Those tags of some, which have all the words, in which they stand best."""
        if len(words) == 1:
            stands = self._stands(words[0], numbers)
        else:
            stands = list(map(max, *(self._stands(word, numbers) for word in words)))
        first = nsmallest(limit, range(len(numbers)), key=stands.__getitem__)
        return [self._paths[numbers[at]] for at in first]

    def _stands(self, word: str, numbers: Iterable[int]) -> list[int]:
        """How well a word stands in each of some paths that have it; the lower, the better."""
        marked, folded, start = self._marked, self._folded, _marked(word)
        return [
            at if (at := marked[number].find(start)) >= 0 else _INSIDE + folded[number].find(word)
            for number in numbers
        ]

    def _scattered(self, limit: int, numbers: Sequence[int], words: Sequence[str]) -> list[int]:
        """The first tags of some over whose paths the letters of the words are scattered, those
        first in which the letters of each word are near each other."""
        folded, described = self._folded, self._described
        finders = [_scattering(word).search for word in words]
        for word, find in zip(words, finders, strict=True):
            numbers = [
                number for number in numbers if find(folded[number]) or word in described[number]
            ]

        def reach(number: int) -> int:
            found = filter(None, (find(folded[number]) for find in finders))
            return max((each.end() - each.start() for each in found), default=0)

        return sorted(numbers[:limit], key=reach)


def _marked(text: str) -> str:
    """``text`` with a mark where each of its words begins, after a character that is no letter or
    digit; a path holds no control characters of its own."""
    for each in set(text):
        if not each.isalnum():
            text = text.replace(each, f"{each}\0")
    return f"\0{text}"


def _scattering(word: str) -> re.Pattern[str]:
    """Finds the letters of a word in order, each where it comes next, which leaves nothing to be
    tried twice."""
    others = (f"[^{re.escape(each)} ]*{re.escape(each)}" for each in word[1:])
    return re.compile(re.escape(word[0]) + "".join(others))
