"""Adding files, folders and pages to the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import UnreadableFileError
from annotations.formats.names import is_address
from annotations.library.wording import counted, listed
from tui.jobs import Job, Progress
from tui.widgets.lines import clip, one_line

if TYPE_CHECKING:
    from annotations.library.library import Library
    from tui.finding import Candidate
    from tui.intake import Passwords
    from tui.screens.dialog import Dialog
    from tui.screens.reader import Reader

_DONE: Mapping[str, str] = {
    "added": "{} added",
    "revised": "{} revised",
    "known": "{} there already",
}


@dataclass(slots=True)
class Taking:
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

    def take(
        self, library: Library, found: Sequence[Candidate], passwords: Passwords | None = None
    ) -> None:
        """In a thread: add files.

        Args:
            library: Of the thread.
            found: The files.
            passwords: Opens those that need one; ``None``: they are left out.
        """
        from tui.intake import Reading, add_all, part

        reading = Reading()
        known, waiting = part(library, found, reading)
        self.counts["known"] += len(known)
        if known:
            self.document = known[-1].document
        self.progress.total = sum(each.size for each in waiting)
        read_one = passwords.read if passwords is not None else None
        for outcome in add_all(library, waiting, reading, self, self.failures, read_one):
            if not outcome.error:
                self.counts[outcome.kind] += 1
                self.document = outcome.document


def start(reader: Reader) -> Awaitable[None]:
    """Ask what to add."""
    from tui.screens.prompt import Prompt

    hint = "a file, a folder, https://…"
    question = Prompt("Add to the library", _addable, hint=hint, path=True)
    return reader.ask(question, lambda written: _add(reader, written.strip()))


def watch(reader: Reader) -> Awaitable[None]:
    """Keep a folder in step, or no longer; ask which, where there is one already."""
    from tui.screens.choice import Choice, Option

    kept = reader.in_step
    if not kept.paths:
        return _ask_what_to_watch(reader)
    others = [Option("", "Another folder")]
    options = [Option(path, f"Stop watching {clip(one_line(path), 50)}") for path in kept.paths]

    def take(path: str) -> None:
        if path:
            kept.leave(path)
        else:
            _ask_what_to_watch(reader)

    return reader.ask(
        Choice("Folders that are kept in step", [*options, *others], kept.paths[0]), take
    )


def _ask_what_to_watch(reader: Reader) -> Awaitable[None]:
    from tui.screens.prompt import Prompt

    title = "Keep a folder in step: what comes into it is added"
    question = Prompt(title, _watchable, hint="a folder", path=True)
    return reader.ask(
        question, lambda written: reader.in_step.keep(str(Path(written.strip()).expanduser()))
    )


def password_asked(reader: Reader, progress: Progress) -> Passwords:
    """Opens files by passwords that are asked for on the screen, while work goes on aside."""
    from tui.intake import Passwords
    from tui.screens.prompt import Prompt

    def asked(why: str) -> Dialog[str]:
        return Prompt(clip(one_line(why), 56), _something, hint="its password", secret=True)

    return Passwords(lambda why: reader.working.ask(progress, lambda: asked(why)))


def _something(written: str) -> None:
    """Refuse nothing at all."""
    if not written:
        raise UnreadableFileError("Type the password, or leave the file out with Escape")


def _addable(written: str) -> None:
    """Refuse what is neither an address nor there."""
    path = written.strip()
    if not path:
        raise UnreadableFileError("Name a file, a folder or an address")
    if not is_address(path) and not Path(path).expanduser().exists():
        raise UnreadableFileError(f"There is no file or folder {path}")


def _watchable(written: str) -> None:
    """Refuse what is no folder."""
    path = written.strip()
    if not path or not Path(path).expanduser().is_dir():
        raise UnreadableFileError(f"There is no folder {path}" if path else "Name a folder")


def _add(reader: Reader, written: str) -> None:
    path = written if is_address(written) else str(Path(written).expanduser())
    takings: list[Taking] = []

    def work(library: Library, progress: Progress) -> Taking:
        taking = Taking(progress)
        takings.append(taking)
        taking.take(library, _found(path, progress), password_asked(reader, progress))
        return taking

    def left() -> str:
        return f": {takings[0].told}" if takings else ""

    name = clip(one_line(written), 40)
    reader.start(Job(f"Adding {name}", "bytes", work, lambda done: _tell(reader, done), left))


def _found(path: str, progress: Progress) -> list[Candidate]:
    """In a thread: the files that are meant."""
    from annotations.formats.detect import SUFFIXES
    from tui.finding import candidates

    found = []
    for candidate in candidates(path, SUFFIXES):
        progress.check(0)
        found.append(candidate)
    return found


def _tell(reader: Reader, taking: Taking) -> None:
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
