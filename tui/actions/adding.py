"""Adding files, folders and pages to the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import UnreadableFileError
from annotations.formats.source import is_address
from annotations.library.wording import counted, listed
from tui.jobs import Job, Progress
from tui.widgets.lines import clip, one_line

if TYPE_CHECKING:
    from annotations.library.library import Library
    from tui.screens.reader import Reader

_DONE: Mapping[str, str] = {
    "added": "{} added",
    "revised": "{} revised",
    "there": "{} there already",
}


@dataclass(slots=True)
class _Taking:
    """What has come of some files, and how far it is."""

    progress: Progress
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    document: str = ""
    """The id of the one that came last."""
    before: int = 0
    """Bytes of the files that are done with."""

    def reach(self, size: int) -> bool:
        """About so many bytes of the present file are done; False asks to stop."""
        return self.progress.report_unlocked(self.before + size)

    def finish(self, size: int) -> None:
        """The present file is done with."""
        self.before += size

    @property
    def told(self) -> str:
        """What was done, in words."""
        done = [
            said.format(counted(self.counts[kind], "document"))
            for kind, said in _DONE.items()
            if self.counts[kind]
        ]
        return listed(done) or "nothing added"


def start(reader: Reader) -> Awaitable[None]:
    """Ask what to add."""
    from tui.screens.prompt import Prompt

    hint = "a file, a folder, https://…"
    question = Prompt("Add to the library", _addable, hint=hint, path=True)
    return reader.ask(question, lambda written: _add(reader, written.strip()))


def _addable(written: str) -> None:
    """Refuse what is neither an address nor there."""
    path = written.strip()
    if not path:
        raise UnreadableFileError("Name a file, a folder or an address")
    if not is_address(path) and not Path(path).expanduser().exists():
        raise UnreadableFileError(f"There is no file or folder {path}")


def _add(reader: Reader, written: str) -> None:
    path = written if is_address(written) else str(Path(written).expanduser())
    takings: list[_Taking] = []

    def work(library: Library, progress: Progress) -> _Taking:
        takings.append(_Taking(progress))
        _take(library, path, takings[0])
        return takings[0]

    def left() -> str:
        return f": {takings[0].told}" if takings else ""

    name = clip(one_line(written), 40)
    reader.start(Job(f"Adding {name}", "bytes", work, lambda done: _tell(reader, done), left))


def _take(library: Library, path: str, taking: _Taking) -> None:
    """In a thread: add what there is."""
    from annotations.formats.detect import SUFFIXES
    from tui.finding import candidates
    from tui.intake import Reading, add_all, part

    found = []
    for candidate in candidates(path, SUFFIXES):
        taking.progress.check(0)
        found.append(candidate)
    reading = Reading()
    known, waiting = part(library, found, reading)
    taking.counts["there"] += len(known)
    if known:
        taking.document = known[-1].document
    taking.progress.total = sum(each.size for each in waiting)
    for outcome in add_all(library, waiting, reading, taking, taking.failures):
        if not outcome.error:
            kind = "revised" if outcome.revision else "added" if outcome.new else "there"
            taking.counts[kind] += 1
            taking.document = outcome.document


def _tell(reader: Reader, taking: _Taking) -> None:
    """Say what came of it: of a single document by showing it; and what could not be read."""
    from tui.screens.peek import Peek

    number = taking.counts.total()
    if number == 1:
        reader.views.open(reader.desk.library.documents.get(taking.document))
    if number == 0 and len(taking.failures) == 1:
        reader.say(taking.failures[0], "error")
    elif taking.failures:
        title = f"{taking.told}; {counted(len(taking.failures), 'file')} could not be read"
        reader.app.push_screen(Peek(title, "\n".join(taking.failures)))
    else:
        reader.say(taking.told)
