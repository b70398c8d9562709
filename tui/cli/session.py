"""What every command shares: the options about the library, and the way to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.settings import chosen_coder

if TYPE_CHECKING:
    from annotations.library.library import Library


SHORT_ID = 8
"""Characters of an id that people are shown; every unique beginning of one is understood."""


LONGEST_WAIT_SECONDS = 600.0
"""How long a command waits for another program that writes to the library."""

JSON_HELP = "Print JSON."


class Session:
    """The choices that hold for one run of the program."""

    def __init__(self) -> None:
        self.path: Path | None = None
        """The library file; None: the one of the environment or of the platform."""
        self.coder: str | None = None
        self._has_told = False

    def library(self, *, create: bool = True) -> Library:
        """Open the library, a context manager; with ``create`` it is made and filled where there
        is none."""
        library = opened(self.path, self.coder, create=create)
        library.wait_while(self._wait)
        return library

    def _wait(self, seconds: float) -> bool:
        """Say once that another program writes; wait on, but not for one that hangs."""
        if not self._has_told:
            from tui.cli import output

            output.tell("waiting for another program that writes to the library; Ctrl+C gives up")
            self._has_told = True
        return seconds < LONGEST_WAIT_SECONDS


def opened(path: Path | None, coder: str | None, *, create: bool = True) -> Library:
    """The library at ``path``, None for the usual place; one line says how far it is where it has
    to be updated first."""
    from annotations import open_library
    from tui.cli.progress import UpdateProgress

    with UpdateProgress() as line:
        chosen = chosen_coder(coder)
        return open_library(path, coder=chosen, create=create, updating=line.reach)


def command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a function the subcommand ``name``: it gets the session first, then its parameters.

    The subcommand takes the shared options after its name, as the program does before it.
    """

    def decorate(function: Callable[..., None]) -> click.Command:
        made = click.command(name)(click.pass_obj(function))
        made.params += shared_options()
        return made

    return decorate


def group(name: str) -> Callable[[Callable[[Session, bool], None]], click.Group]:
    """Make a function what the subcommand ``name`` does without a subcommand of its own.

    It gets the session and whether JSON is wanted; :func:`subcommand` adds the subcommands.
    """

    def decorate(function: Callable[[Session, bool], None]) -> click.Group:
        def listing(context: click.Context, as_json: bool) -> None:
            if context.invoked_subcommand is None:
                function(context.obj, as_json)

        made = click.Group(
            name,
            callback=click.pass_context(listing),
            invoke_without_command=True,
            help=function.__doc__,
            params=[click.Option(["--json", "as_json"], is_flag=True, help=JSON_HELP)],
        )
        made.params += shared_options()
        return made

    return decorate


def subcommand(parent: click.Group, name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a function the command ``name`` of a :func:`group`."""

    def decorate(function: Callable[..., None]) -> click.Command:
        made = command(name)(function)
        parent.add_command(made)
        return made

    return decorate


def shared_options() -> list[click.Parameter]:
    """``--library`` and ``--coder``, which set the session and are no argument of the command."""
    return [
        click.Option(
            ["--library"],
            metavar="FILE",
            type=click.Path(path_type=Path, dir_okay=True),
            help="The library file, otherwise $FLORILEGIUM_LIBRARY or the usual place.",
            expose_value=False,
            callback=_set_path,
        ),
        click.Option(
            ["--coder"],
            metavar="NAME",
            help="Who highlights, otherwise $FLORILEGIUM_CODER, as configured, or the login name.",
            expose_value=False,
            callback=_set_coder,
        ),
    ]


def _set_path(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.ensure_object(Session).path = value


def _set_coder(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.ensure_object(Session).coder = value


json_option = click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
