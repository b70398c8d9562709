"""What a mouse does over a page, as gestures: press, drag, hold beyond the edge, click, wheel.

Turns events into calls; what a gesture means is for the page that inherits from this.
"""

from __future__ import annotations

from textual import events
from textual.timer import Timer
from textual.widget import Widget

_WHEEL = 3
"""Rows that one step of the wheel scrolls."""
_HOLD_INTERVAL = 0.05
"""Seconds from row to row while the mouse is held above or below the page."""


class Gestures(Widget):
    """A widget whose last column is a scroll bar and whose other cells are text."""

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._held = ""
        self._held_at = (0, 0)
        self._hold_timer: Timer | None = None

    def press(self, x: int, y: int, extend: bool) -> None:
        """The text was pressed at a cell, to extend what is selected or to begin anew."""
        raise NotImplementedError

    def drag(self, x: int, y: int) -> None:
        """The mouse was dragged over the text to a cell."""
        raise NotImplementedError

    def drag_beyond(self, rows: int) -> None:
        """The mouse is held some rows below the widget, or above it by a negative number."""
        raise NotImplementedError

    def click(self, x: int, y: int, count: int) -> None:
        """The text was clicked at a cell, for the first, second, third time in a row."""
        raise NotImplementedError

    def scroll_rows(self, rows: int) -> None:
        """Scroll down, or up by a negative number."""
        raise NotImplementedError

    def scroll_to_share(self, share: float) -> None:
        """Scroll to a share of the text, 0 its start and 1 its end."""
        raise NotImplementedError

    def _on_gutter(self, event: events.MouseEvent) -> bool:
        return event.x >= self.size.width - 1

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag over the text, or along the scroll bar."""
        if event.button != 1:
            return
        event.stop()
        self.capture_mouse()
        if self._on_gutter(event):
            self._held = "gutter"
            self._scroll_along(event.y)
            return
        self._held = "text"
        self.press(event.x, event.y, event.shift)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go on with what was begun; beyond the edge also while the mouse stands still."""
        if not self._held:
            return
        event.stop()
        if self._held == "gutter":
            self._scroll_along(event.y)
            return
        self._held_at = (event.x, event.y)
        self._hold()
        outside = not 0 <= event.y < self.size.height
        if outside and self._hold_timer is None:
            self._hold_timer = self.set_interval(_HOLD_INTERVAL, self._hold)
        elif not outside:
            self._let_go()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a drag."""
        if self._held:
            event.stop()
            self._held = ""
            self._let_go()
            self.release_mouse()

    def _hold(self) -> None:
        x, y = self._held_at
        if beyond := min(y, 0) or max(y - self.size.height + 1, 0):
            self.drag_beyond(beyond)
        self.drag(x, y)

    def _let_go(self) -> None:
        if self._hold_timer is not None:
            self._hold_timer.stop()
            self._hold_timer = None

    def _scroll_along(self, y: int) -> None:
        self.scroll_to_share(min(max(y / max(self.size.height - 1, 1), 0.0), 1.0))

    def on_click(self, event: events.Click) -> None:
        """One click, or more in a row."""
        if event.button == 1 and not self._on_gutter(event):
            event.stop()
            self.click(event.x, event.y, event.chain)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        self._wheel(event, _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        self._wheel(event, -_WHEEL)

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_rows(rows)
