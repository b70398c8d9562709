"""Taking a document in: its text is written, then one short act makes the document.

Whether what comes is a document of its own or a new text of one that is here is decided here too.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path

from annotations.library import stubs
from annotations.library.clock import new_id
from annotations.library.connection import Connection
from annotations.library.journal import Journal
from annotations.library.storing import (
    Progress,
    Stored,
    Storing,
    all_storable,
)
from annotations.library.wording import quoted, single_line
from annotations.model import Document, ImportedDocument, Metadata, Tally
from annotations.text.symbols import storable


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding a document."""

    document: Document
    new: bool
    """False: the library had a document with exactly this text, and nothing was changed."""
    restored: bool = False
    """The document with this text had been deleted, and is back with its highlights."""
    revised: Tally | None = None
    """What became of the highlights, where the document was here and has another text now."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A document row that an import made, gave another text, brought back or found."""

    id: str
    new: bool
    restored: bool = False
    revised: Tally | None = None
    document: Document | None = None
    """The whole row, where it was made."""


_COLUMNS = (
    *(field.name for field in fields(Metadata)),
    *("id", "revision", "added_at", "updated_at"),
)
_INSERT = f"INSERT INTO documents ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


def take(
    connection: Connection,
    journal: Journal,
    imported: ImportedDocument,
    progress: Progress | None = None,
    *,
    revises: str = "",
    separate: bool = False,
    target: str | None = None,
    document_id: str = "",
) -> Taken:
    """Take in what a reader of files gave.

    Args:
        connection: where to.
        journal: of the library.
        imported: its passages are consumed.
        progress: told how many code points are in; returns False to stop.
        revises: the id of the document whose new text this is; empty: the one that waits for it, or
            that came from the same place, if there is one.
        separate: not a new text of a document that came from the same place.
        target: what :func:`revised_by` gave, where that has been asked.
        document_id: the id that a document has elsewhere, which none here has; empty: a new one.

    Raises:
        ImportCancelled: ``progress`` returned False; the library is as it was.
        ConflictError: the text is that of another document than the one that it should revise.
        LibraryError: the library cannot be written; the library is as it was.
    """
    about = imported.metadata
    if revises or target is None:
        target = revises or revised_by(connection, about, separate=separate)
    if not target:
        importer = _Importer(connection, journal, about, document_id)
        return Storing(connection, progress).store(imported.passages, importer.settle)
    # Most documents that come are new.
    from annotations.library.revising import Revising

    storing = Storing(connection, progress)
    try:
        stored = storing.store(imported.passages, lambda stored: stored)
        if stored.holder in (None, target) or revises:
            tally = Revising(connection, journal, storing.report).revise(target, stored, about)
            return Taken(target, tally is not None, revised=tally)
        with connection.transaction():
            return _Importer(connection, journal, about).settle(stored)
    except BaseException:
        storing.discard()
        raise


def revised_by(connection: Connection, about: Metadata, *, separate: bool = False) -> str:
    """The id of the document whose new text a file may be; empty if there is none.

    A document waits for its text, or came from the same path, or from the same address: fetched
    from there, or under the same title, since the parts of a work may name the address of the
    whole.

    Args:
        connection: where the documents are.
        about: what the file says about itself.
        separate: only a document that waits for its text.
    """
    stub = stubs.awaiting(connection, about)
    if stub or separate:
        return stub
    if about.path:
        found = connection.value(
            "SELECT id FROM documents WHERE path = ? AND deleted_at IS NULL "
            "ORDER BY added_at DESC, id LIMIT 1",
            (storable(about.path),),
        )
        if found is not None:
            return str(found)
    source = storable(about.source.strip())
    if "://" not in source:
        return ""
    for document_id, title, path in connection.all(
        "SELECT id, title, path FROM documents WHERE source = ? AND source <> '' "
        "AND deleted_at IS NULL ORDER BY added_at DESC, id",
        (source,),
    ):
        if not (path or about.path) or stubs.folded(title) == stubs.folded(about.title):
            return str(document_id)
    return ""


class _Importer:
    """Makes a document of a text that has come."""

    def __init__(
        self, connection: Connection, journal: Journal, about: Metadata, document_id: str = ""
    ) -> None:
        self._connection = connection
        self._journal = journal
        self._about = about
        self._document_id = document_id

    def settle(self, stored: Stored) -> Taken:
        """Make the document, or find the one that has the text. Inside a transaction."""
        if stored.holder is None:
            return self._make(stored)
        title, deleted_at, path = self._connection.one(
            "SELECT title, deleted_at, path FROM documents WHERE id = ?", (stored.holder,)
        ) or ("", None, "")
        if deleted_at is None:
            self._follow(stored.holder, title, path)
            return Taken(stored.holder, new=False)
        with self._journal.act("restore", f"brought back {quoted(title)}"):
            self._connection.run(
                "UPDATE documents SET deleted_at = NULL WHERE id = ?", (stored.holder,)
            )
        return Taken(stored.holder, new=True, restored=True)

    def _follow(self, document: str, title: str, path: str) -> None:
        """Say where the file of a document lies now, if it was renamed: what it becomes there is a
        new text of the same document."""
        now_at = storable(self._about.path)
        if path and now_at and now_at != path and not os.path.exists(path):
            with self._journal.act("edit", f"found the file of {quoted(title)} under another name"):
                self._connection.run(
                    "UPDATE documents SET path = ? WHERE id = ?", (now_at, document)
                )

    def _make(self, stored: Stored) -> Taken:
        about = all_storable(self._about)
        title = single_line(about.title) or _title_of(about.path)
        made = self._document_id or new_id()
        with self._journal.act("import", f"added {quoted(title)}") as act:
            document = Document(
                id=made,
                title=title,
                author=about.author,
                publisher=about.publisher,
                published=about.published,
                language=about.language,
                kind=about.kind,
                source=about.source,
                media_type=about.media_type,
                path=about.path,
                encoding=about.encoding,
                note="",
                revision=stored.id,
                length=stored.length,
                highlights=0,
                added_at=act.at,
                updated_at=act.at,
            )
            self._connection.run(_INSERT, tuple(getattr(document, name) for name in _COLUMNS))
            self._connection.run(
                "UPDATE revisions SET document = ?, ordinal = 1 WHERE id = ?", (made, stored.id)
            )
        return Taken(made, new=True, document=document)


def _title_of(path: str) -> str:
    return single_line(Path(path).stem) or "Untitled"
