"""The line in which one types what the highlights in the margin should say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.field import Field
from tui.widgets.keybar import Hint


class MarginFilter(Field):
    """The line; there while one types."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave(True)", show=False),
        Binding("escape", "leave(False)", show=False),
    ]
    hints: ClassVar[Sequence[Hint]] = (("", "Enter", "keep these"), ("", "Esc", "show all"))
    """What the footer says of its keys."""
    DEFAULT_CSS = """
    MarginFilter {
        border: none;
        height: 1;
        padding: 0 1;
        background: $panel;
        &:focus { border: none; }
    }
    """

    class Left(Message):
        """The user is done with it."""

        def __init__(self, kept: bool) -> None:
            super().__init__()
            self.kept = kept
            """Whether what was typed goes on to hold."""

    def __init__(self, words: str) -> None:
        hint = "Words of a quote, tag or note · Enter keeps them, Esc shows all highlights"
        super().__init__(words, placeholder=hint, classes="-filtering", select_on_focus=False)

    def action_leave(self, kept: bool) -> None:
        """Go."""
        self.post_message(self.Left(kept))
