"""A choice between yes and no that can be told without colours."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static


class Tick(Static, can_focus=True):
    """A box with a cross or without, and what it stands for.

    Args:
        label: Any text.
        value: Whether there is a cross at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,x", "turn", show=False)]
    DEFAULT_CSS = """
    Tick {
        height: 1;
        pointer: pointer;
        &:disabled { color: $text-disabled; }
        &:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
        &:focus:nocolor { text-style: reverse; }
    }
    """

    value: reactive[bool] = reactive(False)
    """Whether there is a cross."""

    class Changed(Message):
        """It was turned."""

    def __init__(self, label: str, value: bool = False, *, name: str | None = None) -> None:
        super().__init__(name=name)
        self._label = label
        self.set_reactive(Tick.value, value)

    def render(self) -> Content:
        """The box and the words."""
        return Content(f"[{'×' if self.value else ' '}] {self._label}")

    def action_turn(self) -> None:
        """Say the opposite."""
        self.value = not self.value
        self.post_message(self.Changed())

    def on_click(self) -> None:
        """The same by the mouse."""
        self.action_turn()
