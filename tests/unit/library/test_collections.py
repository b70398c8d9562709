"""Folders of documents: a tree by paths, and what is in it."""

from __future__ import annotations

import pytest

from annotations.errors import InvalidError, NotFoundError
from annotations.library.library import Library
from tests.unit.library.support import imported


@pytest.fixture
def documents(library: Library) -> list[str]:
    """Three documents."""
    return [library.documents.add(imported(text, title=text)).document.id for text in "abc"]


def tree(library: Library) -> list[tuple[str, int]]:
    return [(each.path, each.documents) for each in library.collections.list()]


def test_a_document_may_be_in_several(library: Library, documents: list[str]) -> None:
    collections = library.collections
    assert collections.put("Sources/Letters", documents[:2]) == 2
    assert collections.put("sources/news", documents[1:]) == 2
    assert collections.put("SOURCES/LETTERS", documents) == 1
    assert tree(library) == [("Sources", 3), ("Sources/Letters", 3), ("Sources/news", 2)]
    assert collections.of(documents[1]) == ["Sources/Letters", "Sources/news"]
    assert collections.take_out("sources", [documents[1]]) == 1
    assert collections.of(documents[1]) == []
    library.documents.delete([documents[0]])
    assert tree(library) == [("Sources", 1), ("Sources/Letters", 1), ("Sources/news", 1)]
    assert collections.get("sources").documents == 1
    assert library.check() == []


def test_the_tree_is_made_renamed_moved_and_deleted(library: Library, documents: list[str]) -> None:
    collections = library.collections
    assert collections.add(" a / b ").path == "a/b"
    collections.put("a/b/c", documents)
    collections.add("a-b")
    assert [path for path, _ in tree(library)] == ["a", "a/b", "a/b/c", "a-b"]
    assert collections.rename("a/b", "A/Beta").path == "a/Beta"
    assert collections.move("a/beta", "new").path == "new/Beta"
    assert tree(library) == [("a", 0), ("a-b", 0), ("new", 3), ("new/Beta", 3), ("new/Beta/c", 3)]
    assert collections.move("new/beta", "").path == "Beta"
    assert collections.rename("beta", "BETA").path == "BETA"
    assert collections.delete("beta") == 3
    assert [path for path, _ in tree(library)] == ["a", "a-b", "new"]
    assert len(library.documents.list()) == 3


def test_every_act_is_taken_back_and_done_again(library: Library, documents: list[str]) -> None:
    collections, journal = library.collections, library.journal
    states = [tree(library)]
    for act in (
        lambda: collections.put("a/b", documents),
        lambda: collections.add("c"),
        lambda: collections.rename("a", "c/a"),
        lambda: collections.take_out("c/a/b", documents[:1]),
        lambda: collections.delete("c"),
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
    collections = library.collections
    collections.put("a/b", documents[:1])
    collections.add("c/b")
    before = tree(library)
    with pytest.raises(InvalidError, match="a folder a already"):
        collections.add("A")
    with pytest.raises(InvalidError, match="a folder c/b already"):
        collections.move("a/b", "c")
    with pytest.raises(InvalidError, match="into itself"):
        collections.move("a", "a/b")
    for wrong in ("", "a//b", "x" * 300, "a\0b"):
        with pytest.raises(InvalidError):
            collections.add(wrong)
    with pytest.raises(NotFoundError, match="no folder is called"):
        collections.delete("nothing")
    with pytest.raises(NotFoundError, match="no folder is called"):
        collections.rename("nothing", "some/thing")
    with pytest.raises(NotFoundError, match="no document has the id"):
        collections.put("new", [documents[0], "none"])
    assert tree(library) == before
