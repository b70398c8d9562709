"""The documents of a library: adding, finding, editing, deleting them, and reading their text."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from annotations.errors import AmbiguousError, FlorilegiumError, InvalidError, NotFoundError
from annotations.library.connection import Connection, Row
from annotations.library.journal import Journal
from annotations.library.reading import Reading
from annotations.library.texts import Heading, Texts
from annotations.library.titles import Titles
from annotations.library.wording import counted, listed, quoted, single_line
from annotations.model import Document, ImportedDocument, Passage

if TYPE_CHECKING:
    from annotations.library.files import Files
    from annotations.library.importing import Added
    from annotations.library.storing import Progress

_SELECT = """
    SELECT d.id, d.title, d.author, d.publisher, d.published, d.language, d.kind, d.source,
           d.media_type, d.path, d.encoding, d.note, d.revision, r.length, t.highlights,
           d.added_at, d.updated_at
    FROM documents d JOIN revisions r ON r.id = d.revision
    JOIN document_totals t ON t.document = d.id
"""

EDITABLE = ("title", "author", "publisher", "published", "language", "kind", "source", "note")
"""The fields that :meth:`Documents.edit` takes."""


Positions = list[int]
Headings = list[Heading]  # a class with a method called list cannot say so itself


class Documents:
    """The documents of a library. Positions are code points of a document's canonical text."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal
        self._texts = Texts(connection)
        self.titles = Titles(connection, _SELECT)
        """The documents as lists read them."""
        self._reading = Reading(connection, journal.coder)

    def add(
        self,
        imported: ImportedDocument,
        *,
        progress: Progress | None = None,
        revises: str = "",
        separate: bool = False,
    ) -> Added:
        """Take a document in.

        The text streams in and is never held whole. Adding a text that the library has adds
        nothing; if its document had been deleted, that one comes back, with its highlights. What
        came from the same file or address as a document of the library, and has changed since,
        becomes a revision of it: its highlights are placed in the new text.

        Args:
            imported: what a reader in :mod:`annotations.formats` gave; its passages are consumed.
            progress: told from time to time how many code points are in; returns False to stop.
            revises: the id of the document of which it is a revision, wherever it came from.
            separate: make it a document of its own, wherever it came from.

        Raises:
            ImportCancelled: ``progress`` returned False; the library is as it was.
            NotFoundError: the document that it should revise is not there, or is deleted.
            ConflictError: it is the text of another document than the one that it should revise.
            LibraryError: the library cannot be written; the library is as it was.
        """
        return self._add(imported, progress, revises, separate)

    def _add(
        self,
        imported: ImportedDocument,
        progress: Progress | None,
        revises: str,
        separate: bool,
        target: str | None = None,
    ) -> Added:
        """The same, where it may be known already of which document it is a new text."""
        # Most starts add nothing.
        from annotations.library.importing import Added, take

        taken = take(
            self._connection,
            self._journal,
            imported,
            progress,
            revises=revises,
            separate=separate,
            target=target,
        )
        document = taken.document or self.get(taken.id)
        added = Added(document, taken.new, taken.restored, taken.revised)
        if imported.file is not None:
            self.files.remember(imported.metadata.path, imported.file, added.document.revision)
        return added

    def add_all(
        self,
        imports: Iterable[ImportedDocument | FlorilegiumError],
        *,
        progress: Progress | None = None,
        revises: str = "",
        separate: bool = False,
    ) -> Iterator[Added | FlorilegiumError]:
        """Take many documents in, short ones in common commits, each as an act of its own.

        Args:
            imports: what readers in :mod:`annotations.formats` give, read as they are asked for;
                an error, for a file that could not be read, keeps its place among them.
            progress: told how much of the document that is being written is in.
            revises: the id of the document of which they are revisions, one after the other.
            separate: make each a document of its own, wherever it came from.

        Yields:
            What came of each, in their order, once it is safely in the library: what :meth:`add`
            gives, or why the file could not be read.

        Raises:
            ImportCancelled: ``progress`` returned False; what was yielded is in the library.
            LibraryError: the library cannot be written; what was yielded is in it.
        """
        from annotations.library.bulk import add_all
        from annotations.library.importing import revised_by
        from annotations.library.unfinished import sweep

        sweep(self._connection)

        def target_of(imported: ImportedDocument) -> str:
            return revises or revised_by(self._connection, imported.metadata, separate=separate)

        def add(imported: ImportedDocument, target: str) -> Added:
            return self._add(imported, progress, revises, separate, target)

        self._journal.prepare()
        with self._connection.writing_much():
            yield from add_all(imports, add, self._connection.transaction, target_of)

    @cached_property
    def files(self) -> Files:
        """The files that have been read."""
        from annotations.library.files import Files

        return Files(self._connection)

    def get(self, document_id: str) -> Document:
        """The document with this id, deleted or not.

        Raises:
            NotFoundError: there is none.
        """
        row = self._connection.one(f"{_SELECT} WHERE d.id = ?", (document_id,))
        if row is None:
            raise NotFoundError(f"no document has the id {document_id}")
        return Document(*row)

    def list(self, *, deleted: bool = False) -> list[Document]:
        """All documents by title, whatever its case; with ``deleted`` the deleted ones."""
        rows = self._connection.all(f"{_SELECT} WHERE (d.deleted_at IS NOT NULL) = ?", (deleted,))
        return sorted((Document(*row) for row in rows), key=_title_order)

    def find(self, ref: str, *, deleted: bool = False) -> Document:
        """The one document that ``ref`` names.

        In this order: an id, the path of its file, its title, a beginning of an id that only one
        has, a part of its title that only one has (whatever the case).

        Raises:
            NotFoundError: none is called that.
            AmbiguousError: several are.
        """
        rows = self._connection.all(
            "SELECT id, title, path FROM documents WHERE (deleted_at IS NOT NULL) = ?", (deleted,)
        )
        wanted = ref.strip().casefold()
        if not wanted:
            raise NotFoundError("a document's id, path or title is missing")
        paths = {os.path.abspath(ref), os.path.realpath(ref)}
        found: list[Row] = []
        for matches in (
            lambda row: row[0] == wanted,
            lambda row: row[2] in paths,
            lambda row: row[1].casefold() == wanted,
            lambda row: row[0].startswith(wanted),
            lambda row: wanted in row[1].casefold(),
        ):
            found = [row for row in rows if matches(row)]
            if len(found) == 1:
                return self.get(found[0][0])
        if not found:
            raise NotFoundError(f"no document is called {quoted(ref)}")
        names = [f"{quoted(title)} ({document_id[:8]})" for document_id, title, _ in found[:5]]
        more = [f"{len(found) - 5} more"] if len(found) > 5 else []
        raise AmbiguousError(f"{quoted(ref)} could be {listed(names + more)}")

    def edit(self, document_id: str, **fields: str) -> Document:
        """Set fields of a document (:data:`EDITABLE`).

        Raises:
            InvalidError: there is no such field, or the title is empty.
            NotFoundError: there is no such document.
        """
        self.edit_all([document_id], **fields)
        return self.get(document_id)

    def edit_all(self, document_ids: Iterable[str], **fields: str) -> int:
        """Set the same fields (:data:`EDITABLE`) of many documents, as one act; how many of them
        had anything else there.

        Raises:
            InvalidError: there is no such field, or the title is empty.
            NotFoundError: one of the documents is not there; none was changed.
        """
        for name, value in fields.items():
            if name not in EDITABLE:
                raise InvalidError(f"a document has no field {name} that could be set")
            fields[name] = value if name == "note" else single_line(value)
        if not fields.get("title", "title"):
            raise InvalidError("a document's title cannot be empty")
        documents = [self.get(document_id) for document_id in document_ids]
        changed = [
            name
            for name, value in fields.items()
            if any(getattr(document, name) != value for document in documents)
        ]
        differing = [
            document
            for document in documents
            if any(getattr(document, name) != fields[name] for name in changed)
        ]
        if differing:
            settings = ", ".join(f"{name} = ?" for name in changed)
            values = [fields[name] for name in changed]
            with self._journal.act("edit") as act:
                act.summary = f"set {listed(changed)} of {_named(differing)}"
                self._connection.run_many(
                    f"UPDATE documents SET {settings}, updated_at = ? WHERE id = ?",
                    [(*values, act.at, document.id) for document in differing],
                )
        return len(differing)

    def delete(self, document_ids: Iterable[str]) -> None:
        """Take documents off the list, their highlights with them, until they are restored.

        Raises:
            NotFoundError: one of them is not there; none was deleted.
        """
        self._hide(document_ids, "delete", "deleted", hidden=True)

    def restore(self, document_ids: Iterable[str]) -> None:
        """Bring deleted documents back, with their highlights.

        Raises:
            NotFoundError: one of them is not there; none was restored.
        """
        self._hide(document_ids, "restore", "brought back", hidden=False)

    def _hide(self, document_ids: Iterable[str], name: str, verb: str, *, hidden: bool) -> None:
        documents = [self.get(document_id) for document_id in document_ids]
        with self._journal.act(name) as act:
            act.summary = f"{verb} {_named(documents)}"
            self._connection.run_many(
                "UPDATE documents SET deleted_at = ? WHERE id = ? AND (deleted_at IS NULL) = ?",
                [(act.at if hidden else None, document.id, hidden) for document in documents],
            )

    def text(
        self,
        document_id: str,
        start: int = 0,
        end: int | None = None,
        *,
        revision: int | None = None,
    ) -> str:
        """The canonical text from ``start`` to ``end``; what lies outside it is left out.

        This and what follows is about the current text, or that of an earlier ``revision``.

        Raises:
            NotFoundError: there is no such document, or it has no such revision.
        """
        number, length = self._text(document_id, revision)
        return self._texts.slice(number, max(0, start), length if end is None else end)

    def passages(
        self, document_id: str, start: int = 0, *, revision: int | None = None
    ) -> Iterator[Passage]:
        """The passages from the one that holds ``start``, read as they are asked for.

        Raises:
            NotFoundError: there is no such document, or it has no such revision.
        """
        return self._texts.passages(self._text(document_id, revision)[0], start)

    def passage_at(self, document_id: str, offset: int, *, revision: int | None = None) -> Passage:
        """The passage that holds ``offset``; the last one for the end of the text.

        Raises:
            NotFoundError: there is no such document, or it has no such revision.
            InvalidError: ``offset`` is outside the text.
        """
        return self._texts.passage_at(self._text(document_id, revision)[0], offset)

    def outline(self, document_id: str, *, revision: int | None = None) -> Headings:
        """The headings in the order of the text.

        Raises:
            NotFoundError: there is no such document, or it has no such revision.
        """
        return self._texts.outline(self._text(document_id, revision)[0])

    def changed_at(self, document_id: str) -> str:
        """When the latest of a document's texts came in; UTC, ISO 8601 with ``Z``.

        Raises:
            NotFoundError: there is no such document.
        """
        at = self._connection.value(
            "SELECT max(made_at) FROM revisions WHERE document = ?", (document_id,)
        )
        if at is None:
            raise NotFoundError(f"no document has the id {document_id}")
        return str(at)

    def position(self, document_id: str) -> int:
        """Where this coder left off; 0 in a document not opened before."""
        return self._reading.position(document_id)

    def furthest(self, document_id: str) -> int:
        """The furthest that this coder has been."""
        return self._reading.furthest(document_id)

    def last_read(self) -> str | None:
        """The id of the document that this coder read last, of those that are not deleted."""
        return self._reading.latest()

    def bookmarks(self, document_id: str) -> Positions:
        """Where this coder has put bookmarks, in the order of the text."""
        return self._reading.bookmarks(document_id)

    def toggle_bookmark(self, document_id: str, position: int) -> bool:
        """Put a bookmark of this coder, or take away the one that is there: no act, nothing to
        undo. Whether there is one now.

        Raises:
            LibraryError: the library cannot be written.
        """
        return self._reading.toggle_bookmark(document_id, position)

    def turned(self, document_id: str) -> bool:
        """Whether this coder wants right-to-left text put in the order of reading, for a terminal
        that does not do it."""
        return self._reading.turned(document_id)

    def turn(self, document_id: str, turned: bool) -> None:
        """Put right-to-left text in the order of reading for this coder, or leave it to the
        terminal: no act, nothing to undo.

        Raises:
            LibraryError: the library cannot be written.
        """
        self._reading.turn(document_id, turned)

    def save_position(self, document_id: str, offset: int) -> None:
        """Remember where this coder is: no act, nothing to undo. In a read-only library, where
        reading goes on all the same, it is forgotten.

        Raises:
            LibraryError: the library cannot be written.
        """
        self._reading.save(document_id, offset)

    def _text(self, document_id: str, revision: int | None) -> tuple[int, int]:
        """The number under which a text of a document is kept, and its length."""
        which = "r.id = d.revision" if revision is None else "r.document = d.id AND r.ordinal = ?"
        row = self._connection.one(
            f"SELECT r.number, r.length FROM documents d LEFT JOIN revisions r ON {which} "
            "WHERE d.id = ?",
            (document_id,) if revision is None else (revision, document_id),
        )
        if row is None:
            raise NotFoundError(f"no document has the id {document_id}")
        if row[0] is None:
            title = quoted(self.get(document_id).title)
            raise NotFoundError(f"{title} has no revision {revision}")
        return row[0], row[1]


def _named(documents: Sequence[Document]) -> str:
    """What documents are called in a sentence: by their titles, if they are few."""
    if len(documents) < 4:
        return listed([quoted(document.title) for document in documents])
    return counted(len(documents), "document")


def _title_order(document: Document) -> tuple[str, str, str]:
    return document.title.casefold(), document.title, document.id
