"""The texts on the screen: for each a page, what lies open on it, and the search in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.widget import AwaitMount

from tui.desk import Desk
from tui.page import motion
from tui.page.pace import Pace
from tui.showing import decorations, gutter_marks
from tui.widgets.page import Align, Unit
from tui.widgets.reading_page import ReadingPage

if TYPE_CHECKING:
    from annotations.model import Document, Highlight
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
        self._pace = Pace()
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

    @property
    def highlight_here(self) -> Highlight | None:
        """The shortest highlight under the caret."""
        here = self.desk.at(self.page.caret)
        return here[0] if here else None

    @property
    def minutes_left(self) -> float:
        """How long it takes to read on to the end."""
        page = self.page
        here = page.flow.stretch(page.caret).stretch
        return self._pace.minutes(here, page.source.size - page.caret)

    def open(self, document: Document) -> None:
        """Lay another document open, and forget what was searched for."""
        self.desk.open(document)
        vars(self).pop("finder", None)

    def lay_open(self, position: int | None = None) -> None:
        """Put the open text on the page, at a position or where reading stopped."""
        self.page.visual_order = self.desk.turned
        self.page.decorate(partial(decorations, self))
        self._pace = Pace()
        at = self.desk.position() if position is None else position
        self.page.open(self.desk.source(), at, Align.CENTRE)
        if at == 0 and motion.paragraph_at(self.page.flow, self.page.caret) is None:
            # Front matter, which is not shown, comes before the text.
            self.page.move(Unit.PARAGRAPH)

    def refresh(self) -> None:
        """Read what lies open anew; a document that has another text now is laid open again,
        where reading was carried to."""
        before = self.desk.document
        self.desk.refresh()
        now = self.desk.document
        if before is not None and now is not None and before.revision != now.revision:
            # Edges that were being moved are of the text before.
            self._reader.adjusting = None
            self.open(now)
            self.lay_open()
            self._reader.watcher.put(self.desk)

    def mark(self) -> None:
        """Show what lies over the text, and where, anew."""
        self.page.refresh_decorations()
        self.page.mark_gutter(gutter_marks(self))


class Views:
    """One text, or two side by side.

    Args:
        reader: The screen.
        desk: With the text that is shown first.
        measure: Cells of a line of text.
    """

    def __init__(self, reader: Reader, desk: Desk, measure: int) -> None:
        self._reader = reader
        self.current = View(reader, desk, measure)
        """The one that commands act on."""
        self._all = [self.current]

    def __iter__(self) -> Iterator[View]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def open(self, document: Document, position: int | None = None) -> None:
        """Read another document, from a position or from where reading stopped."""
        reader = self._reader
        reader.watcher.keep_position()
        reader.placing = reader.adjusting = None
        reader.reviewing = 0
        self.current.open(document)
        self.lay_open(position)
        reader.show_lists()
        reader.panes.to_page()

    def lay_open(self, position: int | None = None) -> None:
        """Put the open text on the page."""
        self.current.lay_open(position)
        self._reader.refresh_lines()

    def split(self) -> AwaitMount | None:
        """Show the current text a second time beside itself, or only the current one again."""
        reader = self._reader
        mounted = self._split(reader.body)
        reader.show_lists()
        reader.refresh_lines()
        reader.panes.to_page()
        return mounted

    def _split(self, body: Container) -> AwaitMount | None:
        first = self.current
        if len(self) > 1:
            for view in [each for each in self if each is not first]:
                self._drop(view)
            return None
        desk = Desk(first.desk.library)
        desk.open(first.desk.document)
        self.current = View(self._reader, desk, first.page.measure)
        self._all.append(self.current)
        mounted = body.mount(self.current.page, after=first.page)
        self.current.lay_open(first.page.caret)
        return mounted

    def turn_to(self, page: ReadingPage) -> None:
        """Let commands act on the text of another page."""
        if page is not self.current.page:
            self._reader.watcher.keep_position()
            self.current = next((each for each in self if each.page is page), self.current)
            self._reader.show_lists()

    def refresh(self) -> None:
        """Read anew what lies open; a second text that was deleted goes away.

        Raises:
            FlorilegiumError: The library cannot be read.
        """
        for view in self:
            view.refresh()
        for view in [each for each in self if each is not self.current]:
            if view.desk.document is None:
                self._drop(view)

    def mark(self) -> None:
        """Show what lies over the texts, and where, anew."""
        for view in self:
            view.mark()

    def _drop(self, view: View) -> None:
        self._all.remove(view)
        view.page.remove()
