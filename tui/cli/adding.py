"""``flor add``."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotations.errors import FlorilegiumError, PasswordNeededError, UnreadableFileError
from annotations.formats import SUFFIXES, read, read_stream
from annotations.formats.source import is_address, shown
from annotations.model import Document, ImportedDocument
from tui.cli import output
from tui.cli.finding import STANDARD_INPUT, Candidate, candidates
from tui.cli.progress import Progress
from tui.cli.session import SHORT_ID, Session, command, json_option

if TYPE_CHECKING:
    from annotations.library.library import Library


@dataclass(frozen=True, slots=True)
class Reading:
    """How the files are to be read."""

    encoding: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file."""

    path: str
    document: str = ""
    """The id of the document with its text; empty where there is an error."""
    title: str = ""
    new: bool = False
    """False where the library had this text already."""
    notices: tuple[str, ...] = ()
    error: str = ""


@command("add")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--encoding", metavar="NAME", help="Read the files so, whatever they look like.")
@click.option("--password", metavar="TEXT", help="Of a PDF; a terminal is asked for it.")
@json_option
def add_command(
    session: Session,
    paths: tuple[str, ...],
    encoding: str | None,
    password: str | None,
    as_json: bool,
) -> None:
    """Add files, the texts in folders, and pages to the library.

    A PATH may be an address (https://...): only then is anything fetched from the network. One that
    is - stands for standard input.

    A text that the library has already is not added again. A file that cannot be read does not
    keep the others out: such files are listed at the end, and the exit status is 1.
    """
    found = [each for path in paths for each in candidates(path, SUFFIXES)]
    failures: list[str] = []
    size = sum(each.size for each in found)
    with session.library() as library, Progress(len(found), size) as progress:
        outcomes = _add_all(library, found, Reading(encoding, password), progress, failures)
        if as_json:
            output.json_values(Outcome, outcomes)
        else:
            for outcome in outcomes:
                progress.clear()
                _print(outcome)
    if len(failures) == 1:
        raise click.ClickException(failures[0])
    if failures:
        output.tell(f"{len(failures)} of {len(found)} files could not be added")
        for failure in failures:
            output.tell(failure)
        raise click.exceptions.Exit(1)


def _add_all(
    library: Library,
    found: list[Candidate],
    reading: Reading,
    progress: Progress,
    failures: list[str],
) -> Iterator[Outcome]:
    """Add each file in its turn; what fails is gathered in ``failures`` too."""
    notices: deque[tuple[str, ...]] = deque()

    def read_all() -> Iterator[ImportedDocument | FlorilegiumError]:
        for candidate in found:
            try:
                imported = _read_one(candidate, reading, progress)
            except FlorilegiumError as error:
                notices.append(())
                yield error
            else:
                notices.append(tuple(imported.notices))
                yield imported

    def reached(length: int) -> bool:
        progress.reach(length)
        return True

    outcomes = library.documents.add_all(read_all(), progress=reached)
    for candidate, outcome in zip(found, outcomes, strict=True):
        path = shown(candidate.path)
        noticed = notices.popleft()
        if isinstance(outcome, FlorilegiumError):
            failures.append(str(outcome))
            yield Outcome(path, error=str(outcome))
        else:
            document = outcome.document
            noticed += _adopted(library, document, candidate.path)
            yield Outcome(path, document.id, document.title, outcome.new, noticed)
        progress.finish(candidate.size)


def _adopted(library: Library, document: Document, path: str) -> tuple[str, ...]:
    """What became of the highlights that waited for the file, if any did."""
    place = Path(path).absolute()
    if is_address(path) or not library.waiting.of(place):
        return ()
    from tui.adopting import adopt

    return (str(adopt(library, document, place)),)


def _read_one(candidate: Candidate, reading: Reading, progress: Progress) -> ImportedDocument:
    """What the file holds; who sits at the terminal is asked for its password."""
    if candidate.problem:
        raise UnreadableFileError(candidate.problem)
    try:
        return _read(candidate.path, reading)
    except PasswordNeededError as error:
        if not _can_ask():
            raise
        progress.clear()
        password = click.prompt(f"{error}. Password", hide_input=True, err=True)
        return _read(candidate.path, replace(reading, password=password))


def _can_ask() -> bool:
    """Whether somebody sits at a terminal who can be asked for a password."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _read(path: str, reading: Reading) -> ImportedDocument:
    encoding, password = reading.encoding, reading.password
    if path == STANDARD_INPUT:
        return read_stream(sys.stdin.buffer, encoding=encoding, password=password)
    if is_address(path):
        # What it needs of the standard library takes a while to load.
        from annotations.formats.web import fetch

        return fetch(path, encoding=encoding, password=password)
    return read(Path(path), encoding=encoding, password=password)


def _print(outcome: Outcome) -> None:
    """One line for a file that is in the library now; failures come at the end."""
    for notice in outcome.notices:
        output.tell(f"{outcome.path}: {notice}")
    if not outcome.error:
        done = "added" if outcome.new else "the library has this text already:"
        output.line(f"{done} {outcome.document[:SHORT_ID]}  {output.one_line(outcome.title)}")
