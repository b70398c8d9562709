"""Taking a document in: its text streams into passages, then one short act makes the document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path

from annotations.errors import ImportCancelled, InvalidError, LibraryError
from annotations.library import stubs
from annotations.library.clock import new_id, now
from annotations.library.connection import Connection
from annotations.library.journal import Journal
from annotations.library.texts import Texts, pack_blocks, pack_marks
from annotations.library.word_index import MOST_PASSAGES, PASSAGE_BITS
from annotations.library.wording import quoted, single_line
from annotations.model import BlockKind, Document, ImportedDocument, Metadata, Passage

_SLICE = 1 << 20
"""Code points written in one transaction: other programs get in between. A text that is shorter
comes in with its document in one transaction."""

Progress = Callable[[int], bool]
"""Told how many code points are in; False stops the import."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding a document."""

    document: Document
    new: bool
    """False: the library had a document with exactly this text, and nothing was changed."""
    restored: bool = False
    """The document with this text had been deleted, and is back with its highlights."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A document row that an import made, brought back or found."""

    id: str
    new: bool
    restored: bool = False


class Importer:
    """One import."""

    def __init__(
        self,
        connection: Connection,
        journal: Journal,
        progress: Progress | None = None,
        *,
        document_id: str = "",
    ) -> None:
        """Prepare an import.

        Args:
            connection: where to.
            journal: of the library.
            progress: told how much is in.
            document_id: the id that the document has elsewhere, which none here has; empty: a new
                one.
        """
        self._document_id = document_id
        self._connection = connection
        self._journal = journal
        self._progress = progress
        self._hash = hashlib.sha256()
        self._length = 0
        self._revision = 0
        self._passages = 0

    def take(self, imported: ImportedDocument) -> Taken:
        """Add ``imported``.

        Raises:
            ImportCancelled: ``progress`` returned False; nothing of the text is left.
            LibraryError: the library cannot be written; no document was made.
        """
        slices = _slices(imported.passages)
        first = next(slices, [])
        second = next(slices, None)
        if second is None:
            with self._connection.transaction():
                return self._small(first, imported.metadata)
        try:
            for passages in (first, second):
                self._write(passages)
            for passages in slices:
                self._write(passages)
            with self._connection.transaction():
                return self._finish(imported.metadata)
        except BaseException:
            # Where the disk is full not even this can be written; `flor compact` frees the text.
            with suppress(LibraryError):
                self._discard()
            raise

    def _small(self, passages: list[Passage], metadata: Metadata) -> Taken:
        text = "".join(passage.text for passage in passages)
        revision = hashlib.sha256(_encoded(text)).hexdigest()
        known = self._known(revision)
        if known is not None:
            return self._take_known(known, metadata)
        self._begin(revision, len(text))
        self._put(passages)
        self._report()
        return self._make(revision, metadata)

    def _begin(self, revision: str | None = None, length: int = 0) -> None:
        self._connection.run(
            "INSERT INTO revisions (id, length, made_at) VALUES (?, ?, ?)",
            (revision, length, now()),
        )
        self._revision = self._connection.value("SELECT last_insert_rowid()")

    def _write(self, passages: list[Passage]) -> None:
        """Put a slice of a long text behind what is there."""
        with self._connection.transaction():
            if not self._revision:
                self._begin()
            self._put(passages)
        for passage in passages:
            self._hash.update(_encoded(passage.text))
        self._report()

    def _report(self) -> None:
        if self._progress is not None and not self._progress(self._length):
            raise ImportCancelled("the import was stopped: the library is as it was")

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
                    single_line(passage.text[block.start : block.end]),
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

    def _finish(self, metadata: Metadata) -> Taken:
        """Give a long text its id and make its document."""
        revision = self._hash.hexdigest()
        known = self._known(revision)
        if known is not None:
            self._discard()
            return self._take_known(known, metadata)
        self._connection.run(
            "UPDATE revisions SET id = ?, length = ? WHERE number = ?",
            (revision, self._length, self._revision),
        )
        return self._make(revision, metadata)

    def _known(self, revision: str) -> tuple[str, str | None] | None:
        """The id of a text that is here already, and the document that holds it, if any does."""
        row = self._connection.one("SELECT id, document FROM revisions WHERE id = ?", (revision,))
        return None if row is None else (row[0], row[1])

    def _take_known(self, known: tuple[str, str | None], metadata: Metadata) -> Taken:
        revision, document = known
        if document is None:
            # An undone import left the text.
            return self._make(revision, metadata)
        title, deleted_at = self._connection.one(
            "SELECT title, deleted_at FROM documents WHERE id = ?", (document,)
        ) or ("", None)
        if deleted_at is None:
            return Taken(document, new=False)
        with self._journal.act("restore", f"brought back {quoted(title)}"):
            self._connection.run("UPDATE documents SET deleted_at = NULL WHERE id = ?", (document,))
        return Taken(document, new=True, restored=True)

    def _make(self, revision: str, metadata: Metadata) -> Taken:
        values = {
            field.name: _storable(getattr(metadata, field.name)) for field in fields(metadata)
        }
        values["title"] = single_line(values["title"]) or _title_of(values["path"])
        said = Metadata(**values)
        stub = stubs.awaiting(self._connection, said)
        document = stub or self._document_id or new_id()
        with self._journal.act("import", f"added {quoted(said.title)}") as act:
            if stub is None:
                self._insert(document, revision, said, act.at)
            self._connection.run(
                "UPDATE revisions SET document = ? WHERE id = ?", (document, revision)
            )
            if stub is not None:
                stubs.take_over(self._connection, document, revision, said, act.at)
        return Taken(document, new=True)

    def _insert(self, document: str, revision: str, metadata: Metadata, at: str) -> None:
        values = {
            "id": document,
            "revision": revision,
            "added_at": at,
            "updated_at": at,
            **{field.name: getattr(metadata, field.name) for field in fields(metadata)},
        }
        self._connection.run(
            f"INSERT INTO documents ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
            tuple(values.values()),
        )

    def _discard(self) -> None:
        if self._revision:
            Texts(self._connection).remove(self._revision)
            self._revision = 0


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


def _storable(text: str) -> str:
    """``text`` without the half characters that stand for bytes of a file name that is no UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def _title_of(path: str) -> str:
    return single_line(Path(path).stem) or "Untitled"
