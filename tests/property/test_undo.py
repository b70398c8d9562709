"""Whatever was done, undoing all of it gives the first state back, and redoing all the last one."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.errors import FlorilegiumError, NothingToUndoError
from annotations.library.clock import now
from annotations.library.coding import Extent
from annotations.library.library import Library
from annotations.library.marks import Mark
from annotations.library.staging import Staged
from tests.unit.library.support import empty_library, highlight_all, imported, tables

DERIVED = ("acts", "journal", "revisions", "passages", "outline")
"""Tables that undo leaves alone: the history itself, and the texts, which stay for a redo."""

PATHS = st.sampled_from(["risk", "Risk/tiers", "risk/misuse", "actors", "actors/un", "é", "stance"])
SOME = st.lists(st.integers(0, 30), min_size=1, max_size=4)
"""Indices into what there is."""

Step = Callable[[Library], None]


@pytest.fixture(autouse=True, scope="module")
def however_few() -> Iterator[None]:
    """Have imports make what follows from rows afterwards, as large ones do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("annotations.library.afterwards._FEW", 0)
        yield


def ids(library: Library, some: list[int]) -> list[str]:
    there = [highlight.id for highlight in library.highlights.list()]
    return [there[index % len(there)] for index in some] if there else []


def documents(library: Library, some: list[int]) -> list[str]:
    there = sorted(document.id for document in library.documents.list())
    return [there[index % len(there)] for index in some] if there else []


@st.composite
def add_document(draw: st.DrawFn) -> Step:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))

    def do(library: Library) -> None:
        library.documents.add(imported(text, title=text))

    return do


@st.composite
def add_highlight(draw: st.DrawFn) -> Step:
    some, start, length = draw(SOME), draw(st.integers(0, 20)), draw(st.integers(1, 10))
    tags, note = draw(st.lists(PATHS, max_size=3)), draw(st.sampled_from(["", 'a "note"\n\x00']))

    def do(library: Library) -> None:
        for document in documents(library, some):
            library.highlights.add(document, start, start + length, tags=tags, note=note)

    return do


@st.composite
def change_highlights(draw: st.DrawFn) -> Step:
    some, paths = draw(SOME), draw(st.lists(PATHS, min_size=1, max_size=3))
    text, start = draw(st.text(max_size=5)), draw(st.integers(0, 20))
    colour = draw(st.sampled_from(["", "red", "#00ff00"]))
    kind = draw(st.sampled_from(["tag", "untag", "note", "colour", "star", "move", "remove"]))

    def do(library: Library) -> None:
        highlights, chosen = library.highlights, ids(library, some)
        match kind:
            case "tag":
                highlights.tag(chosen, paths)
            case "untag":
                highlights.untag(chosen, paths)
            case "note" if chosen:
                highlights.note(chosen[0], text)
            case "colour":
                highlights.colour(chosen, colour)
            case "star":
                highlights.star(chosen)
            case "move" if chosen:
                highlights.move(chosen[0], start, start + 3)
            case "remove":
                highlights.remove(chosen)

    return do


@st.composite
def change_documents(draw: st.DrawFn) -> Step:
    some, title = draw(SOME), draw(st.sampled_from(["a", "b", "Ω"]))
    kind = draw(st.sampled_from(["edit", "delete", "restore", "mark", "unmark"]))
    mark = draw(st.sampled_from(Mark))

    def do(library: Library) -> None:
        chosen = documents(library, some)
        match kind:
            case "edit" if chosen:
                library.documents.edit(chosen[0], title=title, note=title)
            case "delete":
                library.documents.delete(chosen[:1])
            case "mark":
                library.marks.put(chosen, mark)
            case "unmark":
                library.marks.take(chosen, mark)
            case "restore":
                hidden = library.documents.list(deleted=True)
                library.documents.restore([document.id for document in hidden])

    return do


@st.composite
def change_codebook(draw: st.DrawFn) -> Step:
    some, path, other, key = draw(SOME), draw(PATHS), draw(PATHS), draw(st.sampled_from("123"))
    kind = draw(
        st.sampled_from(
            [
                "add",
                "rename",
                "move",
                "merge",
                "split",
                "describe",
                "recolour",
                "key",
                "order",
                "delete",
                "alone",
            ]
        )
    )

    def do(library: Library) -> None:
        codebook = library.codebook
        match kind:
            case "add":
                codebook.add(path, other, "blue")
            case "rename":
                codebook.rename(path, other)
            case "move":
                codebook.move(path, other)
            case "merge":
                codebook.merge(path, other)
            case "split":
                codebook.split(path, other, ids(library, some))
            case "describe":
                codebook.describe(path, note=other)
                codebook.set_exclusive(path)
            case "key":
                codebook.assign_key(path, key)
            case "order":
                codebook.order([path, other])
            case "recolour":
                codebook.recolour(path, "teal")
            case "delete":
                codebook.delete(path)
            case "alone":
                codebook.delete(path, children=False)

    return do


@st.composite
def keep_queries(draw: st.DrawFn) -> Step:
    name, query = draw(st.sampled_from(["mine", "other"])), draw(PATHS)
    kind = draw(st.sampled_from(["save", "rename", "forget"]))

    def do(library: Library) -> None:
        match kind:
            case "save":
                library.queries.save(name, query)
            case "rename":
                library.queries.rename(name, "third")
            case "forget":
                library.queries.forget(name)

    return do


@st.composite
def code(draw: st.DrawFn) -> Step:
    query, extent, path = draw(PATHS), draw(st.sampled_from(Extent)), draw(PATHS)

    def do(library: Library) -> None:
        coding = library.coding
        coding.apply(list(coding.of_passages(query, extent)), [path])
        coding.apply(list(coding.of_search("a", extent)), [path])

    return do


@st.composite
def bring_in(draw: st.DrawFn) -> Step:
    some, path, note = draw(SOME), draw(PATHS), draw(st.text(max_size=5))
    title, identity = draw(st.sampled_from(["a", "b"])), str(draw(st.uuids()))

    def do(library: Library) -> None:
        list(library.documents.add_all(imported(f"{title}{at}\n", title=title) for at in "12"))
        merging = library.merging
        with merging.staging() as staging, merging.act() as act:
            merging.tag(path, {"description": note, "note": note}, "blue")
            merging.add_document(imported(f"{note} from elsewhere", title=title))
            for number, each in enumerate(list(library.highlights.list())[: len(some)]):
                merging.update(each, each._replace(note=note, colour="red", tags=(path,)))
                words = (each.quote, each.prefix, each.suffix)
                other = each._replace(id=f"{identity}{number}", tags=(path,))
                staging.add([Staged(other, number + 1, words)])
                document = library.documents.get(each.document)
                staging.settle(each.document, document, is_stub=False)
            merging.move(staging, act.at, lambda rows: True)

    return do


@st.composite
def change_folders(draw: st.DrawFn) -> Step:
    some, path, other = draw(SOME), draw(PATHS), draw(PATHS)
    kind = draw(st.sampled_from(["add", "put", "take out", "rename", "move", "delete"]))

    def do(library: Library) -> None:
        folders = library.folders
        match kind:
            case "add":
                folders.add(path)
            case "put":
                folders.put(path, documents(library, some))
            case "take out":
                folders.take_out(path, documents(library, some))
            case "rename":
                folders.rename(path, other)
            case "move":
                folders.move(path, other)
            case "delete":
                folders.delete(path)

    return do


@st.composite
def reshape(draw: st.DrawFn) -> Step:
    some, offset, span = draw(SOME), draw(st.integers(0, 20)), draw(st.integers(1, 4))

    def do(library: Library) -> None:
        chosen = ids(library, some)
        if len(chosen) > 1:
            library.highlights.join(chosen)
        elif chosen:
            library.highlights.split(chosen[0], offset)
        spots = [(each, offset, offset + span) for each in documents(library, some)]
        highlight_all(library, spots, ["bulk"])

    return do


@st.composite
def revise(draw: st.DrawFn) -> Step:
    some = draw(SOME)
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=10))
    start, length = draw(st.integers(0, 30)), draw(st.integers(0, 10))
    kind = draw(st.sampled_from(["edit", "edit", "back", "link", "accept", "leave", "again"]))

    def do(library: Library) -> None:
        chosen, revisions = documents(library, some), library.revisions
        if not chosen:
            return
        before = {each.id for each in library.highlights.list()}
        document = chosen[0]
        cases = revisions.at(revisions.numbers(document))
        match kind:
            case "edit":
                old = library.documents.text(document)
                new = old[:start] + text + old[start + length :]
                library.documents.add(imported(new), revises=document)
            case "back":
                revisions.turn_to(document, 1)
            case "link" if len(chosen) > 1:
                revisions.link(document, chosen[1])
            case "accept":
                revisions.accept(each.highlight.id for each in cases[:2])
            case "leave":
                revisions.leave(each.highlight.id for each in cases[:2])
            case "again":
                revisions.place_again(document)
        # Whatever a text becomes, no highlight goes, and no quote lies.
        assert {each.id for each in library.highlights.list()} == before
        assert library.check() == []

    return do


@st.composite
def several(draw: st.DrawFn) -> Step:
    parts = draw(st.lists(add_highlight() | change_highlights(), min_size=1, max_size=3))

    def do(library: Library) -> None:
        with library.journal.act("together"):
            for part in parts:
                part(library)

    return do


STEPS = st.lists(
    add_document()
    | add_highlight()
    | change_highlights()
    | change_documents()
    | change_codebook()
    | change_folders()
    | keep_queries()
    | code()
    | bring_in()
    | reshape()
    | revise()
    | several(),
    max_size=12,
)


def state(library: Library) -> dict[str, list[object]]:
    return tables(library.path, but=DERIVED)


def perform(library: Library, step: Step) -> None:
    # What is asked for may not be there or cannot be: that changes nothing.
    with suppress(FlorilegiumError):
        step(library)


def as_one_act(step: Step) -> Step:
    def do(library: Library) -> None:
        with library.journal.act("step"):
            step(library)

    return do


def until_nothing_is_left(take: Callable[[], object]) -> None:
    while True:
        try:
            take()
        except NothingToUndoError:
            return


@settings(max_examples=25, print_blob=True)
@given(before=STEPS, steps=STEPS)
def test_undone_in_full_and_redone_in_full(before: list[Step], steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = empty_library(Path(folder) / "library")
        with Library(path, "bob") as library:
            for step in before:
                perform(library, step)
            first = state(library)
        with Library(path, "ann") as library:
            for step in steps:
                perform(library, step)
            last = state(library)
            until_nothing_is_left(library.journal.undo)
            assert state(library) == first
        with Library(path, "ann") as library:
            until_nothing_is_left(library.journal.redo)
            assert state(library) == last
            assert library.check() == []
            until_nothing_is_left(library.journal.undo)
            assert state(library) == first


@settings(max_examples=15)
@given(steps=STEPS, walk=st.lists(st.booleans(), max_size=20))
def test_every_state_on_the_way_comes_back(steps: list[Step], walk: list[bool]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = empty_library(Path(folder) / "library")
        with Library(path, "ann") as library:
            states = [state(library)]
            for step in steps:
                acts = len(list(library.journal.acts()))
                perform(library, as_one_act(step))
                if len(list(library.journal.acts())) > acts:
                    states.append(state(library))
            position = len(states) - 1
            for back in walk:
                try:
                    if back:
                        library.journal.undo()
                    else:
                        library.journal.redo()
                except NothingToUndoError:
                    assert position == (0 if back else len(states) - 1)
                    continue
                position += -1 if back else 1
                assert state(library) == states[position]
                with Library(path, "bob") as other:
                    assert library.codebook.tags() == other.codebook.tags()


@settings(max_examples=15)
@given(before=STEPS, steps=STEPS)
def test_going_back_is_undoing_everything_since(before: list[Step], steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = empty_library(Path(folder) / "library")
        with Library(path, "ann") as library:
            for step in before:
                perform(library, step)
            first, boundary = state(library), len(list(library.journal.acts()))
            time.sleep(0.002)
            moment = now()
            time.sleep(0.002)
            for step in steps:
                perform(library, step)
            last = state(library)
            if len(list(library.journal.acts())) == boundary:
                return
            assert library.journal.restore(moment).conflicts == ()
            assert state(library) == first
            library.journal.undo()
            assert state(library) == last
