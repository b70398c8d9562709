from __future__ import annotations

import sqlite3
from array import array
from contextlib import closing

import pytest

from annotations.errors import QuerySyntaxError
from annotations.library.library import Library
from annotations.model import Document
from tests.unit.library.support import imported


@pytest.fixture
def coded(library: Library, document: Document) -> Library:
    library.highlights.add(document.id, 0, 23, tags=["risk/misuse", "stance"])
    library.highlights.add(document.id, 24, 54, tags=["risk"])
    library.highlights.add(document.id, 55, 81)
    return library


def test_a_list_shows_windows_of_what_a_query_finds(coded: Library) -> None:
    numbers = array("q", coded.passages.numbers(""))
    every = list(coded.passages.find(""))
    assert len(numbers) == coded.passages.count("") == 3
    assert coded.passages.at(numbers[1:]) == every[1:]
    assert coded.passages.at(reversed(numbers)) == every[::-1]
    coded.highlights.remove([every[0].id])
    assert coded.passages.at(numbers) == every[1:]
    assert coded.passages.at([]) == []


def test_no_more_is_found_than_was_asked_for(coded: Library) -> None:
    assert [each.start for each in coded.passages.find("", limit=2)] == [0, 24]


def test_what_is_found_is_of_one_moment(coded: Library) -> None:
    found = coded.passages.find("*")
    first = next(found)
    coded.highlights.remove([each.id for each in coded.highlights.list()])
    assert [first.start, *(each.start for each in found)] == [0, 24]
    assert coded.passages.count("") == 0


def test_tags_that_are_not_there_are_told(coded: Library) -> None:
    query = "RISK or risk/* or (rsik overlaps stance/*) or * or untagged or rsik"
    assert coded.passages.unknown_tags(query) == ["rsik", "stance/*"]
    assert list(coded.passages.find("rsik")) == []


def test_a_wrong_query_is_an_error_everywhere(coded: Library) -> None:
    with pytest.raises(QuerySyntaxError):
        coded.passages.find("risk and")
    with pytest.raises(QuerySyntaxError):
        coded.passages.numbers("risk and")
    with pytest.raises(QuerySyntaxError):
        coded.search.find("risk and")
    with pytest.raises(QuerySyntaxError):
        coded.search.hits("risk and")
    with pytest.raises(QuerySyntaxError):
        coded.passages.count("risk and")
    with pytest.raises(QuerySyntaxError):
        coded.passages.unknown_tags("risk and")


def test_an_older_library_is_asked_in_the_same_way(coded: Library) -> None:
    text = coded.documents.add(imported("A général idea.")).document
    coded.highlights.add(text.id, 0, 9)
    coded.close()
    with closing(sqlite3.connect(coded.path)) as connection, connection:
        connection.executescript("""
            DROP INDEX highlights_intricate;
            CREATE INDEX highlights_intricate ON highlights (number) WHERE quote GLOB '*[^ -~]*';
            DELETE FROM _sqlite_migrations WHERE name = 'thirteenth';
            PRAGMA user_version = 12;
        """)
    with Library(coded.path, "ann", create=False) as updated:
        assert updated.passages.count("text:general") == 1
