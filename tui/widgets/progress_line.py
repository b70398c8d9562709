"""A line that shows how far a long piece of work has got."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from annotations.text.graphemes import width
from tui.jobs import Progress
from tui.widgets.lines import clip, one_line

_BAR_CELLS = 24
"""Cells of the bar where there is room."""


class ProgressLine(Widget, can_focus=False):
    """Title, bar and count.

    Args:
        title: What is being done.
        unit: What is counted.
        progress: Read a few times a second.
    """

    DEFAULT_CSS = """
    ProgressLine {
                height: 1;
        background: $panel;
        color: $text;
        & > .progress--bar { color: $accent; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"progress--bar"}

    def __init__(self, title: str, unit: str, progress: Progress) -> None:
        super().__init__()
        self._title, self._unit, self._progress = title, unit, progress

    def on_mount(self) -> None:
        """Follow the work."""
        self.set_interval(0.2, self.refresh)

    def render_line(self, y: int) -> Strip:
        """The line."""
        base, cells = self.rich_style, self.size.width
        progress = self._progress
        bar = self.get_component_rich_style("progress--bar")
        share = min(1.0, progress.done / progress.total) if progress.total else 0.0
        counted = f"{progress.done:,} {self._unit}"
        if progress.total:
            counted = f"{share:.0%} of {progress.total:,} {self._unit}"
        title = f" {clip(one_line(self._title), max(8, cells // 3))}  "
        rest = f"  {counted}   Esc stops"
        # On a narrow screen the way to stop matters more than the bar.
        length = max(0, min(_BAR_CELLS, cells - width(title) - width(rest)))
        full = round(share * length)
        return Strip(
            [
                Segment(title, base),
                Segment("━" * full, bar),
                Segment("─" * (length - full), base),
                Segment(rest, base),
            ]
        ).adjust_cell_length(cells, base)
