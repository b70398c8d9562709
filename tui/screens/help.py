"""The help page: every command, its keys, what it does."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from annotations.text.graphemes import width
from tui.commands import Command, Keys, Scope, grouped, key_label
from tui.screens.dialog import Dialog
from tui.widgets.lines import wrap

_KEY_CELLS = 17
"""Cells of the column of keys, its gap included."""
_MOST_LINES = 9
"""The most lines that a command's words take."""


class KeyTable(Widget):
    """The commands under their headings, a row at a time.

    Args:
        keys: The keys as they are bound.
        near: Whose commands come first.
    """

    DEFAULT_CSS = """
    KeyTable {
        height: auto;
        & > .keys--heading { color: $accent; text-style: bold; }
        & > .keys--key { text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--heading", "keys--key"}

    def __init__(self, keys: Keys, near: Collection[Scope]) -> None:
        super().__init__()
        self._keys = keys
        self._near = near
        self._rows_in = lru_cache(maxsize=2)(lambda cells: list(self._wrapped(cells)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are."""
        return len(self._rows_in(width))

    def render_line(self, y: int) -> Strip:
        """A heading, or the keys and the words of a command."""
        rows = self._rows_in(self.size.width)
        heading, key, told = rows[y] if y < len(rows) else ("", "", "")
        base = self.rich_style
        segments = [
            Segment(heading, self.get_component_rich_style("keys--heading")),
            Segment(key, self.get_component_rich_style("keys--key")),
            Segment(told, base),
        ]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _wrapped(self, cells: int) -> Iterator[tuple[str, str, str]]:
        """The rows at a width: a heading, or a key and what it does."""
        for group, commands in grouped(self._near).items():
            yield group.value, "", ""
            for keys, told in self._told(commands):
                # Keys that are longer than their column push the words on.
                column = f"{keys}{' ' * max(1, _KEY_CELLS - width(keys))}"
                for line in wrap(told, max(8, cells - width(column)), _MOST_LINES):
                    yield "", column, line
                    column = " " * width(column)
            yield "", "", ""

    def _told(self, commands: Collection[Command]) -> Iterator[tuple[str, str]]:
        """The keys and the words of each; commands that say the same share one row."""
        for told, same in groupby(commands, key=lambda command: command.help):
            labels = [
                " ".join(map(key_label, self._keys[each.id]))
                for each in same
                if self._keys[each.id]
            ]
            yield (labels[0] if len(labels) == 1 else " … ".join((*labels[:1], *labels[-1:]))), told


class Help(Dialog[None]):
    """Shows the commands.

    Args:
        keys: The keys as they are bound.
        near: Whose commands come first: those of where the help was asked for.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,question_mark", "close", "Close", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
        Binding("space", "scroll_page", show=False),
        Binding("ctrl+p", "palette", show=False, id="palette"),
    ]
    DEFAULT_CSS = """
    Help > #panel { width: 84; }
    Help VerticalScroll { height: auto; max-height: 70vh; scrollbar-size-vertical: 1; }
    """

    def __init__(self, keys: Keys, near: Collection[Scope] = ()) -> None:
        palette = key_label(keys["palette"][0])
        super().__init__("Keys", f"↑ ↓ Space scroll   Esc close   {palette} finds one by its name")
        self._table = KeyTable(keys, near)

    def body(self) -> ComposeResult:
        """The table."""
        with VerticalScroll():
            yield self._table

    def action_palette(self) -> None:
        """Find a command by its name instead."""
        self.dismiss(None)
        self.app.call_later(self.app.action_command_palette)

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_scroll_page(self) -> None:
        """Scroll by a screenful."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)
