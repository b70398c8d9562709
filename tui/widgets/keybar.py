"""The footer: the keys that matter now, each of them also a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

Hint = tuple[str, str, str]
"""The command's id, its key as people read it, and its word."""


class KeyBar(Widget, can_focus=False):
    """One line of keys and words."""

    DEFAULT_CSS = """
    KeyBar {
                height: 1;
        background: $panel;
        color: $text-muted;
        & > .keybar--key { color: $accent; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key"}

    class Pressed(Message):
        """The user clicked on a key."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self) -> None:
        super().__init__()
        self._hints: Sequence[Hint] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        """Show other keys.

        Args:
            hints: In the order of importance: what does not fit is left out at the end.
        """
        if hints != self._hints:
            self._hints = hints
            self.refresh()

    @property
    def _fitting(self) -> Sequence[Hint]:
        """The hints that the line has room for."""
        used = 1
        for count, (_, key, word) in enumerate(self._hints):
            used += len(key) + len(word) + 3
            if used - 2 > self.size.width:
                return self._hints[:count]
        return self._hints

    def render_line(self, y: int) -> Strip:
        """The line."""
        base = self.rich_style
        bold = self.get_component_rich_style("keybar--key")
        segments = [Segment(" ", base)]
        for _, key, word in self._fitting:
            segments += [Segment(key, bold), Segment(f" {word}  ", base)]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        column = 1
        for id_, key, word in self._fitting:
            end = column + len(key) + len(word) + 3
            if column <= event.x < end:
                self.post_message(self.Pressed(id_))
                return
            column = end
