"""The status line: where the reader is, and what lies under the caret."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from annotations.text.graphemes import width
from tui.widgets.lines import clip, one_line

Chip = tuple[str, Style]
"""A tag under the caret, in its colour."""


class Standing(NamedTuple):
    """What the line says; every text may hold any character."""

    title: str = ""
    chips: Sequence[Chip] = ()
    """The tags under the caret; they take the place of the title."""
    mode: str = ""
    """``selecting`` and the like."""
    facts: Sequence[str] = ()
    """Short texts for the right end, the most important last."""


def reading_time(minutes: float) -> str:
    """What is left to read, in words; empty for less than a minute."""
    minutes = round(minutes)
    if minutes >= 600:
        return f"{minutes // 60:,} h left"
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min left"
    return f"{minutes} min left" if minutes else ""


class Status(Widget, can_focus=False):
    """One line."""

    DEFAULT_CSS = """
    Status {
        height: 1;
                background: $surface;
        color: $text-muted;
        & > .status--mode { color: $accent; text-style: bold; }
        & > .status--title { color: $text; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--mode", "status--title"}

    def __init__(self) -> None:
        super().__init__()
        self._standing = Standing()

    @property
    def standing(self) -> Standing:
        """What the line says."""
        return self._standing

    def show(self, standing: Standing) -> None:
        """Say something else."""
        if standing != self._standing:
            self._standing = standing
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        base, cells = self.rich_style, self.size.width
        right = self._right(cells // 2)
        left = self._left(base, cells - width(right) - 3)
        used = sum(width(segment.text) for segment in left)
        gap = " " * max(1, cells - used - width(right) - 1)
        segments = [*left, Segment(gap + right + " ", base)]
        return Strip(segments).adjust_cell_length(cells, base)

    def _right(self, cells: int) -> str:
        """As many of the facts as there is room for, the last one first."""
        text = ""
        for fact in reversed(self._standing.facts):
            longer = f"{fact} · {text}" if text else fact
            if width(longer) > cells:
                break
            text = longer
        return text

    def _left(self, base: Style, cells: int) -> list[Segment]:
        """The mode, then the tags or the title."""
        segments = [Segment(" ", base)]
        room = cells - 1
        if self._standing.mode:
            mode = self.get_component_rich_style("status--mode")
            segments.append(Segment(f"{self._standing.mode}  ", mode))
            room -= len(self._standing.mode) + 2
        if not self._standing.chips:
            title = self.get_component_rich_style("status--title")
            segments.append(Segment(clip(one_line(self._standing.title), room), title))
        for path, style in self._standing.chips:
            if room < 4:
                break
            chip = f" {clip(one_line(path), room - 2)} "
            segments += [Segment(chip, base + style), Segment(" ", base)]
            room -= width(chip) + 1
        return segments
