"""Folders that the library is kept in step with while the reader is open.

Looking is done aside; what is new in a folder is added as any other work is, when none is going on.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer

from annotations.errors import LibraryBusyError
from annotations.library.wording import counted
from tui.actions.adding import Taking
from tui.jobs import Job, Progress
from tui.watching import SECONDS, Look, WatchedFolder, pause_after
from tui.widgets.lines import clip, one_line

if TYPE_CHECKING:
    from annotations.library.library import Library
    from tui.finding import Candidate
    from tui.screens.reader import Reader

_NAME_CELLS = 24


class InStep:
    """The folders.

    Args:
        reader: Says what happens to them.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._folders: dict[str, WatchedFolder] = {}
        self._timer: Timer | None = None
        self._looking = False
        self._not_before = 0.0
        """When it is looked again, by the monotonic clock."""

    @property
    def paths(self) -> Sequence[str]:
        """The folders, in the order in which they came."""
        return list(self._folders)

    @property
    def described(self) -> str:
        """The state in a few words; empty where no folder is kept in step."""
        away = [each for each in self._folders.values() if not each.is_there]
        if away:
            return f"{_named(away[0].path)} is gone"
        match self.paths:
            case []:
                return ""
            case [path]:
                return f"watching {_named(path)}"
            case paths:
                return f"watching {len(paths)} folders"

    def keep(self, path: str) -> None:
        """Keep a folder in step from now on."""
        path = str(Path(path).absolute())
        self._folders.setdefault(path, WatchedFolder(path))
        if self._timer is None:
            self._timer = self._reader.set_interval(SECONDS, self._look)
        self._not_before = 0.0
        self._look()
        key = self._reader.key("watch")
        self._reader.say(f"Watching {_named(path)} while the reader is open; {key} stops it")
        self._reader.refresh_lines()

    def leave(self, path: str) -> None:
        """Keep a folder in step no longer."""
        if self._folders.pop(path, None) is None:
            return
        if not self._folders and self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._reader.say(f"{_named(path)} is not watched any more")
        self._reader.refresh_lines()

    def _look(self) -> None:
        if not (self._looking or self._reader.working.busy or monotonic() < self._not_before):
            self._looking = True
            folders = list(self._folders.values())
            self._reader.run_worker(lambda: self._look_at(folders), thread=True)

    def _look_at(self, folders: Sequence[WatchedFolder]) -> None:
        """In a thread."""
        seen = [(folder, folder.look()) for folder in folders]
        self._reader.app.call_from_thread(self._saw, seen)

    def _saw(self, seen: Sequence[tuple[WatchedFolder, Look]]) -> None:
        self._looking = False
        self._not_before = monotonic() + pause_after(sum(look.seconds for _, look in seen))
        for folder, look in seen:
            if self._folders.get(folder.path) is not folder:
                continue
            if look.news:
                self._reader.say(look.news, "warning" if not folder.is_there else "information")
                self._reader.refresh_lines()
            # What has to wait is as new at the next look.
            if look.ready and not self._reader.working.busy:
                self._add(folder, look.ready)

    def _add(self, folder: WatchedFolder, ready: Sequence[Candidate]) -> None:
        name = _named(folder.path)
        takings: list[Taking] = []
        settled = False

        def work(library: Library, progress: Progress) -> bool:
            taking = Taking(progress)
            takings.append(taking)
            try:
                taking.take(library, ready)
            except LibraryBusyError:
                return False
            return True

        def then(whole: bool) -> None:
            nonlocal settled
            settled = True
            if whole:
                folder.take(ready)
                self._tell(name, takings[0])

        def left() -> str:
            return f": {takings[0].told}" if takings else ""

        def ended() -> None:
            # It was stopped, or the library cannot be written: it would only go the same way again.
            if not settled:
                self.leave(folder.path)

        self._reader.start(Job(f"Adding from {name}", "bytes", work, then, left))
        self._reader.working.afterwards(ended)

    def _tell(self, name: str, taking: Taking) -> None:
        """Say what came of it, if anything is new."""
        told = [] if not (taking.counts["added"] or taking.counts["revised"]) else [taking.told]
        if taking.failures:
            number = counted(len(taking.failures), "file")
            told.append(f"{number} could not be read: {taking.failures[0]}")
        if told:
            line = f"{name}: {'; '.join(told)}"
            self._reader.say(line, "warning" if taking.failures else "information")


def _named(path: str) -> str:
    """The name of a folder, for a sentence."""
    return clip(one_line(Path(path).name or path), _NAME_CELLS)
