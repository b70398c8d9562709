"""``flor documents``, ``show``, ``delete`` and ``restore``."""

from __future__ import annotations

from collections.abc import Sequence

import click

from annotations.model import Document
from tui.cli import output
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
@click.argument("document")
def show_command(session: Session, document: str) -> None:
    """Print a document's text.

    In a pipe the text comes exactly as the library holds it; on a terminal, symbols stand for its
    control characters.
    """
    with session.library() as library:
        for passage in library.documents.passages(library.documents.find(document).id):
            output.text(passage.text)


@command("delete")
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True)
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
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True)
def restore_command(session: Session, documents: tuple[str, ...]) -> None:
    """Bring deleted documents back.

    flor documents --deleted lists them.
    """
    with session.library() as library:
        found = [library.documents.find(reference, deleted=True) for reference in documents]
        library.documents.restore([document.id for document in found])
    for document in found:
        output.line(f"restored {document.id[:SHORT_ID]}  {output.one_line(document.title)}")
