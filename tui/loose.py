"""A file that is read before the library has it.

Its positions are bytes, so that its end can be shown without reading what is before; when it has
been imported, they become code points of the document.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.model import FileState
from tui.page.file_source import FileSource, open_file
from tui.page.source import Source, text_source

if TYPE_CHECKING:
    from annotations.library.library import Library
    from annotations.model import Document, Tally
    from annotations.text.find import Wanted
    from annotations.text.span_list import SpanList
    from tui.adopting import Adopted
    from tui.intake import Passwords
    from tui.jobs import Progress

_PLAIN = frozenset({"", ".txt", ".text", ".log"})
"""Endings of files that are shown as they are; others have to be read by their own reader first."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file."""

    document: Document
    position: int
    """Where the reader was, in code points."""
    adopted: Adopted
    """What became of the highlights that waited for it."""
    revised: Tally | None = None
    """What became of the highlights, where it is a document whose text was another one."""


class LooseFile:
    """A file on the desk.

    Args:
        path: Absolute.

    Raises:
        UnreadableFileError: It cannot be read, or is no text.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.state = FileState.of(path)
        self._file: FileSource | None = None
        if path.suffix.lower() in _PLAIN:
            self._file = open_file(path)

    @staticmethod
    def is_older(path: Path, moment: str) -> bool:
        """Whether a file has not been written since a moment (UTC, ISO 8601)."""
        written = datetime.fromtimestamp(os.stat(path).st_mtime, UTC)
        return written < datetime.fromisoformat(moment)

    @cached_property
    def source(self) -> Source:
        """The text as far as it can be shown: nothing, until the file's own reader has read it."""
        return self._file or text_source("")

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def search(self, start: int, wanted: Wanted) -> Iterator[SpanList]:
        """Find a pattern from a position on, around the end; in a thread."""
        from tui.page.find import SLICE, hits_in

        if self._file is not None:
            own = open_file(self.path)
            try:
                yield from hits_in(wanted, own.slices(start, SLICE))
            finally:
                own.close()

    def import_into(
        self,
        library: Library,
        progress: Progress,
        position: Callable[[], int],
        passwords: Passwords,
    ) -> Imported:
        """Add the file to a library, and to it what waits for it; in a thread.

        Args:
            library: Belongs to the thread.
            progress: Told of the code points that are in, and asked whether to stop.
            position: Where the reader is, asked when all is in.
            passwords: Opens the file, if it needs one.

        Raises:
            ImportCancelled: It was stopped; the library is as it was.
        """
        from tui.adopting import Adopted, adopt, counted
        from tui.intake import Reading

        progress.total = self.state.size
        imported = passwords.read(str(self.path), Reading())
        added = library.documents.add(imported, progress=progress.report_unlocked)
        document, revised = added.document, added.revised
        if self._file is None:
            return Imported(document, 0, Adopted(), revised)
        adopted = adopt(library, document, self.path)
        with counted(self.path) as offset:
            return Imported(document, offset(position()), adopted, revised)
