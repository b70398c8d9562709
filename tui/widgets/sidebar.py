"""The sidebar: the documents of the library, filtered as you type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from annotations.model import Document
from tui.catalogue import Catalogue
from tui.commands import Scope, bindings

from .cards import Cards, Line
from .lines import one_line, wrap

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CARD_ROWS = 4


def readable_date(published: str) -> str:
    """``2023-10-30`` as ``30 Oct 2023``; less if less is known; anything else as it is."""
    parts = published.split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        return one_line(published)
    year, month, day = (*map(int, parts), 0, 0)[:3]
    if month not in range(13):
        return one_line(published)
    words = (str(day) if day else "", _MONTHS[month - 1] if month else "", str(year or ""))
    return " ".join(word for word in words if word)


class DocumentCards(Cards[Document], can_focus=False):
    """One card a document: title, date, number of highlights."""

    DEFAULT_CSS = """
    DocumentCards { height: 1fr; }
    Sidebar:focus-within > DocumentCards > .cards--cursor {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
    }
    """

    opened = ""
    """The id of the document on the page."""

    def tops(self, items: Sequence[Document], cells: int) -> Sequence[int]:
        """All cards are equally high."""
        return range(0, _CARD_ROWS * (len(items) + 1), _CARD_ROWS)

    def card(self, item: Document, cells: int) -> Iterable[Line]:
        """Up to two lines of title, then the date and the count."""
        here = item.id == self.opened
        bar = ("▌" if here else " ", "accent")
        title = wrap(one_line(item.title), cells - 2, 2)
        for line in title:
            yield [bar, (line, "strong" if here else "")]
        date = readable_date(item.published)
        count = _count(item.highlights, cells - 3 - len(date))
        gap = " " * max(1, cells - 2 - len(date) - len(count))
        yield [bar, (f"{date}{gap}{count}", "dim")]


def _count(highlights: int, cells: int) -> str:
    """The number of highlights in as many words as there is room for."""
    if not highlights:
        return ""
    words = f"{highlights:,} highlight{'' if highlights == 1 else 's'}"
    return words if len(words) <= cells else f"{highlights:,}"


class Filter(Input):
    """The field above the list; keys that are no text move in the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.DOCUMENTS),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "leaf(-1)", show=False),
        Binding("pagedown", "leaf(1)", show=False),
    ]
    DEFAULT_CSS = """
    Filter {
        border: none;
        height: 1;
        margin: 0 0 1 0;
        padding: 0 1;
        background: $panel;
        &:focus { border: none; }
    }
    """

    def action_step(self, steps: int) -> None:
        """Move in the list."""
        self.screen.query_one(DocumentCards).move(steps)

    def action_leaf(self, pages: int) -> None:
        """Move in the list by a screenful."""
        self.screen.query_one(DocumentCards).page(pages)


class Sidebar(Vertical):
    """The documents, a card each, and a field that filters them."""

    DEFAULT_CSS = """
    Sidebar { background: $surface; width: 24; }
    """

    class Opened(Message):
        """The user chose a document to read."""

        def __init__(self, document: Document) -> None:
            super().__init__()
            self.document = document

    def __init__(self) -> None:
        super().__init__()
        self._documents: Catalogue | None = None
        self._shown = ""

    def compose(self) -> ComposeResult:
        """The field and the list."""
        yield Filter(placeholder="Filter documents", select_on_focus=False)
        yield DocumentCards()

    @property
    def cards(self) -> DocumentCards:
        """The list."""
        return self.query_one(DocumentCards)

    @property
    def pointed(self) -> Document | None:
        """The document that the list points at, for what the field says at this moment."""
        if self.field.value != self._shown:
            self._filter()
        return self.cards.pointed

    def show(self, documents: Catalogue, opened: Document | None) -> None:
        """Show the library as it is now.

        Args:
            documents: All documents, in order.
            opened: The one on the page.
        """
        # Where the user is pointing, unless the list is shown for the first time.
        pointed = self.cards.pointed if self._documents is not None else None
        self._documents = documents
        self.cards.opened = opened.id if opened else ""
        self._filter(pointed or opened)

    @property
    def field(self) -> Filter:
        """Where one types what to show."""
        return self.query_one(Filter)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.field.value != self._shown:
            self._filter()

    @on(Cards.Pointed)
    def _pointed(self, event: Cards.Pointed) -> None:
        event.stop()

    @on(Cards.Chosen)
    def _chosen(self, event: Cards.Chosen) -> None:
        event.stop()
        if document := self.pointed:
            self.post_message(self.Opened(document))

    def _filter(self, wanted: Document | None = None) -> None:
        """Show the documents that match the field, pointing at the wanted one if it is there."""
        if self._documents is None:
            return
        self._shown = self.field.value
        words = self._shown.split()
        found = self._documents.filtered(words) if words else self._documents
        cursor = found.index_of(wanted) if wanted else 0
        empty = "No document matches" if words else "The library is empty.\nflor add FILE fills it"
        self.cards.show(found, cursor, empty)
