"""Taking files in: reading each, adding it, and what is said of it."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotations.errors import FlorilegiumError, PasswordNeededError, UnreadableFileError
from annotations.formats import read, read_stream
from annotations.formats.source import is_address, shown
from annotations.library.wording import counts
from annotations.model import Document, ImportedDocument
from tui.cli import output
from tui.cli.finding import STANDARD_INPUT, Candidate
from tui.cli.progress import Progress
from tui.cli.session import SHORT_ID

if TYPE_CHECKING:
    from annotations.library.library import Library


@dataclass(frozen=True, slots=True)
class Reading:
    """How the files are to be read, and what is to be made of them."""

    encoding: str | None = None
    password: str | None = None
    revises: str = ""
    """The id of the document whose new text it is; empty: of the one that came from there."""
    separate: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether nothing was asked for that a file which has been read already might need."""
        return self == Reading()


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
    revision: int = 0
    """The number of the text where the document has another one now; otherwise 0."""
    placed: int = 0
    """How many of its highlights are where they were in the text."""
    moved: int = 0
    """How many are elsewhere, or their words have changed."""
    lost: int = 0


def part(
    library: Library, found: Sequence[Candidate], reading: Reading
) -> tuple[list[Outcome], list[Candidate]]:
    """What the library has of some files, unchanged, and those that have to be read."""
    known: list[Outcome] = []
    others: list[Candidate] = []
    for candidate in found:
        document = None
        if reading.is_plain and candidate.state is not None and not candidate.problem:
            document = library.files.unchanged(candidate.path, candidate.state)
        if document is None or library.waiting.of(Path(candidate.path).absolute()):
            others.append(candidate)
        else:
            known.append(Outcome(shown(candidate.path), *document))
    return known, others


def add_all(
    library: Library,
    found: Sequence[Candidate],
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

    outcomes = library.documents.add_all(
        read_all(), progress=reached, revises=reading.revises, separate=reading.separate
    )
    for candidate, outcome in zip(found, outcomes, strict=True):
        path = shown(candidate.path)
        noticed = notices.popleft()
        if isinstance(outcome, FlorilegiumError):
            failures.append(str(outcome))
            yield Outcome(path, error=str(outcome))
        else:
            document = outcome.document
            noticed += _adopted(library, document, candidate.path)
            said = Outcome(path, document.id, document.title, outcome.new, noticed)
            tally = outcome.revised
            if tally is not None and tally.empty:
                said = replace(said, notices=(*noticed, "there is no text in it any more"))
            yield (
                said
                if tally is None
                else replace(
                    said,
                    revision=tally.revision,
                    placed=tally.placed,
                    moved=tally.moved,
                    lost=tally.lost,
                )
            )
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
    return replace(_read_or_ask(candidate, reading, progress), file=candidate.state)


def _read_or_ask(candidate: Candidate, reading: Reading, progress: Progress) -> ImportedDocument:
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
