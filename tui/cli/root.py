"""The program's commands by name; the module of a command is imported when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from annotations import __version__
from tui.cli.session import Session, shared_options

COMMANDS = {
    "open": "opening",
    "add": "adding",
    "documents": "documents",
    "show": "documents",
    "edit": "documents",
    "mark": "documents",
    "collections": "collections",
    "duplicates": "duplicates",
    "delete": "documents",
    "restore": "documents",
    "revisions": "revisions",
    "diff": "revisions",
    "review": "revisions",
    "reanchor": "revisions",
    "highlight": "highlighting",
    "highlights": "highlights",
    "passages": "passages",
    "search": "searching",
    "queries": "queries",
    "code": "searching",
    "tag": "highlighting",
    "untag": "highlighting",
    "note": "highlighting",
    "colour": "adjusting",
    "star": "adjusting",
    "move": "adjusting",
    "split": "adjusting",
    "join": "adjusting",
    "remove": "highlighting",
    "waiting": "waiting",
    "tags": "tags",
    "export": "exporting",
    "import": "importing",
    "formats": "formats",
    "undo": "history",
    "redo": "history",
    "journal": "history",
    "check": "upkeep",
    "compact": "upkeep",
    "where": "upkeep",
}
"""Each name with the module of :mod:`tui.cli` that holds it under the same name."""


class Root(click.Group):
    """A group that loads its commands lazily, and takes what is no command for what to open."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"tui.cli.{COMMANDS[cmd_name]}"), f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in COMMANDS:
            return super().resolve_command(ctx, args)
        return "open", self.get_command(ctx, "open"), args


@click.group(cls=Root, invoke_without_command=True)
@click.version_option(__version__, prog_name="florilegium", message="%(prog)s %(version)s")
@click.pass_context
def flor(context: click.Context) -> None:
    """Read, highlight, tag and export texts in a terminal.

    Without a command: open the reader, at the PATHs or documents that are named, if any.

    DOCUMENT is a document's id, the beginning of one, its path, or a part of its title, as long as
    only one document is meant. HIGHLIGHT is a highlight's id or the beginning of one.
    """
    context.ensure_object(Session)
    if context.invoked_subcommand is None:
        command = flor.get_command(context, "open")
        assert command is not None
        context.invoke(command)


flor.params += shared_options()
