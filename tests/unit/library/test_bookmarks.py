"""Bookmarks: each coder's own, in the order of the text, no acts."""

from __future__ import annotations

from annotations import open_library
from annotations.library.library import Library
from annotations.model import ImportedDocument, Metadata, Passage


def test_bookmarks_are_each_coders_own_and_no_acts(library: Library) -> None:
    imported = ImportedDocument([Passage(0, "A text with places. " * 5)], Metadata(title="Text"))
    document = library.documents.add(imported).document
    acts = [act.id for act in library.journal.acts()]
    assert library.reading.toggle_bookmark(document.id, 30)
    assert library.reading.toggle_bookmark(document.id, 10)
    assert library.reading.bookmarks(document.id) == [10, 30]
    with open_library(library.path, coder="grace") as other:
        assert other.reading.bookmarks(document.id) == []
    assert not library.reading.toggle_bookmark(document.id, 30)
    assert library.reading.bookmarks(document.id) == [10]
    assert [act.id for act in library.journal.acts()] == acts
