"""A text on the screen: a page, what lies open on it, and the search in it."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from annotations.model import Document
from tui.desk import Desk
from tui.showing import decorations, gutter_marks
from tui.widgets.page import Align
from tui.widgets.reading_page import ReadingPage

if TYPE_CHECKING:
    from tui.finder import Finder
    from tui.screens.reader import Reader


class View:
    """One of the texts that the reader shows side by side.

    Args:
        reader: The screen.
        desk: With the text that is to be shown.
        measure: Cells of a line of text.
    """

    def __init__(self, reader: Reader, desk: Desk, measure: int) -> None:
        self._reader = reader
        self.desk = desk
        self.page = ReadingPage()
        self.page.set_reactive(ReadingPage.measure, measure)

    @property
    def searches(self) -> bool:
        """Whether there has been a search in the open text."""
        return "finder" in vars(self)

    @cached_property
    def finder(self) -> Finder:
        """The search in the open text, made when it is first needed."""
        from tui.finder import Finder

        return Finder(self._reader, self.page, self.desk.search)

    def open(self, document: Document) -> None:
        """Lay another document open, and forget what was searched for."""
        self.desk.open(document)
        vars(self).pop("finder", None)

    def lay_open(self, position: int | None = None) -> None:
        """Put the open text on the page, at a position or where reading stopped."""
        self.page.decorate(partial(decorations, self))
        at = self.desk.position() if position is None else position
        self.page.open(self.desk.source(), at, Align.CENTRE)

    def mark(self) -> None:
        """Show what lies over the text, and where, anew."""
        self.page.refresh_decorations()
        self.page.mark_gutter(gutter_marks(self))
