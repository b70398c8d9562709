"""A list of places with the old and the new wording of one below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from textual.app import ComposeResult

from tui.screens.reader import Reader
from tui.screens.station import Station, StationCards
from tui.widgets.comparison import Comparison, Side

Item = TypeVar("Item")


class Comparing(Station[Item]):
    """A screen that compares two texts, one place after the other.

    Args:
        reader: The screen below.
        title: What is compared.
        cards: The list of the places.
    """

    DEFAULT_CSS = """
    Comparing {
        & > StationCards { height: 2fr; min-height: 3; padding: 1 1 0 1; }
        & > Comparison { height: 3fr; min-height: 8; }
    }
    """

    def __init__(self, reader: Reader, title: str, cards: StationCards[Item]) -> None:
        super().__init__(reader, title, "", cards)
        self.cards = cards
        self.comparison = Comparison()

    def compose(self) -> ComposeResult:
        """The list, and both wordings below it."""
        yield self.heading
        yield self.cards
        yield self.comparison
        yield self.key_bar

    def sides(self, item: Item) -> Iterator[Side]:
        """The old wording and the new one."""
        raise NotImplementedError

    def point(self) -> None:
        """Show both wordings of what the list points at."""
        super().point()
        item = self.cards.pointed
        self.comparison.show(() if item is None else self.sides(item))

    def describe(self, item: Item) -> Iterator[str]:
        """All there is to tell is below."""
        return iter(())
