"""``flor add FOLDER --watch``: keeping folders in step.

Folders are looked at again and again: that works on every system and on drives of the network, and
a look at 10,000 files costs about a tenth of a second. A file is read once it has been the same at
two looks, so that nobody is writing it any more.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import FrameType
from typing import TYPE_CHECKING

from annotations.errors import FlorilegiumError, LibraryBusyError
from annotations.formats.detect import SUFFIXES
from annotations.library.wording import counted, listed
from annotations.model import FileState
from tui.cli import output
from tui.cli.intake import reader, tell
from tui.cli.progress import Progress
from tui.finding import Candidate, walk
from tui.intake import Reading, add_all, part

if TYPE_CHECKING:
    from annotations.library.library import Library

SECONDS = 1.0
"""Between two looks."""
_SHARE = 0.05
"""The most of the time that is spent on looking, however many files there are."""

States = Mapping[str, FileState]


class WatchedFolder:
    """What changes in a folder, from one look at it to the next.

    Args:
        path: Of the folder.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.is_there = True
        self._seen: States = {}
        self._taken: dict[str, FileState] = {}

    def look(self) -> tuple[list[Candidate], list[str]]:
        """Look at the folder now.

        Returns:
            The files that are new or changed, and at rest; and the paths of those that are gone,
            where the folder itself is there.
        """
        self.is_there = os.path.isdir(self.path)
        if not self.is_there:
            # Its files are not gone one by one.
            self._seen = {}
            return [], []
        found = {each.path: each for each in walk(self.path, SUFFIXES) if each.state is not None}
        now = {path: each.state for path, each in found.items() if each.state is not None}
        ready = [
            found[path]
            for path, state in now.items()
            if self._seen.get(path) == state and self._taken.get(path) != state
        ]
        gone = [path for path in self._taken if path not in now]
        for path in gone:
            del self._taken[path]
        self._seen = now
        return ready, gone

    def take(self, candidates: Iterable[Candidate]) -> None:
        """Note that files have been dealt with as they are."""
        self._taken |= {each.path: each.state for each in candidates if each.state is not None}


class _Round:
    """What is said of the changes, and counted for the end."""

    def __init__(self, library: Library, reading: Reading) -> None:
        self._library = library
        self._reading = reading
        self.counts: Counter[str] = Counter()
        self.looking = 0.0
        """Seconds that the last look at each folder took together."""

    def take_all(self, folders: Iterable[WatchedFolder]) -> None:
        """Bring the library in step with folders."""
        self.looking = 0.0
        for folder in folders:
            self._take(folder)

    def _take(self, folder: WatchedFolder) -> None:
        was_there, begun = folder.is_there, time.monotonic()
        ready, gone = folder.look()
        self.looking += time.monotonic() - begun
        if was_there and not folder.is_there:
            output.tell(f"{folder.path} is not there any more: waiting until it is")
        elif folder.is_there and not was_there:
            output.tell(f"{folder.path} is there again")
        for path in gone:
            output.tell(f"{path} is gone; its document stays in the library")
        self.counts["gone"] += len(gone)
        if ready:
            self._add(ready)
            folder.take(ready)

    def _add(self, ready: Sequence[Candidate]) -> None:
        known, waiting = part(self._library, ready, self._reading)
        self.counts["known"] += len(known)
        failures: list[str] = []
        with Progress(len(waiting), sum(each.size for each in waiting)) as progress:
            for outcome in add_all(
                self._library, waiting, self._reading, progress, failures, reader(progress)
            ):
                progress.clear()
                if outcome.new or outcome.notices:
                    tell(outcome)
                kind = "revised" if outcome.revision else "added" if outcome.new else "known"
                self.counts["failed" if outcome.error else kind] += 1
        for failure in failures:
            output.tell(failure)
        sys.stdout.flush()

    def summary(self) -> str:
        """What was done, in words."""
        words = {
            "added": counted(self.counts["added"], "document") + " added",
            "revised": counted(self.counts["revised"], "document") + " revised",
            "known": counted(self.counts["known"], "file") + " in the library already",
            "gone": counted(self.counts["gone"], "file") + " gone",
            "failed": counted(self.counts["failed"], "file") + " that could not be read",
        }
        return listed([words[kind] for kind in words if self.counts[kind]]) or "nothing changed"


def watch_folders(library: Library, paths: Sequence[str], reading: Reading) -> None:
    """Keep the library in step with folders until the user has had enough.

    Raises:
        FlorilegiumError: a path is no folder, or the library cannot be written.
    """
    for path in paths:
        if not os.path.isdir(path):
            raise FlorilegiumError(f"{path} is no folder that could be watched")
    folders = [WatchedFolder(path) for path in paths]
    done = _Round(library, reading)
    busy = False
    try:
        # Whoever starts this in the background has interrupts ignored, and ends it by another
        # signal.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
        output.tell(f"watching {listed(list(paths))}; Ctrl+C stops")
        while True:
            try:
                done.take_all(folders)
                busy = False
            except LibraryBusyError as error:
                if not busy:
                    output.tell(str(error).replace("try again", "trying again"))
                busy = True
            time.sleep(max(SECONDS, done.looking / _SHARE))
    except KeyboardInterrupt:
        output.tell(f"stopped watching: {done.summary()}")


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
