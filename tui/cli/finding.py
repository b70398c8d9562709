"""Which files ``flor add`` takes from what it is given."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from annotations.formats.source import is_address

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to be added, or the reason why none is."""

    path: str
    size: int = 0
    """Bytes, as far as the file system knows."""
    problem: str = ""


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
    for each in _walk(argument, tuple(suffixes)):
        nothing = False
        yield each
    if nothing:
        yield Candidate(argument, problem=f"{argument}: there are no texts in this folder")


def _walk(top: str, suffixes: tuple[str, ...]) -> Iterator[Candidate]:
    """The files below ``top`` in the order of their names."""
    entered: set[tuple[int, int]] = set()
    # Names still to be looked at, the next one last: folders nest deeper than calls may.
    waiting = [top]
    while waiting:
        path = waiting.pop()
        if not os.path.isdir(path):
            if path.lower().endswith(suffixes):
                yield Candidate(path, _size(path))
            continue
        try:
            status = os.stat(path)
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            names = sorted(os.listdir(path), reverse=True)
        except OSError as error:
            yield Candidate(path, problem=f"{path}: {error.strerror or error}")
            continue
        waiting += [os.path.join(path, name) for name in names if not name.startswith(".")]


def _size(path: str) -> int:
    try:
        status = os.stat(path)
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
