"""Which files are meant by what one asks to add."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from annotations.formats.names import is_address
from annotations.model import FileState

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to be added, or the reason why none is."""

    path: str
    state: FileState | None = None
    """As far as the file system knows; None: it is no ordinary file."""
    problem: str = ""
    named: bool = False
    """It was named itself, and not found in a folder."""

    @property
    def size(self) -> int:
        """Bytes; 0 where that is not known."""
        return self.state.size if self.state else 0


def candidates(argument: str, suffixes: Collection[str]) -> Iterator[Candidate]:
    """The files that one argument stands for.

    A file or an address stands for itself, whatever it is called. A folder stands for the files in
    it, at any depth, whose names end in one of ``suffixes``; names that begin with a dot are left
    out, and a folder that several links lead to is entered once.
    """
    if argument == STANDARD_INPUT or is_address(argument) or not os.path.isdir(argument):
        yield Candidate(argument, _state(argument), named=True)
        return
    nothing = True
    for each in walk(argument, suffixes):
        nothing = False
        yield each
    if nothing:
        yield Candidate(argument, problem=f"{argument}: there are no texts in this folder")


def walk(top: str, suffixes: Collection[str]) -> Iterator[Candidate]:
    """The files below a folder whose names end in one of ``suffixes``, in the order of their names;
    see :func:`candidates`."""
    endings = tuple(suffixes)
    entered: set[tuple[int, int]] = set()
    # Names still to be looked at, the next one last: folders nest deeper than calls may.
    waiting: list[str | Candidate] = [top]
    while waiting:
        path = waiting.pop()
        if isinstance(path, Candidate):
            yield path
            continue
        try:
            status = os.stat(path)
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(path) as entries:
                names = sorted(entries, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield Candidate(path, problem=f"{path}: {error.strerror or error}")
            continue
        for entry in names:
            if entry.name.startswith("."):
                continue
            if _is_folder(entry):
                waiting.append(entry.path)
            elif entry.name.lower().endswith(endings):
                waiting.append(Candidate(entry.path, _entry_state(entry)))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _entry_state(entry: os.DirEntry[str]) -> FileState | None:
    try:
        return _regular(entry.stat())
    except OSError:
        return None


def _state(path: str) -> FileState | None:
    try:
        return _regular(os.stat(path))
    except (OSError, ValueError):
        return None


def _regular(status: os.stat_result) -> FileState | None:
    if not stat.S_ISREG(status.st_mode):
        return None
    return FileState(status.st_size, status.st_mtime_ns)
