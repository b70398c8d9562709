"""What a search has found, as far as it has been listed. Knows no screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotations.library.search import Found
from annotations.library.wording import counted
from tui.screens.found_cards import Entry, Hits, places

LISTED = 1_000
"""The most documents that are listed: more words find the others."""


class Answer:
    """What a search has found so far.

    Args:
        query: The search.
    """

    def __init__(self, query: str) -> None:
        self.query = query
        self.entries: list[Entry] = []
        self.first = 0
        """The index of what is pointed at first: tags stand before the documents."""
        self.documents = 0
        """How many are listed."""
        self.most = 1
        """Places of the document that has most of them."""
        self.years: Mapping[str, int] | None = None
        """How many documents there are of each year; None: not known yet."""

    def add(self, found: Sequence[Found]) -> None:
        """List more documents."""
        if found and not self.documents:
            self.first = len(self.entries)
        self.documents += len(found)
        self.most = max(self.most, *(each.hits for each in found), 1)
        self.entries.extend(place for each in found for place in places(each))

    @property
    def described(self) -> str:
        """How many documents there are."""
        if self.years is None:
            return f"{self.documents:,}… documents"
        number = sum(self.years.values())
        listed = f", the best {LISTED:,} are listed" if number > LISTED else ""
        return f"{counted(number, 'document')}{listed}"


@dataclass(frozen=True, slots=True)
class Glance:
    """What was looked at in an answer when the screen was left, to come back to."""

    answer: Answer
    cursor: int
    """The index that was pointed at."""
    marked: frozenset[Hits]
