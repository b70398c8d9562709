"""A dialog with a field and a list below it that typing narrows."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.screens.dialog import Dialog
from tui.widgets.cards import Cards
from tui.widgets.field import Field

Given = TypeVar("Given")


class PickerField(Field):
    """The field; keys that are no text move in the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,ctrl+p", "screen.step(-1)", show=False),
        Binding("down,ctrl+n", "screen.step(1)", show=False),
        Binding("pageup", "screen.leaf(-1)", show=False),
        Binding("pagedown", "screen.leaf(1)", show=False),
        Binding("enter", "screen.take", show=False),
    ]


class Picker(Dialog[Given]):
    """Asks for one of a list; gives what is under the cursor.

    Args:
        title: What is asked for.
        verb: What Enter does.
    """

    def __init__(self, title: str, verb: str = "take") -> None:
        super().__init__(title, f"Enter {verb}   ↑ ↓ choose   Esc leave")

    def narrow(self, typed: str) -> None:
        """List what fits what is typed."""
        raise NotImplementedError

    def action_take(self) -> None:
        """Give what the list points at, if it will do."""
        raise NotImplementedError

    def action_step(self, steps: int) -> None:
        """Move in the list."""
        self.query_one(Cards).move(steps)

    def action_leaf(self, pages: int) -> None:
        """Move in the list by a screenful."""
        self.query_one(Cards).page(pages)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.narrow(event.value)

    @on(Cards.Chosen)
    def _chosen(self) -> None:
        self.action_take()
