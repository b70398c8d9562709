"""``flor check``, ``compact`` and ``where``."""

from __future__ import annotations

import click

from annotations.library.location import library_path
from tui.cli import output
from tui.cli.session import Session, command, json_option


@command("check")
@json_option
def check_command(session: Session, as_json: bool) -> None:
    """Verify the library.

    Checks the file itself, every reference and every quote against its text; lists what is off, and
    exits with 1 if anything is.
    """
    with session.library() as library:
        problems = library.check()
        path = library.path
    if as_json:
        output.json_table(("problem",), ((problem,) for problem in problems))
    else:
        for problem in problems or [f"{path} is sound"]:
            output.line(problem)
    if problems:
        raise click.exceptions.Exit(1)


@command("compact")
@json_option
def compact_command(session: Session, as_json: bool) -> None:
    """Shrink the library file.

    Frees what was deleted, and the texts of imports that were undone or never finished: those
    cannot be redone afterwards.
    """
    with session.library() as library:
        freed = library.compact()
    output.done(f"{freed:,} bytes freed", as_json, freed=freed)


@command("where")
@json_option
def where_command(session: Session, as_json: bool) -> None:
    """Print where the library lies."""
    path = library_path(session.path)
    output.done(str(path), as_json, library=str(path))
