"""What to export, as what, and where to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from annotations.exchange.formats import FORMATS
from tui.screens.dialog import Dialog
from tui.screens.format_cards import FormatCards
from tui.widgets.cards import Cards
from tui.widgets.either import Either
from tui.widgets.path_field import PathField
from tui.widgets.tick import Tick

Scope = Literal["document", "query", "library", "marked", "hits"]

_SCOPES: dict[Scope, str] = {
    "document": "this document",
    "query": "this query",
    "library": "the library",
    "marked": "the marked places",
    "hits": "all places that were found",
}


@dataclass(frozen=True, slots=True)
class Order:
    """An export that was asked for."""

    path: Path
    format: str
    scope: Scope
    by_tag: bool
    """One row a highlight and tag."""
    raw: bool
    """Cells as they are, even those that a spreadsheet would run."""


@dataclass(frozen=True, slots=True)
class Look:
    """The first lines of what an export would write."""

    label: str
    lines: Sequence[str]


class Export(Dialog[Order]):
    """Asks for an export.

    Args:
        scopes: What can be exported, the usual first.
        look: Finds out what an order would write; runs in a thread.
        hits: Whether it is of places that a search found, which fill a table and bear no tags.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "write", "Export", show=False)]
    DEFAULT_CSS = """
    Export .label { color: $text-muted; }
    Export #wrong { color: $error; }
    Export #look { height: 4; background: $background; padding: 0 1; text-wrap: nowrap;
        text-overflow: ellipsis; }
    """

    def __init__(
        self, scopes: Sequence[Scope], look: Callable[[Order], Look], *, hits: bool = False
    ) -> None:
        super().__init__(
            "Export", "Enter export   Tab next   → complete the path   Ctrl+O files   Esc leave"
        )
        self._scopes = scopes
        self._look = look
        self._hits = hits
        self._replacing: Path | None = None

    def body(self) -> ComposeResult:
        """The fields, the path first: Enter there exports."""
        yield Static("To the file", classes="label")
        yield PathField("places.csv" if self._hits else "highlights.csv", folders=True)
        yield Static("", id="wrong")
        yield FormatCards()
        yield Either([_SCOPES[scope] for scope in self._scopes])
        if not self._hits:
            yield Tick("A row for each tag of a highlight", name="by_tag")
        yield Tick("Exact cells, even those that a spreadsheet would run", name="raw")
        yield Static("", classes="label", id="counted")
        yield Static("", id="look")

    def on_mount(self) -> None:
        """List the formats."""
        self.query_one(FormatCards).show_formats(
            each for each in FORMATS.values() if (each.table if self._hits else each.writes)
        )
        self._look_again()

    @on(Cards.Pointed)
    def _format_changed(self) -> None:
        """Let the ending of the path follow the format."""
        field = self.query_one(PathField)
        path = Path(field.value)
        known = {ending for each in FORMATS.values() for ending in each.suffixes}
        chosen = FORMATS[self._format]
        if chosen.suffixes and (not path.suffix or path.suffix.lower() in known):
            ending = "" if chosen.folder else chosen.suffixes[0]
            field.value = str(path.with_suffix(ending)) if path.name else field.value
        for tick in self.query(Tick):
            tick.disabled = not chosen.table
        self._look_again()

    @on(Either.Changed)
    @on(Tick.Changed)
    def _look_again(self) -> None:
        order = self._order(Path())
        self.run_worker(partial(self._find_out, order), thread=True, exclusive=True)

    def _find_out(self, order: Order) -> None:
        """In a thread."""
        look = self._look(order)
        self.app.call_from_thread(self._show, order, look)

    def _show(self, order: Order, look: Look) -> None:
        # It may have been left, or asked for something else, meanwhile.
        if self.is_attached and order == self._order(Path()):
            self.query_one("#counted", Static).update(Content(look.label))
            self.query_one("#look", Static).update(Content("\n".join(look.lines)))

    @property
    def _format(self) -> str:
        return self.query_one(FormatCards).taken or "csv"

    def _order(self, path: Path) -> Order:
        on = {tick.name for tick in self.query(Tick) if tick.value}
        scope = self._scopes[self.query_one(Either).taken]
        return Order(path, self._format, scope, "by_tag" in on, "raw" in on)

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Give the order, if the path will do."""
        value = self.query_one(PathField).value.strip()
        path = Path(value).expanduser()
        if not value:
            self._refuse("Name a file")
        elif path.is_dir() and not FORMATS[self._format].folder:
            self._refuse(f"{path} is a folder: name a file in it")
        elif not path.absolute().parent.is_dir():
            self._refuse(f"There is no folder {path.absolute().parent}")
        elif path.exists() and not path.is_dir() and self._replacing != path:
            self._replacing = path
            self._refuse(f"{path.name} is there already: Enter again replaces it")
        else:
            self.dismiss(self._order(path.absolute()))

    def _refuse(self, why: str) -> None:
        self.query_one("#wrong", Static).update(Content(why))
