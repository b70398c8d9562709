"""Finding in the document, going to a place."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.screens.reader import Reader
    from tui.widgets.find_bar import FindBar


def start(reader: Reader) -> Awaitable[None]:
    """Open the line in which one types what to find."""
    from tui.widgets.find_bar import FindBar

    reader.leave_mark()
    reader.finder.begin()
    return _open(reader, FindBar(reader.finder))


async def _open(reader: Reader, bar: FindBar) -> None:
    await reader.foot.mount(bar, before=0)
    reader.set_focus(bar.field)


def stay(reader: Reader) -> None:
    """Close the line; the hits stay."""
    from tui.widgets.find_bar import FindBar

    bar = reader.query_one(FindBar)
    if bar.field.value != reader.finder.text:
        # The last letters and Enter came at once.
        reader.finder.seek(bar.field.value)
    bar.remove()
    reader.panes.to_page()


def leave(reader: Reader) -> None:
    """Close the line, back to where the search began."""
    reader.foot.query("FindBar").remove()
    reader.finder.leave()
    reader.panes.to_page()


def on(reader: Reader) -> None:
    """Go to the next hit while typing."""
    reader.finder.step(1)


def up(reader: Reader) -> None:
    """Go to the hit before while typing."""
    reader.finder.step(-1)


def case(reader: Reader) -> None:
    """Tell capitals from small letters, or not."""
    reader.finder.case = not reader.finder.case
    _again(reader)


def regex(reader: Reader) -> None:
    """Take the text as a regular expression, or not."""
    reader.finder.regex = not reader.finder.regex
    _again(reader)


def _again(reader: Reader) -> None:
    from tui.widgets.find_bar import FindBar

    bar = reader.query_one(FindBar)
    bar.show_switches()
    reader.finder.seek(bar.field.value)


def following(reader: Reader) -> None:
    """Go to the next hit."""
    reader.finder.step(1)


def preceding(reader: Reader) -> None:
    """Go to the hit before."""
    reader.finder.step(-1)
