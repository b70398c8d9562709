"""``flor highlights``, and how a highlight is shown to people and to programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from annotations.exchange.rows import COLUMNS
from annotations.exchange.selection import rows
from annotations.model import Highlight, Status
from tui.cli import output
from tui.cli.arguments import document_option, tag_option
from tui.cli.session import SHORT_ID, Session, command, json_option

if TYPE_CHECKING:
    from annotations.library.highlights import Highlights
    from annotations.library.library import Library
    from annotations.library.tags import Clash


@command("highlights")
@document_option
@tag_option
@click.option(
    "--status", type=click.Choice([each.value for each in Status]), help="Of this status only."
)
@json_option
def highlights_command(
    session: Session, document: str | None, tag: str | None, status: str | None, as_json: bool
) -> None:
    """List the highlights, in order of document title and place.

    A line holds the id, the place in code points, the quote and the tags; notes are below.
    """
    with session.library() as library:
        within = library.documents.find(document).id if document is not None else None
        found = library.highlights.list(document=within, tag=tag)
        if status is not None:
            found = (highlight for highlight in found if highlight.status == status)
        if as_json:
            output.json_table(COLUMNS, rows(library, found))
        else:
            print_highlights(library, found)


def change_highlight(
    session: Session,
    reference: str,
    change: Callable[[Highlights, str], object],
    as_json: bool,
) -> None:
    """Change a highlight and print its new state.

    Args:
        session: Where its library is.
        reference: The highlight's id or the beginning of one.
        change: Is given the highlights of the library, and the id.
        as_json: Whether JSON is printed.
    """
    with session.library() as library:
        found = library.highlights.get(reference)
        change(library.highlights, found.id)
        show_highlight(library, found.id, as_json=as_json)
        if not set(library.highlights.get(found.id).tags).issubset(found.tags):
            tell_clashes(library.codebook.clashes([found.id]))


def tell_clashes(clashes: Iterable[Clash]) -> None:
    """Say where tags that exclude each other are borne together."""
    for clash in clashes:
        output.tell(str(clash))


def show_highlight(library: Library, highlight_id: str, *, as_json: bool) -> None:
    """Print the present state of a highlight."""
    highlight = library.highlights.get(highlight_id)
    if as_json:
        (row,) = rows(library, [highlight])
        output.json_object(dict(zip(COLUMNS, row, strict=True)))
    else:
        print_highlights(library, [highlight])


def print_highlights(library: Library, highlights: Iterable[Highlight]) -> None:
    """Print highlights under the titles of their documents, as they come."""
    here = None
    for highlight in highlights:
        if highlight.document != here:
            here = highlight.document
            output.line(output.one_line(library.documents.get(here).title))
        output.line(highlight_line(highlight))
        if highlight.note:
            output.line(f"            {output.quoted(highlight.note).strip('“”')}")


def highlight_line(highlight: Highlight) -> str:
    """One line: the short id, the place, the quote, the tags, and what is wrong with it."""
    state = "" if highlight.status == Status.PLACED else f"  ({highlight.status})"
    place = f"{highlight.start}-{highlight.end}"
    tags = "".join(f"  #{tag}" for tag in highlight.tags)
    return f"  {highlight.id[:SHORT_ID]}  {place}  {output.quoted(highlight.quote)}{tags}{state}"
