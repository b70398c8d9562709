"""The help page: every command, its keys, what it does."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.commands import Command, Keys, Scope, grouped, key_label
from tui.screens.dialog import Dialog

_KEY_CELLS = 16


class Help(Dialog[None]):
    """Shows the commands under their headings.

    Args:
        keys: The keys as they are bound.
        near: Whose commands come first: those of where the help was asked for.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,question_mark", "close", "Close", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
        Binding("space", "scroll_page", show=False),
    ]
    DEFAULT_CSS = """
    Help > #panel { width: 84; }
    Help VerticalScroll { height: auto; max-height: 70vh; scrollbar-size-vertical: 1; }
    Help .heading { color: $accent; text-style: bold; }
    Help .table { margin-bottom: 1; }
    """

    def __init__(self, keys: Keys, near: Collection[Scope] = ()) -> None:
        palette = key_label(keys["palette"][0])
        super().__init__("Keys", f"↑ ↓ Space scroll   Esc close   {palette} finds one by its name")
        self._keys_of = keys
        self._near = near

    def body(self) -> ComposeResult:
        """A table under each heading."""
        with VerticalScroll():
            for group, commands in grouped(self._near).items():
                yield Static(Content(group.value), classes="heading")
                yield Static(self._table(commands), classes="table")

    def _table(self, commands: Sequence[Command]) -> Table:
        table = Table.grid(padding=(0, 1))
        table.add_column(width=_KEY_CELLS, style="bold")
        table.add_column(ratio=1)
        for keys, told in self._rows(commands):
            table.add_row(Text(keys), Text(told))
        return table

    def _rows(self, commands: Sequence[Command]) -> Iterator[tuple[str, str]]:
        """The keys and the words of each row; commands that say the same share one."""
        for told, same in groupby(commands, key=lambda command: command.help):
            labels = [
                " ".join(map(key_label, self._keys_of[each.id]))
                for each in same
                if self._keys_of[each.id]
            ]
            yield (labels[0] if len(labels) == 1 else " … ".join((*labels[:1], *labels[-1:]))), told

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_scroll_page(self) -> None:
        """Scroll by a screenful."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)
