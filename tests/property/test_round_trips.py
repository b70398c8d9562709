"""What goes out in a format and comes in again is the same, or the loss report says what is not."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.exchange.export import export
from annotations.exchange.incoming import import_file
from annotations.exchange.report import LossReport
from annotations.exchange.texts import passages
from annotations.library.library import Library
from annotations.model import Highlight, ImportedDocument, Metadata
from tests.unit.library.support import empty_library

TEXT = "A 😀 first paragraph, of “wörds”.\n\nAnd the second: 東京都 שלום e\u0301.\n" * 3

# What XML and line ends of Markdown cannot hold is tested with those formats.
words = st.text(st.sampled_from("aB é😀#;\"'<&>-=\\/\n東"), max_size=12).map(str.strip)
tags = st.lists(
    st.sampled_from(["risk", "risk/tiers", "a b", "x; y", "ß"]), max_size=3, unique=True
)
marks = st.lists(
    st.tuples(
        st.integers(0, len(TEXT) - 2),
        st.integers(1, 30),
        tags,
        words,
        st.sampled_from(["", "teal", "#a0b1c2"]),
        st.booleans(),
    ),
    max_size=5,
)

KEPT = {
    "csv": {"tags", "note", "colour"},
    "tsv": {"tags", "note", "colour"},
    "json": {"tags", "note", "colour"},
    "jsonl": {"tags", "note", "colour"},
    "webannotation": {"tags", "note", "colour", "starred"},
    "hypothesis": {"tags", "note"},
    "refi": {"tags", "note"},
    "markdown": {"tags", "note", "colour", "starred"},
}
"""What each format holds, apart from the places, ids, names and times that all of them hold."""

SAID = {"colour": "colours of highlights", "starred": "stars"}
"""How the loss report calls what a format does not hold."""


@contextmanager
def opened(path: Path, coder: str) -> Iterator[Library]:
    with Library(empty_library(path), coder) as library:
        library.documents.add(ImportedDocument(passages(TEXT), Metadata("Doc")))
        yield library


def seen(library: Library, kept: set[str]) -> list[Highlight]:
    """The highlights without what a format need not hold."""
    return [
        each._replace(
            document="",
            tags=tuple(sorted(each.tags)),
            colour=each.colour if "colour" in kept else "",
            starred=each.starred and "starred" in kept,
        )
        for each in library.highlights.list()
    ]


@pytest.mark.parametrize("name", KEPT)
@settings(max_examples=6)
@given(marks=marks)
def test_a_format_takes_highlights_there_and_back(
    name: str, marks: list[tuple[int, int, list[str], str, str, bool]]
) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with opened(folder / "one.db", "ann") as library:
            [document] = library.documents.list()
            for start, length, paths, note, colour, starred in marks:
                end = min(start + length, len(TEXT))
                made = library.highlights.add(
                    document.id, start, end, tags=paths, note=note, colour=colour
                )
                if starred:
                    library.highlights.star([made.id])
            lost = export(library, folder / name, format_name=name)
            told(lost, name, library)
            _, outcome, _ = import_file(library, folder / name, format_name=name)
            assert (outcome.highlights, outcome.updated) == (0, 0)
            with opened(folder / "two.db", "eve") as other:
                _, outcome, _ = import_file(other, folder / name, format_name=name)
                assert outcome.highlights == len(marks)
                assert seen(other, KEPT[name]) == seen(library, KEPT[name])
                _, again, _ = import_file(other, folder / name, format_name=name)
                assert (again.highlights, again.updated, again.documents) == (0, 0, 0)
                assert other.check() == []
                if marks:
                    other.journal.undo()
                    assert seen(other, set()) == []
                    other.journal.redo()
                    assert seen(other, KEPT[name]) == seen(library, KEPT[name])


def told(lost: LossReport, name: str, library: Library) -> None:
    """What is there and not held is in the report, under its name."""
    said = {loss.what: loss.count for loss in lost.losses}
    highlights = list(library.highlights.list())
    for what, called in SAID.items():
        count = sum(bool(getattr(each, what)) for each in highlights)
        assert said.get(called, 0) == (0 if what in KEPT[name] else count)
