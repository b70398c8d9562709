"""Lists of documents: which, in what order, read in windows; and marks of reading."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import pytest

from annotations.errors import NotFoundError
from annotations.library import narrowing
from annotations.library.library import Library
from annotations.library.marks import Mark, Standing
from annotations.library.sections import EVERYTHING, Section, Sort
from annotations.model import Document, ImportedDocument, Metadata, Passage
from tests.unit.library.conftest import Open

TITLES = ("beta", "Alpha", "gamma 1", "Gamma 2", "delta", "epsilon", "Éta", "zeta", "zeta", "%_")


@pytest.fixture
def documents(library: Library) -> list[Document]:
    """Ten documents, some read, some highlighted, some dated, two in a folder."""
    made = []
    for number, title in enumerate(TITLES):
        metadata = Metadata(
            title=title,
            author=f"Author {number % 3}",
            published=("", "2020", "1999-05")[number % 3],
        )
        imported = ImportedDocument([Passage(0, f"Text {number} " * 20)], metadata)
        made.append(library.documents.add(imported).document)
    for number, place in ((4, 100), (1, 70), (7, 10)):
        library.reading.save(made[number].id, place)
    for number, highlights in ((0, 2), (3, 1), (4, 2)):
        for start in range(highlights):
            library.highlights.add(made[number].id, start, start + 4)
    library.folders.put("folder/inner", [made[2].id, made[4].id])
    library.folders.put("folder", [made[8].id])
    return [library.documents.get(each.id) for each in made]


@pytest.mark.parametrize(("sort", "reverse"), list(product(Sort, (False, True))))
def test_each_order_is_that_of_the_values(
    library: Library, documents: list[Document], sort: Sort, reverse: bool
) -> None:
    values: dict[Sort, Callable[[Document], Any]] = {
        Sort.TITLE: lambda each: each.title.lower() if each.title.isascii() else each.title,
        Sort.DATE: lambda each: each.published,
        Sort.ADDED: lambda each: each.added_at,
        Sort.READ: lambda each: library._connection.value(
            "SELECT coalesce(max(updated_at), '') FROM reading WHERE document = ?", (each.id,)
        ),
        Sort.HIGHLIGHTS: lambda each: each.highlights,
        Sort.PROGRESS: lambda each: library.reading.furthest(each.id) / each.length,
    }
    for folder in ("", "FOLDER"):
        section = Section(sort=sort, reverse=reverse, folder=folder)
        listing = library.sections.list(section)
        found = list(listing)
        assert len(found) == len(listing) == (3 if folder else 10)
        assert len({each.id for each in found}) == len(found)
        assert list(listing.ids()) == [each.id for each in found]
        order = [values[sort](each) for each in found]
        rising = reverse == (sort is not Sort.TITLE)
        assert all((one <= other) if rising else (one >= other) for one, other in pairwise(order))
        assert [listing.index(each) for each in found] == list(range(len(found)))
        for offset, limit in product(range(len(found)), (1, 3)):
            assert listing.window(offset, limit) == found[offset : offset + limit]


def test_words_filter_every_order(library: Library, documents: list[Document]) -> None:
    for sort, folder in product(Sort, ("", "folder")):
        section = Section(words=("GAMMA", "author"), sort=sort, folder=folder)
        found = [each.title for each in library.sections.list(section)]
        assert sorted(found) == (["gamma 1"] if folder else ["Gamma 2", "gamma 1"])
    assert [each.title for each in library.sections.list(Section(words=("%_",)))] == ["%_"]
    assert [each.title for each in library.sections.list(Section(words=("éta",)))] == ["Éta"]


@pytest.mark.parametrize(("sort", "reverse"), list(product(Sort, (False, True))))
def test_the_first_of_many_that_words_filter_are_those_of_all(
    library: Library,
    documents: list[Document],
    monkeypatch: pytest.MonkeyPatch,
    sort: Sort,
    reverse: bool,
) -> None:
    section = Section(words=("author",), sort=sort, reverse=reverse)
    monkeypatch.setattr(narrowing, "FEW", 8)
    every = library.sections.list(section)
    assert sorted(every.ids()) == sorted(each.id for each in documents)
    first = library.sections.list(section, most=4)
    assert 4 <= len(first) < 10
    assert first.window(0, 4) == every.window(0, 4)
    assert list(library.sections.known(section, every.numbers).ids()) == list(every.ids())
    monkeypatch.undo()
    assert list(library.sections.list(section, most=4).ids()) == list(every.ids())


def test_a_filter_knows_what_documents_are_called_now(
    library: Library, documents: list[Document]
) -> None:
    def found(word: str) -> list[str]:
        return titles(library, Section(words=(word,)))

    assert found("o") == sorted(each.title for each in documents)
    library.documents.edit(documents[0].id, title="Würzburg", publisher="中文出版社")
    assert found("w") == found("Ü") == found("burg") == found("文出") == ["Würzburg"]
    library.journal.undo()
    assert found("burg") == found("文") == []
    library.documents.delete([documents[0].id])
    assert titles(library, Section(words=("bet",), deleted=True)) == ["beta"]
    assert found("bet") == []


def test_a_search_and_the_deleted_are_sections(library: Library, documents: list[Document]) -> None:
    found = Section(among=library.search.documents("3 or 4 or 5"), sort=Sort.HIGHLIGHTS)
    assert [each.title for each in library.sections.list(found)] == ["delta", "Gamma 2", "epsilon"]
    library.documents.delete([documents[3].id])
    assert [each.title for each in library.sections.list(found)] == ["delta", "epsilon"]
    gone = library.sections.list(Section(deleted=True))
    assert [each.title for each in gone] == ["Gamma 2"]
    assert gone.index(documents[3]) == 0
    assert gone.index(documents[2]) is None
    assert len(library.sections.list()) == 9


def titles(library: Library, section: Section) -> list[str]:
    return sorted(each.title for each in library.sections.list(section))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("alpha",) * 50_000, ["Alpha"]),
        (("x" * 100_000,), []),
        (tuple(map(str, range(2_000))), []),
    ],
    ids=["often", "long", "many"],
)
def test_a_long_text_is_a_filter_like_any(
    library: Library, documents: list[Document], words: tuple[str, ...], found: list[str]
) -> None:
    assert titles(library, Section(words=words)) == found


def test_marks_of_reading(library: Library, open_library: Open, documents: list[Document]) -> None:
    unread, to_read = Section(unread=True), Section(to_read=True)
    library.marks.put([documents[7].id], Mark.UNREAD)
    assert len(library.sections.list(unread)) == 8
    library.marks.put([documents[0].id, documents[1].id], Mark.TO_READ)
    assert titles(library, to_read) == ["Alpha", "beta"]
    library.marks.put([documents[0].id], Mark.READ)
    assert titles(library, to_read) == ["Alpha"]
    assert len(library.sections.list(unread)) == 7
    standings = library.marks.standings(each.id for each in documents)
    assert standings[documents[0].id] == Standing(unread=False)
    assert standings[documents[1].id] == Standing(False, True, 0.5)
    assert standings[documents[7].id].unread
    for mark, few in ((Mark.READ, [0, 1]), (Mark.UNREAD, [7]), (Mark.TO_READ, [1])):
        true_of = [each.id for at, each in enumerate(documents) if at in few]
        assert library.marks.true_of_all(mark, true_of)
        assert not library.marks.true_of_all(mark, [each.id for each in documents])
    library.marks.take([documents[1].id], Mark.TO_READ)
    assert titles(library, to_read) == []
    for _ in range(3):
        library.journal.undo()
    assert titles(library, to_read) == []
    assert len(library.sections.list(unread)) == 8
    library.journal.undo()
    assert len(library.sections.list(unread)) == 7
    for _ in range(4):
        library.journal.redo()
    assert len(library.sections.list(unread)) == 7
    other = open_library("bob")
    assert len(other.sections.list(unread)) == 10
    assert other.sections.list(replace(EVERYTHING, sort=Sort.READ)).window(0, 1) != []
    with pytest.raises(NotFoundError):
        library.marks.put([documents[0].id, "none"], Mark.READ)
    assert library.check() == []


def test_a_mark_that_is_true_of_all_is_turned_round(
    library: Library, documents: list[Document]
) -> None:
    one, other = (each.id for each in documents[4:6])
    for mark in Mark:
        library.marks.put([other], Mark.READ if mark is Mark.UNREAD else Mark.UNREAD)
        library.marks.put([one], mark)
        assert library.marks.toggle([one, other], mark)
        assert library.marks.true_of_all(mark, [one, other])
        assert not library.marks.toggle([one, other], mark)
        assert not any(library.marks.true_of_all(mark, [each]) for each in (one, other))


def test_reading_on_takes_unread_off(library: Library, documents: list[Document]) -> None:
    library.marks.put([documents[4].id], Mark.UNREAD)
    assert library.marks.standings([documents[4].id])[documents[4].id].unread
    time.sleep(0.002)
    library.reading.save(documents[4].id, 5)
    assert not library.marks.standings([documents[4].id])[documents[4].id].unread


def test_preferences_are_each_coders_own(library: Library, open_library: Open) -> None:
    assert library.preferences.get("sidebar.sort") == ""
    library.preferences.set("sidebar.sort", "date")
    library.preferences.set("sidebar.sort", "added")
    assert library.preferences.get("sidebar.sort") == "added"
    assert open_library("bob").preferences.get("sidebar.sort") == ""


def test_an_older_library_is_filtered_in_the_same_way(
    library: Library, documents: list[Document]
) -> None:
    library.close()
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.executescript("""
            DROP TABLE titles_fts;
            DELETE FROM _sqlite_migrations WHERE name = 'fourteenth';
            PRAGMA user_version = 13;
        """)
    with Library(library.path, "ann", create=False) as updated:
        assert titles(updated, Section(words=("gam",))) == ["Gamma 2", "gamma 1"]
