"""What the margin lists, and which of its highlights acts are on."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.screens.reader import Reader


def mark(reader: Reader) -> None:
    """Mark the highlight, or take the mark off, and go on to the next."""
    reader.margin.mark()


def filter_(reader: Reader) -> Awaitable[None]:
    """Show only highlights that say something."""
    return _open(reader)


async def _open(reader: Reader) -> None:
    from tui.widgets.margin_filter import MarginFilter

    line = MarginFilter(reader.listing.arrangement.words)
    await reader.foot.mount(line, before=0)
    reader.set_focus(line)


def group(reader: Reader) -> None:
    """List highlights by tag, or by place."""
    reader.listing.group()
    reader.say("By tag" if reader.listing.arrangement.by_tag else "By place")
