"""The documents that a library holds: finding them, and reading their texts."""

from __future__ import annotations

import os
from collections.abc import Iterator

from annotations.errors import AmbiguousError, NotFoundError
from annotations.formats.names import shown
from annotations.library.connection import Connection, Row
from annotations.library.journal import Journal
from annotations.library.naming import unknown
from annotations.library.texts import Heading, Texts
from annotations.library.titles import Titles
from annotations.library.wording import listed, quoted
from annotations.model import Document, Passage

_SELECT = """
    SELECT d.id, d.title, d.author, d.publisher, d.published, d.language, d.kind, d.source,
           d.media_type, d.path, d.encoding, d.note, d.revision, r.length, t.highlights,
           d.added_at, d.updated_at
    FROM documents d JOIN revisions r ON r.id = d.revision
    JOIN document_totals t ON t.document = d.id
"""

Headings = list[Heading]  # a class with a method called list cannot say so itself


class Holdings:
    """The documents of a library. Positions are code points of a document's canonical text."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal
        self._texts = Texts(connection)
        self.titles = Titles(connection, _SELECT)
        """The documents as lists read them."""

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
        paths = {shown(os.path.abspath(ref)), shown(os.path.realpath(ref))}
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
            kind = "deleted document" if deleted else "document"
            # A path is no name that is typed nearly right.
            titles = [] if os.sep in ref else [row[1] for row in rows]
            raise unknown(kind, ref, titles)
        names = [f"{quoted(title)} ({document_id[:8]})" for document_id, title, _ in found[:5]]
        more = [f"{len(found) - 5} more"] if len(found) > 5 else []
        raise AmbiguousError(f"{quoted(ref)} could be {listed(names + more)}")

    def text(
        self,
        document_id: str,
        start: int = 0,
        end: int | None = None,
        *,
        revision: int | str | None = None,
    ) -> str:
        """The canonical text from ``start`` to ``end``; what lies outside it is left out.

        This and what follows is about the current text, or about ``revision``: its number, or its
        id, under which it is found whatever has become of the document since.

        Raises:
            NotFoundError: there is no such document, or it has no such revision.
        """
        number, length = self._text(document_id, revision)
        return self._texts.slice(number, max(0, start), length if end is None else end)

    def passages(
        self, document_id: str, start: int = 0, *, revision: int | str | None = None
    ) -> Iterator[Passage]:
        """The passages from the one that holds ``start``, read as they are asked for.

        Raises:
            NotFoundError: there is no such document, or it has no such revision.
        """
        return self._texts.passages(self._text(document_id, revision)[0], start)

    def passage_at(
        self, document_id: str, offset: int, *, revision: int | str | None = None
    ) -> Passage:
        """The passage that holds ``offset``; the last one for the end of the text.

        Raises:
            NotFoundError: there is no such document, or it has no such revision.
            InvalidError: ``offset`` is outside the text.
        """
        return self._texts.passage_at(self._text(document_id, revision)[0], offset)

    def outline(self, document_id: str, *, revision: int | str | None = None) -> Headings:
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

    def _text(self, document_id: str, revision: int | str | None) -> tuple[int, int]:
        """The number under which a text of a document is kept, and its length."""
        which = "r.id = coalesce(:revision, d.revision)"
        if isinstance(revision, int):
            which = "r.document = d.id AND r.ordinal = :revision"
        row = self._connection.one(
            f"SELECT r.number, r.length FROM documents d LEFT JOIN revisions r ON {which} "
            "WHERE d.id = :document",
            {"revision": revision, "document": document_id},
        )
        if row is None:
            raise NotFoundError(f"no document has the id {document_id}")
        if row[0] is None:
            title = quoted(self.get(document_id).title)
            raise NotFoundError(f"{title} has no revision {revision}")
        return row[0], row[1]


def _title_order(document: Document) -> tuple[str, str, str]:
    return document.title.casefold(), document.title, document.id
