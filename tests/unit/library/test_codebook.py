from __future__ import annotations

import pytest

from annotations.errors import InvalidError, NotFoundError
from annotations.library.library import Library
from annotations.model import Document, Tag
from tests.unit.library.support import tables


def paths(library: Library) -> list[str]:
    return [tag.path for tag in library.codebook.tags()]


def made(library: Library, *tag_paths: str) -> None:
    for path in tag_paths:
        library.codebook.add(path)


def last(library: Library) -> str:
    return next(library.journal.acts()).summary


def test_a_tag_is_as_it_was_made(library: Library) -> None:
    tag = library.codebook.add(" risk / tiers ", "By level.", "Red")
    assert (tag.path, tag.description, tag.colour) == ("risk/tiers", "By level.", "red")
    assert library.codebook.get("RISK/Tiers") == tag
    assert last(library) == "made the tag risk/tiers"
    with pytest.raises(InvalidError, match="there is a tag risk/tiers already"):
        library.codebook.add("Risk/TIERS")
    with pytest.raises(NotFoundError):
        library.codebook.get("risk")


def test_children_follow_their_parents_whatever_the_characters(library: Library) -> None:
    made(library, "b", "a b", "a/z", "a", "A-c", "a/é", "a/b/c")
    assert paths(library) == ["a", "a/b/c", "a/z", "a/é", "a b", "A-c", "b"]


def test_a_child_takes_the_spelling_of_its_parents(library: Library) -> None:
    made(library, "Risk", "RISK/Tiers/one", "risk/tiers/two", "ACTORS/un", "actors/eu")
    assert paths(library) == [
        "ACTORS/eu",
        "ACTORS/un",
        "Risk",
        "Risk/Tiers/one",
        "Risk/Tiers/two",
    ]


def test_renaming_takes_the_family_along(library: Library, document: Document) -> None:
    made(library, "risk", "risk/tiers", "risk/tiers/high", "risky")
    highlight = library.highlights.add(document.id, 0, 2, tags=["risk/tiers", "risk"])
    before = tables(library.path)
    assert library.codebook.rename("Risk", "danger/of it") == 3
    assert paths(library) == [
        "danger/of it",
        "danger/of it/tiers",
        "danger/of it/tiers/high",
        "risky",
    ]
    assert library.highlights.get(highlight.id).tags == ("danger/of it/tiers", "danger/of it")
    assert last(library) == "renamed the tag Risk to danger/of it"
    library.journal.undo()
    assert tables(library.path) == before


def test_a_family_without_a_tag_of_its_own_can_be_renamed(library: Library) -> None:
    made(library, "risk/a", "risk/b")
    assert library.codebook.rename("risk", "danger") == 2
    assert paths(library) == ["danger/a", "danger/b"]


def test_only_the_case_can_change(library: Library) -> None:
    made(library, "risk", "risk/a")
    assert library.codebook.rename("risk", "RISK") == 2
    assert paths(library) == ["RISK", "RISK/a"]


def test_a_family_can_move_up_into_its_own_place(library: Library) -> None:
    made(library, "a/b", "a/b/b", "a/b/b/b")
    library.codebook.rename("a/b", "a")
    assert paths(library) == ["a", "a/b", "a/b/b"]
    library.journal.undo()
    assert paths(library) == ["a/b", "a/b/b", "a/b/b/b"]


def test_a_path_that_is_taken_is_refused(library: Library) -> None:
    made(library, "a", "a/x", "b/x", "c")
    before = tables(library.path, but=())
    for old, new, why in (
        ("a", "b", "there is a tag b/x already"),
        ("a", "C", "there is a tag c already"),
        ("a", "a/x", "cannot go below itself"),
        ("a", "A/new", "cannot go below itself"),
        ("a", "", "needs a name"),
        ("a", "x" * 199, "200 fit"),
    ):
        with pytest.raises(InvalidError, match=why):
            library.codebook.rename(old, new)
    with pytest.raises(NotFoundError):
        library.codebook.rename("absent", "d")
    assert tables(library.path, but=()) == before


def test_a_tag_moves_under_another_and_to_the_top(library: Library) -> None:
    made(library, "a", "b", "b/c")
    library.codebook.move("b", "a")
    assert paths(library) == ["a", "a/b", "a/b/c"]
    library.codebook.move("a/b/c", "")
    assert paths(library) == ["a", "a/b", "c"]
    with pytest.raises(InvalidError, match="below itself"):
        library.codebook.move("a", "a/b")


def test_merging_makes_two_families_one(library: Library, document: Document) -> None:
    for path, description in (("a", "A."), ("a/x", ""), ("a/y", ""), ("b", ""), ("b/x", "B.")):
        library.codebook.add(path, description)
    library.codebook.describe("a", note="one")
    library.codebook.describe("b", note="two")
    both = library.highlights.add(document.id, 0, 2, tags=["a", "b"])
    only = library.highlights.add(document.id, 0, 3, tags=["z", "a", "a/x"])
    below = library.highlights.add(document.id, 0, 4, tags=["a/y"])
    before = tables(library.path)
    assert library.codebook.merge("a", "b") == 3
    assert paths(library) == ["b", "b/x", "b/y", "z"]
    assert library.highlights.get(both.id).tags == ("b",)
    assert library.highlights.get(only.id).tags == ("z", "b", "b/x")
    assert library.highlights.get(below.id).tags == ("b/y",)
    merged = library.codebook.get("b")
    assert (merged.description, merged.note, merged.count) == ("A.", "two\n\none", 2)
    assert library.codebook.get("b/x").description == "B."
    assert last(library) == "merged the tag a (3 highlights) into b"
    assert library.check() == []
    library.journal.undo()
    assert tables(library.path) == before


def test_a_child_merges_into_its_parent_and_not_the_reverse(
    library: Library, document: Document
) -> None:
    made(library, "a", "a/b", "a/b/c")
    highlight = library.highlights.add(document.id, 0, 2, tags=["a/b", "a/b/c"])
    for path, into in (("a", "a/b"), ("a", "A"), ("a", "a/b/c")):
        with pytest.raises(InvalidError):
            library.codebook.merge(path, into)
    with pytest.raises(NotFoundError):
        library.codebook.merge("a", "absent")
    library.codebook.merge("a/b", "a")
    assert library.highlights.get(highlight.id).tags == ("a", "a/c")


def test_splitting_moves_the_picked_passages(library: Library, document: Document) -> None:
    highlights = [
        library.highlights.add(document.id, start, start + 2, tags=["x", "a"]) for start in range(4)
    ]
    other = library.highlights.add(document.id, 0, 9, tags=["x"])
    ids = [highlights[0].id, highlights[2].id, other.id]
    assert library.codebook.split("a", "a/special", ids) == 2
    assert library.highlights.get(ids[0]).tags == ("x", "a/special")
    assert library.highlights.get(highlights[1].id).tags == ("x", "a")
    assert library.highlights.get(other.id).tags == ("x",)
    assert last(library) == "moved 2 highlights from a to a/special"
    with pytest.raises(InvalidError):
        library.codebook.split("a", "A", ids)


def test_describing_and_colouring(library: Library) -> None:
    made(library, "a")
    library.codebook.describe("a", description="d", inclusion="i", exclusion="e", note="memo\n")
    tag = library.codebook.recolour("A", "#ABCDEF")
    assert (tag.description, tag.inclusion, tag.exclusion, tag.note) == ("d", "i", "e", "memo\n")
    assert tag.colour == "#abcdef"
    assert library.codebook.describe("a") == tag
    assert library.codebook.describe("a", note="").exclusion == "e"
    with pytest.raises(InvalidError, match="no colour"):
        library.codebook.recolour("a", "mud")


def test_deleting_says_what_is_lost(library: Library, document: Document) -> None:
    made(library, "a", "a/b", "a/b/c", "ab")
    library.highlights.add(document.id, 0, 2, tags=["a", "a/b"])
    library.highlights.add(document.id, 0, 3, tags=["a/b/c", "ab"])
    before = tables(library.path)
    assert library.codebook.bearers("a") == 2
    assert library.codebook.delete("a") == 2
    assert paths(library) == ["ab"]
    assert last(library) == "deleted the tag a and 2 tags below it, from 2 highlights"
    library.journal.undo()
    assert tables(library.path) == before
    assert library.codebook.delete("a", children=False) == 1
    assert paths(library) == ["a/b", "a/b/c", "ab"]
    with pytest.raises(NotFoundError):
        library.codebook.delete("absent")


def test_a_key_belongs_to_one_tag(library: Library) -> None:
    made(library, "a", "b")
    library.codebook.assign_key("a", "1")
    library.codebook.assign_key("b", "1")
    assert [tag.key for tag in library.codebook.tags()] == ["", "1"]
    library.journal.undo()
    assert [tag.key for tag in library.codebook.tags()] == ["1", ""]
    library.codebook.assign_key("a", "")
    assert [tag.key for tag in library.codebook.tags()] == ["", ""]
    for key in ("0", "x", "10"):
        with pytest.raises(InvalidError):
            library.codebook.assign_key("a", key)


def test_recent_tags_fill_the_keys_that_are_free(library: Library, document: Document) -> None:
    highlight = library.highlights.add(document.id, 0, 2, tags=["a", "b"])
    library.highlights.tag([highlight.id], ["c"])
    library.highlights.tag([highlight.id], ["d"])
    library.journal.undo()
    library.codebook.assign_key("b", "2")
    with Library(library.path, "bob") as other:
        other.highlights.tag([highlight.id], ["theirs"])
    assert [tag.path for tag in library.codebook.recent()] == ["c", "b", "a"]
    assert [tag.path for tag in library.codebook.recent(1)] == ["c"]
    at_hand = {key: tag.path for key, tag in library.codebook.at_hand().items()}
    assert at_hand == {"1": "c", "2": "b", "3": "a"}


def test_exclusive_children_clash(library: Library, document: Document) -> None:
    made(library, "a/level/low", "a/level/high", "a/level/high/very", "a/free/x", "a/free/y")

    def bearing(*names: str) -> str:
        tags = [f"a/{name}" for name in names]
        return library.highlights.add(document.id, 0, 2, tags=tags).id

    assert library.codebook.clashes([bearing("level/low", "level/high")]) == []
    tag = library.codebook.set_exclusive("A/Level")
    assert (tag.path, tag.exclusive) == ("a/level", True)
    one = bearing("level/low", "free/x", "level/high")
    [clash] = library.codebook.clashes([one, bearing("level/low", "free/x", "free/y")])
    assert (clash.parent, clash.passages) == ("a/level", 1)
    assert set(clash.paths) == {"a/level/low", "a/level/high"}
    assert "only one of a/level should stand here" in str(clash)
    [clash] = library.codebook.clashes([one, bearing("level/high", "level/low")])
    assert "2 bear several" in str(clash)
    assert library.codebook.clashes([bearing("level/low", "level/high/very")]) == []
    for path in ("a/level/low", "a", "a/level"):
        [clash] = library.codebook.clashes_of([path])
        assert (clash.parent, clash.passages) == ("a/level", 3)
    assert library.codebook.clashes_of(["a/free"]) == []
    library.codebook.set_exclusive("a/level", False)
    assert library.codebook.clashes([one]) == library.codebook.clashes_of(["a"]) == []
    with pytest.raises(NotFoundError):
        library.codebook.set_exclusive("absent")


def test_siblings_in_order(library: Library) -> None:
    made(library, "level", "level/high", "level/low", "level/low/x", "level/medium", "a")
    library.codebook.order(["level/low", "level/medium", "level/high"])
    assert paths(library) == [
        "a",
        "level",
        "level/low",
        "level/low/x",
        "level/medium",
        "level/high",
    ]
    levels: dict[str, Tag] = {tag.path: tag for tag in library.codebook.tags()}
    assert levels["level/medium"].level == 2
    with pytest.raises(InvalidError, match="children of one tag"):
        library.codebook.order(["level/low", "a"])
    library.journal.undo()
    assert paths(library) == [
        "a",
        "level",
        "level/high",
        "level/low",
        "level/low/x",
        "level/medium",
    ]
