"""The margin: the highlights of the document on the page, beside their rows or as a list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.binding import BindingType

from annotations.model import Status
from tui.commands import Scope, bindings
from tui.page.beside import beside
from tui.widgets.cards import Line
from tui.widgets.lines import one_line, quoted, rows_needed, wrap
from tui.widgets.marking import MarkingCards

if TYPE_CHECKING:
    from annotations.model import Highlight

_QUOTE_ROWS = 3
_NOTE_ROWS = 2
_USUAL_ROWS = 6
_MEASURED = 500
"""The most highlights that are measured one by one."""


class Margin(MarkingCards["Highlight", str]):
    """One card a highlight: quote, tags, note, with a bar in its colour.

    Args:
        ink: The style that paints a bar in the colour of a highlight.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.HIGHLIGHTS)
    DEFAULT_CSS = """
    Margin { background: $surface; width: 24; }
    """

    def __init__(self, ink: Callable[[Highlight], Style]) -> None:
        super().__init__()
        self._ink = ink
        self._rows: Mapping[int, int] | None = None
        self._placed: list[tuple[int, int, int]] = []
        self._heights: dict[int, int] = {}
        self._crowded = False
        """Whether not all cards find room, so that those without the cursor are cut short."""

    def show(self, items: Sequence[Highlight], cursor: int = 0, empty: str | None = None) -> None:
        """Show other highlights, as a list."""
        self._rows, self._crowded = None, False
        super().show(items, cursor, empty)

    def lie_beside(self, rows: Mapping[int, int]) -> None:
        """Let the cards lie beside rows of the page, until others are shown.

        Args:
            rows: The row of the page that each card belongs to, by its index, in order: of those
                that may be seen.
        """
        listed, self._rows = self._rows is None, rows
        if listed:
            self._measure()
        else:
            self._place()

    def _place(self) -> None:
        """Find a place for each card that may be seen; the one under the cursor wins its own."""
        if self._rows is None:
            return
        room = self.size.height
        heights = [self._height(index) for index in self._rows]
        here = sum(
            height
            for height, row in zip(heights, self._rows.values(), strict=True)
            if 0 <= row < room
        )
        if (here > room) is not self._crowded:
            self._crowded = not self._crowded
            self._lines.clear()
        if self._crowded:
            heights = [
                height if index == self.cursor else sum(_short(self.items[index]))
                for index, height in zip(self._rows, heights, strict=True)
            ]
        wanted, pinned = list(self._rows.values()), None
        if self.cursor in self._rows:
            pinned = list(self._rows).index(self.cursor)
            wanted[pinned] = max(0, min(wanted[pinned], room - heights[pinned]))
        tops = beside(wanted, heights, room, pinned)
        placed = list(zip(tops, heights, self._rows, strict=True))
        if placed != self._placed:
            self._placed = placed
            self.refresh()

    def _height(self, index: int) -> int:
        """The rows of a card, and the blank one below it."""
        if index not in self._heights:
            self._heights[index] = len(list(self._whole(self.items[index], self._cells))) + 1
        return self._heights[index]

    def _measure(self) -> None:
        super()._measure()
        self._heights.clear()
        if self._rows is not None:
            self.virtual_size = self.size
            self._place()

    def reveal(self) -> None:
        """Bring the card under the cursor to its place."""
        if self._rows is None:
            super().reveal()
        else:
            self._place()

    def at_row(self, y: int) -> tuple[int, int]:
        """The card on a row, and the row in it."""
        if self._rows is None:
            return super().at_row(y)
        found = bisect_right(self._placed, y, key=itemgetter(0)) - 1
        if found >= 0:
            top, height, index = self._placed[found]
            if y < top + height:
                return index, y - top
        return len(self.items), 0

    def key(self, item: Highlight) -> str:
        """Its id."""
        return item.id

    def tops(self, items: Sequence[Highlight], cells: int) -> Sequence[int]:
        """Each card is as high as what it has to say, and a blank line; very many are all equally
        high, so that only those are read that are seen."""
        if len(items) > _MEASURED:
            return range(0, _USUAL_ROWS * (len(items) + 1), _USUAL_ROWS)
        return list(accumulate((_rows(item, cells - 3) for item in items), initial=0))

    def card(self, item: Highlight, cells: int) -> Iterable[Line]:
        """Quote, tags and note, cut short where not all have room."""
        pointed = self.pointed
        if self._crowded and not (pointed and pointed.id == item.id):
            quote_rows, _, note_rows = _short(item)
            return self._card(item, cells, quote_rows, note_rows)
        return self._whole(item, cells)

    def _whole(self, item: Highlight, cells: int) -> Iterable[Line]:
        return self._card(item, cells, _QUOTE_ROWS, _NOTE_ROWS)

    def _card(self, item: Highlight, cells: int, quote_rows: int, note_rows: int) -> Iterable[Line]:
        bar = (self.sign(item), self._ink(item))
        gap = (" ", "")
        room = cells - 3
        for line in wrap(
            _signs(item) + quoted(one_line(item.quote[: 8 * cells])), room, quote_rows
        ):
            yield [bar, gap, (line, "")]
        if item.tags:
            yield [bar, gap, (wrap(one_line(" · ".join(item.tags)), room, 1)[0], "accent")]
        if item.note:
            for line in wrap(one_line(item.note[: 8 * cells]), room, note_rows):
                yield [bar, gap, (line, "italic")]


def _rows(item: Highlight, cells: int) -> int:
    """The rows of a card and the blank one below it."""
    quote = rows_needed(_signs(item) + quoted(item.quote), cells, _QUOTE_ROWS)
    note = rows_needed(item.note, cells, _NOTE_ROWS) if item.note else 0
    return quote + bool(item.tags) + note + 1


def _short(item: Highlight) -> tuple[int, int, int]:
    """The rows of the quote, the tags and the note on a card that is cut short."""
    return 1, bool(item.tags), bool(item.note)


_STATES = {Status.PLACED: "", Status.MOVED: "≈ ", Status.LOST: "lost: "}
"""What a card says first: its place was found anew, or there is none in this text."""


def _signs(item: Highlight) -> str:
    return f"{_STATES[item.status]}{'★ ' if item.starred else ''}"
