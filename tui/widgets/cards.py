"""A list of cards of a few lines each, of any number: only the visible ones are made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotations.text.graphemes import width as cells_of
from tui.page.palette import READABLE, contrast
from tui.widgets.lines import wrap

T = TypeVar("T")

_EMPTY_ROWS = 9
"""The most rows that a line of the words for an empty list takes."""

Run = tuple[str, str | Style]
"""A text without control characters, and the component class (without prefix) or style of it."""
Line = Sequence[Run]


class Cards(ScrollView, Generic[T], can_focus=True):
    """Cards one under the other; the cursor is on one of them.

    A subclass says how high the cards are (:attr:`ROWS`, or :meth:`tops` where they differ) and
    what stands on them (:meth:`card`).
    """

    ROWS: ClassVar[int] = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup", "leaf(-1)", show=False),
        Binding("pagedown", "leaf(1)", show=False),
        Binding("home,g", "step(-1000000000)", show=False),
        Binding("end,G", "step(1000000000)", show=False),
    ]

    DEFAULT_CSS = """
    Cards {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .cards--cursor { background: $boost; }
        &:focus > .cards--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        &:nocolor > .cards--cursor { text-style: reverse; }
        &:nocolor:can-focus:blur > .cards--cursor { text-style: underline; }
        & > .cards--strong { text-style: bold; }
        & > .cards--dim { color: $text-muted; }
        & > .cards--accent { color: $accent; }
        & > .cards--italic { text-style: italic; color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "cards--cursor",
        "cards--strong",
        "cards--dim",
        "cards--accent",
        "cards--italic",
    }

    virtual_size = Reactive(Size(0, 0), layout=False)
    """Other cards ask for no layout of the whole screen; what depends on how many rows there are is
    seen to in :meth:`_measure`."""

    cursor: reactive[int] = reactive(0)
    """The index of the card that keys act on."""

    class Pointed(Message):
        """The user moved the cursor to another card."""

        def __init__(self, cards: Cards[T], index: int) -> None:
            super().__init__()
            self.cards = cards
            self.index = index

    class Chosen(Pointed):
        """The user clicked on a card."""

    def __init__(self, empty: str = "") -> None:
        super().__init__()
        self._items: Sequence[T] = ()
        self._tops: Sequence[int] = (0,)
        self._lines: dict[int, list[Strip]] = {}
        self._blanks: dict[int, Strip] = {}
        self._named_styles: dict[str, Style] = {}
        self._empty = empty
        self._wide = 1
        """The width of a card in the picture that is being painted."""

    def tops(self, items: Sequence[T], cells: int) -> Sequence[int]:
        """The first row of each card and, last, the row after the last one."""
        return range(0, self.ROWS * (len(items) + 1), self.ROWS)

    def card(self, item: T, cells: int) -> Iterable[Line]:
        """The lines of a card that is ``cells`` wide."""
        raise NotImplementedError

    @property
    def items(self) -> Sequence[T]:
        """What the cards show."""
        return self._items

    @property
    def pointed(self) -> T | None:
        """What the card under the cursor shows."""
        return self._items[self.cursor] if self.cursor < len(self._items) else None

    def show(self, items: Sequence[T], cursor: int = 0, empty: str | None = None) -> None:
        """Show other items.

        Args:
            items: What to show, of any length; read where it is visible.
            cursor: The index to point at.
            empty: What to say where there are none.
        """
        self._items = items
        if empty is not None:
            self._empty = empty
        self.set_reactive(Cards.cursor, self.validate_cursor(cursor))
        self._measure()
        self.call_after_refresh(self.reveal)

    def point(self, index: int) -> None:
        """Put the cursor on a card and bring it into view, without a message."""
        if index != self.cursor:
            self.cursor = index
        self.reveal()

    def action_step(self, steps: int) -> None:
        """Move to another card."""
        self.move(steps)

    def action_leaf(self, pages: int) -> None:
        """Move by a screenful."""
        self.page(pages)

    def move(self, steps: int) -> None:
        """Move the cursor, as by a key."""
        if self._items:
            self._go(self.validate_cursor(self.cursor + steps))

    def page(self, pages: int) -> None:
        """Move the cursor by as many cards as are visible."""
        rows = max(1, self.size.height * len(self._items) // max(1, self._tops[-1]))
        self.move(pages * rows)

    def reveal(self) -> None:
        """Scroll so that the card under the cursor is visible."""
        if self._items:
            top, bottom = self._tops[self.cursor], self._tops[self.cursor + 1]
            self.scroll_to_region(
                Region(0, top, 1, bottom - top), animate=False, force=True, immediate=True
            )

    def validate_cursor(self, index: int) -> int:
        """Keep the cursor on a card."""
        return max(0, min(index, len(self._items) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Paint the cursor where it is now."""
        self._lines.pop(before, None)
        self._lines.pop(now, None)
        self.refresh()

    def _go(self, index: int) -> None:
        self.point(index)
        self.post_message(self.Pointed(self, index))

    def _measure(self) -> None:
        """Lay the cards out anew."""
        self._lines.clear()
        self._tops = self.tops(self._items, self._cells) if self._items else (0,)
        extent = Size(self.size.width, self._tops[-1])
        changed = extent != self.virtual_size
        if changed:
            self.virtual_size = extent
            self._scroll_update(extent)
        self.refresh(layout=changed and self.styles.auto_dimensions)

    @property
    def _cells(self) -> int:
        """The width of a card."""
        return max(1, self.scrollable_content_region.width)

    def on_resize(self) -> None:
        """Lay out for the new width."""
        self._measure()
        self.call_after_refresh(self.reveal)

    def repaint(self) -> None:
        """Paint the cards anew; what they show has changed, not how high they are."""
        self._lines.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget what was painted in the old colours."""
        super().notify_style_update()
        self._lines.clear()
        self._blanks.clear()
        self._named_styles.clear()

    def on_click(self, event: events.Click) -> None:
        """Point at the card that was clicked."""
        index, _ = self.at_row(event.y)
        if index < len(self._items):
            self._go(index)
            self.post_message(self.Chosen(self, index))

    def at_row(self, y: int) -> tuple[int, int]:
        """The card on a row of the widget, past the last one where there is none, and the row in
        it."""
        row = y + self.scroll_offset.y
        index = bisect_right(self._tops, row) - 1
        return index, row - self._tops[index]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows of what is visible, as wide as there is room now."""
        if self._wide != self._cells:
            # The scroll bar came or went, of which nothing else tells.
            self._wide = self._cells
            self._lines.clear()
            self.call_later(self._measure)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of what is visible."""
        cells = self._wide
        index, line = self.at_row(y)
        if index >= len(self._items):
            return self._below(y, cells)
        if index not in self._lines:
            if len(self._lines) > 200:
                self._lines.clear()
            self._lines[index] = self._paint(index, cells)
        lines = self._lines[index]
        return lines[line] if line < len(lines) else self._blank(cells)

    def _blank(self, cells: int) -> Strip:
        """A row without anything on it."""
        if cells not in self._blanks:
            self._blanks = {cells: Strip.blank(cells, self._named_style(""))}
        return self._blanks[cells]

    def _below(self, y: int, cells: int) -> Strip:
        """A row below the cards, or a line of the words for an empty list."""
        told = "" if self._items else self._empty
        words = [row for line in told.split("\n") for row in wrap(line, cells - 2, _EMPTY_ROWS)]
        if 0 <= y - 1 < len(words):
            return self._strip([(f" {words[y - 1]}", "dim")], cells, self._named_style(""))
        return self._blank(cells)

    def _paint(self, index: int, cells: int) -> list[Strip]:
        base = self._named_style("cursor" if index == self.cursor else "")
        return [self._strip(line, cells, base) for line in self.card(self._items[index], cells)]

    def _strip(self, line: Line, cells: int, base: Style) -> Strip:
        segments = [Segment(text, base + self._style(style, base)) for text, style in line]
        used = sum(cells_of(text) for text, _ in line)
        segments.append(Segment(" " * max(0, cells - used), base))
        return Strip(segments, max(cells, used)).crop(0, cells)

    def _style(self, style: str | Style, base: Style) -> Style:
        if isinstance(style, Style):
            return style
        if not style:
            return Style.null()
        # The whole style, since a partial one knows no translucent colours; without its ground.
        whole = self._named_style(style)
        ink = whole.color if self._is_read(whole.color, base) else base.color
        return Style(color=ink, bold=whole.bold, italic=whole.italic, underline=whole.underline)

    def _is_read(self, ink: Color | None, base: Style) -> bool:
        """Whether a colour that is made for the list can be read on a card's ground, too; of the
        terminal's own colours nobody knows."""
        ground = base.bgcolor
        if ink is None or ground is None or ground == self._named_style("").bgcolor:
            return True
        if ink.triplet is None or ground.triplet is None:
            return False
        return contrast(ink.triplet.hex, ground.triplet.hex) >= READABLE

    def _named_style(self, name: str) -> Style:
        """The style of a component class, or of the widget itself; Textual puts it together anew
        each time that it is asked."""
        if name not in self._named_styles:
            self._named_styles[name] = (
                self.get_component_rich_style(f"cards--{name}") if name else self.rich_style
            )
        return self._named_styles[name]
