"""Cards of which some can be marked, for acts on several at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual.message import Message

from tui.widgets.cards import Cards

Item = TypeVar("Item")
Key = TypeVar("Key")


class MarkingCards(Cards[Item], Generic[Item, Key]):
    """A list that remembers what is marked by a key of each item, so that a mark stays where the
    list is read anew."""

    class Marked(Message):
        """Other items are marked now."""

    def __init__(self, empty: str = "") -> None:
        super().__init__(empty)
        self.marked: frozenset[Key] = frozenset()
        """The keys of the items that are marked."""

    def key(self, item: Item) -> Key | None:
        """What an item is marked by; None: it cannot be."""
        raise NotImplementedError

    def keys(self) -> Iterable[Key]:
        """What all items can be marked by."""
        return (key for each in self.items if (key := self.key(each)) is not None)

    @property
    def chosen(self) -> list[Key]:
        """The keys that an act is on: of what is marked, or of what the cursor is on."""
        if self.marked:
            return list(self.marked)
        key = None if self.pointed is None else self.key(self.pointed)
        return [] if key is None else [key]

    def have_marked(self, keys: Iterable[Key]) -> None:
        """Have exactly these marked."""
        marked = frozenset(keys)
        if marked != self.marked:
            self.marked = marked
            self.repaint()
            self.post_message(self.Marked())

    def mark(self) -> None:
        """Mark what the cursor is on, or take the mark off, and go on to the next."""
        key = None if self.pointed is None else self.key(self.pointed)
        if key is not None:
            self.have_marked(self.marked ^ {key})
            self.move(1)

    def mark_all(self) -> None:
        """Mark all of the list, or none of it if all are marked."""
        every = frozenset(self.keys())
        self.have_marked(() if every <= self.marked else self.marked | every)

    def unmark(self) -> None:
        """Have none marked."""
        self.have_marked(())

    def sign(self, item: Item, otherwise: str = " ") -> str:
        """What a card begins with: a tick on one that is marked."""
        return "✓" if self.marked and self.key(item) in self.marked else otherwise
