"""What to export, as what, and where to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Static

from annotations.exchange.formats import FORMATS
from tui.widgets.cards import Cards
from tui.widgets.tick import Tick

from .choice import Option, OptionCards
from .dialog import Dialog


@dataclass(frozen=True, slots=True)
class Order:
    """An export that was asked for."""

    path: Path
    format: str
    library: bool
    """The whole library; otherwise the open document."""
    by_tag: bool
    """One row a highlight and tag."""
    raw: bool
    """Cells as they are, even those that a spreadsheet would run."""


class PathSuggester(Suggester):
    """Completes the name of a folder or file."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The first name, in order, that goes on from what was typed."""
        folder, begun = os.path.split(value)
        if not begun:
            return None
        try:
            with os.scandir(os.path.expanduser(folder) or ".") as entries:
                found = min(
                    (entry for entry in entries if entry.name.startswith(begun)),
                    key=lambda entry: entry.name,
                    default=None,
                )
                if found is None:
                    return None
                ending = os.sep if found.is_dir() else ""
                return os.path.join(folder, found.name) + ending
        except OSError:
            return None


class FormatCards(OptionCards):
    """The formats."""

    DEFAULT_CSS = """
    FormatCards { height: 5; max-height: 5; margin-bottom: 1; scrollbar-size-vertical: 1; }
    """


class Export(Dialog[Order]):
    """Asks for an export.

    Args:
        title: The open document's; empty if there is none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "write", "Export", show=False)]
    DEFAULT_CSS = """
    Export .label { color: $text-muted; }
    Export #wrong { color: $error; }
    """

    def __init__(self, title: str) -> None:
        super().__init__("Export", "Enter export   Tab next   → complete the path   Esc leave")
        self._document = title
        self._replacing: Path | None = None

    def body(self) -> ComposeResult:
        """The fields, the path first: Enter there exports."""
        yield Static("To the file", classes="label")
        yield Input("highlights.csv", suggester=PathSuggester(), select_on_focus=False)
        yield Static("", id="wrong")
        yield Static("As", classes="label")
        yield FormatCards()
        if self._document:
            yield Tick("Only this document", True, name="only")
        yield Tick("In a table, a row for each tag of a highlight", name="by_tag")
        yield Tick("In a table, exact cells, even those that a spreadsheet would run", name="raw")

    def on_mount(self) -> None:
        """List the formats."""
        formats = [
            Option(each.name, f"{each.name:<14} {each.title}")
            for each in FORMATS.values()
            if each.writes
        ]
        self.query_one(FormatCards).show(formats)

    @on(Cards.Pointed)
    def _format_changed(self) -> None:
        """Let the ending of the path follow the format."""
        field = self.query_one(Input)
        path = Path(field.value)
        known = {ending for each in FORMATS.values() for ending in each.suffixes}
        endings = FORMATS[self._format].suffixes
        if endings and (not path.suffix or path.suffix.lower() in known):
            field.value = str(path.with_suffix(endings[0])) if path.name else field.value

    @property
    def _format(self) -> str:
        option = self.query_one(FormatCards).pointed
        return option.value if option else "csv"

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Give the order, if the path will do."""
        value = self.query_one(Input).value.strip()
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
            on = {tick.name for tick in self.query(Tick) if tick.value}
            order = (path.absolute(), self._format, "only" not in on, "by_tag" in on, "raw" in on)
            self.dismiss(Order(*order))

    def _refuse(self, why: str) -> None:
        self.query_one("#wrong", Static).update(Content(why))
