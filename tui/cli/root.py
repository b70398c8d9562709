"""The program's commands by name; the module of a command is imported when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from annotations import __version__
from annotations.errors import NotFoundError
from tui.cli.session import Session, shared_options

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "Documents": {
        "open": "opening",
        "add": "adding",
        "documents": "documents",
        "show": "documents",
        "outline": "places",
        "bookmarks": "places",
        "edit": "documents",
        "mark": "documents",
        "folders": "folders",
        "duplicates": "duplicates",
        "delete": "documents",
        "restore": "documents",
    },
    "Documents that have changed": {
        "revisions": "revisions",
        "diff": "revisions",
        "review": "revisions",
        "reanchor": "revisions",
    },
    "Finding": {
        "highlights": "highlights",
        "passages": "passages",
        "search": "searching",
        "queries": "queries",
        "cite": "places",
    },
    "Highlighting and tagging": {
        "highlight": "highlighting",
        "tag": "highlighting",
        "untag": "highlighting",
        "note": "highlighting",
        "colour": "adjusting",
        "star": "adjusting",
        "move": "adjusting",
        "split": "adjusting",
        "join": "adjusting",
        "remove": "highlighting",
        "code": "searching",
        "waiting": "waiting",
        "tags": "tags",
    },
    "Exchange": {
        "export": "exporting",
        "import": "importing",
        "formats": "formats",
    },
    "History": {
        "undo": "history",
        "redo": "history",
        "journal": "history",
    },
    "The library file": {
        "check": "upkeep",
        "compact": "upkeep",
        "where": "upkeep",
    },
}
"""The names under the headings of the help, each with the module of :mod:`tui.cli` that holds it
under the same name."""

_NO_COMMAND = f"{__name__}.no_command"
"""What is to be opened because it is no command: a key of click's ``meta``."""

COMMANDS = {name: module for each in SECTIONS.values() for name, module in each.items()}


class Root(click.Group):
    """A group that loads its commands lazily, and takes what is no command for what to open."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        widest = max(map(len, COMMANDS))
        for heading, names in SECTIONS.items():
            rows = []
            for name in names:
                command = self.get_command(ctx, name)
                assert command is not None
                told = command.get_short_help_str(formatter.width - widest - 6)
                rows.append((name.ljust(widest), told))
            with formatter.section(heading):
                formatter.write_dl(rows)

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
        ctx.meta[_NO_COMMAND] = args[0]
        return "open", self.get_command(ctx, "open"), args

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; where what is no command is no document either, say what it may be."""
        try:
            return super().invoke(ctx)
        except NotFoundError as error:
            if near := _nearest(ctx.meta.get(_NO_COMMAND, "")):
                told, meant, title = str(error).partition("; did you mean ")
                either = f"{title.removesuffix('?')} or " if meant else ""
                raise NotFoundError(f"{told}; did you mean {either}flor {near}?") from error
            raise


def _nearest(word: str) -> str:
    """The command that a word with a slip in it may stand for; empty: none."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, [*COMMANDS, "--help", "--version"], 1)), "")


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
