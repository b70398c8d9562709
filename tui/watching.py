"""Folders that the library is kept in step with: what changes in them, from one look to the next.

Folders are looked at again and again: that works on every system and on drives of the network, and
a look at 10,000 files costs about a tenth of a second. A file is read once it has been the same at
two looks, so that nobody is writing it any more.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

from annotations.formats.detect import SUFFIXES
from annotations.model import FileState
from tui.finding import Candidate, walk

SECONDS = 1.0
"""Between two looks."""
_SHARE = 0.05
"""The most of the time that is spent on looking, however many files there are."""


def pause_after(looking: float) -> float:
    """How many seconds to rest after a look that took some."""
    return max(SECONDS, looking / _SHARE)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a folder has shown."""

    ready: Sequence[Candidate] = ()
    """The files that are new or changed, and at rest."""
    gone: Sequence[str] = ()
    """The paths of files that are gone, where the folder itself is there."""
    news: str = ""
    """What is to be said of the folder itself: it has gone, or come back."""
    seconds: float = 0.0
    """How long it took."""


class WatchedFolder:
    """A folder that is looked at.

    Args:
        path: Of the folder.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.is_there = True
        self._seen: Mapping[str, FileState] = {}
        self._taken: dict[str, FileState] = {}

    def look(self) -> Look:
        """Look at the folder now."""
        begun, was_there = monotonic(), self.is_there
        self.is_there = os.path.isdir(self.path)
        if not self.is_there:
            # Its files are not gone one by one.
            self._seen = {}
            gone = f"{self.path} is not there any more: waiting until it is"
            return Look(news=gone if was_there else "")
        found = {each.path: each for each in walk(self.path, SUFFIXES) if each.state is not None}
        now = {path: each.state for path, each in found.items() if each.state is not None}
        ready = [
            found[path]
            for path, state in now.items()
            if self._seen.get(path) == state and self._taken.get(path) != state
        ]
        missing = [path for path in self._taken if path not in now]
        for path in missing:
            del self._taken[path]
        self._seen = now
        back = "" if was_there else f"{self.path} is there again"
        return Look(ready, missing, back, monotonic() - begun)

    def take(self, candidates: Iterable[Candidate]) -> None:
        """Note that files have been dealt with as they are."""
        self._taken |= {each.path: each.state for each in candidates if each.state is not None}
