"""Taking in many documents: short ones are read first and then written together.

A commit waits for the disk, and the index of words is written in runs: a thousand letters in a
commit each would take many times as long. Each is still an act of its own, undone by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import chain
from time import monotonic

from annotations.errors import (
    FlorilegiumError,
    ImportCancelled,
    LibraryError,
    UnreadableFileError,
)
from annotations.library.importing import Added
from annotations.model import ImportedDocument, Metadata, Passage

_LONG = 1 << 20
"""Code points of a text from which on it is written by itself, as it is read."""
_TOGETHER = 8 << 20
"""Code points that are gathered before they are written."""
_PATIENCE = 2.0
"""Seconds after which what is gathered is written."""
_FIRST_PATIENCE = 0.1
"""The same at the beginning, each time twice as long: what is killed again and again gets on."""


Coming = ImportedDocument | FlorilegiumError
"""A document to be added, or why there is none."""

Outcome = Added | FlorilegiumError
"""A document that was added, or why it was not."""


def add_all(
    imports: Iterable[Coming],
    add: Callable[[ImportedDocument, str], Added],
    transaction: Callable[[], AbstractContextManager[None]],
    target_of: Callable[[ImportedDocument], str],
) -> Iterator[Outcome]:
    """Add documents; each outcome comes when the document is safely in the library.

    Args:
        imports: The documents, read as they are asked for, never while the library is locked.
            An error among them, for a file that could not be read, keeps its place.
        add: Adds one, as a new text of the document with an id, or as a document of its own.
        transaction: Makes what is added in it one commit.
        target_of: The id of the document of which one is a new text, or nothing. That is added by
            itself, however short it is: others may write while highlights are placed.

    Yields:
        In their order, what came of each: what ``add`` gave, or why its file could not be read.
    """
    gathered: list[Coming] = []
    places: set[str] = set()
    length = 0
    begun, patience = monotonic(), _FIRST_PATIENCE
    for coming in imports:
        if isinstance(coming, FlorilegiumError):
            gathered.append(coming)
            continue
        try:
            passages, size, rest = _begin(coming)
        except UnreadableFileError as error:
            gathered.append(error)
            continue
        here = _places(coming.metadata)
        if not places.isdisjoint(here):
            # Of what came from the same place, it may be a new text.
            yield from _write(gathered, add, transaction)
            places.clear()
        places |= here
        target = target_of(coming)
        alone = size >= _LONG or bool(target)
        if alone:
            yield from _write(gathered, add, transaction)
            yield _add(replace(coming, passages=chain(passages, rest)), add, target)
        else:
            gathered.append(replace(coming, passages=passages))
            length += size
        if alone or length >= _TOGETHER or monotonic() - begun > patience:
            yield from _write(gathered, add, transaction)
            places.clear()
            length, begun, patience = 0, monotonic(), min(2 * patience, _PATIENCE)
    yield from _write(gathered, add, transaction)


def _places(about: Metadata) -> set[str]:
    """Where a document came from: a path, an address."""
    address = about.source if "://" in about.source else ""
    return {about.path, address} - {""}


def _begin(imported: ImportedDocument) -> tuple[list[Passage], int, Iterator[Passage]]:
    """The first passages, their code points, and the rest; all of a short text."""
    rest = iter(imported.passages)
    passages: list[Passage] = []
    size = 0
    for passage in rest:
        passages.append(passage)
        size += len(passage.text)
        if size >= _LONG:
            break
    return passages, size, rest


def _write(
    gathered: list[Coming],
    add: Callable[[ImportedDocument, str], Added],
    transaction: Callable[[], AbstractContextManager[None]],
) -> Iterator[Outcome]:
    if not gathered:
        return
    with transaction():
        outcomes = [_add(each, add) for each in gathered]
    gathered.clear()
    yield from outcomes


def _add(
    coming: Coming, add: Callable[[ImportedDocument, str], Added], target: str = ""
) -> Outcome:
    if isinstance(coming, FlorilegiumError):
        return coming
    try:
        return add(coming, target)
    except (LibraryError, ImportCancelled):
        # It is not about this document.
        raise
    except FlorilegiumError as error:
        return error
