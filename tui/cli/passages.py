"""``flor passages``."""

from __future__ import annotations

import click

from annotations.exchange.rows import COLUMNS
from annotations.exchange.selection import rows
from tui.cli import output
from tui.cli.highlights import print_highlights
from tui.cli.queries import asked_query, tell_unknown_tags
from tui.cli.session import Session, command, json_option


@command("passages")
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The first N only.")
@click.option("--saved", metavar="NAME", help="Ask the query of this name: see flor queries.")
@click.option("--count", is_flag=True, help="Print only how many there are.")
@json_option
def passages_command(
    session: Session,
    query: tuple[str, ...],
    limit: int | None,
    saved: str | None,
    count: bool,
    as_json: bool,
) -> None:
    """List the highlights that a query asks for.

    \b
    risk/tiers                   with this tag; risk/* with one below it
    risk/tiers and not stance    and, or, not, parentheses
    risk overlaps stance         also within, contains, before, after, near,
                                 near/3s (sentences), near/2p (paragraphs)
    text:"a word" note:word      in the quote, in the note
    doc:title coder:ada colour:red made:2026-01..2026-03
    untagged  starred  status:lost

    Without a query: all of them.
    """
    with session.library() as library:
        asked = asked_query(library, query, saved)
        tell_unknown_tags(library, asked)
        if count:
            number = library.passages.count(asked)
            if as_json:
                output.json_object({"count": number})
            else:
                output.line(str(number))
            return
        found = library.passages.find(asked, limit=limit)
        if as_json:
            output.json_table(COLUMNS, rows(library, found))
        else:
            print_highlights(library, found)
