"""The page: a sheet of text with a caret and a selection, moved by calls and by the mouse.

Knows no library, no keys and no commands. All positions are those of the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from textual.message import Message

from annotations.model import Span
from tui.page import motion
from tui.page.caret import Unit
from tui.page.source import Source
from tui.page.viewport import Align
from tui.widgets.gestures import Gestures
from tui.widgets.sheet import Sheet

__all__ = ["Align", "Page", "Unit"]


class Page(Sheet, Gestures, can_focus=True):
    """A reading page: open a source with :meth:`open`."""

    ALLOW_SELECT = False

    class CaretMoved(Message):
        """The caret is at another position."""

        def __init__(self, page: Page) -> None:
            super().__init__()
            self.page = page

    class SelectionChanged(Message):
        """Another span is selected, or none."""

    # The text

    def open(self, source: Source, position: int = 0, align: Align = Align.TOP) -> None:
        """Show another text.

        Args:
            source: The text.
            position: Where the caret goes.
            align: Where the caret's row goes.
        """
        with self._changes(anew=True):
            self.lay(source)
            self._caret.go_to(position, align)

    def show_nothing(self) -> None:
        """The text cannot be read any more."""
        with self._changes(anew=True):
            super().show_nothing()

    def on_resize(self) -> None:
        """Wrap for another size, and keep the caret in sight."""
        self._fit()
        with self._changes():
            self._caret.keep_in_view()
        # Textual has painted it in its new size already.
        self.post_message(self.Shifted())

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
        return caret.position, caret.behind, caret.selection

    @contextmanager
    def _changes(self, anew: bool = False) -> Iterator[None]:
        """Repaint, and tell of another caret or selection, after what is done inside.

        Args:
            anew: The text is another, so that the same position is another place.
        """
        caret, selection, seen = self.caret, self.selection, self._seen
        rows = self._viewport.rows
        yield
        if anew or rows != self._viewport.rows:
            self._shift()
        elif seen != self._seen:
            self.refresh()
        if anew or caret != self.caret:
            self.post_message(self.CaretMoved(self))
        if selection != self.selection:
            self.post_message(self.SelectionChanged())

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

    def go_to(self, position: int, align: Align = Align.IN_CONTEXT) -> None:
        """Put the caret at a position and bring it into view."""
        with self._changes():
            self._caret.go_to(position, align)

    def go_to_share(self, share: float) -> None:
        """Put the caret on the word at a share of the text, 0 its start and 1 its end."""
        position = round(self._source.size * min(max(share, 0.0), 1.0))
        word = motion.word_at(self.flow, position)
        self.go_to(word.start if word and position < word.end else position, Align.TOP)

    def scroll_rows(self, rows: int) -> None:
        """Scroll; the caret comes along only where it would go out of view."""
        with self._changes():
            self._viewport.scroll(rows)
            self._caret.keep_in_view()

    # The mouse

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
        self._shift()

    def click(self, x: int, y: int, count: int) -> None:
        """Select the word (two clicks) or the sentence (three) under the mouse."""
        if count == 1:
            return
        find = motion.word_at if count == 2 else motion.sentence_at
        if span := find(self.flow, self.position_at(x, y)):
            with self._changes():
                self._caret.select(span)

    def scroll_to_share(self, share: float) -> None:
        """Scroll to a share of the text; the caret comes along."""
        with self._changes():
            self._viewport.scroll_to(self.flow.place(round(self._source.size * share)))
            self._caret.keep_in_view()
