"""``flor documents``, ``show``, ``edit``, ``mark``, ``delete`` and ``restore``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

import click

from annotations.library.wording import counts
from annotations.model import Document
from tui.cli import output
from tui.cli.arguments import (
    DOCUMENT,
    FOLDER,
    document_ids,
    documents_argument,
    visual_order_option,
)
from tui.cli.queries import asked_query
from tui.cli.session import SHORT_ID, Session, command, json_option

if TYPE_CHECKING:
    from annotations.library.library import Library
    from annotations.library.marks import Standing

SORTS = ("title", "date", "added", "read", "highlights", "progress")
"""The values of :class:`annotations.library.sections.Sort`, which most commands do not load."""
_WINDOW = 500
"""Documents that are read at once."""


@command("documents")
@click.option(
    "--folder",
    default="",
    metavar="PATH",
    type=FOLDER,
    help="In this folder, or in one in it.",
)
@click.option("--search", metavar="QUERY", help="That flor search finds.")
@click.option("--saved", metavar="NAME", help="That a saved search finds: a smart folder.")
@click.option("--unread", is_flag=True, help="Only those that you have not read.")
@click.option("--to-read", is_flag=True, help="Only those that you mean to read.")
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default=SORTS[0],
    help="By title; or the latest, or the most, first.",
)
@click.option("--reverse", is_flag=True, help="From the other end.")
@click.option("--deleted", is_flag=True, help="List those that can be restored instead.")
@json_option
def documents_command(
    session: Session,
    folder: str,
    search: str | None,
    saved: str | None,
    unread: bool,
    to_read: bool,
    sort: str,
    reverse: bool,
    deleted: bool,
    as_json: bool,
) -> None:
    """List the documents.

    A line holds the id, the date of publication, the number of highlights, what you have to read
    of it, and the title: . stands before one that you have not read, + before one that you mean to
    read.
    """
    from annotations.library.marks import Standing
    from annotations.library.sections import Section, Sort

    with session.library() as library:
        among = None
        if search is not None or saved is not None:
            query = asked_query(library, () if search is None else (search,), saved)
            among = library.search.documents(query)
        if folder:
            # A folder that is not there is no empty one.
            folder = library.folders.get(folder).path
        section = Section(
            folder=folder,
            among=among,
            unread=unread,
            to_read=to_read,
            deleted=deleted,
            sort=Sort(sort),
            reverse=reverse,
        )
        documents = _with_standings(library, library.sections.list(section))
        if not as_json:
            for row in document_lines(documents):
                output.line(row)
            return
        folders = library.folders.by_document()
        columns, standing_columns = (
            [each.name for each in fields(kind)] for kind in (Document, Standing)
        )
        of_document, of_standing = attrgetter(*columns), attrgetter(*standing_columns)
        output.json_table(
            [*columns, *standing_columns, "folders"],
            (
                (
                    *of_document(document),
                    *of_standing(standing),
                    tuple(folders.get(document.id, ())),
                )
                for document, standing in documents
            ),
        )


def _with_standings(
    library: Library, documents: Iterable[Document]
) -> Iterator[tuple[Document, Standing]]:
    """Documents, and how the reader stands to each, read as they are asked for."""
    from annotations.library.marks import Standing

    rest = iter(documents)
    while window := list(islice(rest, _WINDOW)):
        standings = library.marks.standings(each.id for each in window)
        # Another program may have removed one in between.
        yield from ((each, standings.get(each.id, Standing())) for each in window)


def document_lines(documents: Iterable[tuple[Document, Standing | None]]) -> Iterator[str]:
    """A line for each document, with how the reader stands to it where that is told."""
    return output.columns(
        [
            (
                document.id[:SHORT_ID],
                document.published,
                str(document.highlights),
                *([_sign(standing)] if standing is not None else []),
                output.one_line(document.title),
            )
            for document, standing in documents
        ]
    )


def _sign(standing: Standing) -> str:
    """What a reader has to do with a document, in two characters at most."""
    return "+" * standing.to_read + "." * standing.unread


@command("show")
@click.argument("document", type=DOCUMENT)
@click.option("--page", is_flag=True, help="As the screen wraps it, with the highlights.")
@click.option("--revision", type=int, metavar="N", help="An earlier text of it.")
@click.option("--width", type=click.IntRange(min=2), metavar="N", help="Cells of a line of --page.")
@visual_order_option("Right-to-left text of --page is turned here, or left to the terminal")
def show_command(
    session: Session,
    document: str,
    page: bool,
    revision: int | None,
    width: int | None,
    visual: bool | None,
) -> None:
    """Print a document's text.

    In a pipe the text comes exactly as the library holds it; on a terminal, symbols stand for its
    control characters.
    """
    if width is not None and not page:
        raise click.UsageError("--width goes with --page")
    if visual is not None and not page:
        raise click.UsageError("--visual-order and --logical-order go with --page")
    with session.library() as library:
        found = library.documents.find(document)
        if page:
            from tui.cli.paging import print_page

            print_page(library, found, width, visual, revision)
            return
        for passage in library.documents.passages(found.id, revision=revision):
            output.text(passage.text)


@command("edit")
@documents_argument
@click.option("--title", metavar="TEXT")
@click.option("--author", metavar="TEXT")
@click.option("--publisher", metavar="TEXT")
@click.option("--published", metavar="DATE", help="2023, 2023-10 or 2023-10-30.")
@click.option("--language", metavar="TAG", help="en, zh-Hans ...")
@click.option("--kind", metavar="TEXT", help="letter, news, report ...")
@click.option("--source", metavar="TEXT", help="An address or a reference.")
@click.option("--note", metavar="TEXT", help="What you have to say of it.")
@visual_order_option("How you see right-to-left text: turned here, or left to the terminal")
@click.option("--encoding", metavar="NAME", help="Read its file again, so: a new revision.")
@json_option
def edit_command(
    session: Session,
    documents: tuple[str, ...],
    encoding: str | None,
    as_json: bool,
    visual: bool | None,
    **fields: str | None,
) -> None:
    """Set what is known of documents; an empty TEXT removes it."""
    changes = {name: value for name, value in fields.items() if value is not None}
    if not changes and visual is None and encoding is None:
        raise click.UsageError("say what to set: --title, --author ...")
    with session.library() as library:
        ids = document_ids(library, documents)
        if encoding is not None:
            _read_again(library, ids, encoding)
        if changes:
            library.documents.edit_all(ids, **changes)
        if visual is not None:
            for each in ids:
                library.reading.turn(each, visual)
        edited = [library.documents.get(each) for each in dict.fromkeys(ids)]
    if as_json and len(edited) == 1:
        output.json_object(asdict(edited[0]))
    elif as_json:
        output.json_values(Document, edited)
    else:
        for line in document_lines((each, None) for each in edited):
            output.line(line)


def _read_again(library: Library, ids: Sequence[str], encoding: str) -> None:
    """Read the files of documents again; what came of it is told on standard error."""
    from annotations.library.rereading import read_again

    for each in dict.fromkeys(ids):
        added = read_again(library.documents, each, encoding)
        title, tally = output.one_line(added.document.title), added.revised
        if tally is None:
            output.tell(f"{title}: the text is the same in {encoding}")
        else:
            became = counts(tally.placed, tally.moved, tally.lost)
            output.tell(f"{title} has text {tally.revision} now: {became}")


@command("mark")
@documents_argument
@click.option("--read", "mark", flag_value="read", help="You have read them.")
@click.option("--unread", "mark", flag_value="unread", help="You have not, whatever was opened.")
@click.option("--to-read", "mark", flag_value="to-read", help="You mean to read them.")
@click.option("--not-to-read", "mark", flag_value="", help="Take that back.")
def mark_command(session: Session, documents: tuple[str, ...], mark: str | None) -> None:
    """Say what you have read, have not read, or mean to.

    flor documents --unread and --to-read list them. A document that you open counts as read.
    """
    if mark is None:
        raise click.UsageError("say what they are: --read, --unread, --to-read, --not-to-read")
    from annotations.library.marks import Mark

    with session.library() as library:
        ids = document_ids(library, documents)
        if mark:
            library.marks.put(ids, Mark(mark))
        else:
            library.marks.take(ids, Mark.TO_READ)


@command("delete")
@documents_argument
@json_option
def delete_command(session: Session, documents: tuple[str, ...], as_json: bool) -> None:
    """Delete documents and their highlights.

    flor restore brings them back, as flor undo does.
    """
    with session.library() as library:
        found = [library.documents.find(reference) for reference in documents]
        library.documents.delete([document.id for document in found])
    _tell("deleted", found, as_json)


@command("restore")
@documents_argument
@json_option
def restore_command(session: Session, documents: tuple[str, ...], as_json: bool) -> None:
    """Bring deleted documents back.

    flor documents --deleted lists them.
    """
    with session.library() as library:
        found = [library.documents.find(reference, deleted=True) for reference in documents]
        library.documents.restore([document.id for document in found])
    _tell("restored", found, as_json)


def _tell(verb: str, documents: Sequence[Document], as_json: bool) -> None:
    """Say what was done to documents."""
    if as_json:
        output.json_values(Document, documents)
        return
    for document in documents:
        output.line(f"{verb} {document.id[:SHORT_ID]}  {output.one_line(document.title)}")
