"""``flor folders``: the folders of documents, and the acts on them."""

from __future__ import annotations

from dataclasses import asdict

import click

from annotations.library.wording import counted
from tui.cli import output
from tui.cli.arguments import FOLDER, document_ids, documents_argument
from tui.cli.session import Session, group, json_option, subcommand


@group("folders")
def folders_command(session: Session, as_json: bool) -> None:
    """List the folders of documents, or change them.

    A folder's path shows where it lies: sources/letters is in sources. A document may be in several
    folders. Renaming, moving and deleting a folder takes those in it along, never the documents;
    flor undo takes any of it back. flor documents --folder PATH lists what is in one.
    """
    with session.library() as library:
        folders = library.folders.list()
    if as_json:
        from annotations.library.folders import Folder

        output.json_values(Folder, folders)
    else:
        rows = [(str(each.documents), each.path) for each in folders]
        for line in output.columns(rows):
            output.line(line)


@subcommand(folders_command, "add")
@click.argument("path", type=FOLDER)
@json_option
def add(session: Session, path: str, as_json: bool) -> None:
    """Make a folder."""
    with session.library() as library:
        made = library.folders.add(path)
    output.done(f"made {made.path}", as_json, **asdict(made))


@subcommand(folders_command, "rename")
@click.argument("path", type=FOLDER)
@click.argument("new_path")
@json_option
def rename(session: Session, path: str, new_path: str, as_json: bool) -> None:
    """Give a folder another path."""
    with session.library() as library:
        renamed = library.folders.rename(path, new_path)
    output.done(f"renamed to {renamed.path}", as_json, **asdict(renamed))


@subcommand(folders_command, "move")
@click.argument("path", type=FOLDER)
@click.argument("into", type=FOLDER)
@json_option
def move(session: Session, path: str, into: str, as_json: bool) -> None:
    """Put a folder into another; "" is the top."""
    with session.library() as library:
        moved = library.folders.move(path, into)
    output.done(f"moved to {moved.path}", as_json, **asdict(moved))


@subcommand(folders_command, "delete")
@click.argument("path", type=FOLDER)
@json_option
def delete(session: Session, path: str, as_json: bool) -> None:
    """Delete a folder and those in it; the documents stay."""
    with session.library() as library:
        number = library.folders.delete(path)
    was = "was" if number == 1 else "were"
    said = f"deleted {path}; {counted(number, 'document')} {was} in it"
    output.done(said, as_json, path=path, documents=number)


@subcommand(folders_command, "put")
@click.argument("path", type=FOLDER)
@documents_argument
@json_option
def put(session: Session, path: str, documents: tuple[str, ...], as_json: bool) -> None:
    """Put documents into a folder, which is made if it is missing."""
    with session.library() as library:
        number = library.folders.put(path, document_ids(library, documents))
    said = f"put {counted(number, 'document')} into {path}"
    output.done(said, as_json, path=path, documents=number)


@subcommand(folders_command, "take")
@click.argument("path", type=FOLDER)
@documents_argument
@json_option
def take(session: Session, path: str, documents: tuple[str, ...], as_json: bool) -> None:
    """Take documents out of a folder and those in it."""
    with session.library() as library:
        number = library.folders.take_out(path, document_ids(library, documents))
    said = f"took {counted(number, 'document')} out of {path}"
    output.done(said, as_json, path=path, documents=number)
