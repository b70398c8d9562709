"""A text of any size, wrapped to a widget and painted where it is looked at, spans and all.

Knows a :class:`tui.page.source.Source` and a provider of decorations; knows no library. What moves
its caret is for whoever inherits from it. All positions are those of the source.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget

from annotations.errors import FlorilegiumError
from annotations.model import Mark, Span
from tui.page.canvas import Canvas
from tui.page.caret import Caret
from tui.page.flow import Flow
from tui.page.gutter import Gutter, GutterMark
from tui.page.overlay import Provider
from tui.page.palette import Palette, themed
from tui.page.source import GuardedSource, Source, text_source
from tui.page.viewport import Align, Viewport

DEFAULT_MEASURE = 72
"""Cells of a row of text: comfortable to read."""
_LEFT = 2
"""Cells left of the text, for the marks of highlights."""


class Sheet(Widget):
    """A column of text between the marks of highlights and a scroll bar.

    Give it decorations with :meth:`decorate` and call :meth:`refresh_decorations` when they have
    changed.
    """

    DEFAULT_CSS = """
    Sheet {
        height: 1fr;
        width: 1fr;
        overflow: hidden hidden;
        pointer: text;
    }
    """

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """What is on a sheet never changes its size: another size asks for no second layout."""

    measure: reactive[int] = reactive(DEFAULT_MEASURE, init=False)
    """Cells of a row of text; fewer where the widget is narrower."""

    visual_order: reactive[bool] = reactive(False, init=False)
    """Whether right-to-left text is put in the order in which it is read. Off, it is given to the
    terminal in the order of the text: right where the terminal itself turns it (VTE, Konsole,
    mlterm, Terminal.app); the caret and the selection are only right where exactly one does."""

    class Shifted(Message):
        """Other rows of the text are in sight, or the same elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self._source = text_source("")
        self._guarded = GuardedSource(self._source, self._tell)
        self._viewport = Viewport(Flow(self._guarded, DEFAULT_MEASURE))
        self._caret = Caret(self._viewport)
        self._gutter = Gutter()
        self._canvas = Canvas(self._viewport, self._caret, self._gutter)
        self._column = (_LEFT, DEFAULT_MEASURE)
        self._shape: tuple[Size, int, bool] | None = None
        self._palette: Palette | None = None

    # The text

    @property
    def source(self) -> Source:
        """What is read."""
        return self._source

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to be read: no text, or nothing but blanks and line ends."""
        return self._viewport.is_blank

    @property
    def flow(self) -> Flow:
        """The text at the width that the widget has."""
        return self._viewport.flow

    def lay(self, source: Source) -> None:
        """Put another text in place of the one there is."""
        self._source = source
        self._guarded = GuardedSource(source, self._tell)
        self._gutter.marks = ()
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Wrap the text from nothing."""
        self._shape = None
        self._viewport.reshape(self._flow_of(self._column[1]), self.size.height)
        self._fit()
        self._canvas.forget_decorations()
        self._caret.drop_selection()

    def _tell(self, error: FlorilegiumError) -> None:
        """The text cannot be read any more: say so, and show nothing."""
        self.call_later(self.notify, str(error), severity="error", markup=False)
        self.call_later(self.show_nothing)

    def show_nothing(self) -> None:
        """The source gives no text any more."""
        self._begin_anew()
        self._caret.go_to(0, Align.TOP)

    def marks_at(self, position: int) -> list[Mark]:
        """The marks that came with the file at a position (offsets local to its stretch)."""
        stretch = self._guarded.stretch(position)
        local = stretch.local(position)
        return [mark for mark in stretch.marks if mark.start <= local < mark.end]

    # What lies over it

    def decorate(self, provider: Provider | None) -> None:
        """Take decorations from a provider, which is asked for a stretch at a time."""
        self._canvas.set_provider(provider)
        self.refresh()

    def refresh_decorations(self) -> None:
        """The provider has something new to say."""
        self._canvas.forget_decorations()
        self.refresh()

    def mark_gutter(self, marks: Iterable[GutterMark]) -> None:
        """Show where highlights, hits and headings lie along the scroll bar."""
        self._gutter.marks = tuple(marks)
        self.refresh()

    # Its shape

    @property
    def room(self) -> int:
        """The widest measure that there is room for, in cells."""
        return max(self.size.width - _LEFT - 2, 2)

    def watch_measure(self) -> None:
        """Wrap at another width; the top row keeps its first character."""
        self._fit()
        self._shift()

    def watch_visual_order(self) -> None:
        """Put the letters in the other order."""
        self._fit()
        self._shift()

    def _shift(self) -> None:
        """Paint anew, and tell that rows are elsewhere."""
        self.refresh()
        self.post_message(self.Shifted())

    def _flow_of(self, measure: int) -> Flow:
        return Flow(self._guarded, measure, self.visual_order)

    def _fit(self) -> None:
        """Give the text the shape of the widget, if it has another."""
        shape = (self.size, self.measure, self.visual_order)
        if shape == self._shape:
            return
        self._shape = shape
        width = min(self.measure, self.room)
        self._column = (_LEFT + (self.room - width) // 2, width)
        if (self.flow.measure, self.flow.visual) == (width, self.visual_order):
            flow = self.flow
        else:
            flow = self._flow_of(width)
        self._viewport.reshape(flow, self.size.height)
        self._canvas.set_columns(self._column[0], self.size.width)

    # Places on the screen

    @property
    def visible_span(self) -> Span:
        """The positions from the first to the last character on the screen."""
        return self._viewport.visible

    def span_from(self, above: int) -> Span:
        """The positions from some rows above the window to its end."""
        top = self.flow.step(self._viewport.rows[0], -above)
        return Span(self.flow.start_of(top), self._viewport.visible.end)

    def rows_of(self, positions: Iterable[int], above: int) -> list[int]:
        """The rows of the widget on which positions are, negative above it.

        Args:
            positions: In the span that :meth:`span_from` gives.
            above: The most rows that one may be above the window.
        """
        top = self._viewport.rows[0]
        first = self.flow.step(top, -above)
        before = list(takewhile(lambda place: place != top, self.flow.rows(first)))
        rows = {place: row for row, place in enumerate(self._viewport.rows)}
        rows.update((place, row - len(before)) for row, place in enumerate(before))
        return [rows.get(self.flow.place(each), -len(before)) for each in positions]

    def cell_at(self, position: int) -> tuple[int, int] | None:
        """The cell of the widget, column and row, at which a position is seen, if it is."""
        place = self.flow.place(position)
        if not self._viewport.shows(place):
            return None
        row = self._viewport.rows.index(place)
        return self._column[0] + self.flow.cell_of(place, position), row

    def position_at(self, x: int, y: int) -> int:
        """The position under a cell of the widget, or the nearest one."""
        return self._hit(x, y)[0]

    def _hit(self, x: int, y: int) -> tuple[int, bool]:
        """The position under a cell, and whether it is behind its row's last character."""
        rows = self._viewport.rows
        place = rows[min(max(y, 0), len(rows) - 1)]
        position = self.flow.position_at(place, x - self._column[0])
        return position, self.flow.place(position) != place

    def reveal(self, span: Span) -> None:
        """Bring a span into view, to the middle if it is not in it whole."""
        self._viewport.reveal(span)
        self._shift()

    # Painting

    @property
    def palette(self) -> Palette:
        """The colours that go with the theme."""
        if self._palette is None:
            theme = self.app.current_theme
            self._palette = themed(
                self.app.theme_variables,
                dark=theme.dark,
                ansi=self.app.native_ansi_color,
                vivid="contrast" in theme.name,
                coloured=not self.app.no_color,
            )
        return self._palette

    def notify_style_update(self) -> None:
        """Forget what was painted in other colours."""
        self._palette = None
        self._canvas.forget_colours()
        super().notify_style_update()

    def on_focus(self) -> None:
        """Show the caret."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the caret."""
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows of the widget, in its shape and its colours.

        A sheet has no border and no padding, and a row is the same strip as long as it looks the
        same: what Textual does to put these around a row is left out.
        """
        # Textual paints a widget of a new size before it tells the widget so.
        self._fit()
        if not self._canvas.has_colours:
            self._canvas.set_colours(self.palette, self.rich_style)
        # One that is just coming or going may be asked for more than it has.
        blank = Strip.blank(self.size.width, self.rich_style)
        rows = [self.render_line(y) if y < self.size.height else blank for y in crop.line_range]
        ground = self.background_colors[1]
        for each in self.get_line_filters():
            rows = [row.apply_filter(each, ground) for row in rows]
        if crop.column_span != (0, self.size.width):
            rows = [row.crop(*crop.column_span) for row in rows]
        return rows

    def render_line(self, y: int) -> Strip:
        """A row of the widget: the text column and the gutter."""
        return self._canvas.strip(y, self.has_focus)
