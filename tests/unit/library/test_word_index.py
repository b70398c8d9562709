"""The index of words follows every change, whoever takes it back and however it ends."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotations.errors import ImportCancelled, InvalidError
from annotations.library import storing, word_index
from annotations.library.library import Library
from annotations.library.schema import VERSION
from annotations.model import Document
from tests.unit.library.conftest import Open
from tests.unit.library.support import imported


def found(library: Library, query: str) -> list[str]:
    return sorted(each.document.title for each in library.search.find(query))


def is_sound(library: Library) -> bool:
    """Whether the index says what one that is made anew would."""
    before = terms(library.path)
    with library._connection.transaction():
        word_index.rebuild(library._connection)
    return terms(library.path) == before


def terms(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        every: list[tuple[object, ...]] = []
        for index in ("passages_fts", "notes_fts"):
            connection.execute(
                f"CREATE VIRTUAL TABLE temp.t USING fts5vocab(main, {index}, instance)"
            )
            every += connection.execute("SELECT term, doc, offset FROM t ORDER BY 1, 2, 3")
            connection.execute("DROP TABLE temp.t")
        return every


def test_documents_are_found_by_text_title_and_author(library: Library) -> None:
    library.documents.add(imported("The fog came in.\n", title="A letter"))
    document = library.documents.add(imported("Nothing here.\n", title="Of the fog")).document
    assert found(library, "fog") == ["A letter", "Of the fog"]
    library.documents.edit(document.id, title="Of the sea", author="Grey Fox", note="foggy")
    assert found(library, "fog") == ["A letter"]
    assert found(library, "grey and nothing and foggy") == ["Of the sea"]
    assert is_sound(library)


def test_undo_and_redo_move_the_index_along(library: Library) -> None:
    document = library.documents.add(imported("The fog came in.\n")).document
    highlight = library.highlights.add(document.id, 4, 7, note="a mist")
    library.highlights.note(highlight.id, "a haze")
    assert (found(library, "haze"), found(library, "mist")) == (["A letter"], [])
    library.journal.undo()
    assert (found(library, "haze"), found(library, "mist")) == ([], ["A letter"])
    library.journal.undo()
    library.journal.undo()
    assert found(library, "fog or mist") == []
    assert is_sound(library)
    for _ in range(3):
        library.journal.redo()
    assert found(library, "haze and fog") == ["A letter"]
    assert is_sound(library)


def test_deleted_documents_are_not_found_until_they_are_back(
    library: Library, document: Document
) -> None:
    library.documents.delete([document.id])
    assert found(library, "misuse") == []
    assert library.search.count("not misuse") == 0
    library.documents.restore([document.id])
    assert found(library, "misuse") == [document.title]


def test_only_the_current_text_is_searched(library: Library, document: Document) -> None:
    other = library.documents.add(imported("A newer text.\n", title="newer")).document
    library.documents.delete([other.id])
    with library.journal.act("revise"):
        library._connection.run(
            "UPDATE documents SET revision = ? WHERE id = ?", (other.revision, document.id)
        )
        library._connection.run(
            "UPDATE revisions SET document = ? WHERE id = ?", (document.id, other.revision)
        )
    assert found(library, "misuse") == []
    assert found(library, "letter") == [document.title]


def test_a_lost_highlight_is_found_by_its_quote(library: Library, document: Document) -> None:
    highlight = library.highlights.add(document.id, 0, 20)
    hits = list(library.search.hits("prevent"))
    with library.journal.act("lose"):
        library._connection.run("UPDATE highlights SET status = 'lost'")
    (result,) = library.search.find("prevent")
    assert [each.id for each in result.notes] == [highlight.id]
    assert list(library.search.hits("prevent")) == hits
    assert is_sound(library)


def test_a_cancelled_import_leaves_no_words(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "_SLICE", 10)
    with pytest.raises(ImportCancelled):
        library.documents.add(
            imported(*["fog in the morning "] * 4), progress=lambda length: length < 40
        )
    assert found(library, "fog") == []
    assert is_sound(library)
    library.documents.add(imported("The sea.\n", title="other"))
    assert found(library, "sea") == ["other"]


def test_what_a_failed_act_wrote_is_not_indexed(library: Library, document: Document) -> None:
    with pytest.raises(InvalidError), library.journal.act("highlight"):  # noqa: PT012
        library.highlights.add(document.id, 0, 2, note="mist")
        library.highlights.add(document.id, 0, 99_999)
    library.highlights.add(document.id, 0, 2, note="haze")
    assert (found(library, "mist"), found(library, "haze")) == ([], [document.title])
    assert is_sound(library)


def test_an_act_finds_what_it_has_just_written(library: Library, document: Document) -> None:
    with library.journal.act("highlight"):
        library.highlights.add(document.id, 0, 2, note="mist")
        assert found(library, "mist") == [document.title]
    assert found(library, "mist") == [document.title]
    assert is_sound(library)


def test_texts_that_another_program_changed_do_no_harm(
    library: Library, document: Document
) -> None:
    highlight = library.highlights.add(document.id, 0, 2, note="a mist")
    with closing(sqlite3.connect(library.path)) as other, other:
        other.execute("UPDATE highlights SET note = 'far more words than there were before'")
        other.execute("UPDATE documents SET title = 'Another title, and quite a long one'")
    library.highlights.note(highlight.id, "haze")
    library.documents.edit(document.id, title="Weather")
    assert found(library, "haze") == found(library, "weather") == ["Weather"]
    assert is_sound(library)


def test_another_program_sees_the_words_at_once(library: Library, open_library: Open) -> None:
    other = open_library(coder="bob")
    library.documents.add(imported("The fog came in.\n"))
    assert found(other, "fog") == ["A letter"]


def test_the_library_may_be_read_only(library: Library, document: Document) -> None:
    library.close()
    library.path.chmod(0o444)
    with Library(library.path, "ann", create=False) as reader:
        assert found(reader, "misuse") == [document.title]
        assert [each.quote for each in reader.passages.find("* or untagged")] == []


def test_a_library_of_the_first_schema_gets_its_words(library: Library, document: Document) -> None:
    library.highlights.add(document.id, 0, 2, note="mist")
    expected = terms(library.path)
    library.close()
    with closing(sqlite3.connect(library.path)) as connection, connection:
        for table in ("passages_fts", "notes_fts", "saved_queries"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE passages SET number = 7")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'second'")
        connection.execute("PRAGMA user_version = 1")
    with Library(library.path, "ann", create=False) as migrated:
        assert found(migrated, "misuse and mist") == [document.title]
        assert migrated._connection.value("PRAGMA user_version") == VERSION
    assert terms(library.path) == expected
