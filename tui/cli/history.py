"""``flor undo``, ``redo`` and ``journal``."""

from __future__ import annotations

from dataclasses import asdict

import click

from annotations.model import Act
from tui.cli import output
from tui.cli.session import Session, command, json_option


@command("undo")
@json_option
def undo_command(session: Session, as_json: bool) -> None:
    """Take back the last act of this coder that still stands."""
    with session.library() as library:
        act = library.journal.undo()
    _print_act("undid", act, as_json)


@command("redo")
@json_option
def redo_command(session: Session, as_json: bool) -> None:
    """Do again what undo took back last."""
    with session.library() as library:
        act = library.journal.redo()
    _print_act("redid", act, as_json)


def _print_act(verb: str, act: Act, as_json: bool) -> None:
    if as_json:
        output.json_object(asdict(act))
    else:
        output.line(f"{verb}: {act.summary or act.name}")


@command("journal")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The last N acts only.")
@json_option
def journal_command(session: Session, limit: int | None, as_json: bool) -> None:
    """List what was done: when, by whom, what; the last first."""
    with session.library() as library:
        acts = library.journal.acts(limit=limit)
        if as_json:
            output.json_values(Act, acts)
        else:
            for act in acts:
                undone = "  (taken back)" if act.undone else ""
                output.line(f"{act.at}  {act.coder}  {act.summary or act.name}{undone}")
