"""Searches of a library: what is read at once, and what a window at a time."""

from __future__ import annotations

import pytest

from annotations.errors import ActStopped
from annotations.library import described_walks, word_walks
from annotations.library.library import Library
from tests.unit.library.support import imported


def titles(library: Library, query: str) -> list[str]:
    numbers = library.search.documents(query)
    return [document.title for document in library.documents.titles.at(numbers)]


def test_the_documents_of_a_search_come_by_title(library: Library) -> None:
    for title in ("cliffs", "Dunes", "Beach", "aground"):
        library.documents.add(imported(f"Fog over {title}.\n", title=title))
    library.documents.add(imported("Nothing to see.\n", title="Clear"))
    assert titles(library, "fog") == ["aground", "Beach", "cliffs", "Dunes"]
    assert titles(library, "not fog") == ["Clear"]
    assert titles(library, "") == ["aground", "Beach", "Clear", "cliffs", "Dunes"]
    assert titles(library, "rain") == []


def test_a_window_of_documents_leaves_out_what_is_gone(library: Library) -> None:
    added = [
        library.documents.add(imported(f"Fog {title}.\n", title=title)).document
        for title in ("a", "b", "c")
    ]
    numbers = library.search.documents("fog")
    library.documents.delete([added[1].id])
    assert [each.title for each in library.documents.titles.at(numbers[::-1])] == ["c", "a"]
    assert list(library.documents.titles.ordered(numbers[::-1])) == [numbers[0], numbers[2]]


def test_the_hits_of_one_document(library: Library) -> None:
    first, second = (
        library.documents.add(imported(f"Fog {title} fog.\n", title=title)).document.id
        for title in ("a", "b")
    )
    assert [(hit.document, hit.start) for hit in library.search.hits("fog or sea", second)] == [
        (second, 0),
        (second, 6),
    ]
    library.documents.delete([first])
    assert list(library.search.hits("fog", first)) == []


@pytest.mark.parametrize("most", [0, 2, 400])
def test_a_beginning_of_few_letters_finds_the_same_in_a_large_library(
    library: Library, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    for number, text in enumerate(("Fog and sea", "Calm", "Sand", "Fog", "Misty", "Sea fog")):
        document = library.documents.add(imported(f"{text}.\n", title=f"No. {number}")).document
        if text == "Calm":
            library.highlights.add(document.id, 0, 4, note="as sand")
    long = library.documents.add(imported("Calm.\n" * 9_000 + "Sand.\n", title="Longer")).document
    asked = ("s*", "s* and fog", "fog not s*", "sa* or mi*", "not s*", "zz*", "l*")
    found = {query: {each.document.id for each in library.search.find(query)} for query in asked}
    hits = list(library.search.hits("s*", long.id))
    monkeypatch.setattr(described_walks, "LARGE", 0)
    monkeypatch.setattr(word_walks, "_TRIED", most)
    assert len(found["s*"]) == 5
    for query in asked:
        assert {each.document.id for each in library.search.find(query)} == found[query]
        assert library.search.count(query) == len(found[query])
    assert list(library.search.hits("s*", long.id)) == hits


def test_what_is_asked_ends_when_nobody_wants_it_any_more(library: Library) -> None:
    endless = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000000) "
        "SELECT count(*) FROM n"
    )
    asked = iter([True, False])
    with library.asking(lambda: next(asked, False)), pytest.raises(ActStopped):
        next(library._connection.stream(endless))
    assert library.search.count("") == 0
