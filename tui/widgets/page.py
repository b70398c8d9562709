"""The page: a text of any size, wrapped where it is looked at, with a caret, a selection and spans.

Knows a :class:`tui.page.source.Source` and a provider of decorations; knows no library, no keys and
no commands. All positions are those of the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from annotations.errors import FlorilegiumError
from annotations.model import Mark, Span
from tui.page import motion
from tui.page.canvas import Canvas
from tui.page.caret import Caret, Unit
from tui.page.flow import Flow
from tui.page.gutter import Gutter, GutterMark
from tui.page.looks import Provider
from tui.page.palette import Palette, themed
from tui.page.source import GuardedSource, Source, text_source
from tui.page.viewport import Align, Viewport
from tui.widgets.gestures import Gestures

__all__ = ["DEFAULT_MEASURE", "Align", "Page", "Unit"]

DEFAULT_MEASURE = 72
"""Cells of a row of text: comfortable to read."""
_LEFT = 2
"""Cells left of the text, for the marks of highlights."""


class Page(Gestures, can_focus=True):
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

    visual_order: reactive[bool] = reactive(False, init=False)
    """Whether right-to-left text is put in the order in which it is read. Off, it is given to the
    terminal in the order of the text: right where the terminal itself turns it (VTE, Konsole,
    mlterm, Terminal.app); the caret and the selection are only right where exactly one does."""

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
        self._guarded = GuardedSource(self._source, self._tell)
        self._palette = palette
        self._viewport = Viewport(Flow(self._guarded, DEFAULT_MEASURE))
        self._caret = Caret(self._viewport)
        self._gutter = Gutter()
        self._canvas = Canvas(self._viewport, self._caret, self._gutter)
        self._column = (_LEFT, DEFAULT_MEASURE)
        self._shape: tuple[Size, int, bool] | None = None

    # The text

    @property
    def source(self) -> Source:
        """What is read."""
        return self._source

    @property
    def flow(self) -> Flow:
        """The text at the width that the page has."""
        return self._viewport.flow

    def open(self, source: Source, position: int = 0, align: Align = Align.TOP) -> None:
        """Show another text.

        Args:
            source: The text.
            position: Where the caret goes.
            align: Where the caret's row goes.
        """
        with self._changes(anew=True):
            self._source = source
            self._guarded = GuardedSource(source, self._tell)
            self._gutter.marks = ()
            self._shape = None
            self._viewport.reshape(self._flow_of(self._column[1]), self.size.height)
            self._fit()
            self._canvas.forget_decorations()
            self._caret.drop_selection()
            self._caret.go_to(position)
            self._viewport.bring(self._caret.place, align)

    def _tell(self, error: FlorilegiumError) -> None:
        """The text cannot be read any more: say so, and show nothing."""
        self.call_later(self.notify, str(error), severity="error", markup=False)
        self.call_later(self._show_failure)

    def _show_failure(self) -> None:
        with self._changes(anew=True):
            self._viewport.reshape(self._flow_of(self._column[1]), self.size.height)
            self._canvas.forget_decorations()
            self._caret.drop_selection()
            self._caret.go_to(0)

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
        self._canvas.forget_colours()
        super().notify_style_update()

    # Its shape

    @property
    def room(self) -> int:
        """The widest measure that the page has room for, in cells."""
        return max(self.size.width - _LEFT - 2, 2)

    def watch_measure(self) -> None:
        """Wrap at another width; the top row keeps its first character."""
        self._fit()
        self.refresh()

    def watch_visual_order(self) -> None:
        """Put the letters in the other order."""
        self._fit()
        self.refresh()

    def on_resize(self) -> None:
        """The same for another size."""
        self._fit()
        with self._changes():
            self._caret.keep_in_view()

    def _flow_of(self, measure: int) -> Flow:
        return Flow(self._guarded, measure, self.visual_order)

    def _fit(self) -> None:
        """Give the text the shape of the page, if it has another."""
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

    @property
    def visible_span(self) -> Span:
        """The positions from the first to the last character on the screen."""
        return self._viewport.visible

    # The caret and the selection

    @property
    def caret(self) -> int:
        """Where the caret is: before the character at this position."""
        return self._caret.position

    @property
    def selection(self) -> Span | None:
        """What is selected."""
        return self._caret.selection

    @property
    def selecting(self) -> bool:
        """Whether movement of the caret selects."""
        return self._caret.selecting

    @property
    def _seen(self) -> tuple[object, ...]:
        """What a look at the page tells."""
        caret = self._caret
        return caret.position, caret.behind, caret.selection, self._viewport.rows

    @contextmanager
    def _changes(self, anew: bool = False) -> Iterator[None]:
        """Repaint, and tell of another caret or selection, after what is done inside.

        Args:
            anew: The text is another, so that the same position is another place.
        """
        caret, selection, seen = self.caret, self.selection, self._seen
        yield
        if anew or seen != self._seen:
            self.refresh()
        if anew or caret != self.caret:
            self.post_message(self.CaretMoved(self, self.caret))
        if selection != self.selection:
            self.post_message(self.SelectionChanged(self, self.selection))

    def begin_selection(self) -> None:
        """From here on, movement of the caret selects."""
        with self._changes():
            self._caret.begin_selection()

    def drop_selection(self) -> None:
        """Select nothing."""
        with self._changes():
            self._caret.drop_selection()

    def toggle_selection(self) -> None:
        """Begin a selection at the caret, or drop the one there is."""
        if self.selecting:
            self.drop_selection()
        else:
            self.begin_selection()

    def select(self, span: Span) -> None:
        """Select a span; the caret goes to its end."""
        with self._changes():
            self._caret.select(span)
            self._viewport.bring(self._caret.place)

    def swap_ends(self) -> None:
        """Move the caret to the other end of the selection."""
        with self._changes():
            self._caret.swap()
            self._viewport.bring(self._caret.place)

    def cell_at(self, position: int) -> tuple[int, int] | None:
        """The cell of the widget, column and row, at which a position is seen, if it is."""
        place = self.flow.place(position)
        if not self._viewport.shows(place):
            return None
        row = self._viewport.rows.index(place)
        return self._column[0] + self.flow.cell_of(place, position), row

    def select_word(self) -> None:
        """Select the word at the caret, or one word more."""
        with self._changes():
            self._caret.select_unit(motion.word_at)

    def select_sentence(self) -> None:
        """Select the sentence at the caret, or one sentence more."""
        with self._changes():
            self._caret.select_unit(motion.sentence_at)

    def select_paragraph(self) -> None:
        """Select the paragraph at the caret, or one paragraph more."""
        with self._changes():
            self._caret.select_unit(motion.paragraph_at)

    # Movement

    def move(self, unit: Unit, count: int = 1) -> None:
        """Move the caret.

        Args:
            unit: By what.
            count: How many of it; negative: back, up, to the start.
        """
        with self._changes():
            self._caret.move(unit, count)

    def go_to(self, position: int, align: Align = Align.NEAREST) -> None:
        """Put the caret at a position and bring it into view."""
        with self._changes():
            self._caret.go_to(position)
            self._viewport.bring(self._caret.place, align)

    def go_to_share(self, share: float) -> None:
        """Put the caret at a share of the text, 0 its start and 1 its end."""
        self.go_to(round(self._source.size * min(max(share, 0.0), 1.0)), Align.TOP)

    def reveal(self, span: Span) -> None:
        """Bring a span into view, to the middle of the page if it is not on it whole."""
        self._viewport.reveal(span)
        self.refresh()

    def scroll_rows(self, rows: int) -> None:
        """Scroll; the caret comes along only where it would go out of view."""
        with self._changes():
            self._viewport.scroll(rows)
            self._caret.keep_in_view()

    # The mouse

    def position_at(self, x: int, y: int) -> int:
        """The position under a cell of the widget, or the nearest one."""
        return self._hit(x, y)[0]

    def _hit(self, x: int, y: int) -> tuple[int, bool]:
        """The position under a cell, and whether it is behind its row's last character."""
        rows = self._viewport.rows
        place = rows[min(max(y, 0), len(rows) - 1)]
        position = self.flow.position_at(place, x - self._column[0])
        return position, self.flow.place(position) != place

    def press(self, x: int, y: int, extend: bool) -> None:
        """Put the caret under the mouse, and select from there or from where it was."""
        with self._changes():
            if not extend:
                self._caret.drop_selection()
            elif not self._caret.selecting:
                self._caret.begin_selection()
            self._caret.put(*self._hit(x, y))

    def drag(self, x: int, y: int) -> None:
        """Select to the mouse."""
        with self._changes():
            position, behind = self._hit(x, y)
            if position != self._caret.position:
                if not self._caret.selecting:
                    self._caret.begin_selection()
                self._caret.put(position, behind)

    def drag_beyond(self, rows: int) -> None:
        """Scroll to where the mouse points; the drag that follows selects it."""
        self._viewport.scroll(rows)
        self.refresh()

    def click(self, x: int, y: int, count: int) -> None:
        """Select the word (two clicks) or the sentence (three) under the mouse."""
        position = self.position_at(x, y)
        if count == 1:
            if self.selection is None:
                self.post_message(self.Clicked(self, position))
            return
        find = motion.word_at if count == 2 else motion.sentence_at
        if span := find(self.flow, position):
            with self._changes():
                self._caret.select(span)

    def scroll_to_share(self, share: float) -> None:
        """Scroll to a share of the text; the caret comes along."""
        with self._changes():
            self._viewport.scroll_to(self.flow.place(round(self._source.size * share)))
            self._caret.keep_in_view()

    # Painting

    def on_focus(self) -> None:
        """Show the caret."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the caret."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of the widget: the text column and the gutter."""
        # Textual paints a page of a new size before it tells the page so.
        self._fit()
        if not self._canvas.has_colours:
            self._canvas.set_colours(self.palette, self.rich_style)
        return self._canvas.strip(y, self.has_focus)
