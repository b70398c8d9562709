"""Folders of documents: a tree by paths, and what is in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from annotations.errors import InvalidError, NotFoundError
from annotations.library.library import Library
from tests.unit.library.support import imported


@pytest.fixture
def documents(library: Library) -> list[str]:
    """Three documents."""
    return [library.documents.add(imported(text, title=text)).document.id for text in "abc"]


def tree(library: Library) -> list[tuple[str, int]]:
    return [(each.path, each.documents) for each in library.folders.list()]


def test_a_document_may_be_in_several(library: Library, documents: list[str]) -> None:
    folders = library.folders
    assert folders.put("Sources/Letters", documents[:2]) == 2
    assert folders.put("sources/news", documents[1:]) == 2
    assert folders.put("SOURCES/LETTERS", documents) == 1
    assert tree(library) == [("Sources", 3), ("Sources/Letters", 3), ("Sources/news", 2)]
    assert folders.of(documents[1]) == ["Sources/Letters", "Sources/news"]
    assert folders.take_out("sources", [documents[1]]) == 1
    assert folders.of(documents[1]) == []
    library.documents.delete([documents[0]])
    assert tree(library) == [("Sources", 1), ("Sources/Letters", 1), ("Sources/news", 1)]
    assert folders.get("sources").documents == 1
    assert library.check() == []


def test_the_tree_is_made_renamed_moved_and_deleted(library: Library, documents: list[str]) -> None:
    folders = library.folders
    assert folders.add(" a / b ").path == "a/b"
    folders.put("a/b/c", documents)
    folders.add("a-b")
    assert [path for path, _ in tree(library)] == ["a", "a/b", "a/b/c", "a-b"]
    assert folders.rename("a/b", "A/Beta").path == "a/Beta"
    assert folders.move("a/beta", "new").path == "new/Beta"
    assert tree(library) == [("a", 0), ("a-b", 0), ("new", 3), ("new/Beta", 3), ("new/Beta/c", 3)]
    assert folders.move("new/beta", "").path == "Beta"
    assert folders.rename("beta", "BETA").path == "BETA"
    assert folders.delete("beta") == 3
    assert [path for path, _ in tree(library)] == ["a", "a-b", "new"]
    assert len(library.documents.list()) == 3


def test_every_act_is_taken_back_and_done_again(library: Library, documents: list[str]) -> None:
    folders, journal = library.folders, library.journal
    states = [tree(library)]
    for act in (
        lambda: folders.put("a/b", documents),
        lambda: folders.add("c"),
        lambda: folders.rename("a", "c/a"),
        lambda: folders.take_out("c/a/b", documents[:1]),
        lambda: folders.delete("c"),
    ):
        act()
        states.append(tree(library))
    for state in reversed(states[:-1]):
        journal.undo()
        assert tree(library) == state
    for state in states[1:]:
        journal.redo()
        assert tree(library) == state
    assert library.check() == []


def test_what_cannot_be_is_said(library: Library, documents: list[str]) -> None:
    folders = library.folders
    folders.put("a/b", documents[:1])
    folders.add("c/b")
    before = tree(library)
    with pytest.raises(InvalidError, match="a folder a already"):
        folders.add("A")
    with pytest.raises(InvalidError, match="a folder c/b already"):
        folders.move("a/b", "c")
    with pytest.raises(InvalidError, match="below itself"):
        folders.move("a", "a/b")
    for wrong in ("", "a//b", "x" * 300, "a\0b"):
        with pytest.raises(InvalidError):
            folders.add(wrong)
    with pytest.raises(NotFoundError, match="no folder is called"):
        folders.delete("nothing")
    with pytest.raises(NotFoundError, match="no folder is called"):
        folders.rename("nothing", "some/thing")
    with pytest.raises(NotFoundError, match="no document has the id"):
        folders.put("new", [documents[0], "none"])
    assert tree(library) == before


def test_folders_of_an_older_library_are_kept_with_what_can_be_undone(
    library: Library, documents: list[str]
) -> None:
    library.folders.put("letters", documents[:2])
    library.close()
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.executescript("""
            ALTER TABLE folders RENAME TO collections;
            ALTER TABLE folder_documents RENAME TO collection_documents;
            ALTER TABLE collection_documents RENAME COLUMN folder TO collection;
            DROP INDEX folder_documents_document;
            CREATE INDEX collection_documents_document ON collection_documents (document);
            UPDATE journal SET entity = replace(entity, 'folder_', 'collection_'),
                after = replace(after, '"folder":', '"collection":');
            UPDATE journal SET entity = 'collections' WHERE entity = 'folders';
            DELETE FROM _sqlite_migrations WHERE name = 'ninth';
            PRAGMA user_version = 8;
        """)
    with Library(library.path, "ann", create=False) as updated:
        assert tree(updated) == [("letters", 2)]
        updated.journal.undo()
        assert tree(updated) == []
        updated.journal.redo()
        assert tree(updated) == [("letters", 2)]
