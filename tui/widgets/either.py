"""One of a few things, all of them on one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from annotations.text.graphemes import width

_GAP = "   "


class Either(Static, can_focus=True):
    """Shows its choices beside each other; the one that is taken bears a mark.

    Args:
        choices: What to call each; any text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,space", "step(1)", show=False),
        Binding("left,h", "step(-1)", show=False),
    ]
    DEFAULT_CSS = """
    Either {
        height: 1;
        pointer: pointer;
        &:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
        &:focus:nocolor { text-style: reverse; }
    }
    """

    taken: reactive[int] = reactive(0)
    """The index of the choice that is taken."""

    class Changed(Message):
        """Another choice was taken."""

    def __init__(self, choices: Sequence[str]) -> None:
        super().__init__()
        self._labels = tuple(choices)

    def render(self) -> Content:
        """The choices."""
        return Content(_GAP.join(self._shown()))

    def _shown(self) -> list[str]:
        return [
            f"({'•' if number == self.taken else ' '}) {label}"
            for number, label in enumerate(self._labels)
        ]

    def watch_taken(self) -> None:
        """Tell of it."""
        self.post_message(self.Changed())

    def action_step(self, steps: int) -> None:
        """Take another choice; behind the last comes the first."""
        self.taken = (self.taken + steps) % len(self._labels)

    def on_click(self, event: events.Click) -> None:
        """Take the choice under the mouse."""
        end = 0
        for number, shown in enumerate(self._shown()):
            end += width(shown) + len(_GAP)
            if event.x < end:
                self.taken = number
                return
