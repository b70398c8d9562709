"""``flor queries``: queries that are kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli import output
from tui.cli.session import Session, command, json_option, shared_options

if TYPE_CHECKING:
    from annotations.library.library import Library


def asked_query(library: Library, words: tuple[str, ...], saved: str | None) -> str:
    """The query of a command: the words on its line, or the one that is kept under a name."""
    if saved is None:
        return " ".join(words)
    if words:
        raise click.UsageError("write either a QUERY or --saved NAME")
    return library.queries.get(saved).query


@click.group("queries", invoke_without_command=True)
@json_option
@click.pass_context
def queries_command(context: click.Context, as_json: bool) -> None:
    """List the queries that are kept under a name, or keep one.

    flor passages --saved NAME and flor search --saved NAME ask them.
    """
    if context.invoked_subcommand is not None:
        return
    session: Session = context.obj
    with session.library() as library:
        saved = library.queries.list()
    if as_json:
        from annotations.library.queries import SavedQuery

        output.json_values(SavedQuery, saved)
    else:
        for line in output.columns([(each.name, each.language, each.query) for each in saved]):
            output.line(line)


@command("save")
@click.argument("name")
@click.argument("query")
@click.option("--search", is_flag=True, help="It is one of flor search, not of flor passages.")
def save(session: Session, name: str, query: str, search: bool) -> None:
    """Keep a query under a name, in place of what was kept under it."""
    from annotations.query import Language

    with session.library() as library:
        library.queries.save(name, query, Language.SEARCH if search else Language.PASSAGES)


@command("forget")
@click.argument("name")
def forget(session: Session, name: str) -> None:
    """Keep a query no longer."""
    with session.library() as library:
        library.queries.forget(name)


queries_command.params += shared_options()
queries_command.add_command(save)
queries_command.add_command(forget)
