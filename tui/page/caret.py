"""The caret and the selection that it draws, and where a movement takes them. Pure."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from annotations.model import Span
from tui.page import motion
from tui.page.flow import Flow, Place
from tui.page.viewport import Align, Viewport


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


class Caret:
    """A place between two characters, shown on the second; with an anchor it draws a selection.

    Args:
        viewport: The window that follows the caret.
    """

    def __init__(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self._position = 0
        self._behind = False
        self._goal: int | None = None
        self._anchor: int | None = None
        self._at: tuple[Flow, Place] | None = None

    @property
    def _flow(self) -> Flow:
        return self._viewport.flow

    @property
    def position(self) -> int:
        """The position that it is before."""
        return self._position

    @property
    def behind(self) -> bool:
        """Whether it stands behind the last character of a row, not before the next row's first."""
        return self._behind

    @property
    def place(self) -> Place:
        """The row that it is on."""
        if self._at is None or self._at[0] is not self._flow:
            self._at = self._flow, self._flow.place(self._position, self._behind)
        return self._at[1]

    @property
    def selecting(self) -> bool:
        """Whether movement selects."""
        return self._anchor is not None

    @property
    def selection(self) -> Span | None:
        """What is selected."""
        if self._anchor is None or self._anchor == self._position:
            return None
        return Span(*sorted((self._anchor, self._position)))

    def put(self, position: int, behind: bool = False) -> None:
        """Move to a position without scrolling; a selection goes along."""
        self._position = position
        self._at = None
        self._behind = behind and self._flow.place(position, True) != self._flow.place(position)
        self._goal = None

    def begin_selection(self) -> None:
        """From here on, movement selects."""
        self._anchor = self._position

    def drop_selection(self) -> None:
        """Select nothing."""
        self._anchor = None

    def select(self, span: Span) -> None:
        """Select a span and move to its end, without scrolling."""
        self._anchor = span.start
        self.put(span.end, behind=True)

    def swap(self) -> None:
        """Move to the other end of the selection, which from now on follows."""
        if self._anchor is not None:
            anchor, self._anchor = self._anchor, self._position
            self.put(anchor, behind=anchor > self._anchor)

    def select_unit(self, unit: Callable[[Flow, int], Span | None]) -> None:
        """Select what lies at the caret, or one more of it where something is selected."""
        selection = self.selection
        at = self._position
        if selection:
            at = motion.word(self._flow, max(selection.end - 1, selection.start), True)
        span = unit(self._flow, at)
        if span is None:
            return
        if selection and selection.start <= span.start:
            span = Span(selection.start, max(selection.end, span.end))
        self.select(span)
        self._viewport.bring(self.place)

    def go_to(self, position: int, align: Align) -> None:
        """Move to the nearest place at or before a position, and bring its row into view."""
        self.put(motion.snapped(self._flow, position))
        self._viewport.bring(self.place, align)

    def move(self, unit: Unit, count: int) -> None:
        """Move, and scroll so far that the caret is seen.

        Args:
            unit: By what.
            count: How many of it; negative: back, up, to the start.
        """
        forward = count > 0
        if unit is Unit.ROW:
            self._to_row(self._text_row(self.place, count))
        elif unit in {Unit.PAGE, Unit.HALF_PAGE}:
            height = self._viewport.height
            self._turn(count * max(height - 1 if unit is Unit.PAGE else height // 2, 1))
        elif unit is Unit.ROW_EDGE:
            place = self.place
            self.put(self._flow.end_of(place) if forward else self._flow.start_of(place), forward)
        elif unit is Unit.DOCUMENT:
            self.put(motion.snapped(self._flow, self._flow.source.size if forward else 0))
        else:
            position = self._position
            for _ in range(abs(count)):
                position = _STEPS[unit](self._flow, position, forward)
            self.put(position)
        self._viewport.bring(self.place)

    def _turn(self, rows: int) -> None:
        """Scroll by many rows; the caret stays where it is on the screen."""
        place = self._flow.step(self.place, rows)
        self._viewport.scroll(rows)
        if not self._flow.row(place).pieces:
            place = self._text_row(place, 1 if rows > 0 else -1)
        self._to_row(place)

    def _text_row(self, place: Place, count: int) -> Place:
        """The row that is ``count`` rows of text further; gaps are not counted."""
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

    def _to_row(self, place: Place) -> None:
        """Move to a row, at the cell that a movement over rows began from."""
        goal = self._goal
        if goal is None:
            goal = self._flow.cell_of(self.place, self._position)
        position = self._flow.position_at(place, goal)
        self.put(position, behind=self._flow.place(position) != place)
        self._goal = goal

    def keep_in_view(self) -> None:
        """Move to the nearest row in the window, unless that would change a selection."""
        rows = [place for place in self._viewport.rows if self._flow.row(place).pieces]
        if not rows or self._viewport.shows(self.place) or self.selecting:
            return
        self._to_row(rows[0] if self.place < rows[0] else rows[-1])


def _word_end(flow: Flow, position: int, forward: bool) -> int:
    return motion.word_end(flow, position) if forward else motion.word(flow, position, False)


_STEPS: dict[Unit, Callable[[Flow, int, bool], int]] = {
    Unit.CHARACTER: motion.character,
    Unit.WORD: motion.word,
    Unit.WORD_END: _word_end,
    Unit.SENTENCE: motion.sentence,
    Unit.PARAGRAPH: motion.paragraph,
}
