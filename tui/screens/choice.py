"""One of a few things: colours, themes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.screens.dialog import Dialog
from tui.widgets.cards import Cards, Line
from tui.widgets.lines import clip


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose."""

    value: str
    label: str
    style: Style | str = ""
    """How the label looks."""


class OptionCards(Cards[Option]):
    """One line an option."""

    DEFAULT_CSS = "OptionCards { height: auto; max-height: 16; background: $panel; }"

    def card(self, item: Option, cells: int) -> Iterable[Line]:
        """The label."""
        yield [("  ", ""), (f" {clip(item.label, cells - 4)} ", item.style)]


class Choice(Dialog[str]):
    """Asks for one of a few options; gives its value.

    Args:
        title: The question.
        options: What there is.
        current: The value to point at.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "take", "Take", show=False)]
    DEFAULT_CSS = "Choice > #panel { width: 44; }"

    def __init__(self, title: str, options: Sequence[Option], current: str) -> None:
        super().__init__(title, "Enter take   Esc leave")
        self._options = options
        self._current = current

    def body(self) -> ComposeResult:
        """The list."""
        yield OptionCards()

    def on_mount(self) -> None:
        """Fill the list."""
        values = [option.value for option in self._options]
        cursor = values.index(self._current) if self._current in values else 0
        cards = self.query_one(OptionCards)
        cards.styles.height = len(values)
        cards.show(self._options, cursor)

    @on(Cards.Chosen)
    def action_take(self) -> None:
        """Give the option under the cursor."""
        option = self.query_one(OptionCards).pointed
        self.dismiss(option.value if option else None)
