"""Looking at what was done, and taking it back."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from annotations.library.clock import local
from annotations.library.wording import counted
from tui.actions.picking import tag_picker

if TYPE_CHECKING:
    from annotations.library.journal import Restored
    from tui.screens.history import HistoryScreen
    from tui.screens.reader import Reader


def start(reader: Reader) -> Awaitable[None]:
    """Show what was done."""
    from tui.screens.history import HistoryScreen

    return reader.visit(HistoryScreen(reader))


def leave(screen: HistoryScreen) -> None:
    """Back to the text; out of the field first."""
    screen.leave_filter()


def find(screen: HistoryScreen) -> None:
    """Type words of acts."""
    screen.set_focus(screen.field)


def mine(screen: HistoryScreen) -> None:
    """Only my acts, or everybody's."""
    screen.only_mine = not screen.only_mine
    screen.refill()


def document(screen: HistoryScreen) -> None:
    """Only acts on the open document, or on all."""
    screen.only_document = not screen.only_document
    screen.refill()


def tag(screen: HistoryScreen) -> Awaitable[None]:
    """Only acts with a tag, which is picked; picking it again takes all."""
    return screen.ask(
        tag_picker(screen.reader, "Acts with the tag", making=False),
        lambda entry: screen.toggle("tag", entry.path),
    )


def coder(screen: HistoryScreen) -> None:
    """Only acts of whoever did this one, or everybody's."""
    act = screen.cards.pointed
    if act is not None:
        screen.toggle("coder", act.coder)


def day(screen: HistoryScreen) -> None:
    """Only acts of the day of this one, or of all days."""
    act = screen.cards.pointed
    if act is not None:
        screen.toggle("day", local(act.at)[:10])


def revert(screen: HistoryScreen) -> None:
    """Take the act back, whatever came after it."""
    act = screen.cards.pointed
    if act is None:
        return
    screen.act_on_many(
        "Taking back",
        act.changes,
        lambda library: library.journal.revert(act.id),
        lambda _: screen.say(f"Took back: {act.summary}"),
    )


def restore(screen: HistoryScreen) -> Awaitable[None] | None:
    """Go back to how it was right after the act."""
    from tui.screens.confirm import Confirm
    from tui.screens.peek import Peek

    act = screen.cards.pointed
    if act is None:
        return None

    def go_back(_: bool) -> None:
        screen.act_on_many(
            "Going back",
            screen.desk.library.journal.changes_since(act.at),
            lambda library: library.journal.restore(act.at),
            tell,
        )

    def tell(restored: Restored) -> None:
        screen.say(f"Took back {counted(restored.acts, 'act')}")
        if restored.conflicts:
            title = f"Left as {counted(len(restored.conflicts), 'act')} made it"
            screen.ask(Peek(title, "\n".join(restored.conflicts)), lambda _: None)

    undo = screen.reader.key("undo")
    detail = f"Takes back all that you did after {local(act.at)}. {undo} undoes that."
    return screen.ask(Confirm("Go back to this moment?", detail), go_back)
