"""``flor highlight``, ``tag``, ``untag``, ``note`` and ``remove``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from annotations.errors import InvalidError, NotFoundError
from annotations.exchange.rows import COLUMNS
from annotations.exchange.selection import rows
from annotations.model import Document, Span
from tui.cli import output
from tui.cli.arguments import DOCUMENT, TAG
from tui.cli.highlights import change_highlight, show_highlight, tell_clashes
from tui.cli.occurrences import exact, spaced
from tui.cli.session import SHORT_ID, Session, command, json_option

if TYPE_CHECKING:
    from annotations.library.library import Library


@command("highlight")
@click.argument("document", type=DOCUMENT)
@click.option("--quote", metavar="TEXT", help="The passage, in its own words.")
@click.option("--nth", type=click.IntRange(min=1), metavar="N", help="Which one, of several.")
@click.option("--start", type=click.IntRange(min=0), metavar="N", help="The code points before it.")
@click.option(
    "--end", type=click.IntRange(min=0), metavar="N", help="The code points up to its end."
)
@click.option(
    "--tag",
    "tags",
    type=TAG,
    metavar="PATH",
    multiple=True,
    help="Tag it; a tag that does not exist yet is made.",
)
@click.option(
    "--note", default="", metavar="TEXT", help="Say something of it; - is read from standard input."
)
@click.option("--colour", default="", metavar="C", help="A colour's name or #rrggbb.")
@json_option
def highlight_command(
    session: Session,
    document: str,
    quote: str | None,
    nth: int | None,
    start: int | None,
    end: int | None,
    tags: tuple[str, ...],
    note: str,
    colour: str,
    as_json: bool,
) -> None:
    """Highlight a passage of a document; prints the new id.

    The passage is named by its words (--quote, and --nth where they occur more than once) or by its
    place (--start and --end, in code points of the text that flor show prints).
    """
    by_place = start is not None and end is not None
    if (quote is None) != by_place or (quote is not None and (start, end) != (None, None)):
        raise click.UsageError("name the passage by --quote or by both --start and --end")
    if nth is not None and quote is None:
        raise click.UsageError("--nth goes with --quote")
    with session.library() as library:
        found = library.documents.find(document)
        if quote is not None:
            span = find_quote(library, found, quote, nth)
        else:
            assert start is not None
            assert end is not None
            span = Span(start, end)
        highlight = library.highlights.add(
            found.id, span.start, span.end, tags=tags, note=read_note(note), colour=colour
        )
        if as_json:
            show_highlight(library, highlight.id, as_json=True)
        else:
            output.line(highlight.id)
        tell_clashes(library.codebook.clashes([highlight.id]))


def find_quote(library: Library, document: Document, quote: str, nth: int | None) -> Span:
    """The place of a quote, the ``nth`` (from 1) or the first of several, which is then told.

    Raises:
        InvalidError: The quote is empty, or occurs less than ``nth`` times.
        NotFoundError: It does not occur.
    """
    if not quote:
        raise InvalidError("the quote is empty")
    title = output.quoted(document.title)
    wanted = nth or 1
    span, count = _pick(exact(library.documents.passages(document.id), quote), wanted)
    if not count and not quote.isspace():
        span, count = _pick(spaced(library.documents.passages(document.id), quote), wanted)
        if count:
            output.tell("the quote occurs with other white space only; took that")
    if not count:
        raise NotFoundError(f"the quote does not occur in {title}")
    times = "once" if count == 1 else f"{count:,} times"
    if span is None:
        raise InvalidError(f"the quote occurs {times} in {title}: there is no --nth {nth}")
    if nth is None and count > 1:
        output.tell(f"the quote occurs {times} in {title}; took the first (--nth says which)")
    return span


def _pick(spans: Iterable[Span], wanted: int) -> tuple[Span | None, int]:
    """The span with a number, from 1, if there is one; and how many there are."""
    picked, count = None, 0
    for count, span in enumerate(spans, 1):
        if count == wanted:
            picked = span
    return picked, count


def read_note(note: str) -> str:
    """``note``, or all of standard input where it is ``-``."""
    if note != "-":
        return note
    try:
        return sys.stdin.read().removesuffix("\n")
    except UnicodeDecodeError as error:
        raise InvalidError(f"the note on standard input is not UTF-8: {error.reason}") from error


@command("tag")
@click.argument("highlight")
@click.argument("paths", metavar="PATH...", type=TAG, nargs=-1, required=True)
@json_option
def tag_command(session: Session, highlight: str, paths: tuple[str, ...], as_json: bool) -> None:
    """Tag a highlight; a tag that does not exist yet is made."""
    change_highlight(session, highlight, lambda kept, each: kept.tag([each], paths), as_json)


@command("untag")
@click.argument("highlight")
@click.argument("paths", metavar="PATH...", type=TAG, nargs=-1, required=True)
@json_option
def untag_command(session: Session, highlight: str, paths: tuple[str, ...], as_json: bool) -> None:
    """Take tags from a highlight."""
    change_highlight(session, highlight, lambda kept, each: kept.untag([each], paths), as_json)


@command("note")
@click.argument("highlight")
@click.argument("text")
@json_option
def note_command(session: Session, highlight: str, text: str, as_json: bool) -> None:
    """Set the note of a highlight.

    A TEXT that is - is read from standard input; an empty one removes the note.
    """
    change_highlight(
        session, highlight, lambda kept, each: kept.note(each, read_note(text)), as_json
    )


@command("remove")
@click.argument("highlights", metavar="HIGHLIGHT...", nargs=-1, required=True)
@json_option
def remove_command(session: Session, highlights: tuple[str, ...], as_json: bool) -> None:
    """Remove highlights; flor undo brings them back."""
    with session.library() as library:
        # One may be named twice.
        found = list(dict.fromkeys(map(library.highlights.get, highlights)))
        gone = list(rows(library, found)) if as_json else []
        library.highlights.remove([highlight.id for highlight in found])
    if as_json:
        output.json_table(COLUMNS, gone)
        return
    for highlight in found:
        output.line(f"removed {highlight.id[:SHORT_ID]}  {output.quoted(highlight.quote)}")
