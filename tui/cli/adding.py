"""``flor add``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import chain

import click

from annotations.formats.detect import SUFFIXES
from annotations.formats.names import shown
from annotations.library.wording import counted
from tui.cli import output
from tui.cli.arguments import DOCUMENT
from tui.cli.intake import reader, tell
from tui.cli.progress import Progress
from tui.cli.session import Session, command, json_option
from tui.finding import candidates
from tui.intake import Outcome, Reading, add_all, part


@command("add")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--encoding", metavar="NAME", help="Read the files so, whatever they look like.")
@click.option("--password", metavar="TEXT", help="Of a PDF; a terminal is asked for it.")
@click.option(
    "--revises", metavar="DOCUMENT", type=DOCUMENT, help="It is a new text of this document."
)
@click.option(
    "--new", "separate", is_flag=True, help="A document of its own, wherever it came from."
)
@click.option(
    "--watch", is_flag=True, help="Go on adding what comes into the folders, until Ctrl+C."
)
@json_option
def add_command(
    session: Session,
    paths: tuple[str, ...],
    encoding: str | None,
    password: str | None,
    revises: str | None,
    separate: bool,
    watch: bool,
    as_json: bool,
) -> None:
    """Add files, the texts in folders, and pages to the library.

    A PATH may be an address (https://...): only then is anything fetched from the network. One that
    is - stands for standard input.

    A text that the library has already is not added again. A file, or a page at an address, that is
    in the library and has changed since becomes a revision of its document: the highlights find
    their places in the new text (see flor review). A file that cannot be read does not
    keep the others out: such files are listed at the end, and the exit status is 1. What was
    stopped halfway goes on when it is called again: files that are in the library as they are need
    not be read.

    With --watch folders are kept in step until Ctrl+C: new files are added once nobody is writing
    them any more, changed ones become revisions; of files that vanish the documents stay.
    """
    if watch:
        if as_json or revises is not None or separate:
            raise click.UsageError("--watch goes with folders, --encoding and --password alone")
        from tui.cli.watching import watch_folders

        with session.library() as library:
            watch_folders(library, paths, Reading(encoding, password))
        return
    found = [each for path in paths for each in candidates(path, SUFFIXES)]
    if revises is not None and separate:
        raise click.UsageError("--revises and --new say opposite things")
    if revises is not None and len(found) != 1:
        raise click.UsageError("--revises goes with one file")
    failures: list[str] = []
    with session.library() as library:
        target = "" if revises is None else library.documents.find(revises).id
        reading = Reading(encoding, password, target, separate)
        known, waiting = part(library, found, reading)
        size = sum(each.size for each in waiting)
        with Progress(len(waiting), size) as progress:
            added = add_all(library, waiting, reading, progress, failures, reader(progress))
            outcomes = chain(known, added)
            if as_json:
                output.json_values(Outcome, outcomes)
            else:
                _tell_all(outcomes, {shown(each.path) for each in found if each.named}, progress)
    _end_with(failures, len(found))


def _tell_all(outcomes: Iterator[Outcome], named: Set[str], progress: Progress) -> None:
    """A line for each outcome; of files in folders that were there already only the number."""
    there = 0
    for outcome in outcomes:
        progress.clear()
        if outcome.path in named or outcome.new or outcome.error or outcome.notices:
            tell(outcome)
        else:
            there += 1
    if there:
        output.tell(f"{counted(there, 'file')} in the library already")


def _end_with(failures: Sequence[str], files: int) -> None:
    """List what could not be added.

    Raises:
        ClickException: it is one file.
        Exit: there are several.
    """
    if len(failures) == 1:
        raise click.ClickException(failures[0])
    if failures:
        output.tell(f"{len(failures)} of {files} files could not be added")
        for failure in failures:
            output.tell(failure)
        raise click.exceptions.Exit(1)
