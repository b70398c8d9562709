"""Finding tags by a few letters. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

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
        matchers = [(word, _scattered(word)) for word in words]
        found: list[tuple[Fit, int, int, int, Tag]] = []
        for index, (tag, path, description) in enumerate(self._rows):
            fits = [_fit(word, scattered, path, description) for word, scattered in matchers]
            if None not in fits:
                worst = max((fit for fit in fits if fit is not None), default=(Fit.START, 0))
                found.append((*worst, len(path) if words else 0, index, tag))
        found.sort(key=lambda row: row[:4])
        close = [row[4] for row in found[:limit] if row[0] <= Fit.INSIDE]
        return Ranking(close, [row[4] for row in found[:limit] if row[0] > Fit.INSIDE])


def _scattered(word: str) -> re.Pattern[str]:
    return re.compile("[^ ]*?".join(map(re.escape, word)))


def _fit(
    word: str, scattered: re.Pattern[str], path: str, description: str
) -> tuple[Fit, int] | None:
    """How well a word fits, and how far into the path; None if it does not."""
    at = path.find(word)
    while at > 0:
        if not path[at - 1].isalnum():
            return Fit.START, at
        following = path.find(word, at + 1)
        if following < 0:
            return Fit.INSIDE, at
        at = following
    if at == 0:
        return Fit.START, 0
    if word in description:
        return Fit.DESCRIPTION, 0
    match = scattered.search(path)
    return (Fit.SCATTERED, match.end() - match.start()) if match else None
