"""The line in which one types what to find in the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from tui.commands import Scope, bindings
from tui.widgets.field import Field

if TYPE_CHECKING:
    from tui.finder import Finder


class FindField(Field):
    """The field."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.FINDING)


class FindBar(Horizontal):
    """Field and switches; there while one types.

    Args:
        finder: Searches for what is typed.
    """

    DEFAULT_CSS = """
    FindBar {
        height: 1;
        background: $panel;
        & > #slash { width: auto; padding: 0 0 0 1; color: $accent; text-style: bold; }
        & > FindField {
            width: 1fr;
            border: none;
            height: 1;
            padding: 0 1;
            background: $panel;
            &:focus { border: none; }
        }
        & > #switches { width: auto; padding: 0 1; color: $text-muted; }
    }
    """

    def __init__(self, finder: Finder) -> None:
        super().__init__()
        self._finder = finder

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("/", id="slash")
        yield FindField(self._finder.text, placeholder="Find in this document", classes="-finding")
        yield Static("", id="switches")

    def on_mount(self) -> None:
        """Show the switches as they are."""
        self.show_switches()

    @property
    def field(self) -> FindField:
        """Where one types."""
        return self.query_one(FindField)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._finder.seek(event.value)

    def show_switches(self) -> None:
        """Show how capitals and signs are taken."""
        case = "Capitals count" if self._finder.case else ""
        regex = "Regular expression" if self._finder.regex else ""
        words = "   ".join(filter(None, [case, regex]))
        self.query_one("#switches", Static).update(Content(words))
