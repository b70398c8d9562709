"""Writing a text: it streams into passages, a slice at a time, and gets its id at the end.

A text that is here belongs to no document yet; what becomes of it is decided by who asked for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TypeVar

from annotations.errors import ImportCancelled, InvalidError, LibraryError, LibraryFullError
from annotations.library import unfinished
from annotations.library.clock import now
from annotations.library.connection import Connection
from annotations.library.texts import Texts, pack_blocks, pack_marks
from annotations.library.word_index import MOST_PASSAGES, PASSAGE_BITS
from annotations.library.wording import single_line
from annotations.model import BlockKind, Metadata, Passage
from annotations.text.symbols import storable

T = TypeVar("T")

_SLICE = 1 << 20
"""Code points written in one transaction: other programs get in between. A text that is shorter
comes in with its document in one transaction."""

Progress = Callable[[int], bool]
"""Told how many code points are in; False stops the import."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A text that is in the library."""

    id: str
    """Its SHA-256."""
    holder: str | None
    """The document whose text it is or was, deleted or not; None: no document's."""
    length: int
    """Code points."""


class Storing:
    """The writing of one text."""

    def __init__(self, connection: Connection, progress: Progress | None = None) -> None:
        """Prepare to write.

        Args:
            connection: where to.
            progress: told how much is in.
        """
        self._connection = connection
        self._progress = progress
        self._hash = hashlib.sha256()
        self._length = 0
        self._revision = 0
        self._passages = 0

    def store(self, passages: Iterable[Passage], then: Callable[[Stored], T]) -> T:
        """Write a text, unless it is here already.

        Args:
            passages: its passages, consumed once.
            then: goes on in the transaction that ends the text, so that a short one and what is
                made of it are one commit.

        Raises:
            ImportCancelled: ``progress`` returned False; nothing of the text is left.
            LibraryError: the library cannot be written; nothing was made of the text.
        """
        slices = _slices(passages)
        first = next(slices, [])
        second = next(slices, None)
        if second is None:
            self._connection.require_room(sum(len(passage.text) for passage in first))
            with self._connection.transaction():
                return then(self._small(first))
        unfinished.sweep(self._connection)
        try:
            for each in (first, second):
                self._write(each)
            for each in slices:
                self._write(each)
            with self._connection.transaction():
                return then(self._finish())
        except LibraryFullError:
            # What is in the log takes its room twice until it is in the file.
            with suppress(LibraryError):
                self._connection.empty_log()
            self.discard()
            raise
        except BaseException:
            self.discard()
            raise

    def report(self) -> None:
        """Tell how much is in.

        Raises:
            ImportCancelled: it is to be stopped.
        """
        if self._progress is not None and not self._progress(self._length):
            raise ImportCancelled("the import was stopped: the library is as it was")

    def discard(self) -> None:
        """Free what was written, unless a document has come to hold it; not a text that was here
        before. Where the disk is full not even this can be written; `flor compact` frees it."""
        if self._revision:
            with suppress(LibraryError):
                Texts(self._connection).remove(self._revision)
            self._revision = 0

    def _small(self, passages: list[Passage]) -> Stored:
        text = "".join(passage.text for passage in passages)
        revision = hashlib.sha256(_encoded(text)).hexdigest()
        known = self._known(revision)
        if known is not None:
            return known
        self._begin(revision, len(text))
        self._put(passages)
        self.report()
        return Stored(revision, None, len(text))

    def _begin(self, revision: str | None = None, length: int = 0) -> None:
        self._revision = self._connection.insert(
            "INSERT INTO revisions (id, length, made_at) VALUES (?, ?, ?)",
            (revision, length, now()),
        )

    def _write(self, passages: list[Passage]) -> None:
        """Put a slice of a long text behind what is there."""
        self._connection.require_room(sum(len(passage.text) for passage in passages))
        with self._connection.transaction():
            if not self._revision:
                self._begin()
                unfinished.begin(self._connection, self._revision)
            self._put(passages)
        for passage in passages:
            self._hash.update(_encoded(passage.text))
        self.report()

    def _put(self, passages: list[Passage]) -> None:
        rows, headings = [], []
        for passage in passages:
            rows.append(
                (
                    self._next_number(),
                    self._revision,
                    self._length,
                    passage.text,
                    pack_blocks(passage),
                    pack_marks(passage),
                )
            )
            headings += [
                (
                    self._revision,
                    self._length + block.start,
                    block.level,
                    single_line(passage.unmarked(block.start, block.end)),
                )
                for block in passage.blocks
                if block.kind is BlockKind.HEADING
            ]
            self._length += len(passage.text)
        self._connection.run_many(
            "INSERT INTO passages (number, revision, start, text, blocks, marks) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            rows,
        )
        if headings:
            self._connection.run_many(
                "INSERT INTO outline (revision, start, level, title) VALUES (?, ?, ?, ?)", headings
            )

    def _next_number(self) -> int:
        if self._passages == MOST_PASSAGES:
            raise InvalidError("the text is too long: it has more than a million passages")
        self._passages += 1
        return (self._revision << PASSAGE_BITS) + self._passages - 1

    def _finish(self) -> Stored:
        """Give a long text its id."""
        revision = self._hash.hexdigest()
        known = self._known(revision)
        if known is not None:
            self.discard()
            return known
        self._connection.run(
            "UPDATE revisions SET id = ?, length = ? WHERE number = ?",
            (revision, self._length, self._revision),
        )
        unfinished.end(self._connection, self._revision)
        return Stored(revision, None, self._length)

    def _known(self, revision: str) -> Stored | None:
        """A text that is here already; an undone import left it, where no document holds it."""
        row = self._connection.one(
            "SELECT id, document, length FROM revisions WHERE id = ?", (revision,)
        )
        return None if row is None else Stored(*row)


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise InvalidError("the text holds half a character (a lone surrogate)") from error


def _slices(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    """The passages in lists of at least :data:`_SLICE` code points, but for the last."""
    gathered: list[Passage] = []
    length = 0
    for passage in passages:
        if not passage.text:
            continue
        gathered.append(passage)
        length += len(passage.text)
        if length >= _SLICE:
            yield gathered
            gathered, length = [], 0
    if gathered:
        yield gathered


_said: Callable[[Metadata], tuple[str, ...]] = attrgetter(
    *(field.name for field in fields(Metadata))
)


def all_storable(about: Metadata) -> Metadata:
    """What a file says about itself, as the library can keep it."""
    return Metadata(*(storable(value) for value in _said(about)))
