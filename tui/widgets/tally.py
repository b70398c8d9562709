"""How many there are of each kind, as small bars under each other."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.widgets import Static

from tui.bars import bar, periods

_LABEL = 9
_BAR = 8
_NARROWEST = 100
"""Cells of a screen that has room for this beside a list."""


class Tally(Static):
    """Counts by year, as many periods as there are rows."""

    DEFAULT_CSS = """
    Tally { width: 28; height: 1fr; padding: 1 1; background: $surface; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__("")
        self._years: Mapping[str, int] = {}

    def show(self, years: Mapping[str, int]) -> None:
        """Show other counts; none: nothing."""
        self._years = years
        self._paint()

    def fit(self, cells: int) -> None:
        """Be there on a screen of so many cells, or not."""
        self.display = cells >= _NARROWEST

    def on_resize(self) -> None:
        """As many periods as fit."""
        self._paint()

    def _paint(self) -> None:
        rows = periods(self._years, max(1, self.content_size.height - 3))
        most = max((count for _, count in rows), default=1)
        lines = [
            f"{label:{_LABEL}}{bar(count, most, _BAR):{_BAR}} {count:,}" for label, count in rows
        ]
        self.update(Content("\n".join(["Documents by year", "", *lines] if rows else [])))
