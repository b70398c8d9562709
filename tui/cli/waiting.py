"""``flor waiting``: highlights in files that are not in the library yet."""

from __future__ import annotations

from pathlib import Path

import click

from annotations.errors import NotFoundError
from annotations.library.wording import counted
from tui.cli import output
from tui.cli.session import Session, group, json_option, subcommand


@group("waiting")
def waiting_command(session: Session, as_json: bool) -> None:
    """List the highlights that wait for their file to be added.

    Such a highlight was made in the reader while its file was still coming in, and that was
    stopped. It finds its place when the file is opened or added again.
    """
    with session.library() as library:
        waiting = library.waiting.list()
    if as_json:
        columns = ("path", "byte_start", "byte_end", "quote", "tags", "note", "made_at")
        output.json_table(
            columns,
            (
                (
                    each.path,
                    each.span.start,
                    each.span.end,
                    each.quote,
                    each.tags,
                    each.note,
                    each.made_at,
                )
                for each in waiting
            ),
        )
    else:
        rows = [
            (each.path, output.one_line(each.quote), ", ".join(each.tags), each.note)
            for each in waiting
        ]
        for line in output.columns(rows):
            output.line(line)


@subcommand(waiting_command, "forget")
@click.argument("path", type=click.Path(path_type=Path))
@json_option
def forget(session: Session, path: Path, as_json: bool) -> None:
    """Let the highlights that wait for a file go. This cannot be undone."""
    with session.library() as library:
        found = library.waiting.of(path.absolute())
        if not found:
            raise NotFoundError(f"no highlight waits for {path}: flor waiting lists them")
        library.waiting.forget(each.number for each in found)
    said = f"forgot {counted(len(found), 'highlight')} in {path}"
    output.done(said, as_json, path=str(path), highlights=len(found))
