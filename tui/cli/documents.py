"""``flor documents``, ``show``, ``delete`` and ``restore``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import click

from annotations.model import Document
from tui.cli import output
from tui.cli.arguments import DOCUMENT
from tui.cli.session import SHORT_ID, Session, command, json_option


@command("documents")
@json_option
@click.option("--deleted", is_flag=True, help="List those that can be restored instead.")
def documents_command(session: Session, as_json: bool, deleted: bool) -> None:
    """List the documents.

    A line holds the id, the date of publication, the number of highlights and the title.
    """
    with session.library() as library:
        documents = library.documents.list(deleted=deleted)
    if as_json:
        output.json_values(Document, documents)
    else:
        for row in document_lines(documents):
            output.line(row)


def document_lines(documents: Sequence[Document]) -> list[str]:
    """A line for each document."""
    return list(
        output.columns(
            [
                (
                    document.id[:SHORT_ID],
                    document.published,
                    str(document.highlights),
                    output.one_line(document.title),
                )
                for document in documents
            ]
        )
    )


@command("show")
@click.argument("document", type=DOCUMENT)
@click.option("--page", is_flag=True, help="As the screen wraps it, with the highlights.")
@click.option("--width", type=click.IntRange(min=8), metavar="N", help="Cells of a line of --page.")
def show_command(session: Session, document: str, page: bool, width: int | None) -> None:
    """Print a document's text.

    In a pipe the text comes exactly as the library holds it; on a terminal, symbols stand for its
    control characters.
    """
    if width is not None and not page:
        raise click.UsageError("--width goes with --page")
    with session.library() as library:
        found = library.documents.find(document)
        if page:
            from tui.cli.paging import print_page

            print_page(library, found, width)
            return
        for passage in library.documents.passages(found.id):
            output.text(passage.text)


@command("edit")
@click.argument("document", type=DOCUMENT)
@click.option("--title", metavar="TEXT")
@click.option("--author", metavar="TEXT")
@click.option("--publisher", metavar="TEXT")
@click.option("--published", "--date", metavar="DATE", help="2023, 2023-10 or 2023-10-30.")
@click.option("--language", metavar="TAG", help="en, zh-Hans ...")
@click.option("--kind", metavar="TEXT", help="letter, news, report ...")
@click.option("--source", metavar="TEXT", help="An address or a reference.")
@click.option("--note", metavar="TEXT", help="What you have to say of it.")
@json_option
def edit_command(session: Session, document: str, as_json: bool, **fields: str | None) -> None:
    """Set what is known of a document; an empty TEXT removes it."""
    changes = {name: value for name, value in fields.items() if value is not None}
    if not changes:
        raise click.UsageError("say what to set: --title, --author ...")
    with session.library() as library:
        edited = library.documents.edit(library.documents.find(document).id, **changes)
    if as_json:
        output.json_object(asdict(edited))
    else:
        for line in document_lines([edited]):
            output.line(line)


@command("delete")
@click.argument("documents", metavar="DOCUMENT...", type=DOCUMENT, nargs=-1, required=True)
def delete_command(session: Session, documents: tuple[str, ...]) -> None:
    """Delete documents and their highlights.

    flor restore brings them back, as flor undo does.
    """
    with session.library() as library:
        found = [library.documents.find(reference) for reference in documents]
        library.documents.delete([document.id for document in found])
    for document in found:
        output.line(f"deleted {document.id[:SHORT_ID]}  {output.one_line(document.title)}")


@command("restore")
@click.argument("documents", metavar="DOCUMENT...", type=DOCUMENT, nargs=-1, required=True)
def restore_command(session: Session, documents: tuple[str, ...]) -> None:
    """Bring deleted documents back.

    flor documents --deleted lists them.
    """
    with session.library() as library:
        found = [library.documents.find(reference, deleted=True) for reference in documents]
        library.documents.restore([document.id for document in found])
    for document in found:
        output.line(f"restored {document.id[:SHORT_ID]}  {output.one_line(document.title)}")
