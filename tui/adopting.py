"""Giving a document the highlights that waited for its file to be read. Knows no screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import UnreadableFileError
from annotations.model import Document, FileState, Span
from tui.page.file_source import open_file

if TYPE_CHECKING:
    from annotations.library.library import Library


@dataclass(frozen=True, slots=True)
class Adopted:
    """What became of the highlights that waited for a file."""

    kept: int = 0
    left: int = 0
    """Those whose words are not in the text, or in several places: they go on waiting."""

    def __str__(self) -> str:
        has = "has" if self.kept == 1 else "have"
        kept = f"{self.kept:,} that waited {has} a place now"
        left = f"{self.left:,} could not be placed (flor waiting lists them)"
        return "Highlights: " + "; ".join([kept] * (self.kept > 0) + [left] * (self.left > 0))


def adopt(library: Library, document: Document, path: Path) -> Adopted:
    """Place what waits for a file in the document that it became.

    Args:
        library: Belongs to the thread.
        document: With the text of the file.
        path: Of the file, absolute.

    Raises:
        LibraryError: The library cannot be written; what is not placed yet goes on waiting.
    """
    kept, left = 0, set[int]()
    # More may come while these are placed.
    while waiting := [each for each in library.waiting.of(path) if each.number not in left]:
        with _read_anew(path) as (state, offset):
            for each in waiting:
                start = offset(each.span.start) if each.state == state else None
                span = _place(library, document, each.quote, start)
                if span is None:
                    left.add(each.number)
                elif library.waiting.place(each, document.id, span):
                    kept += 1
    return Adopted(kept, len(left))


@contextmanager
def counted(path: Path) -> Iterator[Callable[[int], int]]:
    """What makes a byte of a plain text file a code point of its canonical text; the file is read
    anew, since a thread asks.

    Raises:
        UnreadableFileError: It cannot be read, or is no text.
    """
    source = open_file(path)
    try:
        yield source.offset
    finally:
        source.close()


@contextmanager
def _read_anew(path: Path) -> Iterator[tuple[FileState | None, Callable[[int], int]]]:
    """The state of a file, and what counts its code points; of one that is gone, no state."""
    with ExitStack() as stack:
        state: FileState | None = None
        offset: Callable[[int], int] = int
        with suppress(OSError, UnreadableFileError):
            offset = stack.enter_context(counted(path))
            state = FileState.of(path)
        yield state, offset


def _place(library: Library, document: Document, quote: str, start: int | None) -> Span | None:
    """Where the words of a highlight stand: at ``start``, or else at the one place that has them,
    for the file may have changed since, or have been read in another encoding."""
    if start is not None:
        span = Span(start, start + len(quote))
        if span.end <= document.length and (
            library.documents.text(document.id, span.start, span.end) == quote
        ):
            return span
    from annotations.text.find import hits, pattern

    texts = ((each.start, each.text) for each in library.documents.passages(document.id))
    found = (span for batch in hits(pattern(quote, case=True), texts) for span in batch)
    only = list(islice(found, 2))
    return only[0] if len(only) == 1 else None
