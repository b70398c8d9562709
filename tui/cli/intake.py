"""What ``flor add`` asks and says of the files that it takes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import click

from annotations.errors import PasswordNeededError
from annotations.library.wording import counts
from annotations.model import ImportedDocument
from tui.cli import output
from tui.cli.files import can_ask
from tui.cli.progress import Progress
from tui.cli.session import SHORT_ID
from tui.intake import Outcome, Reading, read_as


def reader(progress: Progress) -> Callable[[str, Reading], ImportedDocument]:
    """Reads files; who sits at the terminal is asked for the password of one that needs it."""

    def read_or_ask(path: str, reading: Reading) -> ImportedDocument:
        try:
            return read_as(path, reading)
        except PasswordNeededError as error:
            if not can_ask():
                raise
            progress.clear()
            password = click.prompt(f"{error}. Password", hide_input=True, err=True)
            return read_as(path, replace(reading, password=password))

    return read_or_ask


def tell(outcome: Outcome) -> None:
    """One line for a file that is in the library now; failures come at the end."""
    for notice in outcome.notices:
        output.tell(f"{outcome.path}: {notice}")
    if not outcome.error:
        done = "added" if outcome.new else "the library has this text already:"
        done = "revised" if outcome.revision else done
        output.line(f"{done} {outcome.document[:SHORT_ID]}  {output.one_line(outcome.title)}")
    if outcome.revision:
        became = counts(outcome.placed, outcome.moved, outcome.lost)
        output.line(f"  revision {outcome.revision}: {became}")
        if outcome.moved or outcome.lost:
            output.tell(f"flor review {outcome.document[:SHORT_ID]} shows what moved and was lost")
