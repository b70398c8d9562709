"""What was done in the library, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input
from textual.worker import get_current_worker

from annotations.errors import FlorilegiumError
from annotations.library.clock import local
from annotations.library.wording import counted
from annotations.model import Act
from annotations.query.acts import ActsAsked, parse_acts, with_field
from annotations.text.graphemes import width
from tui.commands import Scope, bindings
from tui.screens.reader import Reader
from tui.screens.station import Station, StationCards
from tui.widgets.cards import Line
from tui.widgets.lines import clip, column, one_line, sentence

LISTED = 5000
"""The latest acts that are listed."""
_CODER_CELLS = 14
_ROOMY = 60
"""Cells from which on there is room for the coder."""


class ActCards(StationCards[Act]):
    """One row an act: when, who, what."""

    def card(self, item: Act, cells: int) -> Iterable[Line]:
        """A sentence."""
        when = local(item.at)[:-3]
        state = "  taken back" if item.undone else ""
        # Where there is little room, the line below tells who it was.
        who = f"{column(one_line(item.coder), _CODER_CELLS)} " if cells >= _ROOMY else ""
        room = max(4, cells - len(when) - 2 - width(who) - len(state))
        done = clip(one_line(item.summary or item.name), room)
        yield [
            (f"{when}  ", "dim"),
            (who, "accent"),
            (done, "dim" if item.undone else ""),
            (state, "italic"),
        ]


class HistoryScreen(Station[Act]):
    """The acts, latest first."""

    SCOPE: ClassVar[Scope] = Scope.HISTORY
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.HISTORY, Station.ALSO)

    def __init__(self, reader: Reader) -> None:
        self.cards = ActCards()
        hint = "words · tag:risk/tiers · coder:ann · doc:initiative · day:2026-11-22"
        super().__init__(reader, "History", hint, self.cards)
        self.only_mine = False
        self.only_document = False

    def refill(self) -> None:
        """Read the acts that the filters let through."""
        library, document = self.desk.library, self.desk.document
        try:
            asked = parse_acts(self.field.value)
        except FlorilegiumError as error:
            self.show((), 0, sentence(str(error)), "")
            return
        if self.only_mine:
            asked = replace(asked, coder=library.coder)
        if document is not None and self.only_document:
            asked = replace(asked, document=document.id)
        self.head("Looking …")
        self.run_worker(partial(self._look, asked), thread=True, exclusive=True)

    def _look(self, asked: ActsAsked) -> None:
        """In a thread: find the acts, of which there may be very many."""
        worker, own = get_current_worker(), self.desk.library
        found: list[Act] = []
        try:
            with own.beside() as library:
                for act in library.acts(asked, limit=LISTED):
                    if worker.is_cancelled:
                        return
                    found.append(act)
        except FlorilegiumError as error:
            self.app.call_from_thread(self.show, (), 0, sentence(str(error)), "")
        else:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._list, found)

    def _list(self, found: Sequence[Act]) -> None:
        filters = [
            "mine" if self.only_mine else "",
            "on this document" if self.only_document else "",
            "the latest" if len(found) == LISTED else "",
        ]
        heading = "   ".join(filter(None, [*filters, counted(len(found), "act")]))
        asks = self.field.value or self.only_mine or self.only_document
        empty = "No act is like that." if asks else "Nothing has been done yet."
        pointed = self.cards.pointed
        at = next((at for at, act in enumerate(found) if pointed and act.id == pointed.id), None)
        self.show(found, self.cards.cursor if at is None else at, empty, heading)

    def toggle(self, field: str, value: str) -> None:
        """Ask for another value of a field, or no more for this one."""
        with self.prevent(Input.Changed):
            self.field.value = with_field(self.field.value, field, value)
        self.field.cursor_position = len(self.field.value)
        self.refill()

    def describe(self, item: Act) -> Iterator[str]:
        """The whole sentence."""
        yield f"{item.coder} {item.summary or item.name}"
        since = " · taken back since" if item.undone else ""
        yield f"{local(item.at)} · {counted(item.changes, 'change')}{since}"

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.refill()
