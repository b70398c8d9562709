"""Records laid aside on disk, so that a file can be read to its end before anything is written."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, TypeAlias

from annotations.errors import UnwritableFileError
from annotations.exchange.bundle import DocumentRecord, Record
from annotations.model import Passage

_TOGETHER = 256
"""Records and passages that are written at a time."""


_Entry: TypeAlias = Record | Passage | None
"""The passages of a document follow its record; None ends them."""


class Spool:
    """Takes records and gives them back in their order, once.

    Args:
        file: An empty one to lay them in, which nobody else writes.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._gathered: list[_Entry] = []
        self._count = 0

    def add(self, entry: _Entry) -> None:
        """Lay something aside; behind a document with a text its passages, and None.

        Raises:
            UnwritableFileError: There is no room for it.
        """
        self._gathered.append(entry)
        if len(self._gathered) >= _TOGETHER:
            self._write()

    def _write(self) -> None:
        try:
            pickle.dump(self._gathered, self._file, pickle.HIGHEST_PROTOCOL)
            self._file.flush()
        except OSError as error:
            why = error.strerror or error
            raise UnwritableFileError(f"the import could not be prepared: {why}") from error
        self._gathered.clear()
        self._count += 1

    def __iter__(self) -> Iterator[Record]:
        """Everything; the passages of a document are to be taken before what follows it."""
        self._write()
        self._file.seek(0)
        entries = self._entries()
        for entry in entries:
            if entry is None or isinstance(entry, Passage):
                continue
            if isinstance(entry, DocumentRecord) and entry.passages is not None:
                passages = _passages(entries)
                yield replace(entry, passages=passages)
                for _ in passages:
                    pass  # the library had the text already
            else:
                yield entry

    def _entries(self) -> Iterator[_Entry]:
        for _ in range(self._count):
            yield from pickle.load(self._file)


def _passages(entries: Iterator[_Entry]) -> Iterator[Passage]:
    for entry in entries:
        if not isinstance(entry, Passage):
            return
        yield entry
