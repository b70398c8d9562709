"""However a text is edited: no highlight is lost sight of, no quote lies, and all can be undone."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.library.library import Library
from annotations.model import Highlight, ImportedDocument, Metadata, Status
from tests.property.test_undo import until_nothing_is_left
from tests.unit.library.support import empty_library, passages, tables

TEXTS = ("revisions", "passages", "outline", "acts", "journal", "earlier_places", "bookmarks")
"""Tables that an undo leaves alone: texts, where places were in them, what was done; of bookmarks,
when they were made."""

PROSE = (
    "the committee of experts shall keep a public register of every system that it has placed on "
    "the market and report each year to the parliament on harm 委員会 は 報告 する été straße"
)
SENTENCE = st.lists(st.sampled_from(PROSE.split()), min_size=3, max_size=14).map(
    lambda words: " ".join(words).capitalize() + "."
)
EDIT = st.tuples(
    st.sampled_from(["insert", "delete", "swap", "reword", "back"]), st.integers(0, 40), SENTENCE
)


def edited(sentences: list[str], edit: tuple[str, int, str]) -> list[str]:
    kind, index, new = edit
    at = index % len(sentences) if sentences else 0
    match kind:
        case "insert":
            return [*sentences[:at], new, *sentences[at:]]
        case "delete":
            return [*sentences[:at], *sentences[at + 1 :]]
        case "swap":
            return [*sentences[at:], *sentences[:at]]
        case "reword" if sentences:
            words = sentences[at].split()
            words[index % len(words)] = new.split()[0]
            return [*sentences[:at], " ".join(words), *sentences[at + 1 :]]
    return sentences


def law(sentences: list[str]) -> ImportedDocument:
    text = " ".join(sentences)
    return ImportedDocument(passages([text]), Metadata(title="The law", path="/law.txt"))


def reviewed(library: Library, document: str, deed: str, seen: str) -> None:
    """Somebody looks at what a revision has done."""
    cases = library.revisions.at(library.revisions.numbers(document))
    moved = [case.highlight.id for case in cases if case.highlight.status is Status.MOVED]
    length = library.documents.get(document).length
    match deed:
        case "accept":
            library.revisions.accept(moved[::2])
        case "leave":
            library.revisions.leave(each.highlight.id for each in cases[::2])
        case "move" if cases and length > 1:
            library.highlights.move(cases[-1].highlight.id, length // 2, length)
        case "again":
            library.revisions.place_again(document)
        case "late":
            # Chosen in the text before, and said now.
            library.highlights.add(document, 0, 9, tags=["late"], note="late", revision=seen)


def said(highlight: Highlight) -> tuple[object, ...]:
    """What somebody said of a highlight, wherever it is."""
    return highlight.tags, highlight.note, highlight.starred, highlight.coder


@settings(max_examples=20)
@given(
    first=st.lists(SENTENCE, min_size=2, max_size=12),
    spans=st.lists(st.tuples(st.integers(0, 300), st.integers(1, 120)), min_size=1, max_size=8),
    revisions=st.lists(
        st.tuples(
            st.lists(EDIT, min_size=1, max_size=3),
            st.sampled_from(["", "accept", "leave", "move", "again", "late"]),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_revisions(
    first: list[str],
    spans: list[tuple[int, int]],
    revisions: list[tuple[list[tuple[str, int, str]], str]],
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Library(empty_library(Path(folder) / "library"), "bob") as bob,
    ):
        document = bob.documents.add(law(first)).document
        length = document.length
        made = {}
        for index, (start, size) in enumerate(spans):
            start %= length
            end = min(length, start + size)
            tags, note = [f"tag/{index}", "all"][: index % 3], f"note {index}" * (index % 2)
            highlight = bob.highlights.add(document.id, start, end, tags=tags, note=note)
            bob.highlights.star([highlight.id], starred=index % 2 == 0)
            bob.reading.toggle_bookmark(document.id, start)
            made[highlight.id] = bob.highlights.get(highlight.id)
        bob.reading.save(document.id, length // 2)
        bookmarks = bob.reading.bookmarks(document.id)
        before = tables(bob.path, but=TEXTS)
        with Library(bob.path, "ann") as ann:
            sentences, seen, left = first, document.revision, False
            for edits, deed in revisions:
                for edit in edits:
                    sentences = first if edit[0] == "back" else edited(sentences, edit)
                ann.documents.add(law(sentences))
                reviewed(ann, document.id, deed, seen)
                seen = ann.documents.get(document.id).revision
                text = ann.documents.text(document.id)
                assert text == " ".join(sentences)
                present = {each.id: each for each in ann.highlights.list()}
                assert {each: said(present[each]) for each in made} == {
                    each.id: said(each) for each in made.values()
                }
                for each in present.values():
                    if each.status is not Status.LOST:
                        assert text[each.start : each.end] == each.quote
                cases = ann.revisions.at(ann.revisions.numbers(document.id))
                for case in cases:
                    old = ann.documents.text(document.id, revision=case.revision)
                    assert old[case.start : case.end] == case.quote
                    assert 0 <= case.near <= len(text)
                open_ = {each.id for each in present.values() if each.status is not Status.PLACED}
                listed = {case.highlight.id for case in cases}
                assert listed <= open_
                # What somebody left without a place is asked about where it may have one.
                left = left or deed == "leave"
                assert left or listed == open_
                assert all(0 <= each <= len(text) for each in bob.reading.bookmarks(document.id))
                assert ann.check() == []
            after = tables(ann.path, but=TEXTS)
            until_nothing_is_left(ann.journal.undo)
            assert tables(ann.path, but=TEXTS) == before
            assert bob.reading.bookmarks(document.id) == bookmarks
            until_nothing_is_left(ann.journal.redo)
            assert tables(ann.path, but=TEXTS) == after
            assert ann.check() == []
