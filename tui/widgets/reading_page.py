"""The page as the reader uses it: with keys, labels to jump by, and colours that the other panes
share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.strip import Strip

from annotations.model import Mark, MarkKind, Span
from tui.commands import Scope, bindings
from tui.page import motion
from tui.widgets.page import Page

_FOLLOWED = frozenset({MarkKind.LINK, MarkKind.FOOTNOTE})


class ReadingPage(Page):
    """A page whose keys are those of :mod:`tui.commands`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.PAGE)

    def __init__(self) -> None:
        super().__init__()
        self._labels: Mapping[str, int] = {}

    # What is at the caret

    def word_here(self) -> Span | None:
        """The word under the caret."""
        return motion.word_at(self.flow, self.caret)

    def sentence_here(self) -> Span | None:
        """The sentence under the caret."""
        return motion.sentence_at(self.flow, self.caret)

    def link_here(self) -> Mark | None:
        """The link or the reference to a footnote under the caret."""
        marks = self.marks_at(self.caret)
        return next((mark for mark in marks if mark.kind in _FOLLOWED), None)

    def text(self, span: Span, limit: int = 1 << 24) -> str:
        """The canonical text of a span, or its beginning.

        Args:
            span: Positions of the source.
            limit: The most code points, about.
        """
        parts: list[str] = []
        position, length = span.start, 0
        while position < span.end and length < limit:
            stretch = self.source.stretch(position)
            parts.append(stretch.text[stretch.local(position) : stretch.local(span.end)])
            length += len(parts[-1])
            position = max(stretch.end, position + 1)
        return "".join(parts)

    # Labels

    def show_labels(self, positions: Mapping[str, int]) -> None:
        """Paint labels over the text; none takes them away.

        Args:
            positions: What each label stands at.
        """
        self._labels = positions
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row, with the labels of what begins on it."""
        strip = super().render_line(y)
        if not self._labels:
            return strip
        style = self.chip_style("yellow") + Style(bold=True)
        for label, position in self._labels.items():
            cell = self.cell_at(position)
            if cell is not None and cell[1] == y:
                x, end = cell[0], cell[0] + len(label)
                sign = Strip([Segment(label, style)], len(label))
                after = strip.crop(end, strip.cell_length)
                strip = Strip.join([strip.crop(0, x), sign, after])
        return strip

    # Colours

    def bar_style(self, colour: str) -> Style:
        """A cell in a highlight colour."""
        return Style(bgcolor=self.palette.highlight(colour).background or None)

    def chip_style(self, colour: str) -> Style:
        """A text on a highlight colour."""
        ink = self.palette.highlight(colour)
        return Style(color=ink.foreground or None, bgcolor=ink.background or None)
