"""Reviewing the highlights that a new text moved or lost, and giving one a place by hand."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import partial
from typing import TYPE_CHECKING

from annotations.library.wording import counted, counts
from annotations.model import Displaced, Span, Status, Tally
from tui.jobs import Job, Progress

if TYPE_CHECKING:
    from annotations.library.library import Library
    from tui.screens.reader import Reader
    from tui.screens.review import ReviewScreen


def start(reader: Reader) -> Awaitable[None]:
    """Show what is to be looked at."""
    from tui.screens.review import ReviewScreen

    return reader.visit(ReviewScreen(reader, reader.reviewing))


def leave(screen: ReviewScreen) -> None:
    """Back to the text."""
    screen.dismiss()


def accept(screen: ReviewScreen) -> None:
    """It is in the right place."""
    case = screen.cards.pointed
    if case is None:
        return
    if case.highlight.status is Status.LOST:
        screen.say(f"It has no place to accept; {screen.reader.key('review-place')} gives it one")
        return
    accept_here = partial(screen.desk.library.revisions.accept, [case.highlight.id])
    screen.act(partial(accept_here, revision=screen.revision), failed=screen.renew)


def lost(screen: ReviewScreen) -> None:
    """It has no place in this text."""
    case = screen.cards.pointed
    if case is not None:
        leave_here = partial(screen.desk.library.revisions.leave, [case.highlight.id])
        screen.act(partial(leave_here, revision=screen.revision), failed=screen.renew)


def accept_sure(screen: ReviewScreen) -> Awaitable[None] | None:
    """Accept all whose place is sure enough."""
    from tui.screens.choice import Choice, Option

    document, revisions = screen.desk.document, screen.desk.library.revisions
    if document is None:
        return None
    revision = screen.revision
    options = []
    for least in (0.99, 0.95, 0.9, 0.8, 0.7, 0.6):
        number = len(revisions.sure(document.id, least))
        label = f"at least {least:.0%} sure"
        options.append(Option(str(least), f"{label:<20}{counted(number, 'highlight')}"))

    def settle(least: str) -> None:
        ids = revisions.sure(document.id, float(least))
        if not ids:
            screen.say("No place is as sure as that")
            return
        undo = screen.reader.key("undo")
        screen.act(
            lambda: revisions.accept(ids, revision=revision),
            f"Accepted {counted(len(ids), 'place')}; {undo} takes it back",
            screen.renew,
        )

    return screen.ask(Choice("Accept all places that are", options, "0.95"), settle)


def open_(screen: ReviewScreen) -> None:
    """Go to it in the text; to where it was about, if it is lost."""
    case = screen.cards.pointed
    if case is not None:
        screen.reader.go(case.highlight.document, _place(case))


def edges(screen: ReviewScreen) -> None:
    """Let the edges of its new place follow the caret."""
    case = screen.cards.pointed
    if case is None:
        return
    if case.highlight.status is Status.LOST:
        place(screen)
        return
    reader = screen.reader
    _go(reader, case)
    reader.page.select(case.highlight.span)
    reader.adjusting = case.highlight
    reader.refresh_lines()


def place(screen: ReviewScreen) -> None:
    """Have its words selected in the text."""
    case = screen.cards.pointed
    if case is None:
        return
    reader = screen.reader
    _go(reader, case)
    reader.refresh_lines()
    keys = ", ".join(reader.key(each) for each in ("select", "select-sentence", "jump-sentence"))
    reader.say(
        f"Select its words ({keys}), then {reader.key('place-here')}; "
        f"{reader.key('place-leave')} goes back"
    )


def place_here(reader: Reader) -> None:
    """Give the highlight the selected place, and go on with the review."""
    wanted, span = reader.placing, reader.page.selection
    if wanted is not None and span is not None:
        move = partial(reader.desk.library.highlights.move, wanted.id, span.start, span.end)
        reader.act(partial(move, revision=reader.desk.revision), lambda _: _back(reader))


def place_leave(reader: Reader) -> Awaitable[None]:
    """Back to the review."""
    return _back(reader)


def again(screen: ReviewScreen) -> None:
    """Place all of them again."""
    reader, document = screen.reader, screen.desk.document
    if document is None:
        return

    def work(library: Library, progress: Progress) -> Tally:
        return library.revisions.place_again(document.id, lambda: progress.check(0))

    def tell(tally: Tally) -> None:
        reader.reload()
        screen.refill()
        screen.say(counts(tally.placed, tally.moved, tally.lost))

    reader.start(Job("Placing highlights again", "highlights", work, tell))


def _go(reader: Reader, case: Displaced) -> None:
    """Go to the text, to give a highlight a place."""
    reader.go(case.highlight.document, _place(case))
    reader.placing = case.highlight


def _place(case: Displaced) -> Span:
    highlight = case.highlight
    return Span(case.near, case.near) if highlight.status is Status.LOST else highlight.span


def _back(reader: Reader) -> Awaitable[None]:
    reader.placing = reader.adjusting = None
    reader.page.drop_selection()
    return start(reader)
