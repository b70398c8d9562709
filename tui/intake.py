"""Taking files in: reading each, adding it, and what came of it."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from annotations.errors import (
    FlorilegiumError,
    ImportCancelled,
    LibraryFullError,
    PasswordNeededError,
    UnreadableFileError,
)
from annotations.formats import read, read_stream
from annotations.formats.names import is_address, shown
from annotations.library.wording import counted
from annotations.model import Document, ImportedDocument
from tui.finding import STANDARD_INPUT, Candidate

if TYPE_CHECKING:
    from annotations.library.importing import Added
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


class Following(Protocol):
    """Who is told how far it is."""

    def reach(self, size: int) -> bool:
        """About ``size`` bytes of the present file are done; False asks to stop."""

    def finish(self, size: int) -> None:
        """The present file, of ``size`` bytes, is done with."""


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

    @property
    def kind(self) -> Literal["added", "revised", "known", "failed"]:
        """What became of the library by it."""
        if self.error:
            return "failed"
        return "revised" if self.revision else "added" if self.new else "known"


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
    progress: Following,
    failures: list[str],
    read_one: Callable[[str, Reading], ImportedDocument] | None = None,
) -> Iterator[Outcome]:
    """Add each file in its turn.

    Args:
        library: Where to.
        found: The files.
        reading: How they are to be read.
        progress: Is told of each file.
        failures: Where what fails is gathered too.
        read_one: Reads what a path or an address stands for, if not :func:`read_as`.

    Raises:
        ImportCancelled: ``progress`` said so; what was yielded is in the library.
        LibraryError: The library cannot be written; what was yielded is in it.
    """
    came = 0
    try:
        for outcome in _outcomes(library, found, reading, progress, failures, read_one or read_as):
            came += not outcome.error
            yield outcome
    except LibraryFullError as error:
        if not came:
            raise
        some = f"{came:,} of {counted(len(found), 'file')} came in"
        raise LibraryFullError(f"no room to write to {library.path}: {some}") from error


def _outcomes(
    library: Library,
    found: Sequence[Candidate],
    reading: Reading,
    progress: Following,
    failures: list[str],
    read_file: Callable[[str, Reading], ImportedDocument],
) -> Iterator[Outcome]:
    notices: deque[tuple[str, ...]] = deque()

    def read_all() -> Iterator[ImportedDocument | FlorilegiumError]:
        for candidate in found:
            if not progress.reach(0):
                raise ImportCancelled("adding was stopped")
            try:
                if candidate.problem:
                    raise UnreadableFileError(candidate.problem)
                imported = replace(read_file(candidate.path, reading), file=candidate.state)
            except FlorilegiumError as error:
                notices.append(())
                yield error
            else:
                notices.append(tuple(imported.notices))
                yield imported

    outcomes = library.documents.add_all(
        read_all(), progress=progress.reach, revises=reading.revises, separate=reading.separate
    )
    for candidate, outcome in zip(found, outcomes, strict=True):
        path = shown(candidate.path)
        noticed = notices.popleft()
        if isinstance(outcome, FlorilegiumError):
            failures.append(str(outcome))
            yield Outcome(path, error=str(outcome))
        else:
            noticed += _adopted(library, outcome.document, candidate.path)
            yield _came_in(path, outcome, noticed)
        progress.finish(candidate.size)


def _came_in(path: str, added: Added, notices: tuple[str, ...]) -> Outcome:
    document, tally = added.document, added.revised
    if tally is None:
        return Outcome(path, document.id, document.title, added.new, notices)
    if tally.empty:
        notices = (*notices, "there is no text in it any more")
    return Outcome(
        path,
        document.id,
        document.title,
        added.new,
        notices,
        revision=tally.revision,
        placed=tally.placed,
        moved=tally.moved,
        lost=tally.lost,
    )


def _adopted(library: Library, document: Document, path: str) -> tuple[str, ...]:
    """What became of the highlights that waited for the file, if any did."""
    place = Path(path).absolute()
    if is_address(path) or not library.waiting.of(place):
        return ()
    from tui.adopting import adopt

    return (str(adopt(library, document, place)),)


def read_as(path: str, reading: Reading) -> ImportedDocument:
    """What a file, an address or standard input holds.

    Raises:
        FlorilegiumError: It cannot be read.
    """
    encoding, password = reading.encoding, reading.password
    if path == STANDARD_INPUT:
        return read_stream(sys.stdin.buffer, encoding=encoding, password=password)
    if is_address(path):
        # What it needs of the standard library takes a while to load.
        from annotations.formats.web import fetch

        return fetch(path, encoding=encoding, password=password)
    return read(Path(path), encoding=encoding, password=password)


class Passwords:
    """Reads files, some of which a password opens that is asked for.

    Args:
        ask: Is told what is wrong without one; gives a password, or None where there is none.
    """

    def __init__(self, ask: Callable[[str], str | None]) -> None:
        self._ask = ask
        self._last: str | None = None
        """What opened one file, and is tried on the next before anybody is asked again."""

    def read(self, path: str, reading: Reading) -> ImportedDocument:
        """What a file holds, as :func:`read_as` gives it; asks until a password fits.

        Raises:
            PasswordNeededError: No password was given.
            FlorilegiumError: It cannot be read.
        """
        password = reading.password or self._last
        while True:
            try:
                imported = read_as(path, replace(reading, password=password))
            except PasswordNeededError as error:
                password = self._ask(str(error))
                if password is None:
                    raise
            else:
                self._last = password
                return imported
