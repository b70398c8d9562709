"""Which files ``flor add`` takes from what it is given."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to be added, or the reason why none is."""

    path: str
    size: int = 0
    """Bytes, as far as the file system knows."""
    problem: str = ""


def is_address(argument: str) -> bool:
    """Whether an argument is the address of a page and not the name of a file."""
    return argument.lower().startswith(("http://", "https://"))


def candidates(argument: str, suffixes: Collection[str]) -> Iterator[Candidate]:
    """The files that one argument stands for.

    A file or an address stands for itself, whatever it is called. A folder stands for the files in
    it, at any depth, whose names end in one of ``suffixes``; names that begin with a dot are left
    out, and a folder that several links lead to is entered once.
    """
    if argument == STANDARD_INPUT or is_address(argument) or not os.path.isdir(argument):
        yield Candidate(argument, _size(argument))
        return
    nothing = True
    for each in _walk(argument, tuple(suffixes), set()):
        nothing = False
        yield each
    if nothing:
        yield Candidate(argument, problem=f"{argument}: there are no texts in this folder")


def _walk(
    folder: str, suffixes: tuple[str, ...], entered: set[tuple[int, int]]
) -> Iterator[Candidate]:
    try:
        status = os.stat(folder)
        if (status.st_dev, status.st_ino) in entered:
            return
        entered.add((status.st_dev, status.st_ino))
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield Candidate(folder, problem=f"{folder}: {error.strerror or error}")
        return
    for name in names:
        path = os.path.join(folder, name)
        if name.startswith("."):
            continue
        if os.path.isdir(path):
            yield from _walk(path, suffixes, entered)
        elif name.lower().endswith(suffixes):
            yield Candidate(path, _size(path))


def _size(path: str) -> int:
    try:
        status = os.stat(path)
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
