"""``flor queries``: queries that are kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from annotations.library.wording import quoted
from tui.cli import output
from tui.cli.session import Session, group, subcommand

if TYPE_CHECKING:
    from annotations.library.library import Library


def asked_query(library: Library, words: tuple[str, ...], saved: str | None) -> str:
    """The query of a command: the words on its line, or the one that is kept under a name."""
    if saved is None:
        return " ".join(words)
    if words:
        raise click.UsageError("write either a QUERY or --saved NAME")
    return library.queries.get(saved).query


def tell_unknown_tags(library: Library, query: str) -> None:
    """Say which tags of a passages query there are not: it finds less than it may be meant to."""
    for path in library.passages.unknown_tags(query):
        output.tell(f"no tag is called {quoted(path)}")


@group("queries")
def queries_command(session: Session, as_json: bool) -> None:
    """List the queries that are kept under a name, or change them.

    flor passages --saved NAME and flor search --saved NAME ask them.
    """
    with session.library() as library:
        saved = library.queries.list()
    if as_json:
        from annotations.library.queries import SavedQuery

        output.json_values(SavedQuery, saved)
    else:
        for line in output.columns([(each.name, each.language, each.query) for each in saved]):
            output.line(line)


@subcommand(queries_command, "save")
@click.argument("name")
@click.argument("query")
@click.option("--search", is_flag=True, help="It is one of flor search, not of flor passages.")
def save(session: Session, name: str, query: str, search: bool) -> None:
    """Keep a query under a name, in place of what was kept under it."""
    from annotations.query import Language

    with session.library() as library:
        library.queries.save(name, query, Language.SEARCH if search else Language.PASSAGES)


@subcommand(queries_command, "rename")
@click.argument("name")
@click.argument("new_name")
def rename(session: Session, name: str, new_name: str) -> None:
    """Keep a query under another name."""
    with session.library() as library:
        library.queries.rename(name, new_name)


@subcommand(queries_command, "forget")
@click.argument("name")
def forget(session: Session, name: str) -> None:
    """Keep a query no longer."""
    with session.library() as library:
        library.queries.forget(name)
