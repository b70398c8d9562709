"""Highlights in files whose text is not in the library yet: written at once, placed when it is.

Their positions are bytes of the file, which is all that can be known of a place in a large file
before everything in front of it has been read.
"""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.library.clock import now
from annotations.library.connection import Connection
from annotations.model import FileState, Span
from annotations.text.symbols import storable

if TYPE_CHECKING:
    from annotations.library.highlights import Highlights
    from annotations.model import Highlight

_COLUMNS = 'number, path, size, modified, start, "end", quote, tags, note, made_at'


@dataclass(frozen=True, slots=True)
class WaitingHighlight:
    """A highlight that is placed once the text of its file is in the library."""

    number: int
    path: str
    state: FileState
    span: Span
    """Bytes of the file in that state."""
    quote: str
    tags: tuple[str, ...]
    note: str
    made_at: str


class Waiting:
    """The waiting highlights of one coder.

    Args:
        connection: where they are.
        coder: whose they are.
        highlights: gives those of the library, which the way to the first picture does not load.
    """

    def __init__(
        self, connection: Connection, coder: str, highlights: Callable[[], Highlights]
    ) -> None:
        self._connection = connection
        self._coder = coder
        self._highlights = highlights

    def add(
        self,
        path: Path,
        state: FileState,
        span: Span,
        quote: str,
        *,
        tags: Iterable[str] = (),
        note: str = "",
    ) -> None:
        """Keep a highlight until the text of its file is in: no act, and not in the journal.

        Args:
            path: of the file, absolute.
            state: of the file that was read.
            span: bytes of it.
            quote: what stands there.
            tags: paths.
            note: what is said of it.

        Raises:
            LibraryError: the library cannot be written.
        """
        with self._connection.transaction():
            self._connection.run(
                'INSERT INTO waiting (coder, path, size, modified, start, "end", quote, tags, '
                "note, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self._coder,
                    storable(str(path)),
                    state.size,
                    state.modified,
                    span.start,
                    span.end,
                    quote,
                    json.dumps(list(tags)),
                    note,
                    now(),
                ),
            )

    def list(self) -> builtins.list[WaitingHighlight]:
        """All of them, by file and place."""
        rows = self._connection.all(
            f"SELECT {_COLUMNS} FROM waiting WHERE coder = ? ORDER BY path, start", (self._coder,)
        )
        return [_made(*row) for row in rows]

    def of(self, path: Path) -> builtins.list[WaitingHighlight]:
        """Those in one file, the earliest made first."""
        rows = self._connection.all(
            f"SELECT {_COLUMNS} FROM waiting WHERE coder = ? AND path = ? ORDER BY number",
            (self._coder, storable(str(path))),
        )
        return [_made(*row) for row in rows]

    def forget(self, numbers: Iterable[int]) -> int:
        """Let some go for good; how many there were.

        Raises:
            LibraryError: the library cannot be written.
        """
        with self._connection.transaction():
            return self._connection.run_many(
                "DELETE FROM waiting WHERE number = ?", ((each,) for each in numbers)
            )

    def place(self, waiting: WaitingHighlight, document_id: str, span: Span) -> Highlight | None:
        """Make it a highlight of a document, as an act; it waits no longer. None: somebody else has
        placed it, or let it go.

        Args:
            waiting: the highlight.
            document_id: of the document that the file became.
            span: code points of its text.

        Raises:
            InvalidError: the span is empty or outside the text; it goes on waiting.
            LibraryError: the library cannot be written; it goes on waiting.
        """
        with self._connection.transaction():
            if not self.forget([waiting.number]):
                return None
            return self._highlights().add(
                document_id, span.start, span.end, tags=waiting.tags, note=waiting.note
            )


def _made(
    number: int,
    path: str,
    size: int,
    modified: int,
    start: int,
    end: int,
    quote: str,
    tags: str,
    note: str,
    made_at: str,
) -> WaitingHighlight:
    return WaitingHighlight(
        number,
        path,
        FileState(size, modified),
        Span(start, end),
        quote,
        tuple(json.loads(tags)),
        note,
        made_at,
    )
