"""The page: a text of any size, wrapped where it is looked at, with a caret, a selection and spans.

Knows a :class:`tui.page.source.Source` and a provider of decorations; knows no library, no keys and
no commands. All positions are those of the source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from itertools import islice

from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from annotations.model import Span
from tui.page import motion
from tui.page.flow import Flow, Place
from tui.page.gutter import Gutter, GutterMark
from tui.page.looks import Cursor, Overlay, Provider, row_runs
from tui.page.paint import Painter
from tui.page.palette import Palette, themed
from tui.page.source import Source, text_source

DEFAULT_MEASURE = 72
"""Cells of a row of text: comfortable to read."""
_LEFT = 2
"""Cells left of the text, for the marks of highlights."""
_WHEEL = 3
"""Rows that one step of the wheel scrolls."""
_KEPT_STRIPS = 1024
"""Painted rows that are kept."""
_DRAG_INTERVAL = 0.05
"""Seconds from row to row while the mouse is held above or below the page."""


class Unit(StrEnum):
    """By what the caret moves."""

    CHARACTER = "character"
    WORD = "word"
    WORD_END = "word end"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    ROW = "row"
    ROW_EDGE = "row edge"
    HALF_PAGE = "half page"
    PAGE = "page"
    DOCUMENT = "document"


class Align(StrEnum):
    """Where on the page a place is brought."""

    NEAREST = "nearest"
    """Scroll no further than is needed to see it."""
    TOP = "top"
    CENTRE = "centre"


class Page(Widget, can_focus=True):
    """A reading page.

    Open a source with :meth:`open`; give it decorations with :meth:`decorate` and call
    :meth:`refresh_decorations` when they have changed.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Page {
        height: 1fr;
        width: 1fr;
        overflow: hidden hidden;
        pointer: text;
    }
    """

    measure: reactive[int] = reactive(DEFAULT_MEASURE, init=False)
    """Cells of a row of text; fewer where the page is narrower."""

    class CaretMoved(Message):
        """The caret is at another position."""

        def __init__(self, page: Page, position: int) -> None:
            super().__init__()
            self.page = page
            self.position = position

        @property
        def control(self) -> Page:
            """The page."""
            return self.page

    class SelectionChanged(Message):
        """Another span is selected, or none."""

        def __init__(self, page: Page, selection: Span | None) -> None:
            super().__init__()
            self.page = page
            self.selection = selection

        @property
        def control(self) -> Page:
            """The page."""
            return self.page

    class Clicked(Message):
        """A single click on the text; the caret is there already."""

        def __init__(self, page: Page, position: int) -> None:
            super().__init__()
            self.page = page
            self.position = position

        @property
        def control(self) -> Page:
            """The page."""
            return self.page

    def __init__(
        self,
        source: Source | None = None,
        *,
        palette: Palette | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._source = source or text_source("")
        self._palette = palette
        self._painter: Painter | None = None
        self._provider: Provider | None = None
        self._gutter = Gutter()
        self._flow = Flow(self._source, DEFAULT_MEASURE)
        # What the top row is found by: the position of its first character, and, where the top row
        # is a gap, how many rows below that character's row it is. Only scrolling changes it.
        self._anchor = (0, 0)
        self._view: list[Place] = []
        self._caret = 0
        self._behind = False
        self._goal: int | None = None
        self._selecting_from: int | None = None
        self._overlays: dict[int, Overlay] = {}
        self._strips: dict[tuple[Place, Cursor], Strip] = {}
        self._dragging: str = ""
        self._drag_at = (0, 0)
        self._drag_timer: Timer | None = None

    # The text

    @property
    def source(self) -> Source:
        """What is read."""
        return self._source

    def open(self, source: Source, position: int = 0) -> None:
        """Show another text.

        Args:
            source: The text.
            position: Where the caret goes; its row comes to the top of the page.
        """
        self._source = source
        self._selecting_from = None
        self._gutter.marks = ()
        self._reflow()
        self._caret = motion.snapped(self._flow, position)
        self._behind = False
        self._goal = None
        self._put_at_top(self._flow.place(self._caret))
        self._announce(-1, None)

    def decorate(self, provider: Provider | None) -> None:
        """Take decorations from a provider, which is asked for a stretch at a time."""
        self._provider = provider
        self.refresh_decorations()

    def refresh_decorations(self) -> None:
        """The provider has something new to say."""
        self._overlays.clear()
        self._strips.clear()
        self.refresh()

    def mark_gutter(self, marks: Iterable[GutterMark]) -> None:
        """Show where highlights, hits and headings lie along the scroll bar."""
        self._gutter.marks = tuple(marks)
        self.refresh()

    @property
    def palette(self) -> Palette:
        """The colours: those given, or the ones that go with the theme."""
        if self._palette is not None:
            return self._palette
        theme = self.app.current_theme
        return themed(
            self.app.theme_variables,
            dark=theme.dark,
            ansi=self.app.native_ansi_color,
            vivid="contrast" in theme.name,
            coloured=not self.app.no_color,
        )

    @palette.setter
    def palette(self, palette: Palette | None) -> None:
        self._palette = palette
        self.notify_style_update()

    def notify_style_update(self) -> None:
        """Forget what was painted in other colours."""
        self._painter = None
        self._strips.clear()
        super().notify_style_update()

    # Layout

    @property
    def _column(self) -> tuple[int, int]:
        """The text column: its left cell and its width."""
        room = max(self.size.width - _LEFT - 2, 2)
        width = min(self.measure, room)
        return _LEFT + (room - width) // 2, width

    @property
    def flow(self) -> Flow:
        """The text at the width that the page has."""
        return self._flow

    def _reflow(self) -> None:
        """Lay the text out anew, at the width that the page has now."""
        self._flow = Flow(self._source, self._column[1])
        self._overlays.clear()
        self._strips.clear()
        self._view = []
        self.refresh()

    def watch_measure(self) -> None:
        """Wrap at another width; the top row keeps its first character."""
        self._reflow()

    def on_resize(self) -> None:
        """The same for another size."""
        self._strips.clear()
        self._view = []
        if self._flow.measure != self._column[1]:
            self._reflow()
        if self._shows_caret:
            return
        self._put_caret_in_view()

    @property
    def _height(self) -> int:
        return max(self.size.height, 1)

    @property
    def _rows(self) -> list[Place]:
        """The rows on the screen."""
        if not self._view:
            position, further = self._anchor
            top = self._flow.step(self._flow.place(position), further)
            self._view = list(islice(self._flow.rows(top), self._height))
            if len(self._view) < self._height:
                top = self._flow.step(self._flow.last(), 1 - self._height)
                self._view = list(islice(self._flow.rows(top), self._height))
        return self._view

    def _put_at_top(self, top: Place) -> None:
        """Put a row at the top, or the last row at the bottom if too few follow."""
        further = 0
        first = top
        while first.row > 0 and not self._flow.row(first).pieces:
            first = first._replace(row=first.row - 1)
            further += 1
        self._anchor = (self._flow.start_of(first), further)
        self._view = []
        self.refresh()

    @property
    def caret_place(self) -> Place:
        """The row that the caret is on."""
        return self._flow.place(self._caret, self._behind)

    @property
    def _shows_caret(self) -> bool:
        return self._rows[0] <= self.caret_place <= self._rows[-1]

    @property
    def visible_span(self) -> Span:
        """The positions from the first to the last character on the screen."""
        rows = self._rows
        return Span(self._flow.start_of(rows[0]), self._flow.end_of(rows[-1]))

    # The caret and the selection

    @property
    def caret(self) -> int:
        """Where the caret is: before the character at this position."""
        return self._caret

    @property
    def selection(self) -> Span | None:
        """What is selected."""
        if self._selecting_from is None or self._selecting_from == self._caret:
            return None
        return Span(*sorted((self._selecting_from, self._caret)))

    @property
    def selecting(self) -> bool:
        """Whether movement of the caret selects."""
        return self._selecting_from is not None

    def begin_selection(self) -> None:
        """From here on, movement of the caret selects."""
        self._change(self._caret, self._behind, self._caret)

    def drop_selection(self) -> None:
        """Select nothing."""
        self._change(self._caret, self._behind, None)

    def toggle_selection(self) -> None:
        """Begin a selection at the caret, or drop the one there is."""
        if self.selecting:
            self.drop_selection()
        else:
            self.begin_selection()

    def select(self, span: Span) -> None:
        """Select a span; the caret goes to its end."""
        self._change(span.end, True, span.start)
        self._reveal_caret()

    def select_word(self) -> None:
        """Select the word at the caret."""
        self._select_unit(motion.word_at)

    def select_sentence(self) -> None:
        """Select the sentence at the caret, or one sentence more."""
        self._select_unit(motion.sentence_at)

    def select_paragraph(self) -> None:
        """Select the paragraph at the caret, or one paragraph more."""
        self._select_unit(motion.paragraph_at)

    def _select_unit(self, unit: Callable[[Flow, int], Span | None]) -> None:
        selection = self.selection
        at = self._caret
        if selection:
            at = motion.word(self._flow, max(selection.end - 1, selection.start), True)
        span = unit(self._flow, at)
        if span is None:
            return
        if selection and selection.start <= span.start:
            span = Span(selection.start, max(selection.end, span.end))
        self.select(span)

    def _change(self, caret: int, behind: bool, selecting_from: int | None) -> None:
        """The one way to move the caret and to select; repaints the rows that look different."""
        before, selection = self._caret, self.selection
        self._caret = caret
        self._behind = behind and self._flow.place(caret, True) != self._flow.place(caret)
        self._selecting_from = selecting_from
        self._announce(before, selection)

    def _announce(self, caret: int, selection: Span | None) -> None:
        self.refresh()
        if caret != self._caret:
            self.post_message(self.CaretMoved(self, self._caret))
        if selection != self.selection:
            self.post_message(self.SelectionChanged(self, self.selection))

    def _move_caret(self, position: int, behind: bool = False, keep_goal: bool = False) -> None:
        if not keep_goal:
            self._goal = None
        self._change(position, behind, self._selecting_from)
        self._reveal_caret()

    # Movement

    def go_to(self, position: int, align: Align = Align.NEAREST) -> None:
        """Put the caret at a position and bring it into view."""
        self._move_caret(motion.snapped(self._flow, position))
        place = self.caret_place
        if align is Align.TOP:
            self._put_at_top(place)
        elif align is Align.CENTRE:
            self._put_at_top(self._flow.step(place, -(self._height // 2)))

    def go_to_share(self, share: float) -> None:
        """Put the caret at a share of the text, 0 its start and 1 its end."""
        share = min(max(share, 0.0), 1.0)
        self.go_to(round(self._source.size * share), Align.TOP)

    def reveal(self, span: Span) -> None:
        """Bring a span into view: to the middle of the page if it is not on it whole."""
        first = self._flow.place(span.start)
        last = self._flow.place(span.end, before=True)
        if not self._rows[0] <= first <= last <= self._rows[-1]:
            rows = self._flow.distance(first, last, self._height) or 0
            self._put_at_top(self._flow.step(first, -max((self._height - rows) // 2, 0)))

    def move(self, unit: Unit, count: int = 1) -> None:
        """Move the caret.

        Args:
            unit: By what.
            count: How many of it; negative: back, up, to the start.
        """
        if unit in {Unit.ROW, Unit.HALF_PAGE, Unit.PAGE}:
            self._move_rows(unit, count)
            return
        forward = count > 0
        position, behind = self._caret, False
        if unit is Unit.DOCUMENT:
            position = motion.snapped(self._flow, self._source.size if forward else 0)
        elif unit is Unit.ROW_EDGE:
            place = self.caret_place
            position = self._flow.end_of(place) if forward else self._flow.start_of(place)
            behind = forward
        else:
            for _ in range(abs(count)):
                position = self._step(unit, position, forward)
        self._move_caret(position, behind)

    def _step(self, unit: Unit, position: int, forward: bool) -> int:
        match unit:
            case Unit.WORD:
                return motion.word(self._flow, position, forward)
            case Unit.WORD_END if forward:
                return motion.word_end(self._flow, position)
            case Unit.WORD_END:
                return motion.word(self._flow, position, False)
            case Unit.SENTENCE:
                return motion.sentence(self._flow, position, forward)
            case Unit.PARAGRAPH:
                return motion.paragraph(self._flow, position, forward)
            case _:
                return motion.character(self._flow, position, forward)

    def _move_rows(self, unit: Unit, count: int) -> None:
        """Move the caret up or down; by pages, the page goes with it."""
        if unit is Unit.ROW:
            self._move_to_row(self._text_row(self.caret_place, count))
            return
        rows = max(self._height - 1, 1) if unit is Unit.PAGE else max(self._height // 2, 1)
        top = self._rows[0]
        place = self._flow.step(self.caret_place, rows * count)
        self._put_at_top(self._flow.step(top, rows * count))
        if not self._flow.row(place).pieces:
            place = self._text_row(place, 1 if count > 0 else -1)
        self._move_to_row(place)

    def _text_row(self, place: Place, count: int) -> Place:
        """The row ``count`` rows of text further, gaps not counted."""
        direction = 1 if count > 0 else -1
        for _ in range(abs(count)):
            further = self._flow.step(place, direction)
            while not self._flow.row(further).pieces:
                beyond = self._flow.step(further, direction)
                if beyond == further:
                    return place
                further = beyond
            place = further
        return place

    def _move_to_row(self, place: Place) -> None:
        """Put the caret on a row, at the cell that it came from."""
        if self._goal is None:
            self._goal = self._flow.cell_of(self.caret_place, self._caret)
        position = self._flow.position_at(place, self._goal)
        behind = self._flow.place(position) != place
        self._move_caret(position, behind, keep_goal=True)

    def scroll_rows(self, rows: int) -> None:
        """Scroll without moving the caret, unless it would go out of view."""
        self._put_at_top(self._flow.step(self._rows[0], rows))
        self._put_caret_in_view()

    def _put_caret_in_view(self) -> None:
        """Move the caret to the nearest row on the screen, unless it holds a selection's end."""
        rows = [place for place in self._rows if self._flow.row(place).pieces]
        if not rows or self._shows_caret or self.selecting:
            return
        above = self.caret_place < rows[0]
        self._move_to_row(rows[0] if above else rows[-1])

    def _reveal_caret(self) -> None:
        place = self.caret_place
        if place < self._rows[0]:
            self._put_at_top(place)
        elif place > self._rows[-1]:
            self._put_at_top(self._flow.step(place, 1 - self._height))

    # The mouse

    def position_at(self, x: int, y: int) -> int:
        """The position under a cell of the widget, or the nearest one."""
        return self._hit(x, y)[0]

    def _hit(self, x: int, y: int) -> tuple[int, bool]:
        rows = self._rows
        place = rows[min(max(y, 0), len(rows) - 1)]
        position = self._flow.position_at(place, x - self._column[0])
        return position, self._flow.place(position) != place

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the caret under the mouse, or scroll to where the gutter was pressed."""
        if event.button != 1:
            return
        event.stop()
        self.capture_mouse()
        if event.x >= self.size.width - 1:
            self._dragging = "gutter"
            self._scroll_to_share(event.y)
            return
        self._dragging = "text"
        position, behind = self._hit(event.x, event.y)
        self._goal = None
        start = self._caret if self._selecting_from is None else self._selecting_from
        self._change(position, behind, start if event.shift else None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the selection to the mouse."""
        if not self._dragging:
            return
        event.stop()
        if self._dragging == "gutter":
            self._scroll_to_share(event.y)
            return
        self._drag_at = (event.x, event.y)
        self._drag()
        outside = not 0 <= event.y < self.size.height
        if outside and self._drag_timer is None:
            self._drag_timer = self.set_interval(_DRAG_INTERVAL, self._drag)
        elif not outside:
            self._stop_drag_timer()

    def _drag(self) -> None:
        x, y = self._drag_at
        beyond = y if y < 0 else max(y - self.size.height + 1, 0)
        if beyond:
            self._put_at_top(self._flow.step(self._rows[0], beyond))
        position, behind = self._hit(x, y)
        start = self._caret if self._selecting_from is None else self._selecting_from
        if position != self._caret:
            self._change(position, behind, start)

    def _stop_drag_timer(self) -> None:
        if self._drag_timer is not None:
            self._drag_timer.stop()
            self._drag_timer = None

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a drag."""
        if self._dragging:
            event.stop()
            self._dragging = ""
            self._stop_drag_timer()
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Select the word (two clicks) or the sentence (three) under the mouse."""
        if event.x >= self.size.width - 1 or event.button != 1:
            return
        event.stop()
        position = self.position_at(event.x, event.y)
        if event.chain == 1:
            if self.selection is None:
                self.post_message(self.Clicked(self, position))
            return
        find = motion.word_at if event.chain == 2 else motion.sentence_at
        span = find(self._flow, position)
        if span is not None:
            self._change(span.end, True, span.start)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        event.prevent_default()
        self.scroll_rows(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        event.prevent_default()
        self.scroll_rows(-_WHEEL)

    def _scroll_to_share(self, y: int) -> None:
        share = min(max(y / max(self.size.height - 1, 1), 0.0), 1.0)
        self._put_at_top(self._flow.place(round(self._source.size * share)))
        self._put_caret_in_view()

    # Painting

    def on_focus(self) -> None:
        """Show the caret."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the caret."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of the widget: the text column and the gutter."""
        if self._painter is None:
            self._painter = Painter(self.palette, self.rich_style)
        rows = self._rows
        width = max(self.size.width - 1, 0)
        body = self._body(rows[y], width) if y < len(rows) else self._painter.strip([], 0, width)
        visible = self.visible_span
        return Strip.join(
            [
                body,
                self._gutter.strip(y, self.size.height, visible, self._source.size, self._painter),
            ]
        )

    def _body(self, place: Place, width: int) -> Strip:
        """The text of a row; painted anew only where something about it has changed."""
        assert self._painter is not None
        key = (place, self._cursor(place))
        strip = self._strips.get(key)
        if strip is None:
            overlay = self._overlay(place)
            runs = row_runs(self._flow, place, overlay, key[1])
            mark = self._mark(overlay, place)
            strip = self._painter.strip(runs, self._column[0], width, mark)
            if len(self._strips) > _KEPT_STRIPS:
                self._strips.clear()
            self._strips[key] = strip
        return strip

    def _mark(self, overlay: Overlay | None, place: Place) -> str | None:
        """The colour that is marked left of a row."""
        if overlay is None or not self._flow.row(place).pieces:
            return None
        stretch = self._flow.stretch(place.stretch).stretch
        first, last = self._flow.start_of(place), self._flow.end_of(place)
        return overlay.mark(stretch.local(first), stretch.local(last))

    def _cursor(self, place: Place) -> Cursor:
        """What of the selection and the caret is on a row, in local offsets."""
        stretch = self._flow.stretch(place.stretch).stretch
        caret = None
        if self.has_focus and place == self.caret_place:
            caret = stretch.local(self._caret)
        selection = self.selection
        if selection is None:
            return Cursor(None, caret, self._behind)
        first = max(selection.start, self._flow.start_of(place))
        last = min(selection.end, self._flow.end_of(place) + 1)
        if first >= last:
            return Cursor(None, caret, self._behind)
        return Cursor((stretch.local(first), stretch.local(last)), caret, self._behind)

    def _overlay(self, place: Place) -> Overlay | None:
        if self._provider is None:
            return None
        overlay = self._overlays.get(place.stretch)
        if overlay is None:
            stretch = self._flow.stretch(place.stretch).stretch
            found = self._provider(stretch.start, stretch.end)
            overlay = self._overlays[place.stretch] = Overlay(stretch, found)
        return overlay
