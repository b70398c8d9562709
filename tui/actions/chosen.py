"""What is done with highlights that are there, those marked in the margin or the one under the
caret; going from one to the next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from annotations.library.wording import counted
from annotations.model import COLOURS, Highlight

if TYPE_CHECKING:
    from tui.screens.reader import Reader


def star(reader: Reader) -> None:
    """Star the highlight, or take the star off."""
    wanted = chosen(reader)
    if not wanted:
        return
    ids, starred = [each.id for each in wanted], all(each.starred for each in wanted)
    what = "" if len(ids) == 1 else f" {counted(len(ids), 'highlight')}"
    reader.act(
        lambda: reader.desk.library.highlights.star(ids, not starred),
        f"Took the star off{what}" if starred else f"Starred{what}",
    )


def colour(reader: Reader) -> Awaitable[None] | None:
    """Give the highlight under the caret a colour of its own, or none."""
    from tui.screens.choice import Choice, Option

    wanted = chosen(reader)
    if not wanted:
        return None
    ids = [each.id for each in wanted]
    options = [Option("", "as its first tag")]
    options += [Option(name, name, reader.page.chip_style(name)) for name in COLOURS]
    return reader.ask(
        Choice("Colour", options, wanted[0].colour),
        lambda name: reader.act(lambda: reader.desk.library.highlights.colour(ids, name)),
    )


def remove(reader: Reader) -> None:
    """Remove the highlight under the caret."""
    ids = [each.id for each in chosen(reader)]
    if not ids:
        return
    what = "the highlight" if len(ids) == 1 else counted(len(ids), "highlight")
    back = "it" if len(ids) == 1 else "them"
    reader.margin.unmark()
    reader.act(
        lambda: reader.desk.library.highlights.remove(ids),
        f"Removed {what}; {reader.key('undo')} brings {back} back",
    )


def following(reader: Reader) -> None:
    """Go to the next highlight."""
    _visit(reader, reader.desk.highlights.following, "This is the last highlight")


def preceding(reader: Reader) -> None:
    """Go to the highlight before."""
    _visit(reader, reader.desk.highlights.preceding, "This is the first highlight")


def _visit(reader: Reader, look: Callable[[int], Highlight | None], none: str) -> None:
    found = look(reader.page.caret)
    if found is None:
        reader.say(none)
    else:
        reader.leave_mark()
        reader.page.go_to(found.start)


def marked(reader: Reader) -> list[Highlight]:
    """The highlights that are marked in the margin, while it has the keys."""
    if not reader.margin.has_focus or not reader.margin.marked:
        return []
    return [each for each in reader.desk.highlights if each.id in reader.margin.marked]


def chosen(reader: Reader) -> list[Highlight]:
    """The marked highlights, or else the one under the caret."""
    spot = reader.spot
    return marked(reader) or ([spot] if spot else [])
