"""The sidebar: the documents of the library, filtered as you type, and the folders above them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from annotations.errors import FlorilegiumError
from tui.commands import Scope, bindings
from tui.folders import EVERYTHING, Folder
from tui.widgets.cards import Cards
from tui.widgets.document_cards import DocumentCards
from tui.widgets.field import Field
from tui.widgets.folder_cards import FolderCards
from tui.widgets.keybar import Hint

if TYPE_CHECKING:
    from array import array

    from textual.timer import Timer

    from annotations.model import Document
    from tui.catalogue import Catalogue

REST_SECONDS = 0.25
"""How long after the last key it is looked for more of what the field leaves."""


class Filter(Field):
    """The field above the list; keys that are no text move in the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.DOCUMENTS),
        Binding("up", "climb", show=False),
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

    class Left(Message):
        """The user went up from the field."""

    @property
    def hints(self) -> Sequence[Hint]:
        """What the footer says of the way out of an empty list, which no command is."""
        sidebar = self.screen.query_one(Sidebar)
        leads = sidebar.folders.display and not sidebar.cards.items
        return (("", "↑", "folders"),) if leads else ()

    def action_climb(self) -> None:
        """Move up in the list; from its first card, out of the field."""
        cards = self.screen.query_one(DocumentCards)
        if cards.cursor:
            cards.move(-1)
        else:
            self.post_message(self.Left())

    def action_leaf(self, pages: int) -> None:
        """Move in the list by a screenful."""
        self.screen.query_one(DocumentCards).page(pages)


class Sidebar(Vertical):
    """The documents, a card each, a field that filters them, and the folders that they are in."""

    DEFAULT_CSS = """
    Sidebar { background: $surface; width: 24; }
    """

    class Opened(Message):
        """The user chose the document that the list points at."""

    class Entered(Message):
        """The user chose what to list."""

        def __init__(self, folder: Folder) -> None:
            super().__init__()
            self.folder = folder

    def __init__(self) -> None:
        super().__init__()
        self.folder = EVERYTHING
        """What is listed."""
        self.folders = FolderCards()
        self.folders.display = False
        self.field = Filter(placeholder="Filter documents", select_on_focus=False)
        """Where one types what to show."""
        self.cards = DocumentCards()
        self._documents: Catalogue | None = None
        self._rest: Timer | None = None
        self._shown = ""
        self._empty = ""

    async def fill(self) -> None:
        """Put the folders, the field and the list in; the first picture does without them."""
        await self.mount(self.folders, self.field, self.cards)

    @property
    def pointed(self) -> Document | None:
        """The document that the list points at, for what the field says at this moment."""
        if self.field.value != self._shown:
            self._filter()
        return self.cards.pointed

    def show(
        self, documents: Catalogue, opened: Document | None, empty: str, *, anew: bool = False
    ) -> None:
        """Show the library as it is now.

        Args:
            documents: Those to list, in order.
            opened: The one on the page.
            empty: What to say where there are none.
            anew: Point at the first.
        """
        pointed = self.cards.pointed
        is_other = opened is not None and opened.id != self.cards.opened
        self._documents, self._empty = documents, empty
        self.cards.opened = opened.id if opened else ""
        # To what has just been opened; otherwise it stays where the user is pointing.
        wanted = () if anew else (opened if is_other else None, pointed)
        self._filter(*wanted)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.field.value != self._shown:
            self._filter()

    @on(DocumentCards.Left)
    def _left_list(self, event: DocumentCards.Left) -> None:
        event.stop()
        self.screen.set_focus(self.field)

    @on(Filter.Left)
    def _left_field(self, event: Filter.Left) -> None:
        event.stop()
        if self.folders.display:
            self.screen.set_focus(self.folders)

    @on(Cards.Pointed)
    def _pointed(self, event: Cards.Pointed) -> None:
        event.stop()
        if event.cards is self.folders and (folder := self.folders.pointed):
            self.post_message(self.Entered(folder))

    @on(Cards.Chosen)
    def _chosen(self, event: Cards.Chosen) -> None:
        event.stop()
        if event.cards is self.cards:
            self.post_message(self.Opened())

    def _filter(self, *wanted: Document | None) -> None:
        """Show the documents that match the field, pointing at the first wanted one that is
        there."""
        if self._documents is None:
            return
        self._shown = self.field.value
        words = self._shown.split()
        found = self._documents.filtered(words) if words else self._documents
        places = (found.index_of(each) for each in wanted if each is not None)
        cursor = next((place for place in places if place is not None), 0)
        self.cards.show(found, cursor, "No document matches" if words else self._empty)
        if self._rest is not None:
            self._rest.stop()
        if not found.is_whole:
            self._rest = self.set_timer(REST_SECONDS, lambda: self._look_further(found))

    def _look_further(self, found: Catalogue) -> None:
        """Look aside for more of what the field leaves; the first of it is shown."""

        def look() -> None:
            # What goes wrong is said where more of the list is asked for.
            with suppress(FlorilegiumError):
                self.app.call_from_thread(self._extend, found, found.look_ahead())

        self.run_worker(look, thread=True, exclusive=True, group="filter")

    def _extend(self, found: Catalogue, numbers: array[int]) -> None:
        if found is self.cards.items:
            found.extend(numbers)
            self.cards.show(found, self.cards.cursor)
