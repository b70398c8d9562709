"""A list of places of the document, filtered as one types: outline, occurrences of a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from annotations.text.graphemes import width
from annotations.text.symbols import visible
from tui.widgets.cards import Cards, Line
from tui.widgets.lines import clip, fold_blanks, one_line

from .dialog import Dialog


@dataclass(frozen=True, slots=True)
class Place:
    """A place that can be gone to."""

    position: int
    """Code points."""
    text: str
    """What stands there."""
    before: str = ""
    """What stands before it; its end is shown, so that the texts stand under each other."""
    depth: int = 0
    """Steps of indent."""


class PlaceCards(Cards[Place], can_focus=False):
    """One line a place."""

    DEFAULT_CSS = """
    PlaceCards { height: 18; max-height: 60vh; background: $panel; margin-top: 1; }
    PlaceCards > .cards--cursor {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
    }
    """

    def card(self, item: Place, cells: int) -> Iterable[Line]:
        """The text in its context, or under its heading."""
        room = (cells - 2) // 3 if item.before else 0
        before = _tail(visible(fold_blanks(item.before[-3 * cells :])), room)
        indent = "  " * item.depth
        text = clip(indent + one_line(item.text), cells - 2 - room)
        yield [(f" {before}", "dim"), (text, "" if item.depth else "strong")]


def _tail(text: str, cells: int) -> str:
    """The end of ``text``, right-aligned in ``cells``."""
    while text and width(text) > cells:
        text = text[max(1, len(text) - cells) :] if len(text) > cells else text[1:]
    return " " * (cells - width(text)) + text


class PlaceField(Input):
    """The field; keys that are no text move in the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,ctrl+p", "screen.step(-1)", show=False),
        Binding("down,ctrl+n", "screen.step(1)", show=False),
        Binding("pageup", "screen.step(-15)", show=False),
        Binding("pagedown", "screen.step(15)", show=False),
        Binding("enter", "screen.take", show=False),
    ]


class Places(Dialog[int]):
    """Asks for a place; gives its position.

    Args:
        title: What the places are.
        places: In order.
        here: The position of the reader: the place at or before it is pointed at.
    """

    DEFAULT_CSS = "Places > #panel { width: 100; }"

    def __init__(self, title: str, places: Sequence[Place], here: int) -> None:
        super().__init__(title, "Enter go there   ↑ ↓ choose   Esc leave")
        self._places = places
        self._here = here
        self._query = ""

    def body(self) -> ComposeResult:
        """The field and the list."""
        yield PlaceField(placeholder="Filter")
        yield PlaceCards(empty="Nothing is like that")

    def on_mount(self) -> None:
        """Show all places."""
        before = [at for at, place in enumerate(self._places) if place.position <= self._here]
        self.query_one(PlaceCards).show(self._places, before[-1] if before else 0)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._filter(event.value)

    def _filter(self, query: str) -> None:
        if query == self._query:
            return
        self._query = query
        words = query.casefold().split()
        found = [
            place
            for place in self._places
            if all(word in (place.before + place.text).casefold() for word in words)
        ]
        self.query_one(PlaceCards).show(found)

    def action_step(self, steps: int) -> None:
        """Move in the list."""
        self.query_one(PlaceCards).move(steps)

    @on(Cards.Chosen)
    def action_take(self) -> None:
        """Give the place under the cursor."""
        self._filter(self.query_one(PlaceField).value)
        place = self.query_one(PlaceCards).pointed
        if place is not None:
            self.dismiss(place.position)
