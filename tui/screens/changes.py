"""What changed between two texts of a document, place by place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.binding import BindingType

from annotations.anchoring import Change
from annotations.library.comparing import Hunk, Run
from annotations.library.wording import counted
from annotations.text.graphemes import width
from tui.commands import Scope, bindings
from tui.screens.comparing import Comparing
from tui.screens.reader import Reader
from tui.screens.station import Station, StationCards
from tui.widgets.cards import Line
from tui.widgets.comparison import AROUND, CAME, GONE, Piece, Side
from tui.widgets.lines import clip, one_line

MOST = 10_000
"""Places that are listed."""


def changed(hunk: Hunk) -> Run:
    """The first change of a hunk."""
    return next(run for run in hunk if run.kind is not Change.SAME)


class ChangeCards(StationCards[Hunk]):
    """One row a place."""

    def card(self, item: Hunk, cells: int) -> Iterable[Line]:
        """Where it is, and each of its changes: what went and what came."""
        where = f"{changed(item).new_start:>11,} "
        line, room = [(where, "dim")], cells - len(where)
        for text, look in _told(item, cells):
            shown = clip(text, room)
            line.append((shown, look))
            room -= width(shown)
        yield line


def _told(hunk: Hunk, cells: int) -> Iterator[tuple[str, str]]:
    """The changes of a hunk one after the other, each with its sign; the looks of their parts."""
    gap = ""
    for run in hunk:
        if run.tells:
            gone, came = (one_line(text[: 4 * cells]) for text in (run.old, run.new))
            yield f"{gap}{_SIGNS.get(run.kind, '~')} ", "dim"
            yield gone, "dim"
            yield " → " if gone and came else "", ""
            yield came, "strong"
            gap = "   "


_SIGNS = {Change.ADDED: "+", Change.REMOVED: "-"}


class ChangesScreen(Comparing[Hunk]):
    """The changes from one text of the open document to another.

    Args:
        reader: The screen below.
        title: Which texts these are.
        hunks: Where words changed; at most :data:`MOST` and one more.
    """

    SCOPE: ClassVar[Scope] = Scope.CHANGES
    ALSO: ClassVar[frozenset[str]] = Station.ALSO - {"undo", "redo"}
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.CHANGES, ALSO)

    def __init__(self, reader: Reader, title: str, hunks: Sequence[Hunk]) -> None:
        super().__init__(reader, title, ChangeCards())
        self._hunks = hunks

    def refill(self) -> None:
        """They do not change."""
        more = "more than " if len(self._hunks) > MOST else ""
        told = f"{more}{counted(min(len(self._hunks), MOST), 'place')}"
        self.show(self._hunks[:MOST], self.cards.cursor, "The words are the same.", told)

    def sides(self, item: Hunk) -> Iterator[Side]:
        """The place before and now."""
        first = changed(item)
        old = (Piece(run.old, AROUND if run.kind is Change.SAME else GONE) for run in item)
        new = (Piece(run.new, AROUND if run.kind is Change.SAME else CAME) for run in item)
        yield Side(f"Before, at {first.old_start:,}", tuple(old))
        yield Side(f"Now, at {first.new_start:,}", tuple(new))
