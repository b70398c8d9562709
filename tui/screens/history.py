"""What was done in the library, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from annotations.model import Act
from tui.commands import Scope, bindings
from tui.screens.reader import Reader
from tui.screens.station import Station, StationCards
from tui.widgets.cards import Line
from tui.widgets.lines import clip, one_line

LISTED = 5000
"""The latest acts that are listed."""


class ActCards(StationCards[Act]):
    """One row an act: when, who, what."""

    def tops(self, items: Sequence[Act], cells: int) -> Sequence[int]:
        """One row each."""
        return range(len(items) + 1)

    def card(self, item: Act, cells: int) -> Iterable[Line]:
        """A sentence."""
        when = f"{item.at[:10]} {item.at[11:16]}"
        who = clip(one_line(item.coder), 14)
        state = "  taken back" if item.undone else ""
        verb = {"undo": "took back: ", "redo": "did again: "}.get(item.name, "")
        room = max(8, cells - len(when) - 16 - len(state) - 2)
        done = clip(one_line(f"{verb}{item.summary or item.name}"), room)
        yield [
            (f"{when}  ", "dim"),
            (f"{who:<14} ", "accent"),
            (done, "dim" if item.undone else ""),
            (state, "italic"),
        ]


class HistoryScreen(Station[Act]):
    """The acts, latest first."""

    SCOPE: ClassVar[Scope] = Scope.HISTORY
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.HISTORY, ("undo", "redo"))

    def __init__(self, reader: Reader) -> None:
        self.cards = ActCards()
        super().__init__(
            reader, "History", "Find acts: a tag, words of a passage, a day", self.cards
        )
        self.only_mine = False
        self.only_document = False

    def refill(self) -> None:
        """Read the acts that the filters let through."""
        library = self.desk.library
        document = self.desk.document
        acts = library.journal.acts(
            coder=library.coder if self.only_mine else None,
            document=document.id if document and self.only_document else None,
        )
        words = self.field.value.casefold().split()
        found = list(islice((act for act in acts if _says(act, words)), LISTED))
        filters = [
            "mine" if self.only_mine else "",
            "on this document" if self.only_document else "",
            "the latest" if len(found) == LISTED else "",
        ]
        heading = "   ".join(filter(None, [*filters, f"{len(found):,} acts"]))
        self.show(found, self.cards.cursor, "Nothing has been done yet.", heading)

    def describe(self, item: Act) -> Iterator[str]:
        """The whole sentence."""
        yield f"{item.coder} {item.summary or item.name}"
        yield f"{item.at}  {item.changes:,} changes  {'taken back since' if item.undone else ''}"

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.refill()


def _says(act: Act, words: Sequence[str]) -> bool:
    text = f"{act.at} {act.coder} {act.name} {act.summary}".casefold()
    return all(word in text for word in words)
