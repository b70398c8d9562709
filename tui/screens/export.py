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
from textual.widgets import Checkbox, Input, RadioButton, RadioSet, Static

from annotations.exchange.formats import FORMATS

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


class Export(Dialog[Order]):
    """Asks for an export.

    Args:
        title: The open document's; empty if there is none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "write", "Export", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Export RadioSet, Export Checkbox {
        border: none; padding: 0; background: $panel;
        &:focus { border: none; }
    }
    Export RadioSet { layout: horizontal; margin-bottom: 1; width: 100%; }
    Export RadioButton { width: auto; margin-right: 3; }
    Export .label { color: $text-muted; }
    Export #wrong { color: $error; }
    """

    def __init__(self, title: str) -> None:
        super().__init__("Export", "Enter export   Tab next   → complete the path   Esc leave")
        self._document = title

    def body(self) -> ComposeResult:
        """The fields, the path first: Enter there exports."""
        yield Static("To the file", classes="label")
        yield Input("highlights.csv", suggester=PathSuggester(), select_on_focus=False)
        yield Static("", id="wrong")
        yield Static("As", classes="label")
        with RadioSet(id="format"):
            for number, each in enumerate(FORMATS.values()):
                yield RadioButton(Content(each.name.upper()), value=number == 0, name=each.name)
        yield Static("What", classes="label")
        with RadioSet(id="what"):
            if self._document:
                yield RadioButton("This document", value=True)
            yield RadioButton("The whole library", value=not self._document)
        yield Static("One row for each", classes="label")
        with RadioSet(id="rows"):
            yield RadioButton("highlight", value=True)
            yield RadioButton("highlight and tag")
        yield Checkbox("Exact cells, even those that a spreadsheet would run", id="raw")

    @on(RadioSet.Changed, "#format")
    def _format_changed(self, event: RadioSet.Changed) -> None:
        """Let the ending of the path follow the format."""
        field = self.query_one(Input)
        path = Path(field.value)
        chosen = FORMATS[event.pressed.name or ""]
        known = {ending for each in FORMATS.values() for ending in each.suffixes}
        if path.suffix.lower() in known:
            field.value = str(path.with_suffix(chosen.suffixes[0]))

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Give the order, if the path will do."""
        value = self.query_one(Input).value.strip()
        path = Path(value).expanduser()
        if not value or path.is_dir():
            self._refuse("Name a file" if not value else f"{path} is a folder: name a file in it")
            return
        if not path.absolute().parent.is_dir():
            self._refuse(f"There is no folder {path.absolute().parent}")
            return
        format_button = self.query_one("#format", RadioSet).pressed_button
        library = not self._document or self.query_one("#what", RadioSet).pressed_index == 1
        self.dismiss(
            Order(
                path.absolute(),
                (format_button.name if format_button else None) or "csv",
                library,
                self.query_one("#rows", RadioSet).pressed_index == 1,
                self.query_one("#raw", Checkbox).value,
            )
        )

    def _refuse(self, why: str) -> None:
        self.query_one("#wrong", Static).update(Content(why))
