from __future__ import annotations

import random

import pytest

from annotations.errors import AmbiguousError, InvalidError, NotFoundError
from annotations.library.finding import REACHES
from annotations.library.library import Library
from annotations.library.placing import CONTEXT
from annotations.model import Document, Highlight, Span
from tests.unit.library.support import TEXT, imported


def test_a_highlight_keeps_its_quote_and_what_stands_around_it(
    library: Library, document: Document
) -> None:
    start = TEXT.index("All countries")
    highlight = library.highlights.add(
        document.id, start, start + 13, tags=["b", " a / x "], note="why?", colour="Blue"
    )
    assert highlight.quote == "All countries"
    assert highlight.prefix == TEXT[:start]
    assert highlight.suffix == TEXT[start + 13 :][:CONTEXT]
    assert highlight.tags == ("b", "a/x")
    assert (highlight.note, highlight.colour, highlight.coder) == ("why?", "blue", "ann")
    assert highlight.revision == document.revision
    assert library.highlights.get(highlight.id) == highlight
    assert library.documents.get(document.id).highlights == 1


def test_a_quote_may_cross_passages_and_hold_any_character(library: Library) -> None:
    document = library.documents.add(imported("one \x00two", "👩‍👧 three\x1b[2J", " four")).document
    highlight = library.highlights.add(document.id, 4, 18)
    assert highlight.quote == "\x00two👩‍👧 three\x1b"
    library.highlights.remove([highlight.id])
    library.journal.undo()
    assert library.highlights.get(highlight.id) == highlight
    assert library.check() == []


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (-1, 4), (0, 9999)])
def test_a_span_outside_the_text_is_refused(
    library: Library, document: Document, start: int, end: int
) -> None:
    with pytest.raises(InvalidError, match=rf"{start} to {end} is no passage"):
        library.highlights.add(document.id, start, end, tags=["made in vain"])
    assert library.codebook.tags() == []


@pytest.mark.parametrize("colour", ["mauve", "#12345", "#1234567", "red; --"])
def test_an_unknown_colour_is_refused(library: Library, document: Document, colour: str) -> None:
    with pytest.raises(InvalidError, match="no colour"):
        library.highlights.add(document.id, 0, 2, colour=colour)
    assert list(library.highlights.list()) == []


def test_half_a_character_is_refused(library: Library, document: Document) -> None:
    with pytest.raises(InvalidError, match="no characters"):
        library.highlights.add(document.id, 0, 2, note="caf\udce9")


def test_a_unique_prefix_of_an_id_is_enough(library: Library, document: Document) -> None:
    made = [library.highlights.add(document.id, 0, 2) for _ in range(20)]
    assert library.highlights.get(made[0].id[:20].upper()) == made[0]
    # Twenty ids begin with sixteen different digits at most.
    firsts = [highlight.id[0] for highlight in made]
    shared = next(digit for digit in firsts if firsts.count(digit) > 1)
    with pytest.raises(AmbiguousError):
        library.highlights.get(shared)
    for missing in ("", "zz", "0" * 36):
        with pytest.raises(NotFoundError):
            library.highlights.get(missing)


def test_those_that_touch_a_window_are_those_that_a_plain_look_finds(library: Library) -> None:
    length = 100_000
    document = library.documents.add(imported("x" * length)).document
    other = library.documents.add(imported("y" * 100)).document
    library.highlights.add(other.id, 0, 100)
    chance = random.Random(1)
    made: list[Highlight] = []
    edges = [reach.most + more for reach in REACHES if reach.most for more in (-1, 0, 1)]
    for size in [1, 2, 10, *edges, 60_000] * 8:
        start = chance.randrange(length - size)
        made.append(library.highlights.add(document.id, start, start + size))
    for size in (0, 1, 100, 50_000):
        for start in range(0, length, 9_973):
            window = Span(start, max(start + size, start + 1))
            expected = [
                each for each in made if each.start < window.end and window.start < each.end
            ]
            expected.sort(key=lambda each: (each.start, each.end, each.id))
            assert library.highlights.touching(document.id, start, start + size) == expected


def test_tags_keep_the_order_in_which_they_came(library: Library, document: Document) -> None:
    one = library.highlights.add(document.id, 0, 2, tags=["m"])
    two = library.highlights.add(document.id, 3, 5, tags=["z", "a"])
    library.highlights.tag([one.id, two.id], ["a", "Z", "k", "K"])
    assert library.highlights.get(one.id).tags == ("m", "a", "z", "k")
    assert library.highlights.get(two.id).tags == ("z", "a", "k")
    library.highlights.untag([one.id, two.id], ["a"])
    assert library.highlights.get(one.id).tags == ("m", "z", "k")
    library.journal.undo()
    assert library.highlights.get(one.id).tags == ("m", "a", "z", "k")


def test_a_tag_that_is_borne_already_is_no_act(library: Library, document: Document) -> None:
    highlight = library.highlights.add(document.id, 0, 2, tags=["m"])
    acts = len(list(library.journal.acts()))
    library.highlights.tag([highlight.id], ["M"])
    library.highlights.note(highlight.id, "")
    library.highlights.colour([highlight.id], "")
    library.highlights.move(highlight.id, 0, 2)
    assert len(list(library.journal.acts())) == acts
    assert library.highlights.get(highlight.id) == highlight


def test_one_missing_highlight_spoils_the_whole_act(library: Library, document: Document) -> None:
    highlight = library.highlights.add(document.id, 0, 2, tags=["m"])
    ids = [highlight.id, "nobody"]
    with pytest.raises(NotFoundError, match="nobody"):
        library.highlights.tag(ids, ["new"])
    with pytest.raises(NotFoundError, match="nobody"):
        library.highlights.remove(ids)
    with pytest.raises(NotFoundError, match="nobody"):
        library.highlights.colour(ids, "red")
    with pytest.raises(NotFoundError, match="no tag"):
        library.highlights.untag([highlight.id], ["m", "absent"])
    assert library.highlights.get(highlight.id) == highlight
    assert [tag.path for tag in library.codebook.tags()] == ["m"]


def test_note_colour_star_and_edges_are_set(library: Library, document: Document) -> None:
    highlight = library.highlights.add(document.id, 0, 2)
    long_note = "Ⅷ" * 100_000
    library.highlights.note(highlight.id, long_note)
    library.highlights.colour([highlight.id], "#A0b1C2")
    library.highlights.star([highlight.id])
    moved = library.highlights.move(highlight.id, 3, 7)
    assert moved == library.highlights.get(highlight.id)
    assert (moved.note, moved.colour, moved.starred) == (long_note, "#a0b1c2", True)
    assert (moved.quote, moved.prefix) == (TEXT[3:7], TEXT[:3])
    with pytest.raises(InvalidError):
        library.highlights.move(highlight.id, 7, 3)


def test_highlights_are_listed_by_title_start_and_id(library: Library) -> None:
    made = []
    for title, text in (("b", "one text"), ("a", "two text"), ("b", "one more")):
        document = library.documents.add(imported(text, title=title)).document
        for start in (5, 2, 2):
            made.append((title, library.highlights.add(document.id, start, start + 1, tags=["t"])))
    expected = [each for _, each in sorted(made, key=lambda m: (m[0], m[1].start, m[1].id))]
    assert list(library.highlights.list()) == expected
    assert list(library.highlights.list(tag="T")) == expected
    one = expected[0].document
    assert list(library.highlights.list(document=one)) == expected[:3]
    assert list(library.highlights.list(document=one, tag="t")) == expected[:3]
    with pytest.raises(NotFoundError):
        library.highlights.list(tag="absent")


def test_writing_while_a_list_is_read(library: Library, document: Document) -> None:
    for start in range(5):
        library.highlights.add(document.id, start, start + 1)
    for highlight in library.highlights.list():
        library.highlights.remove([highlight.id])
    assert list(library.highlights.list()) == []
