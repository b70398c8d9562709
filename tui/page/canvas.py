"""The rows of a page painted and kept: a row is painted anew only where it looks different."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.page.caret import Caret
from tui.page.flow import Flow, Place
from tui.page.gutter import Gutter
from tui.page.looks import Cursor, LookRun, row_runs
from tui.page.overlay import Overlay, Provider
from tui.page.paint import Painter
from tui.page.palette import Palette
from tui.page.viewport import Viewport

_KEPT = 1024
"""Painted rows that are kept."""


class Canvas:
    """Paints the rows of a viewport.

    Args:
        viewport: The rows.
        caret: The caret and the selection on them.
        gutter: The scroll bar right of them.
    """

    def __init__(self, viewport: Viewport, caret: Caret, gutter: Gutter) -> None:
        self._viewport = viewport
        self._caret = caret
        self._gutter = gutter
        self._painter: Painter | None = None
        self._provider: Provider | None = None
        self._overlays: dict[int, Overlay] = {}
        self._flow = viewport.flow
        self._looks: dict[tuple[Place, Cursor], tuple[list[LookRun], str | None]] = {}
        """What is on a row, and the colour that is marked left of it."""
        self._strips: dict[tuple[Place, Cursor, Segment], Strip] = {}
        self._left = self._width = 0

    @property
    def has_colours(self) -> bool:
        """Whether it knows what to paint with."""
        return self._painter is not None

    def set_colours(self, palette: Palette, base: Style) -> None:
        """Paint in these colours, on this ground."""
        self._painter = Painter(palette, base)
        self._strips.clear()

    def forget_colours(self) -> None:
        """Others are to come."""
        self._painter = None
        self._strips.clear()

    def set_columns(self, left: int, width: int) -> None:
        """Where the text column begins, and the cells of a whole row, the gutter's included."""
        self._left, self._width = left, max(width - 1, 0)
        self._strips.clear()

    def set_provider(self, provider: Provider | None) -> None:
        """Take decorations from a provider."""
        self._provider = provider
        self.forget_decorations()

    def forget_decorations(self) -> None:
        """Ask the provider anew."""
        self._overlays.clear()
        self._forget_rows()

    def _forget_rows(self) -> None:
        self._looks.clear()
        self._strips.clear()

    def strip(self, y: int, focused: bool) -> Strip:
        """A row of the page.

        Args:
            y: Its number in the viewport; one below the text is blank.
            focused: Whether the caret is shown.
        """
        painter = self._painter
        if painter is None:
            return Strip.blank(self._width + 1)
        viewport = self._viewport
        size = viewport.flow.source.size
        cell = self._gutter.cell(y, viewport.height, viewport.extent, size, painter)
        if y < len(viewport.rows):
            return self._row(painter, y, focused, cell)
        return Strip([*painter.strip([], 0, self._width), cell], self._width + 1)

    def _row(self, painter: Painter, y: int, focused: bool, cell: Segment) -> Strip:
        place = self._viewport.rows[y]
        flow = self._viewport.flow
        if flow is not self._flow or len(self._looks) >= _KEPT:
            self._flow = flow
            self._forget_rows()
        cursor = self._cursor(place, *self._viewport.spans[y], focused)
        strip = self._strips.get((place, cursor, cell))
        if strip is None:
            looks = self._looks.get((place, cursor))
            if looks is None:
                overlay = self._overlay(flow, place)
                mark = self._mark(overlay, place, *self._viewport.spans[y])
                looks = self._looks[place, cursor] = row_runs(flow, place, overlay, cursor), mark
            runs, mark = looks
            body = painter.strip(runs, self._left, self._width, mark)
            strip = self._strips[place, cursor, cell] = Strip([*body, cell], self._width + 1)
        return strip

    def _cursor(self, place: Place, start: int, end: int, focused: bool) -> Cursor:
        """What of the selection and the caret is on a row, in local offsets of its stretch."""
        caret = self._caret
        stretch = self._viewport.flow.stretch(place.stretch).stretch
        at, behind = None, False
        if focused and place == caret.place:
            at, behind = stretch.local(caret.position), caret.behind
        selection = caret.selection
        # The blank at which a row was broken lies behind its end and is selected with it.
        if selection is None or selection.start > end or selection.end <= start:
            return Cursor(None, at, behind)
        first, last = max(selection.start, start), min(selection.end, end)
        return Cursor((stretch.local(first), stretch.local(last)), at, behind)

    def _overlay(self, flow: Flow, place: Place) -> Overlay | None:
        if self._provider is None:
            return None
        overlay = self._overlays.get(place.stretch)
        if overlay is None:
            stretch = flow.stretch(place.stretch).stretch
            found = self._provider(stretch.start, stretch.end)
            overlay = self._overlays[place.stretch] = Overlay(stretch, found)
        return overlay

    def _mark(self, overlay: Overlay | None, place: Place, start: int, end: int) -> str | None:
        """The colour that is marked left of a row."""
        if overlay is None or start >= end:
            return None
        stretch = self._viewport.flow.stretch(place.stretch).stretch
        return overlay.mark(stretch.local(start), stretch.local(end))
