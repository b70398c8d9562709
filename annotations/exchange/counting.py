"""How much of an export is written, told as it goes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from annotations.exchange.bundle import Record

Progress: TypeAlias = Callable[[int], None]
"""Told how many bytes are written; what it raises ends the export."""


class CountedFile(io.BufferedIOBase):
    """A binary file whose bytes are counted as they are written.

    Args:
        file: Open for writing; stays open.
        progress: Told of every writing.
    """

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self._file = file
        self._progress = progress
        self._count = 0

    def write(self, data: ReadableBuffer) -> int:
        """Write and count."""
        self._count += len(memoryview(data))
        self._progress(self._count)
        return self._file.write(data)

    def writable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """As the file."""
        return self._file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As the file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As the file."""
        return self._file.tell()

    def flush(self) -> None:
        """As the file."""
        if not self._file.closed:
            self._file.flush()


def counted(records: Iterable[Record], progress: Progress) -> Iterator[Record]:
    """Records on their way to several files, counted by about what they will take."""
    from annotations.exchange.bundle import HighlightRecord

    count = 0
    for record in records:
        if isinstance(record, HighlightRecord):
            count += len(record.note) + (len(record.selector.quote) if record.selector else 0)
        progress(count)
        yield record
