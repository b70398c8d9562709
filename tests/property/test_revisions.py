"""However a text is edited: no highlight is lost sight of, no quote lies, and all can be undone."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.library.library import Library
from annotations.model import ImportedDocument, Metadata, Status
from tests.property.test_undo import until_nothing_is_left
from tests.unit.library.support import passages, tables

TEXTS = ("revisions", "passages", "outline", "acts", "journal")
"""Tables that an undo leaves alone."""

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


@settings(max_examples=40)
@given(
    first=st.lists(SENTENCE, min_size=2, max_size=12),
    spans=st.lists(st.tuples(st.integers(0, 300), st.integers(1, 120)), min_size=1, max_size=8),
    revisions=st.lists(st.lists(EDIT, min_size=1, max_size=3), min_size=1, max_size=4),
)
def test_revisions(
    first: list[str], spans: list[tuple[int, int]], revisions: list[list[tuple[str, int, str]]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "l", "bob") as bob:
        document = bob.documents.add(law(first)).document
        length = document.length
        made = {}
        for start, size in spans:
            start %= length
            highlight = bob.highlights.add(document.id, start, min(length, start + size))
            made[highlight.id] = highlight
        before = tables(bob.path, but=TEXTS)
        with Library(bob.path, "ann") as ann:
            sentences = first
            for edits in revisions:
                for edit in edits:
                    sentences = first if edit[0] == "back" else edited(sentences, edit)
                ann.documents.add(law(sentences))
                text = ann.documents.text(document.id)
                assert text == " ".join(sentences)
                present = {each.id: each for each in ann.highlights.list()}
                assert present.keys() == made.keys()
                for each in present.values():
                    if each.status is not Status.LOST:
                        assert text[each.start : each.end] == each.quote
                cases = ann.revisions.at(ann.revisions.numbers(document.id))
                for case in cases:
                    old = ann.documents.text(document.id, revision=case.revision)
                    assert old[case.start : case.end] == case.quote
                    assert 0 <= case.near <= len(text)
                assert {case.highlight.id for case in cases} == {
                    each.id for each in present.values() if each.status is not Status.PLACED
                }
                assert ann.check() == []
            after = tables(ann.path, but=TEXTS)
            until_nothing_is_left(ann.journal.undo)
            assert tables(ann.path, but=TEXTS) == before
            until_nothing_is_left(ann.journal.redo)
            assert tables(ann.path, but=TEXTS) == after
            assert ann.check() == []
