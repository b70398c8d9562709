"""The texts that the open document has had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from annotations.library.clock import local
from annotations.library.wording import counted
from annotations.model import Revision
from tui.commands import Scope, bindings
from tui.screens.reader import Reader
from tui.screens.station import Station, StationCards
from tui.widgets.cards import Line


class RevisionCards(StationCards[Revision]):
    """One row a text: its number, when it came, how long it is, what lies in it."""

    def card(self, item: Revision, cells: int) -> Iterable[Line]:
        """A line."""
        when = local(item.made_at)[:-3]
        lost = " lost" if item.highlights and not item.current else ""
        yield [
            (f" {item.number:>4}  ", "strong"),
            (f"{'current' if item.current else '':<9}", "accent"),
            (f"{when}  ", "dim"),
            (f"{item.length:>13,} characters   ", ""),
            (f"{counted(item.highlights, 'highlight')}{lost}", "dim"),
        ]


class RevisionsScreen(Station[Revision]):
    """The texts of the open document, the first one first."""

    SCOPE: ClassVar[Scope] = Scope.REVISIONS
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.REVISIONS, Station.ALSO)

    def __init__(self, reader: Reader) -> None:
        self.cards = RevisionCards()
        super().__init__(reader, "Revisions", "", self.cards)

    def compose(self) -> ComposeResult:
        """The list."""
        yield self.heading
        yield self.cards
        yield self.detail
        yield self.key_bar

    def refill(self) -> None:
        """Read the texts anew; the current one is pointed at first."""
        document = self.desk.document
        found = self.desk.library.revisions.list(document.id) if document else []
        current = next((at for at, each in enumerate(found) if each.current), 0)
        at = self.cards.cursor if self.cards.items else current
        self.show(found, at, "No document is open.", counted(len(found), "text"))

    def describe(self, item: Revision) -> Iterator[str]:
        """Where it came from."""
        document = self.desk.document
        if document is not None:
            yield document.title
            if item.current:
                yield f"{document.path or document.source}  {document.encoding}".strip()
