"""``flor colour``, ``star``, ``move``, ``split`` and ``join``: highlights as they are changed."""

from __future__ import annotations

import click

from tui.cli.highlights import change_highlight, show_highlight
from tui.cli.session import Session, command, json_option

_offset = click.IntRange(min=0)


@command("colour")
@click.argument("highlight")
@click.argument("colour", metavar="C")
@json_option
def colour_command(session: Session, highlight: str, colour: str, as_json: bool) -> None:
    """Give a highlight a colour of its own; "" takes it away.

    C is a colour's name, such as teal, or #rrggbb.
    """
    change_highlight(session, highlight, lambda kept, each: kept.colour([each], colour), as_json)


@command("star")
@click.argument("highlight")
@click.option("--off", is_flag=True, help="Take the star away.")
@json_option
def star_command(session: Session, highlight: str, off: bool, as_json: bool) -> None:
    """Star a highlight."""
    change_highlight(session, highlight, lambda kept, each: kept.star([each], not off), as_json)


@command("move")
@click.argument("highlight")
@click.option("--start", type=_offset, metavar="N", help="The code points before it.")
@click.option("--end", type=_offset, metavar="N", help="The code points up to its end.")
@json_option
def move_command(
    session: Session, highlight: str, start: int | None, end: int | None, as_json: bool
) -> None:
    """Put an edge of a highlight, or both, elsewhere."""
    if start is None and end is None:
        raise click.UsageError("say where to: --start, --end or both")
    with session.library() as library:
        found = library.highlights.get(highlight)
        library.highlights.move(
            found.id,
            found.start if start is None else start,
            found.end if end is None else end,
        )
        show_highlight(library, found.id, as_json=as_json)


@command("split")
@click.argument("highlight")
@click.argument("offset", type=_offset, metavar="N")
@json_option
def split_command(session: Session, highlight: str, offset: int, as_json: bool) -> None:
    """Cut a highlight in two before code point N of the text."""
    with session.library() as library:
        _, second = library.highlights.split(library.highlights.get(highlight).id, offset)
        show_highlight(library, second.id, as_json=as_json)


@command("join")
@click.argument("highlights", metavar="HIGHLIGHT...", nargs=-1, required=True)
@json_option
def join_command(session: Session, highlights: tuple[str, ...], as_json: bool) -> None:
    """Make one highlight of several of a document."""
    with session.library() as library:
        joined = library.highlights.join([library.highlights.get(each).id for each in highlights])
        show_highlight(library, joined.id, as_json=as_json)
