from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from itertools import islice

import pytest

from annotations.errors import (
    ConflictError,
    InvalidError,
    LibraryError,
    NotFoundError,
    NothingToUndoError,
)
from annotations.library.clock import now
from annotations.library.library import Library
from annotations.library.staging import Staged
from annotations.model import Act, Document
from tests.unit.library.conftest import Open
from tests.unit.library.support import TEXT, imported, tables


def acts(library: Library) -> list[Act]:
    return list(library.journal.acts())


def test_acts_read_as_sentences(library: Library, document: Document) -> None:
    highlight = library.highlights.add(document.id, 0, 23, tags=["risk/misuse"])
    library.highlights.tag([highlight.id], ["a", "b"])
    library.highlights.untag([highlight.id], ["a", "b"])
    library.highlights.note(highlight.id, "why")
    library.highlights.note(highlight.id, "")
    library.highlights.colour([highlight.id], "red")
    library.highlights.star([highlight.id])
    library.highlights.move(highlight.id, 3, 7)
    others = [library.highlights.add(document.id, 0, 40 + n).id for n in range(2)]
    library.highlights.tag(others, ["a"])
    long = library.highlights.add(document.id, 0, 81)
    library.highlights.move(long.id, 0, 74)
    library.highlights.remove([highlight.id])
    library.documents.edit(document.id, title="On misuse", language="en")
    library.documents.delete([document.id])
    library.documents.restore([document.id])
    assert [f"{act.name}: {act.summary}" for act in reversed(acts(library))] == [
        "import: added “A letter”",
        "highlight: highlighted “We must prevent misuse.” with risk/misuse",
        "tag: tagged “We must prevent misuse.” with a and b",
        "untag: took a and b from “We must prevent misuse.”",
        "note: wrote a note on “We must prevent misuse.”",
        "note: removed the note on “We must prevent misuse.”",
        "colour: coloured “We must prevent misuse.” red",
        "star: starred “We must prevent misuse.”",
        "move: moved the edges of “We must prevent misuse.” to “must”",
        "highlight: highlighted “We must prevent misuse. All countries sh”",
        "highlight: highlighted “We must prevent misuse. All countries sho”",
        "tag: tagged 2 highlights with a",
        "highlight: highlighted “We must prevent misuse. All countries should benefit; none …”",
        "move: moved the end of “We must prevent misuse. All countries should benefit; none …” "
        "to “… benefit; none should be left”",
        "remove: removed “must”",
        "edit: set title and language of “A letter”",
        "delete: deleted “On misuse”",
        "restore: brought back “On misuse”",
    ]


def test_undo_and_redo_survive_a_restart(open_library: Open) -> None:
    library = open_library()
    document = library.documents.add(imported(TEXT)).document
    before = tables(library.path)
    highlight = library.highlights.add(document.id, 0, 7, tags=["b", "a"], note="n")
    after = tables(library.path)
    library.close()
    with open_library() as again:
        undone = again.journal.undo()
        assert (undone.name, undone.undone, undone.changes) == ("highlight", True, 5)
        assert tables(again.path) == before
    with open_library() as again:
        redone = again.journal.redo()
        assert (redone.id, redone.undone) == (undone.id, False)
        assert tables(again.path) == after
        assert again.highlights.get(highlight.id) == highlight


def test_a_new_act_forgets_what_was_undone(library: Library, document: Document) -> None:
    library.highlights.add(document.id, 0, 7)
    library.journal.undo()
    library.highlights.add(document.id, 3, 7)
    with pytest.raises(NothingToUndoError):
        library.journal.redo()


def test_undo_and_redo_go_back_and_forth(library: Library, document: Document) -> None:
    states = [tables(library.path)]
    for start in range(4):
        library.highlights.add(document.id, start, start + 1)
        states.append(tables(library.path))
    position = 4
    for step in (-1, -1, 1, -1, -1, -1, 1, 1, 1, -1, 1, 1):
        if step < 0:
            library.journal.undo()
        else:
            library.journal.redo()
        position += step
        assert tables(library.path) == states[position]
    with pytest.raises(NothingToUndoError):
        library.journal.redo()


def test_nothing_of_another_coder_is_undone(open_library: Open) -> None:
    ann, bob = open_library("ann"), open_library("bob")
    document = ann.documents.add(imported(TEXT)).document
    theirs = bob.highlights.add(document.id, 0, 7)
    with pytest.raises(
        ConflictError, match=r"^bob highlighted “We must” after you added “A letter”"
    ):
        ann.journal.undo()
    own = ann.highlights.add(document.id, 3, 7)
    ann.journal.undo()
    assert [each.id for each in ann.highlights.list()] == [theirs.id]
    bob.journal.undo()
    ann.journal.undo()
    with pytest.raises(NothingToUndoError, match="ann"):
        ann.journal.undo()
    assert own.id != theirs.id


def test_a_conflict_names_who_did_what_and_changes_nothing(open_library: Open) -> None:
    ann, bob = open_library("ann"), open_library("bob")
    document = ann.documents.add(imported(TEXT)).document
    highlight = ann.highlights.add(document.id, 0, 7)
    bob.highlights.note(highlight.id, "no")
    before = tables(ann.path, but=())
    with pytest.raises(ConflictError) as caught:
        ann.journal.undo()
    assert str(caught.value) == (
        "bob wrote a note on “We must” after you highlighted “We must”: nothing was taken back"
    )
    assert tables(ann.path, but=()) == before


def test_a_tag_that_somebody_put_on_mine_is_a_conflict(open_library: Open) -> None:
    ann, bob = open_library("ann"), open_library("bob")
    document = ann.documents.add(imported(TEXT)).document
    highlight = ann.highlights.add(document.id, 0, 7)
    bob.highlights.tag([highlight.id], ["x"])
    with pytest.raises(ConflictError, match="bob"):
        ann.journal.undo()


def test_edits_of_different_fields_do_not_conflict(open_library: Open) -> None:
    ann, bob = open_library("ann"), open_library("bob")
    document = ann.documents.add(imported(TEXT)).document
    highlight = ann.highlights.add(document.id, 0, 7)
    ann.highlights.note(highlight.id, "mine")
    bob.highlights.colour([highlight.id], "red")
    ann.journal.undo()
    now = ann.highlights.get(highlight.id)
    assert (now.note, now.colour) == ("", "red")
    ann.journal.redo()
    bob.journal.undo()
    now = ann.highlights.get(highlight.id)
    assert (now.note, now.colour) == ("mine", "")


def test_acts_join_into_one(library: Library, document: Document) -> None:
    before = tables(library.path)
    with library.journal.act("code", "coded two passages"):
        library.highlights.add(document.id, 0, 7, tags=["a"])
        library.highlights.add(document.id, 9, 12, tags=["a"])
    newest = acts(library)[0]
    assert (newest.name, newest.summary, newest.changes) == ("code", "coded two passages", 5)
    library.journal.undo()
    assert tables(library.path) == before


def test_an_act_that_fails_halfway_leaves_nothing(library: Library, document: Document) -> None:
    before = tables(library.path, but=())

    def code() -> None:
        with library.journal.act("code"):
            library.highlights.add(document.id, 0, 7)
            library.highlights.add(document.id, 0, 9999)

    with pytest.raises(InvalidError):
        code()
    assert tables(library.path, but=()) == before


def test_a_part_that_fails_leaves_the_rest_of_its_act(library: Library, document: Document) -> None:
    with library.journal.act("code"):
        kept = library.highlights.add(document.id, 0, 7)
        with pytest.raises(InvalidError, match="no passage"):
            library.highlights.add(document.id, 0, 9999, tags=["in vain"])
    assert list(library.highlights.list()) == [kept]
    assert library.codebook.tags() == []


def test_no_row_changes_outside_an_act(library: Library, document: Document) -> None:
    library.highlights.add(document.id, 0, 7)
    for statement in (
        "UPDATE highlights SET note = 'x'",
        "DELETE FROM highlights",
        "UPDATE documents SET title = 'x'",
        "INSERT INTO tags (id, path, folded, created_at, updated_at) VALUES (1, 1, 1, 1, 1)",
    ):
        with pytest.raises(LibraryError, match=r"journal\.act"):
            library._connection.run(statement)


def test_clocks_grow_even_if_the_time_does_not(
    library: Library, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.library.recording.now", lambda: "2001-01-01T00:00:00.000Z")
    for start in range(5):
        library.highlights.add(document.id, start, start + 1)
    clocks = [act.clock for act in acts(library)]
    assert clocks == sorted(set(clocks), reverse=True)


def test_entries_hold_what_was_and_what_is(library: Library, document: Document) -> None:
    highlight = library.highlights.add(document.id, 0, 7, note='old "ü"\x00\n')
    library.highlights.note(highlight.id, "new")
    with closing(sqlite3.connect(library.path)) as connection:
        rows = connection.execute(
            "SELECT name, coder, entity, entity_id, before, after FROM history "
            "ORDER BY number DESC LIMIT 1"
        ).fetchall()
    [(name, coder, entity, entity_id, before, after)] = rows
    assert (name, coder, entity, entity_id) == ("note", "ann", "highlights", highlight.id)
    assert '"note":"old \\"ü\\"\\u0000\\n"' in before
    assert '"note":"new"' in after
    assert "quote" not in before


def test_acts_are_listed_latest_first(library: Library, document: Document) -> None:
    library.highlights.add(document.id, 0, 7)
    library.journal.undo()
    names = [(act.name, act.undone) for act in acts(library)]
    assert names == [("undo", False), ("highlight", True), ("import", False)]
    assert next(library.journal.acts()).name == "undo"
    assert list(library.journal.acts(coder="nobody")) == []


def test_taking_back_reads_as_a_sentence_too(library: Library, document: Document) -> None:
    library.highlights.add(document.id, 0, 7)
    assert library.journal.undo().summary == "highlighted “We must”"
    library.journal.redo()
    made = acts(library)[2]
    library.journal.revert(made.id)
    assert [act.summary for act in islice(library.journal.acts(), 3)] == [
        "took back: highlighted “We must”",
        "did again: highlighted “We must”",
        "took back: highlighted “We must”",
    ]
    assert next(library.journal.acts()).undoes == made.id


def test_one_act_in_the_middle_is_reverted(library: Library, document: Document) -> None:
    one = library.highlights.add(document.id, 0, 7)
    two = library.highlights.add(document.id, 3, 7)
    library.highlights.note(two.id, "n")
    middle = acts(library)[2]
    reverted = library.journal.revert(middle.id[:13])
    assert (reverted.id, reverted.undone) == (middle.id, True)
    assert [each.id for each in library.highlights.list()] == [two.id]
    with pytest.raises(NothingToUndoError, match="does not stand"):
        library.journal.revert(middle.id)
    library.journal.undo()
    assert {each.id for each in library.highlights.list()} == {one.id, two.id}
    library.journal.redo()
    library.journal.undo()
    library.journal.undo()
    assert library.highlights.get(two.id) == two


def test_a_revert_that_later_acts_stand_on_is_refused(
    library: Library, document: Document, open_library: Open
) -> None:
    highlight = library.highlights.add(document.id, 0, 7)
    library.highlights.note(highlight.id, "n")
    made = acts(library)[1]
    with pytest.raises(
        ConflictError, match=r"^you wrote a note on “We must” after you highlighted “We must”"
    ):
        library.journal.revert(made.id)
    with pytest.raises(ConflictError, match="only ann can take it back"):
        open_library("bob").journal.revert(made.id)
    for missing in ("", "zz"):
        with pytest.raises(NotFoundError):
            library.journal.revert(missing)


def test_the_state_of_a_moment_comes_back(library: Library, document: Document) -> None:
    kept = library.highlights.add(document.id, 0, 7, tags=["a"])
    gone = library.highlights.add(document.id, 3, 7)
    library.journal.undo()
    time.sleep(0.002)
    moment, before = now(), tables(library.path)
    time.sleep(0.002)
    library.journal.redo()
    library.highlights.remove([kept.id])
    library.codebook.rename("a", "b")
    library.highlights.add(document.id, 0, 2)
    library.journal.undo()
    last = tables(library.path)
    restored = library.journal.restore(moment)
    assert restored.conflicts == ()
    assert restored.acts == 3
    assert tables(library.path) == before
    library.journal.undo()
    assert tables(library.path) == last
    library.journal.redo()
    assert tables(library.path) == before
    with pytest.raises(NotFoundError):
        library.highlights.get(gone.id)
    with pytest.raises(NothingToUndoError):
        library.journal.restore(now())


def test_going_back_tells_what_stays(open_library: Open) -> None:
    ann, bob = open_library("ann"), open_library("bob")
    document = ann.documents.add(imported(TEXT)).document
    time.sleep(0.002)
    moment = now()
    time.sleep(0.002)
    mine = ann.highlights.add(document.id, 0, 7)
    shared = ann.highlights.add(document.id, 3, 7)
    bob.highlights.note(shared.id, "no")
    restored = ann.journal.restore(moment)
    assert restored.acts == 1
    [conflict] = restored.conflicts
    assert conflict.startswith("bob wrote a note on “must” after you highlighted “must”")
    assert [each.id for each in ann.highlights.list()] == [shared.id]
    ann.journal.undo()
    assert {each.id for each in ann.highlights.list()} == {mine.id, shared.id}


def test_acts_are_found_by_what_they_changed(open_library: Open) -> None:
    ann, bob = open_library("ann"), open_library("bob")
    one = ann.documents.add(imported("one text", title="One")).document
    two = bob.documents.add(imported("two text", title="Two")).document
    first = ann.highlights.add(one.id, 0, 3, tags=["a"])
    second = bob.highlights.add(two.id, 0, 3, tags=["b"])
    bob.highlights.tag([first.id, second.id], ["c"])
    ann.codebook.rename("a", "x")
    ann.highlights.remove([first.id])

    def summaries(
        document: str | None = None,
        tag: str | None = None,
        coder: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> list[str]:
        acts = ann.journal.acts(document=document, tag=tag, coder=coder, since=since, until=until)
        return [act.summary for act in acts][::-1]

    assert summaries(document=one.id) == [
        "added “One”",
        "highlighted “one” with a",
        "tagged 2 highlights with c",
        "removed “one”",
    ]
    assert summaries(document=two.id, coder="BOB")[0] == "added “Two”"
    assert summaries(tag="C") == ["tagged 2 highlights with c", "removed “one”"]
    assert summaries(tag="a") == [
        "highlighted “one” with a",
        "renamed the tag a to x",
        "removed “one”",
    ]
    assert summaries(tag="x") == summaries(tag="a")
    day = acts(ann)[0].at[:10]
    assert len(summaries(since=day)) == 7
    assert summaries(until=day) == []


def test_who_is_written_over_is_told(open_library: Open) -> None:
    ann, bob = open_library("ann"), open_library("bob")
    document = ann.documents.add(imported(TEXT)).document
    highlight = ann.highlights.add(document.id, 0, 7)
    ann.highlights.note(highlight.id, "mine")
    assert ann.journal.overwritten() == []
    bob.highlights.colour([highlight.id], "red")
    assert ann.journal.overwritten() == []
    bob.highlights.note(highlight.id, "no, mine")
    assert ann.journal.overwritten() == ["bob wrote a note on “We must” after you did"]
    assert ann.journal.overwritten() == []
    assert bob.journal.overwritten() == []
    bob.highlights.remove([highlight.id])
    assert ann.journal.overwritten() == [
        "bob removed “We must” after you wrote a note on “We must”",
    ]


def test_what_the_same_session_did_elsewhere_is_told_of_as_its_own(open_library: Open) -> None:
    ann, aside, bob = open_library("ann"), open_library("ann"), open_library("bob")
    aside.journal.join(ann.journal)
    document = ann.documents.add(imported(TEXT)).document
    highlight = aside.highlights.add(document.id, 0, 7, note="mine")
    aside.highlights.note(highlight.id, "mine, still")
    assert ann.journal.overwritten() == []
    bob.highlights.note(highlight.id, "no, mine")
    assert ann.journal.overwritten() == ["bob wrote a note on “We must” after you did"]
    assert aside.journal.overwritten() == []


def test_a_bulk_act_is_undone_whole(library: Library) -> None:
    document = library.documents.add(imported("x" * 1200)).document
    with library.journal.act("code", "coded everything"):
        for start in range(1200):
            library.highlights.add(document.id, start, start + 1)
    ids = [highlight.id for highlight in library.highlights.list()]
    library.highlights.tag(ids, ["a", "b"])
    tagged = tables(library.path)
    library.highlights.remove(ids)
    assert list(library.highlights.list()) == []
    library.journal.undo()
    assert tables(library.path) == tagged
    assert acts(library)[2].changes == 1200 * 3 + 2


def test_an_act_after_a_first_one_that_failed_is_journalled(open_library: Open) -> None:
    document = open_library().documents.add(imported(TEXT)).document
    library = open_library()
    with pytest.raises(InvalidError):
        library.highlights.add(document.id, 0, 9999)
    library.highlights.add(document.id, 0, 7)
    assert acts(library)[0].changes == 1
    library.journal.undo()
    assert list(library.highlights.list()) == []


def test_ids_that_others_gave_may_hold_anything(library: Library, document: Document) -> None:
    made = library.highlights.add(document.id, 0, 7)
    library.journal.undo()
    odd = made._replace(id="urn:a b/c 'd'", tags=("x",))
    with library.merging.staging() as staging, library.merging.act() as act:
        library.codebook.add("x", tag_id="tag with blanks")
        staging.add([Staged(odd, 1)])
        staging.settle(document.id, document, is_stub=False)
        library.merging.move(staging, act.at, lambda rows: True)
    before = tables(library.path)
    library.highlights.untag([odd.id], ["x"])
    library.highlights.note(odd.id, "n")
    library.journal.undo()
    library.journal.undo()
    assert tables(library.path) == before
    assert [tag.path for tag in library.codebook.recent()] == ["x"]
    assert len(list(library.journal.acts(document=document.id, tag="x"))) == 3


def test_acts_of_the_first_schemas_are_taken_back_too(library: Library, document: Document) -> None:
    library.highlights.add(document.id, 0, 5, tags=["risk"])
    library.close()
    with closing(sqlite3.connect(library.path)) as connection, connection:
        # They named a row of two ids with a blank between them.
        connection.executescript("""
            UPDATE journal SET entity_id = replace(entity_id, char(31), ' ');
            DROP TABLE bookmarks;
            DELETE FROM _sqlite_migrations WHERE name = 'third';
            PRAGMA user_version = 2;
        """)
    with Library(library.path, "ann", create=False) as updated:
        updated.journal.undo()
        assert not list(updated.highlights.list())
        updated.journal.redo()
        assert [each.tags for each in updated.highlights.list()] == [("risk",)]
