"""Finding tags by a few letters. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from heapq import nsmallest

from annotations.model import Tag


class Fit(IntEnum):
    """How well a word of a query fits a tag; the lower, the better."""

    START = 0
    """The path has it at the start of a segment or word."""
    INSIDE = 1
    DESCRIPTION = 2
    """The description has it."""
    SCATTERED = 3
    """The path has its letters, in order, among others."""


Fitting = tuple[Fit, int]
"""How well, and how far into the path or how scattered."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The tags that fit a query, the best first."""

    close: Sequence[Tag]
    """The words of the query stand in the path."""
    loose: Sequence[Tag]
    """They stand in the description, or their letters are scattered over the path."""


class TagIndex:
    """Tags made ready for many queries.

    Args:
        tags: In the order that those of equal fit are to have.
    """

    def __init__(self, tags: Iterable[Tag]) -> None:
        self._rows = [(tag, tag.path.casefold(), tag.description.casefold()) for tag in tags]

    def exact(self, query: str) -> Tag | None:
        """The tag whose path is the query, in any case."""
        wanted = query.strip().casefold()
        return next((tag for tag, path, _ in self._rows if path == wanted), None)

    def rank(self, query: str, limit: int = 200) -> Ranking:
        """The tags that fit.

        Args:
            query: Words; each must fit.
            limit: The most tags to give.
        """
        words = query.casefold().split()
        if not words:
            return Ranking([tag for tag, _, _ in self._rows[:limit]], ())
        close = self._best(limit, (_close(words, path) for _, path, _ in self._rows))
        if len(close) == limit:
            return Ranking(close, ())
        patterns = [_scattered(word) for word in words]
        loose = self._best(
            limit - len(close),
            (_loose(words, patterns, path, text) for _, path, text in self._rows),
        )
        return Ranking(close, loose)

    def _best(self, limit: int, fits: Iterable[Fitting | None]) -> Sequence[Tag]:
        """The tags that fit best; of equal ones the shorter path first, then by their order."""
        found = (
            (fit, len(row[1]), number)
            for number, (fit, row) in enumerate(zip(fits, self._rows, strict=True))
            if fit is not None
        )
        return [self._rows[number][0] for _, _, number in nsmallest(limit, found)]


def _close(words: Sequence[str], path: str) -> Fitting | None:
    """How well the words stand in a path: by the one that stands worst."""
    worst = (Fit.START, 0)
    for word in words:
        at = path.find(word)
        if at < 0:
            return None
        worst = max(worst, _stands(word, path, at))
    return worst


def _stands(word: str, path: str, at: int) -> Fitting:
    """Where a word that a path has stands best in it."""
    first = at
    while at > 0:
        if not path[at - 1].isalnum():
            return Fit.START, at
        at = path.find(word, at + 1)
    return (Fit.START, 0) if at == 0 else (Fit.INSIDE, first)


def _scattered(word: str) -> re.Pattern[str]:
    return re.compile("[^ ]*?".join(map(re.escape, word)))


def _loose(
    words: Sequence[str], patterns: Sequence[re.Pattern[str]], path: str, description: str
) -> Fitting | None:
    """How well the words fit otherwise; None where they stand in the path, or do not fit."""
    worst = (Fit.START, 0)
    for word, pattern in zip(words, patterns, strict=True):
        at = path.find(word)
        if at >= 0:
            continue
        if word in description:
            worst = max(worst, (Fit.DESCRIPTION, 0))
        elif match := pattern.search(path):
            worst = max(worst, (Fit.SCATTERED, match.end() - match.start()))
        else:
            return None
    return None if worst[0] is Fit.START else worst
