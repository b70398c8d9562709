"""``flor outline``, ``bookmarks`` and ``cite``: places of a text, and words from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from annotations.errors import InvalidError
from annotations.exchange.citation import STYLES, cited
from tui.cli import output
from tui.cli.arguments import DOCUMENT
from tui.cli.session import Session, command, json_option

if TYPE_CHECKING:
    from annotations.library.library import Library
    from annotations.model import Document

_CONTEXT = 160
"""Code points that are told of the text after a bookmark."""
_position = click.IntRange(min=0)


@command("outline")
@click.argument("document", type=DOCUMENT)
@json_option
def outline_command(session: Session, document: str, as_json: bool) -> None:
    """List a document's headings.

    A line holds the place in code points and the heading, indented by its level.
    """
    with session.library() as library:
        headings = library.documents.outline(library.documents.find(document).id)
    if as_json:
        from annotations.library.texts import Heading

        output.json_values(Heading, headings)
        return
    top = min((heading.level for heading in headings), default=0)
    rows = [
        (str(each.start), "  " * (each.level - top) + output.one_line(each.title))
        for each in headings
    ]
    for line in output.columns(rows):
        output.line(line)


@command("bookmarks")
@click.argument("document", type=DOCUMENT)
@click.option("--put", type=_position, metavar="N", help="Put one before code point N.")
@click.option("--take", type=_position, metavar="N", help="Take the one at code point N away.")
@json_option
def bookmarks_command(
    session: Session, document: str, put: int | None, take: int | None, as_json: bool
) -> None:
    """List your bookmarks in a document, put one or take one away.

    A line holds the place in code points and the text from there on.
    """
    with session.library() as library:
        found = library.documents.find(document)
        if put is not None:
            _set(library, found, put, True)
        if take is not None:
            _set(library, found, take, False)
        rows = []
        for position in library.reading.bookmarks(found.id):
            passage = library.documents.passage_at(found.id, position)
            local = position - passage.start
            rows.append((position, passage.unmarked(local, local + _CONTEXT)))
    if as_json:
        output.json_table(("position", "text"), rows)
        return
    for line in output.columns([(str(position), output.one_line(text)) for position, text in rows]):
        output.line(line)


def _set(library: Library, document: Document, position: int, there: bool) -> None:
    """Put a bookmark, or take it away; nothing happens where that is so already.

    Raises:
        InvalidError: the text is shorter.
    """
    if position > document.length:
        raise InvalidError(f"the text has {document.length} characters, so no place {position}")
    if (position in library.reading.bookmarks(document.id)) is not there:
        library.reading.toggle_bookmark(document.id, position)


@command("cite")
@click.argument("highlights", metavar="HIGHLIGHT...", nargs=-1, required=True)
@click.option("--style", type=click.Choice([*STYLES]), help="Otherwise as configured, or plain.")
@json_option
def cite_command(
    session: Session, highlights: tuple[str, ...], style: str | None, as_json: bool
) -> None:
    """Print quotes with the citations of their documents."""
    from tui.config import load_config

    chosen = style or load_config().citation
    with session.library() as library:
        found = [library.highlights.get(each) for each in highlights]
        rows = [
            (each.id, cited(each.quote, library.documents.get(each.document), chosen))
            for each in found
        ]
    if as_json:
        output.json_table(("id", "text"), rows)
        return
    for _, text in rows:
        output.line(text)
