"""A text shown for a moment over the page."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from annotations.text.symbols import visible
from tui.screens.dialog import Dialog


class Peek(Dialog[None]):
    """Shows a text of several lines.

    Args:
        title: What it is.
        text: Any text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q", "close", "Close", show=False)]
    DEFAULT_CSS = """
    Peek VerticalScroll { height: auto; max-height: 60vh; scrollbar-size-vertical: 1; }
    """

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title, "Esc close")
        self._text = text

    def body(self) -> ComposeResult:
        """The text."""
        lines = "\n".join(map(visible, self._text.split("\n")))
        with VerticalScroll():
            yield Static(Content(lines))
