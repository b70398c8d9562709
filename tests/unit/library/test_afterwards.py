from __future__ import annotations

import pytest

from annotations.errors import ActStopped
from annotations.library import afterwards
from annotations.library.library import Library
from annotations.library.staging import Staged
from annotations.model import Document
from tests.unit.library.conftest import Open
from tests.unit.library.support import TEXT, imported, tables

UNLIKE = ("acts", "journal", "_sqlite_migrations")


@pytest.fixture(autouse=True)
def however_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(afterwards, "_FEW", 0)


def schema(library: Library) -> set[tuple[str, str, str]]:
    return set(library._connection.all("SELECT type, name, sql FROM sqlite_schema"))


def bring_in(library: Library, *documents: Document, stop: bool = False) -> None:
    """Two more highlights for each of some documents, one of them lost."""
    each = next(iter(library.highlights.list()))
    with library.merging.staging() as staging, library.merging.act() as act:
        for number, document in enumerate(documents):
            placed = each._replace(id=f"p{number}", document=document.id, starred=True)
            lost = each._replace(id=f"l{number}", document=document.id, tags=("a", "b"))
            staging.add([Staged(placed, 2 * number), Staged(lost, 2 * number + 1)])
            staging.settle(document.id, document, is_stub=False)
        library.merging.move(staging, act.at, lambda rows: True)
        if stop:
            raise ActStopped


@pytest.fixture
def there(library: Library, document: Document) -> list[Document]:
    """Two documents with a highlight each, of which one is deleted."""
    other = library.documents.add(imported(f"{TEXT}Once more.\n")).document
    for each in (document, other):
        library.highlights.add(each.id, 0, 7, tags=["a"])
    library.documents.delete([other.id])
    return [document, library.documents.get(other.id)]


def test_as_much_follows_as_from_rows_one_by_one(library: Library, there: list[Document]) -> None:
    before, made = schema(library), set[str]()
    library._connection.sqlite.set_trace_callback(made.add)
    bring_in(library, *there)
    library._connection.sqlite.set_trace_callback(None)

    assert any("CREATE INDEX highlights_place" in statement for statement in made)
    assert schema(library) == before
    assert library.check() == []
    after = tables(library.path, but=UNLIKE)
    library.journal.undo()
    library.journal.redo()
    assert tables(library.path, but=UNLIKE) == after


def test_what_is_there_already_is_not_gone_through_for_a_few(
    library: Library, there: list[Document]
) -> None:
    for start in range(8, 40, 4):
        library.highlights.add(there[0].id, start, start + 4)
    made = set[str]()
    library._connection.sqlite.set_trace_callback(made.add)
    bring_in(library, *there)
    assert not any("CREATE INDEX" in statement for statement in made)
    assert library.check() == []


def test_an_import_that_stops_leaves_the_indexes(library: Library, there: list[Document]) -> None:
    before, rows = schema(library), tables(library.path, but=())
    with pytest.raises(ActStopped):
        bring_in(library, *there, stop=True)
    assert schema(library) == before
    assert tables(library.path, but=()) == rows
    bring_in(library, *there)
    assert library.check() == []


def test_who_has_the_library_open_goes_on_writing(
    library: Library, there: list[Document], open_library: Open
) -> None:
    other = open_library()
    other.highlights.add(there[0].id, 8, 12)
    bring_in(library, *there)
    other.highlights.add(there[0].id, 13, 17, tags=["b"])
    other.journal.undo()
    other.journal.redo()
    assert other.check() == library.check() == []
    assert 13 in {each.start for each in library.highlights.list(there[0].id)}
