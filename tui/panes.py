"""Which of the reader's panes is shown and has the keys.

On a wide screen the side panes stand beside the page until they are hidden; on a narrow one each
opens over it and goes away when the keys go elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from tui.commands import Scope
from tui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from tui.screens.reader import Reader


class Panes:
    """The panes of the reader.

    Args:
        reader: Has the class ``-narrow`` while it is too narrow for panes side by side.
    """

    def __init__(self, reader: Reader) -> None:
        self._screen = reader

    @property
    def _page(self) -> Widget:
        """The page that has had the keys last."""
        return self._screen.page

    @property
    def _pages(self) -> list[Widget]:
        """The pages, which are always shown."""
        return [view.page for view in self._screen.views]

    @property
    def _order(self) -> list[Widget]:
        """The panes from left to right."""
        return [self._screen.sidebar, *self._pages, self._screen.margin]

    @property
    def narrow(self) -> bool:
        """Whether side panes open over the page."""
        return self._screen.has_class("-narrow")

    @property
    def current(self) -> Widget:
        """The pane that has the keys."""
        return next((each for each in self._order if each.has_focus_within), self._page)

    @property
    def scope(self) -> Scope | None:
        """Of which side pane or part of one the letters are commands, while it has the keys."""
        sidebar = self._screen.sidebar
        for scope, part in (
            (Scope.HIGHLIGHTS, self._screen.margin),
            (Scope.CARDS, sidebar.cards),
            (Scope.FOLDERS, sidebar.folders),
        ):
            if part.has_focus:
                return scope
        return None

    def visible(self, pane: Widget) -> bool:
        """Whether a pane can be seen."""
        return pane in self._pages or pane.has_class("-open" if self.narrow else "-shown")

    def toggle(self, pane: Widget) -> None:
        """Show a side pane and give it the keys, or hide it."""
        if self.visible(pane):
            self.hide(pane)
        else:
            self.focus(pane)

    def hide(self, pane: Widget) -> None:
        """Hide a side pane."""
        pane.remove_class("-open" if self.narrow else "-shown")
        if self.current is pane:
            self._screen.set_focus(self._page)

    def focus(self, pane: Widget) -> None:
        """Show a pane and give it the keys."""
        for each in self._order:
            each.set_class(each is pane and pane not in self._pages, "-open")
        pane.add_class("-shown")
        self._screen.set_focus(pane.field if isinstance(pane, Sidebar) else pane)

    def to_page(self) -> None:
        """Give the page the keys."""
        self.focus(self._page)

    def cycle(self, steps: int) -> None:
        """Give the keys to another pane, passing over those that are hidden on a wide screen."""
        order = [each for each in self._order if self.narrow or self.visible(each)]
        self.focus(order[(order.index(self.current) + steps) % len(order)])
