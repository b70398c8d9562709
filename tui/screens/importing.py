"""What to import: a file of another program, or one that was exported here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from annotations.exchange.formats import FORMATS
from tui.screens.choice import Option
from tui.screens.dialog import Dialog
from tui.screens.format_cards import NAME_CELLS, FormatCards
from tui.widgets.path_field import PathField
from tui.widgets.tick import Tick


@dataclass(frozen=True, slots=True)
class Source:
    """An import that was asked for."""

    path: Path
    format: str
    """By its name; empty: by what the file holds."""
    ask: bool
    """Say first what would come in."""


class Import(Dialog[Source]):
    """Asks for an import."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "bring_in", "Import", show=False)]
    DEFAULT_CSS = """
    Import .label { color: $text-muted; }
    Import #wrong { color: $error; }
    """

    def __init__(self) -> None:
        super().__init__(
            "Import", "Enter import   Tab next   → complete the path   Ctrl+O files   Esc leave"
        )

    def body(self) -> ComposeResult:
        """The fields, the path first: Enter there imports."""
        yield Static("The file, or the folder of a project", classes="label")
        yield PathField(folders=True)
        yield Static("", id="wrong")
        yield Tick("Say first what would come in, and ask")
        yield FormatCards()

    def on_mount(self) -> None:
        """List the formats."""
        found_out = Option("", f"{'(any)':<{NAME_CELLS}} found out from what the file holds")
        readable = (each for each in FORMATS.values() if each.reads)
        self.query_one(FormatCards).show_formats(readable, found_out)

    @on(Input.Submitted)
    def action_bring_in(self) -> None:
        """Give the order, if the path will do."""
        value = self.query_one(Input).value.strip()
        path = Path(value).expanduser()
        if not value:
            self._refuse("Name a file")
        elif not path.exists():
            self._refuse(f"There is no file {path}")
        else:
            chosen = self.query_one(FormatCards).taken
            self.dismiss(Source(path.absolute(), chosen, self.query_one(Tick).value))

    def _refuse(self, why: str) -> None:
        self.query_one("#wrong", Static).update(Content(why))
