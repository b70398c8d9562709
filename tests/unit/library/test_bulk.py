from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from annotations.errors import ImportCancelled, InvalidError, UnreadableFileError
from annotations.library import bulk
from annotations.library.importing import Added
from annotations.library.library import Library
from annotations.model import ImportedDocument, Passage
from tests.unit.library.conftest import Open
from tests.unit.library.support import imported, tables


def unreadable() -> Iterator[Passage]:
    yield from imported("It begins well.\n").passages
    raise UnreadableFileError("the file ends in the middle")


def three() -> list[ImportedDocument]:
    return [imported(f"Letter {number}.\n", title=f"Letter {number}") for number in range(3)]


def test_many_documents_come_in_as_they_would_one_by_one(open_library: Open) -> None:
    together, single = open_library(name="together.sqlite"), open_library(name="single.sqlite")
    outcomes = [each for each in together.documents.add_all(three()) if isinstance(each, Added)]
    for document in three():
        single.documents.add(document)
    assert [each.new for each in outcomes] == [True] * 3
    titles = [document.title for document in together.documents.list()]
    assert titles == [document.title for document in single.documents.list()]
    assert len(tables(together.path, but=())["journal"]) == len(
        tables(single.path, but=())["journal"]
    )


def test_each_document_is_an_act_of_its_own(library: Library) -> None:
    list(library.documents.add_all(three()))
    library.journal.undo()
    assert [document.title for document in library.documents.list()] == ["Letter 0", "Letter 1"]


def test_an_unreadable_file_keeps_no_other_out(library: Library) -> None:
    first, second, _ = three()
    broken = replace(first, passages=unreadable())
    outcomes = list(library.documents.add_all([first, broken, second]))
    assert [type(each) for each in outcomes] == [Added, UnreadableFileError, Added]
    assert len(library.documents.list()) == 2
    assert library.check() == []


def test_a_document_that_came_twice_is_told(library: Library) -> None:
    first, second = library.documents.add_all([*three()[:1], *three()[:1]])
    assert isinstance(first, Added)
    assert isinstance(second, Added)
    assert (first.new, second.new) == (True, False)
    assert first.document.id == second.document.id


def test_what_is_told_is_seen_by_others(library: Library, open_library: Open) -> None:
    other = open_library(coder="bob")
    for number, _ in enumerate(library.documents.add_all(three()), 1):
        assert len(other.documents.list()) >= number


def test_a_long_text_goes_in_by_itself(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_LONG", 10)
    long = imported("0123456789", "abcdefghij", title="Long")
    outcomes = list(library.documents.add_all([*three()[:1], long, *three()[1:]]))
    assert [each.document.title for each in outcomes if isinstance(each, Added)] == [
        "Letter 0",
        "Long",
        "Letter 1",
        "Letter 2",
    ]
    assert library.documents.text(library.documents.find("Long").id) == "0123456789abcdefghij"


def test_a_long_text_that_breaks_off_leaves_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_LONG", 5)
    broken = replace(three()[0], passages=unreadable())
    outcomes = list(library.documents.add_all([broken, three()[1]]))
    assert [type(each) for each in outcomes] == [UnreadableFileError, Added]
    assert [document.title for document in library.documents.list()] == ["Letter 1"]


def test_a_text_that_cannot_be_stored_keeps_no_other_out(library: Library) -> None:
    first, second, third = three()
    half = imported("half a character: \ud800\n", title="Half")
    told = UnreadableFileError("there is no such file")
    outcomes = list(library.documents.add_all([first, half, told, second, third]))
    assert [type(each) for each in outcomes] == [
        Added,
        InvalidError,
        UnreadableFileError,
        Added,
        Added,
    ]
    assert outcomes[2] is told
    assert len(library.documents.list()) == 3
    assert library.check() == []


def test_progress_may_stop_it(library: Library) -> None:
    with pytest.raises(ImportCancelled):
        list(library.documents.add_all(three(), progress=lambda length: False))
    assert library.documents.list() == []
