"""A document that gets another text: where its highlights go, and that nothing of them is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.errors import (
    ConflictError,
    ImportCancelled,
    InvalidError,
    LibraryFullError,
    NotFoundError,
)
from annotations.library.library import Library
from annotations.library.marks import Mark
from annotations.model import Document, Highlight, ImportedDocument, Metadata, Status, Tally
from tests.unit.library.conftest import Open
from tests.unit.library.support import highlight_all, imported, passages, tables

OPENING = "The committee met in the old library on a cold morning in March. "
DUTY = "Every provider shall keep a register of the systems that it puts on the market. "
SCOPE = "The rules apply to hospitals, schools and the courts of the member states. "
PENALTY = "Whoever breaks them pays a fine of up to ten thousand francs a day. "
CLOSE = "It adjourned at noon, and nobody asked when it would meet again.\n"

FIRST = OPENING + DUTY + SCOPE + PENALTY + CLOSE
REWORDED = DUTY.replace("shall keep a register", "must keep a public register")
SECOND = OPENING + "A sentence nobody had expected was added here. " + REWORDED + SCOPE + CLOSE
THIRD = CLOSE.strip() + " " + OPENING + REWORDED + SCOPE


def given(text: str, path: str = "/texts/law.txt", **about: str) -> ImportedDocument:
    return ImportedDocument(
        passages([text]), Metadata(**({"title": "The law", "path": path} | about))
    )


def quote(library: Library, document: Document, words: str) -> Highlight:
    start = library.documents.text(document.id).index(words)
    return library.highlights.add(document.id, start, start + len(words))


@pytest.fixture
def law(library: Library) -> Document:
    return library.documents.add(given(FIRST)).document


def statuses(library: Library, *highlights: Highlight) -> list[Status]:
    return [library.highlights.get(each.id).status for each in highlights]


def test_a_file_that_was_renamed_goes_on_as_the_same_document(
    library: Library, tmp_path: Path
) -> None:
    before, after = tmp_path / "a.txt", tmp_path / "b.txt"
    before.write_text(FIRST)
    law = library.documents.add(given(FIRST, str(before))).document
    copied = library.documents.add(given(FIRST, str(after)))
    assert copied.document.path == str(before)
    before.unlink()
    renamed = library.documents.add(given(FIRST, str(after)))
    assert (renamed.document.id, renamed.new) == (law.id, False)
    assert renamed.document.path == str(after)
    changed = library.documents.add(given(SECOND, str(after)))
    assert (changed.document.id, changed.revised is None) == (law.id, False)
    library.journal.undo()
    library.journal.undo()
    assert library.documents.get(law.id).path == str(before)


def test_a_file_that_changed_is_a_revision(library: Library, law: Document) -> None:
    scope = quote(library, law, "hospitals, schools and the courts")
    duty = quote(library, law, DUTY.strip())
    penalty = quote(library, law, PENALTY.strip())
    added = library.documents.add(given(SECOND, title="Another title", author="N. N."))
    assert (added.document.id, added.new) == (law.id, True)
    assert added.revised == Tally(2, placed=1, moved=1, lost=1)
    assert (added.document.title, added.document.author) == ("The law", "N. N.")
    assert len(library.documents.list()) == 1
    assert library.documents.text(law.id) == SECOND
    assert library.documents.text(law.id, revision=1) == FIRST

    here = library.highlights.get(scope.id)
    assert (here.status, here.quote) == (Status.PLACED, scope.quote)
    assert SECOND[here.start : here.end] == scope.quote
    assert here.updated_at == scope.updated_at
    moved = library.highlights.get(duty.id)
    assert (moved.status, moved.quote) == (Status.MOVED, REWORDED.strip())
    lost = library.highlights.get(penalty.id)
    assert (lost.status, lost.quote, lost.start) == (Status.LOST, penalty.quote, penalty.start)
    assert lost.revision == law.revision

    first, second = library.revisions.list(law.id)
    assert (first.number, first.current, first.highlights) == (1, False, 1)
    assert (second.number, second.current, second.highlights) == (2, True, 2)
    case, gone = library.revisions.at(library.revisions.numbers(law.id))
    assert case.highlight == moved
    assert (case.quote, case.revision, case.start) == (duty.quote, 1, duty.start)
    assert case.near == moved.start
    assert 0.6 <= case.confidence <= 1
    assert (gone.quote, gone.revision, gone.start) == (penalty.quote, 1, penalty.start)
    assert library.check() == []


def test_a_highlight_of_the_text_that_was_looked_at_goes_along(
    library: Library, law: Document
) -> None:
    seen = law.revision
    library.documents.add(given(SECOND))
    made = []
    for words in ("hospitals, schools", DUTY.strip(), PENALTY.strip()):
        start = FIRST.index(words)
        end = start + len(words)
        made.append(library.highlights.add(law.id, start, end, tags=["a"], revision=seen))
    assert [each.status for each in made] == [Status.PLACED, Status.MOVED, Status.LOST]
    assert made == [library.highlights.get(each.id) for each in made]
    assert [each.quote for each in made] == [
        "hospitals, schools",
        REWORDED.strip(),
        PENALTY.strip(),
    ]
    assert [each.quote for each in library.revisions.at(library.revisions.numbers(law.id))] == [
        DUTY.strip(),
        PENALTY.strip(),
    ]
    assert library.check() == []
    before = tables(library.path, but=("acts", "journal"))
    library.journal.undo()
    library.journal.redo()
    assert tables(library.path, but=("acts", "journal")) == before


def test_what_was_said_of_another_text_changes_nothing(library: Library, law: Document) -> None:
    seen = law.revision
    scope = quote(library, law, "hospitals, schools and the courts")
    duty = quote(library, law, DUTY.strip())
    penalty = quote(library, law, PENALTY.strip())
    [fog] = list(library.coding.of_search('"old library"'))
    library.documents.add(given("A preface. " + SECOND))
    before = tables(library.path)
    revisions, highlights = library.revisions, library.highlights
    for stale in (
        lambda: revisions.accept([duty.id], revision=seen),
        lambda: revisions.leave([penalty.id], revision=seen),
        lambda: highlights.move(scope.id, 4, 12, revision=seen),
        lambda: highlights.split(scope.id, highlights.get(scope.id).start + 4, revision=seen),
        lambda: library.coding.apply([fog], ["a"]),
    ):
        with pytest.raises(ConflictError, match="changed meanwhile"):
            stale()
    assert tables(library.path) == before
    other = library.documents.add(given("Another text.", "/texts/other.txt")).document
    with pytest.raises(ConflictError, match="changed meanwhile"):
        library.highlights.add(law.id, 0, 5, revision=other.revision)


def test_a_lost_highlight_touches_nothing_and_is_listed(library: Library, law: Document) -> None:
    penalty = quote(library, law, PENALTY.strip())
    library.documents.add(given(SECOND))
    assert library.highlights.touching(law.id, 0, len(SECOND)) == []
    assert library.highlights.places(law.id) == []
    assert [each.id for each in library.highlights.at(library.highlights.lost(law.id))] == [
        penalty.id
    ]
    assert [each.id for each in library.highlights.list(law.id)] == [penalty.id]
    assert [each.id for each in library.passages.find("status:lost")] == [penalty.id]


def test_undo_takes_a_revision_back_whole_and_redo_does_it_again(
    library: Library, law: Document
) -> None:
    for words in (DUTY, SCOPE, PENALTY):
        quote(library, law, words.strip())
    before = tables(library.path)
    before.pop("revisions")
    library.documents.add(given(SECOND))
    after = tables(library.path)
    library.journal.undo()
    undone = tables(library.path)
    assert {name: undone[name] for name in before if name not in ("passages", "outline")} == {
        name: before[name] for name in before if name not in ("passages", "outline")
    }
    assert library.check() == []
    library.journal.redo()
    assert tables(library.path) == after
    assert library.check() == []


def test_the_same_text_adds_nothing(library: Library, law: Document) -> None:
    library.documents.add(given(SECOND))
    acts = len(list(library.journal.acts()))
    again = library.documents.add(given(SECOND))
    assert (again.new, again.revised) == (False, None)
    assert len(list(library.journal.acts())) == acts
    assert len(library.revisions.list(law.id)) == 2


def test_an_earlier_text_comes_back(library: Library, law: Document) -> None:
    penalty, duty = quote(library, law, PENALTY.strip()), quote(library, law, DUTY.strip())
    library.documents.add(given(SECOND))
    back = library.documents.add(given(FIRST))
    assert back.revised == Tally(1, placed=2)
    for each in (penalty, duty):
        here = library.highlights.get(each.id)
        assert (here.start, here.quote, here.status) == (each.start, each.quote, Status.PLACED)
    assert [each.current for each in library.revisions.list(law.id)] == [True, False]
    assert library.revisions.turn_to(law.id, 2) == Tally(2, moved=1, lost=1)
    assert library.revisions.turn_to(law.id, 2) is None
    with pytest.raises(NotFoundError, match="no revision 3"):
        library.revisions.turn_to(law.id, 3)
    assert library.check() == []


def test_a_moved_highlight_keeps_its_original_until_it_is_reviewed(
    library: Library, law: Document
) -> None:
    duty = quote(library, law, DUTY.strip())
    library.documents.add(given(SECOND))
    library.documents.add(given(THIRD))
    (case,) = library.revisions.at(library.revisions.numbers(law.id))
    assert (case.quote, case.revision, case.highlight.quote) == (duty.quote, 1, REWORDED.strip())
    assert library.revisions.accept([duty.id]) == 1
    assert library.revisions.numbers(law.id) == []
    assert statuses(library, duty) == [Status.PLACED]
    library.journal.undo()
    assert library.revisions.at(library.revisions.numbers(law.id)) == [case]
    assert library.check() == []


def test_leaving_a_highlight_lost(library: Library, law: Document) -> None:
    penalty, duty = quote(library, law, PENALTY.strip()), quote(library, law, DUTY.strip())
    library.documents.add(given(SECOND))
    assert library.highlights.unsettled(law.id) == {Status.MOVED: 1, Status.LOST: 1}
    with pytest.raises(InvalidError, match="lost"):
        library.revisions.accept([penalty.id, duty.id])
    library.revisions.leave([penalty.id, duty.id])
    assert library.highlights.unsettled(law.id) == {}
    assert statuses(library, penalty, duty) == [Status.LOST, Status.LOST]
    here = library.highlights.get(duty.id)
    assert (here.quote, here.start, here.revision) == (duty.quote, duty.start, law.revision)
    assert library.check() == []
    library.documents.add(given(FIRST))
    assert statuses(library, penalty, duty) == [Status.PLACED, Status.PLACED]
    with pytest.raises(InvalidError, match="in its place"):
        library.revisions.leave([duty.id])


def test_placing_by_hand_ends_the_review(library: Library, law: Document) -> None:
    penalty = quote(library, law, PENALTY.strip())
    library.documents.add(given(SECOND))
    start = SECOND.index(SCOPE)
    moved = library.highlights.move(penalty.id, start, start + 9)
    assert (moved.status, moved.quote) == (Status.PLACED, "The rules")
    assert library.revisions.numbers(law.id) == []
    library.journal.undo()
    assert len(library.revisions.numbers(law.id)) == 1
    library.highlights.remove([penalty.id])
    assert library.revisions.numbers(law.id) == []
    library.journal.undo()
    assert len(library.revisions.numbers(law.id)) == 1
    assert library.check() == []


def test_placing_again_changes_nothing_where_nothing_changed(
    library: Library, law: Document
) -> None:
    quote(library, law, PENALTY.strip())
    quote(library, law, DUTY.strip())
    library.documents.add(given(SECOND))
    before = tables(library.path, but=())
    assert library.revisions.place_again(law.id) == Tally(2, moved=1, lost=1)
    assert tables(library.path, but=()) == before


def test_a_text_that_becomes_empty_loses_all(library: Library, law: Document) -> None:
    duty = quote(library, law, DUTY.strip())
    assert library.documents.add(given("")).revised == Tally(2, lost=1, empty=True)
    assert statuses(library, duty) == [Status.LOST]
    assert library.check() == []
    assert library.documents.add(given(FIRST)).revised == Tally(1, placed=1)


def test_another_language_loses_all(library: Library, law: Document) -> None:
    highlights = [quote(library, law, words.strip()) for words in (DUTY, SCOPE, PENALTY)]
    library.documents.add(
        given(
            "Der Ausschuss tagte an einem kalten Märzmorgen in der alten Bibliothek. Jeder "
            "Anbieter führt ein Verzeichnis der Systeme, die er in Verkehr bringt. Die Regeln "
            "gelten für Spitäler, Schulen und Gerichte der Mitgliedstaaten.\n"
        )
    )
    assert statuses(library, *highlights) == [Status.LOST] * 3
    assert library.check() == []


def test_which_document_a_file_revises(library: Library, law: Document) -> None:
    other = library.documents.add(given(SECOND, separate_path := "/texts/copy.txt")).document
    assert other.id != law.id
    own = library.documents.add(given(THIRD), separate=True).document
    assert own.id not in (law.id, other.id)
    named = library.documents.add(given("Said so.\n", "/elsewhere.txt"), revises=other.id)
    assert (named.document.id, named.document.path) == (other.id, "/elsewhere.txt")
    with pytest.raises(ConflictError, match=r"the text of the document “The law”.*link"):
        library.documents.add(given(FIRST, separate_path), revises=other.id)
    assert library.documents.add(given(FIRST, "/elsewhere.txt")).document.id == law.id
    with pytest.raises(NotFoundError):
        library.documents.add(given("New.\n"), revises="00000000")
    assert library.check() == []


@pytest.mark.parametrize(
    ("path", "title", "is_revision"),
    [
        ("", "Page, amended", True),
        ("/saved.html", "the page.", True),
        ("/saved.html", "Part 2", False),
    ],
)
def test_what_came_from_the_same_address(
    library: Library, path: str, title: str, is_revision: bool
) -> None:
    source = "https://example.org/page"
    first = library.documents.add(given(FIRST, "", title="The page", source=source)).document
    second = library.documents.add(given(SECOND, path, title=title, source=source)).document
    assert (second.id == first.id) == is_revision


def test_linking_two_documents(library: Library, law: Document) -> None:
    duty = quote(library, law, DUTY.strip())
    library.documents.edit(law.id, note="The draft.")
    final = library.documents.add(given(SECOND, "/final.txt", publisher="The council")).document
    library.documents.edit(final.id, note="As passed.")
    scope = quote(library, final, SCOPE.strip())
    library.folders.put("laws", [law.id, final.id])
    library.folders.put("passed", [final.id])
    library.marks.put([final.id], Mark.READ)
    before = tables(library.path)
    assert library.revisions.link(law.id, final.id) == Tally(2, moved=1)
    (one,) = library.documents.list()
    assert (one.id, one.path, one.publisher) == (law.id, "/final.txt", "The council")
    assert (one.note, one.highlights) == ("The draft.\n\nAs passed.", 2)
    assert library.highlights.get(scope.id).document == law.id
    assert library.folders.of(law.id) == ["laws", "passed"]
    assert statuses(library, duty, scope) == [Status.MOVED, Status.PLACED]
    assert [each.number for each in library.revisions.list(law.id)] == [1, 2]
    assert library.check() == []
    library.journal.undo()
    assert tables(library.path) == before
    library.journal.redo()
    assert library.check() == []
    with pytest.raises(ConflictError, match="itself"):
        library.revisions.link(law.id, law.id)


def test_stopping_leaves_everything_as_it_was(library: Library, law: Document) -> None:
    quote(library, law, DUTY.strip())
    before = tables(library.path)
    calls = 0

    def stop_late(length: int) -> bool:
        nonlocal calls
        calls += 1
        return calls < 2

    with pytest.raises(ImportCancelled):
        library.documents.add(given(SECOND), progress=stop_late)
    assert calls == 2
    assert tables(library.path) == before


def test_what_is_done_meanwhile_is_placed_too(
    library: Library, law: Document, open_library: Open
) -> None:
    duty, scope = quote(library, law, DUTY.strip()), quote(library, law, SCOPE.strip())
    with Library(library.path, "bob") as other:
        late: list[Highlight] = []
        calls: list[int] = []

        def meanwhile(length: int) -> bool:
            calls.append(length)
            # The text is in by the second time, and the highlights are being placed.
            if len(calls) == 2:
                late.append(quote(other, law, PENALTY.strip()))
                other.highlights.remove([scope.id])
            return True

        added = library.documents.add(given(SECOND), progress=meanwhile)
    assert added.revised == Tally(2, moved=1, lost=1)
    assert statuses(library, duty, *late) == [Status.MOVED, Status.LOST]
    assert library.check() == []


def test_undo_out_of_turn_never_puts_a_highlight_on_another_text(
    library: Library, law: Document, open_library: Open
) -> None:
    bob = open_library("bob")
    duty = quote(bob, law, DUTY.strip())
    bob.highlights.move(duty.id, duty.start + 6, duty.end)
    library.documents.add(given(SECOND))
    late = quote(bob, law, "A sentence nobody had expected")
    with pytest.raises(ConflictError, match="another text"):
        library.journal.undo()
    bob.journal.undo()
    assert library.check() == []
    with pytest.raises(NotFoundError):
        bob.highlights.get(late.id)
    with pytest.raises(ConflictError):
        bob.journal.undo()
    library.journal.undo()
    bob.journal.undo()
    assert library.highlights.get(duty.id).start == duty.start
    assert library.check() == []


def test_a_removed_highlight_does_not_come_back_on_another_text(
    library: Library, law: Document, open_library: Open
) -> None:
    bob = open_library("bob")
    duty = quote(bob, law, DUTY.strip())
    bob.highlights.remove([duty.id])
    library.documents.add(given(SECOND))
    with pytest.raises(ConflictError, match="another text"):
        bob.journal.undo()
    library.journal.undo()
    bob.journal.undo()
    assert library.highlights.get(duty.id) == duty


def test_edges_moved_within_a_text_are_not_put_back_on_other_words(
    library: Library, law: Document, open_library: Open
) -> None:
    bob = open_library("bob")
    penalty = quote(bob, law, PENALTY.strip())
    start = OPENING.index("The committee")
    bob.highlights.move(penalty.id, start, start + 13)
    library.documents.add(given(SECOND))
    with pytest.raises(ConflictError, match="another text"):
        bob.journal.undo()
    assert library.highlights.get(penalty.id).quote == "The committee"
    assert library.check() == []


def test_search_finds_the_current_text_alone(library: Library, law: Document) -> None:
    quote(library, law, PENALTY.strip())
    library.documents.add(given(SECOND))
    assert [found.hits for found in library.search.find("expected")] == [1]
    # A lost quote is found as a note is, for it is in no current text.
    (found,) = library.search.find("francs")
    assert (found.hits, len(found.notes)) == (0, 1)
    assert list(library.search.hits("francs")) == []
    library.journal.undo()
    assert list(library.search.find("expected")) == []
    assert [found.hits for found in library.search.find("francs")] == [1]


def test_compacting_keeps_the_earlier_texts(library: Library, law: Document) -> None:
    quote(library, law, PENALTY.strip())
    library.documents.add(given(SECOND))
    library.documents.add(given(THIRD))
    library.journal.undo()
    library.compact()
    assert [each.number for each in library.revisions.list(law.id)] == [1, 2]
    assert library.documents.text(law.id, revision=1) == FIRST
    assert library.check() == []


def test_a_full_disk_leaves_the_text_that_was(library: Library, law: Document) -> None:
    quote(library, law, PENALTY.strip())
    pages = library._connection.value("PRAGMA page_count")
    before = tables(library.path)
    library._connection.run(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(LibraryFullError):
        library.documents.add(given(SECOND * 500))
    assert tables(library.path) == before
    library._connection.run("PRAGMA max_page_count = 1000000")
    assert library.check() == []


def test_a_short_revision_in_a_batch_is_written_alone(library: Library, law: Document) -> None:
    quote(library, law, DUTY.strip())
    outcomes = list(
        library.documents.add_all([imported("one", title="1"), given(SECOND), imported("two")])
    )
    assert [getattr(each, "revised", None) for each in outcomes] == [None, Tally(2, moved=1), None]
    assert library.check() == []


def test_many_highlights_are_as_they_should_be(library: Library) -> None:
    lines = [
        f"Line {number} says {number * 7919 % 1000} things of {number % 17}.\n"
        for number in range(800)
    ]
    document = library.documents.add(given("".join(lines))).document
    at, spots = 0, []
    for line in lines:
        spots.append((document.id, at, at + len(line) - 1))
        at += len(line)
    highlight_all(library, spots)
    changed = [line for number, line in enumerate(lines) if number % 40]
    tally = library.documents.add(given("".join(changed))).revised
    assert tally is not None
    assert tally.placed + tally.moved + tally.lost == 800
    assert tally.placed >= 770
    assert library.check() == []
