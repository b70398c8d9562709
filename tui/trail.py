"""Where the reader has been: places to go back to and forth. Pure."""

from __future__ import annotations

from typing import NamedTuple

LONGEST = 200
"""Places that are remembered."""


class Spot(NamedTuple):
    """A place in a document."""

    document: str
    """Its id."""
    position: int
    """Code points."""


class Trail:
    """The places that jumps were made from, like a browser's history."""

    def __init__(self) -> None:
        self._behind: list[Spot] = []
        self._ahead: list[Spot] = []

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to go back to."""
        return bool(self._behind)

    @property
    def can_go_forth(self) -> bool:
        """Whether the last step was back."""
        return bool(self._ahead)

    def leave(self, spot: Spot) -> None:
        """Remember a place that is about to be left by a jump."""
        if not self._behind or self._behind[-1] != spot:
            self._behind.append(spot)
        del self._behind[:-LONGEST]
        self._ahead.clear()

    def back(self, here: Spot) -> Spot | None:
        """The place before, from ``here``."""
        return _step(self._behind, self._ahead, here)

    def forth(self, here: Spot) -> Spot | None:
        """The place that one came back from."""
        return _step(self._ahead, self._behind, here)


def _step(source: list[Spot], target: list[Spot], here: Spot) -> Spot | None:
    while source:
        spot = source.pop()
        if spot != here:
            target.append(here)
            return spot
    return None
