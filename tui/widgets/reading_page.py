"""The page as the reader uses it: with keys, and colours for the other panes to share."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.binding import BindingType

from annotations.model import Mark, MarkKind, Span
from tui.commands import Scope, bindings
from tui.page import motion

from .page import Page

_FOLLOWED = frozenset({MarkKind.LINK, MarkKind.FOOTNOTE})


class ReadingPage(Page):
    """A page whose keys are those of :mod:`tui.commands`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.PAGE)

    def sentence_here(self) -> Span | None:
        """The sentence under the caret."""
        return motion.sentence_at(self.flow, self.caret)

    def word_here(self) -> Span | None:
        """The word under the caret."""
        return motion.word_at(self.flow, self.caret)

    def link_here(self) -> Mark | None:
        """The link or the reference to a footnote under the caret."""
        stretch = self.source.stretch(self.caret)
        local = stretch.local(self.caret)
        return next(
            (
                mark
                for mark in stretch.marks
                if mark.kind in _FOLLOWED and mark.start <= local < mark.end
            ),
            None,
        )

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

    def bar_style(self, colour: str) -> Style:
        """A cell in a highlight colour."""
        return Style(bgcolor=self.palette.highlight(colour).background or None)

    def chip_style(self, colour: str) -> Style:
        """A text on a highlight colour."""
        ink = self.palette.highlight(colour)
        return Style(color=ink.foreground or None, bgcolor=ink.background or None)
