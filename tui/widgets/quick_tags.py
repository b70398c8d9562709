"""A thin bar of the tags that the digits give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from annotations.text.graphemes import width
from tui.widgets.lines import clip, one_line

if TYPE_CHECKING:
    from annotations.model import Tag

_NARROWEST = 8
"""Cells that a tag's name gets at least."""


class QuickTags(Widget, can_focus=False):
    """One line: each digit with its tag, in the tag's colour.

    Args:
        ink: The style of a tag's name.
    """

    DEFAULT_CSS = """
    QuickTags { height: 1; background: $surface; color: $text-muted; display: none; }
    """

    def __init__(self, ink: Callable[[Tag], Style]) -> None:
        super().__init__()
        self._ink = ink
        self._tags: Mapping[str, Tag] = {}

    def show(self, tags: Mapping[str, Tag]) -> None:
        """Show other tags.

        Args:
            tags: By digit.
        """
        if tags != self._tags:
            self._tags = tags
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line: full paths where they fit, else their last parts."""
        base = self.rich_style
        cells = self.size.width
        if not self._tags:
            return Strip(
                [Segment(" t tags it; the digits 1 to 9 then give the last tags", base)]
            ).adjust_cell_length(cells, base)
        room = max(_NARROWEST, (cells - 1) // len(self._tags) - 5)
        segments = [Segment(" ", base)]
        for digit, tag in sorted(self._tags.items()):
            path = one_line(tag.path)
            name = path if width(path) <= room else path.rpartition("/")[2]
            segments.append(Segment(f"{digit} ", base + Style(bold=True)))
            segments.append(Segment(f" {clip(name, room)} ", base + self._ink(tag)))
            segments.append(Segment(" ", base))
        return Strip(segments).adjust_cell_length(cells, base)
