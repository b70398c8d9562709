"""``flor undo``, ``redo`` and ``journal``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click

from annotations.library import clock
from annotations.library.wording import counted
from annotations.model import Act
from tui.cli import output
from tui.cli.session import SHORT_ID, Session, command, json_option

if TYPE_CHECKING:
    from annotations.library.library import Library


def _day(_: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """A day as it is written on the command line."""
    try:
        return date.fromisoformat(value) if value is not None else None
    except ValueError:
        raise click.BadParameter(
            f"{value!r} is no day; write it as 2026-11-22", param=parameter
        ) from None


@command("undo")
@click.argument("act", required=False)
@click.option("--to", "day", metavar="DAY", callback=_day, help="Go back to the end of this day.")
@json_option
def undo_command(session: Session, act: str | None, day: date | None, as_json: bool) -> None:
    """Take back the last act of this coder that still stands.

    With ACT, an id or the beginning of one from flor journal: take back that one, from anywhere in
    the history. With --to: take back all that came after that day, as one act.
    """
    if act is not None and day is not None:
        raise click.UsageError("name either an ACT or a day")
    with session.library() as library:
        if day is not None:
            _go_back(library, day, as_json)
        else:
            undone = library.journal.undo() if act is None else library.journal.revert(act)
            _print_act("undid", undone, as_json)


def _go_back(library: Library, day: date, as_json: bool) -> None:
    restored = library.journal.restore(clock.end(day))
    if as_json:
        output.json_object(asdict(restored))
        return
    output.line(f"undid {counted(restored.acts, 'act')}: this is the end of {day}")
    for conflict in restored.conflicts:
        output.line(f"left as it is: {conflict}")


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
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The last N acts only.")
@json_option
def journal_command(
    session: Session, query: tuple[str, ...], limit: int | None, as_json: bool
) -> None:
    """List what was done, the last first.

    A line holds the id of the act, when, who, and what. Days and times are local; in JSON they are
    UTC.

    \b
    removed notes                acts that hold both words
    coder:ann tag:risk/tiers     what Ann did with a tag
    doc:initiative day:2026-11   in a month; also a day, a year, 2026-01..2026-03

    Without a query: all of them.
    """
    from annotations.query.acts import parse_acts

    asked = parse_acts(" ".join(query))
    with session.library() as library:
        acts = library.acts(asked, limit=limit)
        if as_json:
            output.json_values(Act, acts)
            return
        for act in acts:
            undone = "  (taken back)" if act.undone else ""
            what = act.summary or act.name
            output.line(f"{act.id[:SHORT_ID]}  {clock.local(act.at)}  {act.coder}  {what}{undone}")
