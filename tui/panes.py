"""Which of the reader's panes is shown and has the keys.

On a wide screen the side panes stand beside the page until they are hidden; on a narrow one each
opens over it and goes away when the keys go elsewhere.
"""

from __future__ import annotations

from textual.screen import Screen
from textual.widget import Widget

from tui.widgets.sidebar import Sidebar


class Panes:
    """The panes of a screen.

    Args:
        screen: Has the class ``-narrow`` while it is too narrow for panes side by side.
        order: From left to right.
        page: The one of them that is always shown.
    """

    def __init__(self, screen: Screen[None], order: tuple[Widget, ...], page: Widget) -> None:
        self._screen = screen
        self._order = order
        self._page = page

    @property
    def narrow(self) -> bool:
        """Whether side panes open over the page."""
        return self._screen.has_class("-narrow")

    @property
    def current(self) -> Widget:
        """The pane that has the keys."""
        return next((each for each in self._order if each.has_focus_within), self._page)

    def visible(self, pane: Widget) -> bool:
        """Whether a pane can be seen."""
        return pane is self._page or pane.has_class("-open" if self.narrow else "-shown")

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
            each.set_class(each is pane and pane is not self._page, "-open")
        pane.add_class("-shown")
        self._screen.set_focus(pane.field if isinstance(pane, Sidebar) else pane)

    def to_page(self) -> None:
        """Give the page the keys."""
        self.focus(self._page)

    def cycle(self, steps: int) -> None:
        """Give the keys to another pane, passing over those that are hidden on a wide screen."""
        order = [each for each in self._order if self.narrow or self.visible(each)]
        self.focus(order[(order.index(self.current) + steps) % len(order)])
