"""A question before something that a stray key should not do."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tui.screens.dialog import Dialog


class Confirm(Dialog[bool]):
    """Asks a question; gives ``True`` for yes.

    Args:
        question: The question.
        detail: What yes would do.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "yes", "Yes", show=False),
        Binding("n,q", "close", "No", show=False),
    ]
    DEFAULT_CSS = "Confirm > #panel { width: 60; }"

    def __init__(self, question: str, detail: str) -> None:
        super().__init__(question, "Enter yes   Esc no")
        self._detail = detail

    def body(self) -> ComposeResult:
        """The consequence."""
        yield Static(Content(self._detail))

    def action_yes(self) -> None:
        """Answer."""
        self.dismiss(True)
