"""``flor open``, which is also what ``flor`` does without a command."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from tui.cli import output
from tui.cli.session import Session, command

if TYPE_CHECKING:
    from annotations.library.library import Library

SHOWN = 20
"""How many documents are listed where the reader cannot be opened."""


@command("open")
@click.argument("targets", metavar="[PATH|DOCUMENT]...", nargs=-1)
def open_command(session: Session, targets: tuple[str, ...]) -> None:
    """Open the reader, at the first of the files or documents.

    A link in an export to Markdown (flor:...) opens the document where it leads.

    Without a terminal: say what the library holds and how to open it.
    """
    if sys.stdin.isatty() and sys.stdout.isatty():
        from tui.launch import run_app

        raise click.exceptions.Exit(
            run_app(library=session.path, coder=session.coder, documents=targets)
        )
    with session.library() as library:
        for target in targets:
            if not os.path.isfile(target):
                _require(library, target)
        _introduce(library)


def _require(library: Library, target: str) -> None:
    """Make sure that there is what is to be opened."""
    from annotations.exchange.links import SCHEME, followed

    if target.startswith(SCHEME):
        followed(library, target)
    else:
        library.documents.find(target)


def _introduce(library: Library) -> None:
    """Say what there is to read, and how to come to it."""
    # Where the reader opens, it waits for none of this.
    from annotations.library.wording import counted
    from tui.cli.documents import document_lines

    documents = library.documents.list()
    highlights = sum(document.highlights for document in documents)
    output.line(f"{library.path}")
    output.line(f"holds {counted(len(documents), 'document')}, {counted(highlights, 'highlight')}:")
    for row in document_lines((each, None) for each in documents[:SHOWN]):
        output.line(f"  {row}")
    if len(documents) > SHOWN:
        output.line(f"  and {len(documents) - SHOWN} more, which flor documents lists")
    output.line("To read them, run this in a terminal: flor, or in a clone: python3 run")
