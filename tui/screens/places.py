"""A list of places of the document, filtered as one types: outline, occurrences of a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult

from annotations.text.graphemes import width
from annotations.text.symbols import visible
from tui.screens.picker import Picker, PickerField
from tui.widgets.cards import Cards, Line
from tui.widgets.lines import clip, fold_blanks, one_line, tail


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
        before = tail(visible(fold_blanks(item.before)), room)
        before = " " * (room - width(before)) + before
        indent = "  " * item.depth
        text = clip(indent + one_line(item.text), cells - 2 - room)
        yield [(f" {before}", "dim"), (text, "" if item.depth else "strong")]


class Places(Picker[int]):
    """Asks for a place; gives its position.

    Args:
        title: What the places are.
        places: In order.
        here: The position of the reader: the place at or before it is pointed at.
    """

    DEFAULT_CSS = "Places > #panel { width: 100; }"

    def __init__(self, title: str, places: Sequence[Place], here: int) -> None:
        super().__init__(title, "go there")
        self._places = places
        self._here = here
        self._query = ""

    def body(self) -> ComposeResult:
        """The field and the list."""
        yield PickerField(placeholder="Filter")
        yield PlaceCards(empty="Nothing is like that")

    def on_mount(self) -> None:
        """Show all places."""
        before = [at for at, place in enumerate(self._places) if place.position <= self._here]
        self.query_one(PlaceCards).show(self._places, before[-1] if before else 0)

    def narrow(self, typed: str) -> None:
        """List the places that say all of the words."""
        if typed == self._query:
            return
        self._query = typed
        words = typed.casefold().split()
        found = [
            place
            for place in self._places
            if all(word in (place.before + place.text).casefold() for word in words)
        ]
        self.query_one(PlaceCards).show(found)

    def action_take(self) -> None:
        """Give the place under the cursor."""
        self.narrow(self.query_one(PickerField).value)
        place = self.query_one(PlaceCards).pointed
        if place is not None:
            self.dismiss(place.position)
