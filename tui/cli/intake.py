"""What ``flor add`` asks and says of the files that it takes in."""

from __future__ import annotations

from collections.abc import Callable

import click

from annotations.library.wording import counts
from annotations.model import ImportedDocument
from tui.cli import output
from tui.cli.files import can_ask
from tui.cli.progress import Progress
from tui.cli.session import SHORT_ID
from tui.intake import Outcome, Passwords, Reading


def reader(progress: Progress) -> Callable[[str, Reading], ImportedDocument]:
    """Reads files; who sits at the terminal is asked for the password of one that needs it."""

    def ask(why: str) -> str | None:
        if not can_ask():
            return None
        progress.clear()
        question = f"{why}. Password (nothing: leave it out)"
        given: str = click.prompt(
            question, default="", hide_input=True, show_default=False, err=True
        )
        return given or None

    return Passwords(ask).read


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
