"""The texts that a document has had: reading one, comparing two, turning to another."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.library.clock import local
from annotations.library.wording import counts
from annotations.model import Revision, Tally
from tui.jobs import Job, Progress
from tui.widgets.lines import one_line

if TYPE_CHECKING:
    from annotations.library.comparing import Hunk
    from annotations.library.library import Library
    from tui.screens.changes import ChangesScreen
    from tui.screens.reader import Reader
    from tui.screens.revisions import RevisionsScreen


def start(reader: Reader) -> Awaitable[None]:
    """Show the texts."""
    from tui.screens.revisions import RevisionsScreen

    return reader.visit(RevisionsScreen(reader))


def leave(screen: RevisionsScreen | ChangesScreen) -> None:
    """Back."""
    screen.dismiss()


def read(screen: RevisionsScreen) -> Awaitable[None] | None:
    """Read the text that is pointed at; the current one in the reader."""
    from tui.screens.earlier import EarlierText
    from tui.texts import earlier_text

    document, revision = screen.desk.document, screen.cards.pointed
    if document is None or revision is None:
        return None
    if revision.current:
        screen.dismiss()
        return None
    source = earlier_text(screen.desk.library, document.id, revision.number)
    title = f"Text {revision.number}, of {local(revision.made_at)[:10]}: {one_line(document.title)}"
    return screen.app.push_screen(EarlierText(title, source, screen.reader.page.measure))


def compare(screen: RevisionsScreen) -> None:
    """Show what changed from this text to the current one; of the current one, since the last."""
    document, revision = screen.desk.document, screen.cards.pointed
    if document is None or revision is None:
        return
    old, new = _pair(screen.cards.items, revision)
    if old == new:
        screen.say("There is no text before this one")
        return
    reader = screen.reader

    def work(library: Library, progress: Progress) -> list[Hunk]:
        from annotations.library.comparing import hunks
        from tui.screens.changes import MOST

        found: list[Hunk] = []
        runs = library.revisions.compare(document.id, old, new)
        for hunk in islice(hunks(runs), MOST + 1):
            found.append(hunk)
            progress.check(len(found))
        return found

    def show(found: list[Hunk]) -> None:
        from tui.screens.changes import ChangesScreen

        reader.visit(ChangesScreen(reader, f"From text {old} to text {new}", found))

    reader.start(Job("Comparing", "changes", work, show))


def _pair(revisions: Sequence[Revision], pointed: Revision) -> tuple[int, int]:
    """The numbers of the texts to compare."""
    current = next(each.number for each in revisions if each.current)
    if not pointed.current:
        return pointed.number, current
    before = [each.number for each in revisions if each.number < current]
    return (before or [current])[-1], current


def current(screen: RevisionsScreen) -> None:
    """Make the text that is pointed at the document's."""
    document, revision = screen.desk.document, screen.cards.pointed
    if document is None or revision is None:
        return
    if revision.current:
        screen.say("It is the current text already")
        return

    def work(library: Library, progress: Progress) -> Tally | None:
        return library.revisions.turn_to(document.id, revision.number, lambda: progress.check(0))

    screen.reader.start(Job("Placing highlights", "highlights", work, partial(_tell, screen)))


def add(screen: RevisionsScreen) -> Awaitable[None] | None:
    """Read a file that holds a later text of the document."""
    from tui.screens.prompt import Prompt

    document = screen.desk.document
    if document is None:
        return None

    def take(path: str) -> None:
        def work(library: Library, progress: Progress) -> Tally | None:
            from annotations.formats import read

            imported = read(Path(path.strip()).expanduser())
            report = progress.report_unlocked
            return library.documents.add(imported, progress=report, revises=document.id).revised

        job = Job("Reading the new text", "characters", work, partial(_tell, screen))
        screen.reader.start(job)

    return screen.ask(Prompt("The file with the new text", _there, hint="a path", path=True), take)


def _there(path: str) -> None:
    """Refuse what is no file."""
    from annotations.errors import UnreadableFileError

    if not Path(path.strip()).expanduser().is_file():
        raise UnreadableFileError(f"There is no file {path.strip() or 'without a name'}")


def encoding(screen: RevisionsScreen) -> Awaitable[None] | None:
    """Read the document's file again in another encoding."""
    from tui.screens.prompt import Prompt

    document = screen.desk.document
    if document is None:
        return None

    def again(name: str) -> None:
        def work(library: Library, progress: Progress) -> Tally | None:
            from annotations.library.rereading import read_again

            report = progress.report_unlocked
            return read_again(library.documents, document.id, name, report).revised

        job = Job("Reading the file again", "characters", work, partial(_tell, screen))
        screen.reader.start(job)

    hint = f"now {document.encoding}" if document.encoding else "utf-8, cp1252 ..."
    return screen.ask(Prompt("Read the file again as", _known, hint=hint), again)


def _known(name: str) -> None:
    """Refuse what is no encoding."""
    from annotations.errors import InvalidError

    try:
        "".encode(name.strip())
    except (LookupError, ValueError) as error:
        raise InvalidError(f"There is no encoding {name!r}") from error


def _tell(screen: RevisionsScreen, tally: Tally | None) -> None:
    """Show what has become of the document."""
    screen.reader.reload()
    screen.refill()
    if tally is None:
        screen.say("The text is the same")
        return
    screen.say(became(screen.reader, tally))


def became(reader: Reader, tally: Tally) -> str:
    """What became of the highlights of a document that has another text now, for its reader."""
    told = counts(tally.placed, tally.moved, tally.lost)
    if tally.moved or tally.lost:
        return f"{told}; {reader.key('review')} in the text reviews them"
    return told


def open_(screen: ChangesScreen) -> None:
    """Go to the change in the text."""
    from annotations.model import Span
    from tui.screens.changes import changed

    document, hunk = screen.desk.document, screen.cards.pointed
    if document is not None and hunk is not None:
        run = changed(hunk)
        screen.reader.go(document.id, Span(run.new_start, run.new_start + len(run.new)))
