"""The library: one SQLite file with its documents, highlights, codebook and journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from annotations.library import word_index
from annotations.library.clock import beginning, local
from annotations.library.connection import Connection, Row
from annotations.library.parts import Parts
from annotations.library.schema import Updating, prepare

if TYPE_CHECKING:
    from annotations.model import Act
    from annotations.query.acts import ActsAsked


TRY_SECONDS = 1.0
"""How long a write that may wait longer tries at a time: in between it can be stopped."""


class Library(Parts):
    """An open library. It belongs to the thread that opened it; others open their own."""

    def __init__(
        self,
        path: Path,
        coder: str,
        *,
        create: bool = True,
        on_create: Callable[[Library], None] = lambda library: None,
        updating: Updating = lambda _: None,
    ) -> None:
        """Open the library at ``path``.

        Args:
            path: the SQLite file.
            coder: who reads and annotates.
            create: whether to make a library where there is none.
            on_create: fills a new library, in the transaction that makes it.
            updating: may raise, which leaves the library as it was.

        Raises:
            LibraryError: the file cannot be opened, is another program's, or is of a newer version
                of this one.
        """
        self.path = path
        connection = Connection(path, create=create)
        super().__init__(connection, coder)
        try:
            prepare(connection, lambda: on_create(self), updating)
            word_index.keep(connection)
        except BaseException:
            connection.close()
            raise
        self._seen = self._state()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. The library is of no use afterwards."""
        self._connection.close()

    def beside(self) -> Library:
        """Open the same file once more, for another thread. May be called in that thread.

        Raises:
            LibraryError: it lies where it was opened no more, or cannot be opened.
        """
        self._connection.require_in_place()
        return Library(self.path, self.coder, create=False)

    def asking(self, wanted: Callable[[], bool]) -> AbstractContextManager[None]:
        """What is asked in the block ends with :class:`ActStopped` as soon as ``wanted`` says no;
        that is asked many times a second."""
        return self._connection.watched(wanted)

    @contextmanager
    def for_trial(self) -> Iterator[Library]:
        """Where to do what will be taken back: here, or, where nothing can be written, in a copy
        among the temporary files, which is gone afterwards.

        Raises:
            LibraryFullError: there is no room for a copy.
        """
        if not self._connection.read_only:
            yield self
            return
        from tempfile import TemporaryDirectory

        with TemporaryDirectory() as folder:
            copy = Path(folder, self.path.name)
            self._connection.copy_to(copy)
            with Library(copy, self.coder, create=False) as library:
                yield library

    def wait_at_most(self, seconds: float) -> None:
        """How long a write waits for the lock of another program before it fails
        (:class:`LibraryBusyError`); otherwise for some seconds."""
        self._connection.run(f"PRAGMA busy_timeout = {round(seconds * 1000)}")

    def wait_while(self, go_on: Callable[[float], bool]) -> None:
        """Let writes wait for the lock of another program as long as ``go_on`` says: an import of
        a million highlights holds it for a minute.

        Args:
            go_on: asked about once a second; told how many seconds the write has waited.
        """
        self.wait_at_most(TRY_SECONDS)
        self._connection.patience = go_on

    def changed(self) -> bool:
        """Whether anybody, this library too, has written since this was last asked; costs little,
        so that a screen can ask a few times a second. The place of this coder in a document, which
        is remembered all the while, counts for nothing here."""
        before, self._seen = self._seen, self._state()
        return before != self._seen

    def _state(self) -> tuple[int, int]:
        others: int = self._connection.value("PRAGMA data_version")
        return others, self._connection.commits

    def acts(self, asked: ActsAsked, *, limit: int | None = None) -> Iterator[Act]:
        """The acts for which all that is asked holds, latest first, read as they are asked for.

        Args:
            asked: see :func:`annotations.query.acts.parse_acts`.
            limit: at most so many.

        Raises:
            NotFoundError: there is no such document.
            AmbiguousError: there are several.
            InvalidError: the tag cannot be one.
        """
        document = asked.document
        found = self.journal.acts(
            coder=asked.coder,
            document=None if document is None else self.documents.find(document).id,
            tag=asked.tag,
            since=asked.since and beginning(asked.since),
            until=asked.until and beginning(asked.until),
        )
        return islice((act for act in found if asked.says(act, local(act.at))), limit)

    def check(self) -> list[str]:
        """What is wrong with the library, a line each; empty if it is sound.

        Looks at the file itself, at every reference, at every text and every quote in it, at the
        codebook and at the journal. Takes as long as reading all of it.
        """
        from annotations.library.check import problems

        return problems(self._connection)

    def compact(self) -> int:
        """Free the texts of imports that were undone or never finished, and shrink the file; by how
        many bytes. An undone import whose text is freed cannot be redone.

        Raises:
            LibraryError: the library cannot be written, or has no room for a copy meanwhile.
        """
        from annotations.library.compacting import compact

        return compact(self._connection)

    def rows(
        self,
        by: Literal["highlight", "tag"] = "highlight",
        document: str | None = None,
        tag: str | None = None,
    ) -> Iterator[Row]:
        """The highlights as rows to export, in order of document title, start and id, streamed.

        By highlight, the columns are :data:`annotations.model.HIGHLIGHT_COLUMNS`, ``tags`` being a
        tuple of paths; by tag there is a row for each tag of a highlight (one for a highlight
        without), with the path in place of ``tags``.

        Args:
            by: what a row is.
            document: only those of the document with this id.
            tag: only those that bear the tag at this path; by tag, only the rows of this tag.

        Raises:
            NotFoundError: there is no such tag.
        """
        from annotations.library import rows as export

        tag_id = None if tag is None else self.codebook.get(tag).id
        stream = export.by_tag if by == "tag" else export.by_highlight
        return stream(self._connection, document, tag_id)

    def left_out(
        self, document: str | None = None, tag: str | None = None
    ) -> list[tuple[str, int]]:
        """What :meth:`rows` has no column for, in the plural, and how often it is there.

        Args:
            document: only of the document with this id.
            tag: only of highlights that bear the tag at this path.

        Raises:
            NotFoundError: There is no such tag.
        """
        from annotations.library import rows as export

        tag_id = None if tag is None else self.codebook.get(tag).id
        return list(export.left_out(self._connection, document, tag_id))

    def kept_back(self) -> list[tuple[str, int]]:
        """What of a library goes out in no format, in the plural, and how often it is there."""
        from annotations.library import rows as export

        return list(export.kept_back(self._connection))
