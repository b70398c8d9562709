"""The footer: the keys that matter now, each of them also a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.key_line import key_called

Hint = tuple[str, str, str]
"""The command's id, its key as people read it, and its word; no id: the key is the field's own."""


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
        self._last: Sequence[Hint] = ()

    def show(self, hints: Sequence[Hint], last: Sequence[Hint] = ()) -> None:
        """Show other keys.

        Args:
            hints: In the order of importance: what does not fit is left out at the end.
            last: What comes after them, and gives way to none of them.
        """
        if (hints, last) != (self._hints, self._last):
            self._hints, self._last = hints, last
            self.refresh()

    @property
    def _fitting(self) -> Sequence[Hint]:
        """The hints that the line has room for."""
        room = self.size.width + 1 - sum(map(_cells, self._last))
        for count, hint in enumerate(self._hints):
            room -= _cells(hint)
            if room < 0:
                return [*self._hints[:count], *self._last]
        return [*self._hints, *self._last]

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
        for hint in self._fitting:
            end = column + _cells(hint)
            if column <= event.x < end:
                id_, key, _ = hint
                if id_:
                    self.post_message(self.Pressed(id_))
                else:
                    self.app.simulate_key(key_called(key))
                return
            column = end


def _cells(hint: Hint) -> int:
    """The cells of a hint and of the gap after it."""
    _, key, word = hint
    return len(key) + len(word) + 3
