"""``flor add FOLDER --watch``: keeping folders in step (:mod:`tui.watching`)."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from annotations.errors import FlorilegiumError, LibraryBusyError
from annotations.library.wording import counted, listed
from tui.cli import output
from tui.cli.intake import reader, tell
from tui.cli.progress import Progress
from tui.finding import Candidate
from tui.intake import Reading, add_all, part
from tui.watching import WatchedFolder, pause_after

if TYPE_CHECKING:
    from annotations.library.library import Library


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
        look = folder.look()
        self.looking += look.seconds
        if look.news:
            output.tell(look.news)
        for path in look.gone:
            output.tell(f"{path} is gone; its document stays in the library")
        self.counts["gone"] += len(look.gone)
        if look.ready:
            self._add(look.ready)
            folder.take(look.ready)

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
                self.counts[outcome.kind] += 1
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
        output.tell(f"watching {listed(list(paths))}; Ctrl+C stops")
        while True:
            try:
                done.take_all(folders)
                busy = False
            except LibraryBusyError as error:
                if not busy:
                    output.tell(str(error).replace("try again", "trying again"))
                busy = True
            time.sleep(pause_after(done.looking))
    except KeyboardInterrupt:
        output.tell(f"stopped watching: {done.summary()}")
