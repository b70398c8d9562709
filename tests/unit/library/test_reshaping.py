from __future__ import annotations

import pytest

from annotations.errors import InvalidError, NotFoundError
from annotations.library.library import Library
from annotations.library.placing import CONTEXT
from annotations.model import Document
from tests.unit.library.support import TEXT, imported, tables


def test_a_highlight_is_cut_in_two(library: Library, document: Document) -> None:
    highlight = library.highlights.add(document.id, 0, 23, tags=["b", "a"], note="n", colour="red")
    library.highlights.star([highlight.id])
    before = tables(library.path)
    first, second = library.highlights.split(highlight.id, 8)
    assert (first.id, first.quote, first.note) == (highlight.id, TEXT[:8], "n")
    assert (second.quote, second.prefix, second.note) == (TEXT[8:23], TEXT[:8], "")
    assert (second.tags, second.colour, second.starred) == (("b", "a"), "red", True)
    assert library.highlights.get(first.id) == first
    assert library.highlights.get(second.id) == second
    assert library.check() == []
    library.journal.undo()
    assert tables(library.path) == before
    for offset in (0, 23, -1, 99):
        with pytest.raises(InvalidError):
            library.highlights.split(highlight.id, offset)


def test_highlights_are_joined(library: Library, document: Document) -> None:
    late = library.highlights.add(document.id, 10, 20, tags=["c", "a"], note="late")
    early = library.highlights.add(document.id, 2, 5, tags=["b", "a"], note="early")
    inner = library.highlights.add(document.id, 3, 4, tags=["d"])
    before = tables(library.path)
    joined = library.highlights.join([late.id, early.id, inner.id, late.id])
    assert (joined.id, joined.start, joined.end) == (early.id, 2, 20)
    assert joined.quote == TEXT[2:20]
    assert joined.tags == ("b", "a", "d", "c")
    assert joined.note == "early\n\nlate"
    assert list(library.highlights.list()) == [joined]
    assert library.check() == []
    library.journal.undo()
    assert tables(library.path) == before


def test_what_cannot_be_joined_is_told(library: Library, document: Document) -> None:
    other = library.documents.add(imported("Another text")).document
    here = library.highlights.add(document.id, 0, 2)
    there = library.highlights.add(other.id, 0, 2)
    for ids in ([here.id], [here.id, here.id], [here.id, there.id]):
        with pytest.raises(InvalidError):
            library.highlights.join(ids)
    with pytest.raises(NotFoundError):
        library.highlights.join([here.id, "0" * 36])


def test_a_highlight_keeps_what_stands_around_it_wherever_its_text_is_cut(
    library: Library,
) -> None:
    text = "".join(chr(0x4E00 + number % 2000) for number in range(200_000))
    parts = (text[i : i + 3000] for i in range(0, 200_000, 3000))
    document = library.documents.add(imported(*parts)).document.id
    for start, end in ((0, 50), (150_000, 150_050), (199_950, 200_000), (2_990, 150_000)):
        made = library.highlights.add(document, start, end)
        assert made.quote == text[start:end]
        assert made.prefix == text[max(0, start - CONTEXT) : start]
        assert made.suffix == text[end : end + CONTEXT]
        assert library.highlights.get(made.id) == made


def test_a_highlight_that_cannot_be_leaves_no_tag(library: Library, document: Document) -> None:
    before = tables(library.path, but=())
    with pytest.raises(InvalidError):
        library.highlights.add(document.id, 5, 4, tags=["new"])
    assert tables(library.path, but=()) == before
