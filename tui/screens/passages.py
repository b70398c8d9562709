"""Passages that answer a query: asking, the list of answers, acts on one or many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import ClassVar

from rich.style import Style
from textual import on
from textual.binding import BindingType
from textual.widgets import Input
from textual.worker import Worker, get_current_worker

from annotations.errors import FlorilegiumError, QuerySyntaxError
from annotations.library.clock import local
from annotations.model import Highlight
from annotations.text.graphemes import width
from tui.catalogue import TitleOf
from tui.commands import Scope, bindings
from tui.found import FoundHighlights
from tui.screens.reader import Reader
from tui.screens.station import Station, StationCards
from tui.widgets.cards import Line, Run
from tui.widgets.lines import clip, one_line, sentence, wrap
from tui.widgets.marking import MarkingCards

_CHUNK = 2000
"""Answers that are handed to the screen at a time."""


class PassageCards(StationCards[Highlight], MarkingCards[Highlight, str]):
    """Four rows a passage: where it is and what it bears, its text in context, a blank row."""

    ROWS: ClassVar[int] = 4

    def __init__(self, ink: Callable[[Highlight], Style]) -> None:
        super().__init__()
        self._ink = ink
        self.titles = TitleOf()
        """The title of each document by its id."""

    def key(self, item: Highlight) -> str:
        """Its id."""
        return item.id

    def card(self, item: Highlight, cells: int) -> Iterable[Line]:
        """Document and tags, then the passage with what stands around it."""
        bar: list[Run] = [(self.sign(item), "accent"), (" ", self._ink(item)), (" ", "")]
        room = max(10, cells - 3)
        tags = clip(one_line(" · ".join(item.tags)), room // 2)
        title = clip(one_line(self.titles[item.document]), room - width(tags) - 2)
        status = "" if item.status == "placed" else f"  {item.status}"
        yield [*bar, (title, "dim"), ("  ", ""), (tags, "accent"), (status, "italic")]
        before, after = item.prefix, item.suffix
        if item.start > len(before):
            before = f"… {before.partition(' ')[2] or before}"
        if after:
            after = f"{after.rpartition(' ')[0] or after} …"
        for line in wrap(one_line(f"{before}«{item.quote[: 4 * cells]}»{after}"), room, 2):
            yield [*bar, (line, "")]


class PassagesScreen(Station[Highlight]):
    """The passages that answer a query.

    Args:
        reader: The screen below.
        query: What to ask first.
        splitting: The tag that marked passages are to lose for another; empty: none.
    """

    SCOPE: ClassVar[Scope] = Scope.PASSAGES
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.PASSAGES, Station.ALSO)

    def __init__(self, reader: Reader, query: str = "", splitting: str = "") -> None:
        self.cards = PassageCards(lambda each: reader.page.bar_style(reader.desk.colour(each)))
        hint = 'risk/* and not stance/supports · "a tag" near/2s other · note:word · untagged'
        super().__init__(reader, "Passages", hint, self.cards)
        self.field.value = query
        self.splitting = splitting
        self.query_text = query
        self._worker: Worker[None] | None = None
        self._complete = False

    def on_mount(self) -> None:
        """Ask; without a query, let one be typed first."""
        super().on_mount()
        if not self.query_text:
            self.set_focus(self.field)

    def refill(self) -> None:
        """Ask the query anew."""
        self.cards.titles = TitleOf(self.desk.library.documents.titles)
        if self._worker is not None:
            self._worker.cancel()
        self._complete = False
        at = self.cards.cursor
        found = FoundHighlights(self.desk.library.passages.at)
        self.show(found, 0, "Looking …", "")
        self._worker = self.run_worker(
            lambda: self._ask(self.query_text, found, at), thread=True, exclusive=True
        )

    def _ask(self, query: str, found: FoundHighlights, cursor: int) -> None:
        """In a thread: find the answers."""
        worker = get_current_worker()
        try:
            with self.desk.library.beside() as library:
                numbers = library.passages.numbers(query)
                while chunk := list(islice(numbers, _CHUNK)):
                    if worker.is_cancelled:
                        return
                    self.app.call_from_thread(self._came, found, chunk, cursor)
        except FlorilegiumError as error:
            self.app.call_from_thread(self._failed, error)
        else:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._ended, found, cursor)

    def _came(self, found: FoundHighlights, numbers: Sequence[int], cursor: int) -> None:
        found.extend(numbers)
        self._list(found, cursor)

    def _ended(self, found: FoundHighlights, cursor: int) -> None:
        self._complete = True
        self._list(found, cursor)

    def _list(self, found: FoundHighlights, cursor: int) -> None:
        if found is not self.cards.items:
            return
        at = self.cards.cursor or cursor
        key = self.reader.key
        empty = (
            "No highlight answers this"
            if self.query_text.strip()
            else f"No highlights yet: {key('highlight')} or {key('tag')} in a text makes one"
        )
        self.show(found, at, empty, self._count(len(found)))

    def _count(self, number: int) -> str:
        more = "" if self._complete else "…"
        marked = f"   {len(self.cards.marked):,} marked" if self.cards.marked else ""
        return f"{number:,}{more} passage{'' if number == 1 else 's'}{marked}"

    def _failed(self, error: FlorilegiumError) -> None:
        if isinstance(error, QuerySyntaxError):
            from annotations.query.pointing import point_at

            query, caret = point_at(error, self.size.width - 4)
            self.show((), 0, f"{sentence(str(error))}\n\n{query}\n{caret}", "")
        else:
            self.show((), 0, sentence(str(error)), "")

    def describe(self, item: Highlight) -> Iterator[str]:
        """Who made it and when, and the note on it."""
        yield f"{item.coder}, {local(item.created_at)[:10]}, at character {item.start:,}"
        yield " · ".join(item.tags)
        yield from item.note.split("\n")

    @property
    def chosen(self) -> list[str]:
        """The ids that an act is on: of the marked passages, or of the one pointed at."""
        return sorted(self.cards.chosen)

    @on(MarkingCards.Marked)
    def _marked(self, event: MarkingCards.Marked) -> None:
        event.stop()
        self.head(self._count(len(self.cards.items)))

    def ask_again(self, query: str) -> None:
        """Ask another query."""
        self.field.value = self.query_text = query
        self.cards.unmark()
        self.refill()
        self.set_focus(self.cards)

    def submitted(self) -> None:
        """Enter in the field: ask."""
        self.ask_again(self.field.value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
