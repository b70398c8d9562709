"""Finding tags by a few letters. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum


class Fit(IntEnum):
    """How well a word of a query fits a tag; the lower, the better."""

    START = 0
    """The path has it at the start of a segment or word."""
    INSIDE = 1
    DESCRIPTION = 2
    """The description has it."""
    SCATTERED = 3
    """The path has its letters, in order, among others."""


_FIT = 16
"""Bits below :class:`Fit` in the measure of how well a word fits, of how far into the path, or how
scattered: one number sorts thousands quicker than parts of it do."""
_MOST = (1 << _FIT) - 1


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
        self._described = [text.casefold() for text in descriptions]
        self._shortest_first = sorted(range(len(self._paths)), key=lambda at: len(self._paths[at]))

    def exact(self, query: str) -> str | None:
        """The path that is the query, in any case."""
        wanted = query.strip().casefold()
        return self._paths[self._folded.index(wanted)] if wanted in self._folded else None

    def rank(self, query: str, limit: int = 200) -> Ranking:
        """The tags that fit.

        Args:
            query: Words; each must fit.
            limit: The most tags to give.
        """
        words = query.casefold().split()
        if not words:
            return Ranking(self._paths[:limit], ())
        folded = self._folded
        held = self._shortest_first
        close: Collection[int] = held
        for word in words:
            close = [number for number in close if word in folded[number]]
        if len(words) == 1:
            [word] = words
            fits = {number: _stands(word, folded[number]) for number in close}
        else:
            fits = {
                number: max(_stands(word, folded[number]) for word in words) for number in close
            }
        best = self._best(limit, fits)
        if len(best) == limit:
            return Ranking(best, ())
        loose = {number: 0 for number in held if number not in fits}
        for word in words:
            loose = self._loosely(word, loose)
        return Ranking(best, self._best(limit - len(best), loose))

    def _loosely(self, word: str, fits: Mapping[int, int]) -> dict[int, int]:
        """Those of some tags that a word fits somehow, by how it fits worst."""
        folded, described = self._folded, self._described
        scattered = re.compile("[^ ]*?".join(map(re.escape, word))).search
        found: dict[int, int] = {}
        for number, fit in fits.items():
            if word in folded[number]:
                found[number] = fit
            elif word in described[number]:
                found[number] = max(fit, Fit.DESCRIPTION << _FIT)
            elif match := scattered(folded[number]):
                found[number] = max(fit, _measure(Fit.SCATTERED, match.end() - match.start()))
        return found

    def _best(self, limit: int, fits: Mapping[int, int]) -> Sequence[str]:
        """The tags that fit best; of equal ones the earlier.

        Args:
            limit: The most tags to give.
            fits: How well tags fit, the shorter path first, then by their order.
        """
        return [self._paths[number] for number in sorted(fits, key=fits.__getitem__)[:limit]]


def _measure(fit: Fit, far: int) -> int:
    return fit << _FIT | min(far, _MOST)


def _stands(word: str, path: str) -> int:
    """How well a word that a path has stands in it."""
    first = at = path.find(word)
    while at > 0:
        if not path[at - 1].isalnum():
            return at
        at = path.find(word, at + 1)
    return 0 if at == 0 else _measure(Fit.INSIDE, first)
