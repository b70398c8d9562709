from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from annotations.errors import ConflictError
from annotations.library.library import Library
from annotations.model import Document
from tests.unit.library.support import TEXT, imported, tables


def texts(library: Library) -> int:
    return len(tables(library.path)["revisions"])


def test_what_no_document_holds_is_freed(library: Library, document: Document) -> None:
    library.documents.add(imported("z" * 500_000))
    library.journal.undo()
    deleted = library.documents.add(imported("kept, as its document can be restored")).document
    library.documents.delete([deleted.id])
    highlight = library.highlights.add(document.id, 0, 7)
    assert texts(library) == 3
    assert library.compact() > 400_000
    assert texts(library) == 2
    assert library.check() == []
    assert library.documents.text(document.id) == TEXT
    library.documents.restore([deleted.id])
    library.highlights.remove([highlight.id])
    library.journal.undo()
    assert library.highlights.get(highlight.id) == highlight
    assert library.compact() == 0


def test_an_import_that_goes_on_is_left_alone(library: Library) -> None:
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.executemany(
            "INSERT INTO revisions (made_at) VALUES (?)",
            [("2001-01-01T00:00:00.000Z",), ("2999-01-01T00:00:00.000Z",)],
        )
    library.compact()
    assert texts(library) == 1


def test_an_import_whose_text_was_freed_cannot_be_redone(library: Library) -> None:
    library.documents.add(imported("gone"))
    library.journal.undo()
    library.compact()
    with pytest.raises(ConflictError, match="changed since"):
        library.journal.redo()
    assert library.documents.add(imported("gone")).new
    assert library.check() == []
