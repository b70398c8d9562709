"""Showing, hiding and changing panes."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from tui.config import MEASURES

if TYPE_CHECKING:
    from tui.screens.reader import Reader

_STEP = 4
"""Cells by which the measure changes."""


def following(reader: Reader) -> None:
    """Go to the next pane."""
    reader.panes.cycle(1)


def preceding(reader: Reader) -> None:
    """Go to the pane before."""
    reader.panes.cycle(-1)


def page(reader: Reader) -> None:
    """Go back to the text."""
    reader.panes.to_page()


def sidebar(reader: Reader) -> None:
    """Show or hide the documents."""
    reader.panes.toggle(reader.sidebar)


def margin(reader: Reader) -> None:
    """Show or hide the highlights."""
    reader.panes.toggle(reader.margin)


def split(reader: Reader) -> Awaitable[None] | None:
    """Show two texts side by side, or only one again."""
    return reader.views.split()


def visual_order(reader: Reader) -> None:
    """Turn right-to-left text of this document, or leave that to the terminal."""
    page, document = reader.page, reader.desk.document
    page.visual_order = turned = not page.visual_order
    if document is not None:
        reader.act(lambda: reader.desk.library.reading.turn(document.id, turned))
    reader.say(f"Right-to-left text is {'turned here' if turned else 'left to the terminal'}")


def wider(reader: Reader) -> None:
    """Make the lines longer."""
    _measure(reader, _STEP)


def narrower(reader: Reader) -> None:
    """Make the lines shorter."""
    _measure(reader, -_STEP)


def _measure(reader: Reader, change: int) -> None:
    page = reader.page
    before, shown = page.measure, page.flow.measure
    page.measure = max(MEASURES.start, min(shown + change, MEASURES.stop - 1))
    if page.flow.measure == shown:
        # The pane has no more room: what would not show is not kept.
        page.measure = before
