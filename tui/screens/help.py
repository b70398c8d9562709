"""The help page: every command, its keys, what it does."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.commands import Keys, grouped, key_label

from .dialog import Dialog


class Help(Dialog[None]):
    """Shows the commands under their headings.

    Args:
        keys: The keys as they are bound.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,question_mark", "close", "Close", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]
    DEFAULT_CSS = """
    Help > #panel { width: 84; }
    Help VerticalScroll { height: auto; max-height: 70vh; scrollbar-size-vertical: 1; }
    """

    def __init__(self, keys: Keys) -> None:
        super().__init__("Keys", "↑ ↓ scroll   Esc close   keys can be changed: see flor where")
        self._keys_of = keys

    def body(self) -> ComposeResult:
        """The table."""
        with VerticalScroll():
            yield Static(self._table())

    def _table(self) -> Content:
        lines: list[Content] = []
        for group, commands in grouped().items():
            if lines:
                lines.append(Content(""))
            lines.append(Content.styled(group.value, "bold $accent"))
            for command in commands:
                keys = " ".join(map(key_label, self._keys_of[command.id]))
                lines.append(Content.assemble((f"{keys:<18} ", "bold"), command.help))
        return Content("\n").join(lines)

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)
