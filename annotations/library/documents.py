"""The documents of a library: adding, editing and deleting them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from annotations.errors import FlorilegiumError, InvalidError
from annotations.library.holdings import Holdings
from annotations.library.titles import pick, picked
from annotations.library.wording import listed, plain_lines, single_line
from annotations.model import Document

if TYPE_CHECKING:
    from annotations.library.importing import Added
    from annotations.library.storing import Progress
    from annotations.model import ImportedDocument

EDITABLE = ("title", "author", "publisher", "published", "language", "kind", "source", "note")
"""The fields that :meth:`Documents.edit` takes."""

_PICKED = "rowid IN (SELECT d.rowid FROM picked p JOIN documents d ON d.id = p.id)"
"""Documents in the order in which they came, which is that of their indexes more than that of ids
is."""


def tidied(fields: Mapping[str, str]) -> dict[str, str]:
    """Fields of a document as the library keeps them.

    Raises:
        InvalidError: there is no such field, the title is empty, or the date of publication is no
            date.
    """
    for name in fields:
        if name not in EDITABLE:
            raise InvalidError(f"a document has no field {name} that could be set")
    tidy = {
        name: plain_lines(value) if name == "note" else single_line(value)
        for name, value in fields.items()
    }
    if not tidy.get("title", "title"):
        raise InvalidError("a document's title cannot be empty")
    if published := tidy.get("published"):
        # Most starts edit nothing.
        from annotations.query.fields import read_date

        try:
            read_date(published)
        except ValueError as error:
            raise InvalidError(str(error)) from error
    return tidy


class Documents(Holdings):
    """The documents of a library. Positions are code points of a document's canonical text."""

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
        from annotations.library.files import Files
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
        if imported.file is not None:
            files = Files(self._connection)
            files.remember(imported.metadata.path, imported.file, document.revision)
        return Added(document, taken.new, taken.restored, taken.revised)

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

    def edit(self, document_id: str, **fields: str) -> Document:
        """Set fields of a document (:data:`EDITABLE`).

        Raises:
            InvalidError: there is no such field, or it cannot be this.
            NotFoundError: there is no such document.
        """
        self.edit_all([document_id], **fields)
        return self.get(document_id)

    def edit_all(self, document_ids: Iterable[str], **fields: str) -> int:
        """Set the same fields (:data:`EDITABLE`) of many documents, as one act; how many of them
        had anything else there.

        Raises:
            InvalidError: there is no such field, or it cannot be this.
            NotFoundError: one of the documents is not there; none was changed.
        """
        fields = tidied(fields)
        connection, differs = self._connection, " OR ".join(f"{name} <> :{name}" for name in fields)
        with self._journal.act("edit") as act:
            pick(connection, document_ids)
            if not fields:
                return 0
            connection.run(
                f"DELETE FROM picked WHERE id IN (SELECT id FROM documents WHERE NOT ({differs}))",
                fields,
            )
            act.summary = f"set {listed(self._differing(fields))} of {picked(connection)}"
            settings = ", ".join(f"{name} = :{name}" for name in fields)
            return connection.run(
                f"UPDATE documents SET {settings}, updated_at = :at WHERE {_PICKED}",
                {**fields, "at": act.at},
            )

    def _differing(self, fields: Mapping[str, str]) -> list[str]:
        """The fields of which a picked document has anything else."""
        ends = ", ".join(f"max({name} <> :{name})" for name in fields)
        row = self._connection.one(f"SELECT {ends} FROM documents WHERE {_PICKED}", fields) or ()
        return [name for name, differs in zip(fields, row, strict=True) if differs]

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
        with self._journal.act(name) as act:
            pick(self._connection, document_ids)
            act.summary = f"{verb} {picked(self._connection)}"
            self._connection.run(
                f"UPDATE documents SET deleted_at = ? WHERE {_PICKED} AND (deleted_at IS NULL) = ?",
                (act.at if hidden else None, hidden),
            )
