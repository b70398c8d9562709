"""The acts on documents that are nearly the same."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING

from annotations.library.wording import counts
from annotations.model import Document, Span, Tally
from tui.jobs import Job, Progress
from tui.widgets.lines import titled

if TYPE_CHECKING:
    from annotations.library.duplicates import Alike
    from annotations.library.library import Library
    from tui.screens.duplicates import DuplicatesScreen
    from tui.screens.reader import Reader


def start(reader: Reader) -> None:
    """Compare the documents, and list those that are nearly the same."""
    from tui.screens.duplicates import DuplicatesScreen

    def show(found: Sequence[Alike]) -> None:
        reader.visit(DuplicatesScreen(reader, found))

    reader.start(Job("Comparing documents", "documents", _find, show))


def _find(library: Library, progress: Progress) -> list[Alike]:
    def report(done: int, total: int) -> None:
        progress.total = total
        progress.check(done)

    return library.duplicates.find(report)


def leave(screen: DuplicatesScreen) -> None:
    """Back to the text."""
    screen.dismiss()


def later(screen: DuplicatesScreen) -> None:
    """Read the document that was added later."""
    pair = screen.cards.pointed
    if pair is not None:
        _read(screen, pair.newer)


def earlier(screen: DuplicatesScreen) -> None:
    """Read the one that was added earlier."""
    pair = screen.cards.pointed
    if pair is not None:
        _read(screen, pair.older)


def _read(screen: DuplicatesScreen, document: Document) -> None:
    position = screen.desk.library.reading.position(document.id)
    screen.reader.leave_mark()
    screen.reader.go(document.id, Span(position, position))


def link(screen: DuplicatesScreen) -> Awaitable[None] | None:
    """Make the later document a revision of the earlier one, if the user is sure."""
    from tui.screens.confirm import Confirm

    pair = screen.cards.pointed
    if pair is None:
        return None
    older, newer = pair.older, pair.newer
    detail = (
        f"{titled(newer.title)} becomes the text of {titled(older.title)}, which keeps the "
        f"highlights of both and the earlier text. {screen.reader.key('undo')} takes it back."
    )

    def place(library: Library, progress: Progress) -> Tally:
        return library.revisions.link(older.id, newer.id, lambda: progress.check(progress.done))

    def tell(tally: Tally) -> None:
        screen.refill()
        screen.say(f"Linked: {counts(tally.placed, tally.moved, tally.lost)}")

    def go_on(_: bool) -> None:
        screen.reader.start(Job("Placing highlights", "highlights", place, tell))

    return screen.ask(Confirm("Make it a revision?", detail), go_on)


def delete(screen: DuplicatesScreen) -> Awaitable[None] | None:
    """Delete the later document, if the user is sure."""
    from tui.screens.confirm import Confirm

    pair = screen.cards.pointed
    if pair is None:
        return None
    newer = pair.newer
    detail = f"{titled(newer.title)}. {screen.reader.key('undo')} brings it back."
    return screen.ask(
        Confirm("Delete the later document?", detail),
        lambda _: screen.act(lambda: screen.desk.library.documents.delete([newer.id])),
    )
