"""A look at what automatic coding would tag, before it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from annotations.library.coding import Candidate
from annotations.library.wording import counted
from tui.catalogue import TitleOf
from tui.screens.dialog import Dialog
from tui.widgets.cards import Cards, Line
from tui.widgets.lines import clip, one_line, wrap


class CandidateCards(Cards[int]):
    """Four rows a passage: its document, its text, a blank row. The items are their places in the
    list of candidates.

    Args:
        candidates: What could be tagged.
        titles: The title of each document by its id.
    """

    ROWS: ClassVar[int] = 4

    DEFAULT_CSS = "CandidateCards { height: 1fr; background: $panel; }"

    def __init__(self, candidates: Sequence[Candidate], titles: TitleOf) -> None:
        super().__init__()
        self._candidates = candidates
        self._titles = titles
        self.dropped: set[int] = set()
        """Those that are not to be tagged."""

    def card(self, item: int, cells: int) -> Iterable[Line]:
        """Whether it is kept, its document, its text."""
        candidate = self._candidates[item]
        kept = item not in self.dropped
        sign = ("✓ ", "accent") if kept else ("  ", "")
        room = max(10, cells - 3)
        yield [sign, (clip(one_line(self._titles[candidate.document]), room), "dim")]
        for line in wrap(one_line(candidate.quote[: 4 * cells]), room, 2):
            yield [("  ", ""), (line, "" if kept else "italic")]


class CodingPreview(Dialog[list[Candidate]]):
    """Shows what would be tagged; gives what the user leaves in.

    Args:
        titles: Of the documents.
        candidates: What was found.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Tag them", show=False),
        Binding("space,x", "drop", "Leave out or in", show=False),
        Binding("asterisk", "drop_all", "All or none", show=False),
    ]
    DEFAULT_CSS = """
    CodingPreview > #panel { width: 100; height: 90%; }
    """

    def __init__(self, titles: TitleOf, candidates: Sequence[Candidate]) -> None:
        keys = "Enter choose a tag for them   Space leave out   * all or none   Esc leave"
        super().__init__("What would be tagged", keys)
        self._candidates = candidates
        self._cards = CandidateCards(candidates, titles)
        self._count = Static("")

    def body(self) -> ComposeResult:
        """How many, and the list."""
        yield self._count
        yield self._cards

    def on_mount(self) -> None:
        """Show all."""
        self._cards.show(range(len(self._candidates)))
        self._tell()

    def _tell(self) -> None:
        left = len(self._candidates) - len(self._cards.dropped)
        self._count.update(Content(f"{left:,} of {counted(len(self._candidates), 'passage')}"))

    def action_drop(self) -> None:
        """Leave the passage out, or let it in again, and go on to the next."""
        if self._cards.pointed is not None:
            self._cards.dropped ^= {self._cards.pointed}
            self._cards.move(1)
            self._cards.repaint()
            self._tell()

    def action_drop_all(self) -> None:
        """Leave all out, or let all in."""
        self._cards.dropped = set() if self._cards.dropped else set(range(len(self._candidates)))
        self._cards.repaint()
        self._tell()

    def action_take(self) -> None:
        """Give those that are left in."""
        dropped = self._cards.dropped
        self.dismiss([each for at, each in enumerate(self._candidates) if at not in dropped])
