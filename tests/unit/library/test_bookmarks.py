"""Bookmarks: each coder's own, in the order of the text, no acts; and what becomes of them, and of
the place of reading, when the text changes."""

from __future__ import annotations

from annotations import open_library
from annotations.library.library import Library
from annotations.model import Document, ImportedDocument, Metadata, Passage


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


OLD = "First of all the preface. Then the chapter on rivers. In the end the chapter on hills.\n"
NEW = "A motto was put before. First of all the preface. In the end, then, the chapter on hills.\n"
"""The chapter on rivers is gone."""


def add(library: Library, text: str, title: str = "Text") -> Document:
    passages = [Passage(0, text)]
    path = f"/texts/{title}"
    return library.documents.add(ImportedDocument(passages, Metadata(title, path=path))).document


def followed(library: Library, document: Document) -> list[str]:
    """What follows each bookmark, and the place of reading."""
    documents = library.documents
    places = [*library.reading.bookmarks(document.id), library.reading.position(document.id)]
    return [documents.text(document.id, at, at + 12) for at in places]


def mark(library: Library, document: Document, *words: str) -> None:
    text = library.documents.text(document.id)
    for each in words:
        library.reading.toggle_bookmark(document.id, text.index(each))


def test_places_go_with_their_words_when_the_text_changes_and_an_undo_brings_them_back(
    library: Library,
) -> None:
    document = add(library, OLD)
    mark(library, document, "First of all", "Then the", "In the end")
    library.reading.save(document.id, OLD.index("chapter on hills"))
    with open_library(library.path, coder="grace") as other:
        mark(other, document, "the preface")
    before = followed(library, document)
    add(library, NEW)
    assert followed(library, document) == [
        "First of all",
        "In the end, ",  # where the chapter on rivers was
        "chapter on h",
    ]
    with open_library(library.path, coder="grace") as other:
        assert followed(other, document)[0] == "the preface."
    library.journal.undo()
    assert followed(library, document) == before
    library.journal.redo()
    assert followed(library, document)[-1] == "chapter on h"


def test_a_bookmark_that_is_taken_away_stays_away_when_the_earlier_text_is_back(
    library: Library,
) -> None:
    document = add(library, OLD)
    mark(library, document, "First of all", "In the end")
    add(library, NEW)
    mark(library, document, "First of all", "A motto")
    library.revisions.turn_to(document.id, 1)
    assert followed(library, document) == ["First of all", "In the end t", "First of all"]


def test_a_text_that_comes_back_has_its_places_back_unless_they_were_taken_away(
    library: Library,
) -> None:
    document = add(library, OLD)
    mark(library, document, "First of all", "In the end")
    library.reading.save(document.id, OLD.index("chapter on hills"))
    before = followed(library, document)
    add(library, "")
    assert followed(library, document) == ["", ""]
    add(library, OLD)
    assert followed(library, document) == before
    add(library, "")
    library.reading.toggle_bookmark(document.id, 0)
    library.revisions.turn_to(document.id, 1)
    assert followed(library, document) == before[-1:]


def test_bookmarks_that_fell_together_in_a_later_text_are_two_again_in_every_earlier_one(
    library: Library,
) -> None:
    document = add(library, OLD)
    mark(library, document, "First of all", "In the end")
    before = followed(library, document)
    add(library, NEW)
    add(library, "")
    library.revisions.turn_to(document.id, 1)
    assert followed(library, document) == before


def test_a_place_goes_along_with_a_paragraph_that_moved(library: Library) -> None:
    parts = [f"Paragraph {word} tells of {word}s and of nothing else at all.\n" for word in WORDS]
    document = add(library, "".join(parts))
    mark(library, document, "Paragraph lake")
    add(library, "".join([*parts[:1], *parts[2:], parts[1]]))
    assert followed(library, document)[0] == "Paragraph la"


WORDS = ("hill", "lake", "river", "meadow", "forest", "island")


def test_of_two_documents_that_become_one_both_have_their_places_in_it(library: Library) -> None:
    older, newer = add(library, OLD), add(library, NEW, "Other")
    mark(library, older, "In the end")
    mark(library, newer, "A motto")
    library.reading.save(newer.id, NEW.index("the preface"))
    library.revisions.link(older.id, newer.id)
    assert followed(library, older) == ["A motto was ", "In the end, ", "the preface."]
    library.journal.undo()
    assert followed(library, older)[:-1] == ["In the end t"]
    assert followed(library, newer) == ["A motto was ", "the preface."]
