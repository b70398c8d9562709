"""The way from a document to a highlight, its tags and its note, and back."""

from __future__ import annotations

import json

import pytest

from tests.conftest import CODER, Flor

ENVOY = "Chinese envoy"
QUOTE = "We must prevent emerging technologies from falling into the hands of terrorist groups"


def made(flor: Flor, *options: str) -> str:
    done = flor("highlight", ENVOY, "--quote", QUOTE, *options)
    assert (done.status, done.err) == (0, "")
    return done.out.strip()


def test_a_highlight_by_its_words(flor: Flor) -> None:
    highlight = made(flor, "--tag", "risk/misuse", "--tag", "new/tag", "--note", "key")
    (row,) = json.loads(flor("highlights", "--json").out)
    text = flor("show", ENVOY).out
    assert row["id"] == highlight
    assert text[row["start"] : row["end"]] == row["quote"] == QUOTE
    assert row["tags"] == ["risk/misuse", "new/tag"]
    assert (row["note"], row["coder"], row["status"]) == ("key", CODER, "placed")
    assert row["title"] == "Chinese envoy urges efforts to oppose technological hegemony"


def test_tags_that_exclude_each_other_are_told(flor: Flor) -> None:
    flor("tags", "describe", "stance", "--exclusive")
    highlight = made(flor, "--tag", "stance/supports")
    done = flor("tag", highlight, "stance/opposes")
    assert done.status == 0
    assert "only one of stance should stand here" in done.err


@pytest.mark.parametrize(
    "act",
    [
        ["tags", "merge", "risk/misuse", "stance/opposes"],
        ["tags", "move", "risk/misuse", "stance"],
        ["tags", "rename", "risk/misuse", "stance/odd"],
        ["code", '"emerging technologies"', "--tag", "stance/opposes"],
        ["code", "--passages", "stance/supports", "--tag", "stance/opposes"],
    ],
)
def test_so_are_those_that_come_together_in_many_at_once(flor: Flor, act: list[str]) -> None:
    flor("tags", "describe", "stance", "--exclusive")
    made(flor, "--tag", "stance/supports", "--tag", "risk/misuse")
    done = flor(*act)
    assert done.status == 0
    assert ("only one of stance" in done.err) is ("--passages" in act or act[0] == "tags")


def test_a_highlight_by_its_place(flor: Flor) -> None:
    done = flor("highlight", ENVOY, "--start", "10", "--end", "20", "--colour", "pink", "--json")
    row = json.loads(done.out)
    assert (row["start"], row["end"], row["colour"]) == (10, 20, "pink")
    assert row["quote"] == flor("show", ENVOY).out[10:20]


def test_the_nth_of_several(flor: Flor) -> None:
    text = flor("show", ENVOY).out
    first = text.index("emerging")
    second = text.index("emerging", first + 1)
    done = flor("highlight", ENVOY, "--quote", "emerging", "--nth", "2", "--json")
    assert (json.loads(done.out)["start"], done.err) == (second, "")
    done = flor("highlight", ENVOY, "--quote", "emerging", "--json")
    assert json.loads(done.out)["start"] == first
    assert f"occurs {text.count('emerging')} times" in done.err


def test_other_white_space_is_said(flor: Flor) -> None:
    done = flor("highlight", "Global AI", "--quote", "We also oppose creating barriers", "--json")
    assert json.loads(done.out)["quote"] == "We also\n\noppose creating barriers"
    assert "white space" in done.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--quote", "no such words"], "does not occur"),
        (["--quote", ""], "quote is empty"),
        (["--quote", QUOTE, "--nth", "2"], "occurs once"),
        (["--start", "5", "--end", "5"], "no passage"),
        (["--start", "0", "--end", "999999"], "no passage"),
        (["--quote", QUOTE, "--tag", "a//b"], "a//b"),
        (["--quote", QUOTE, "--colour", "loud"], "loud"),
    ],
)
def test_what_cannot_be_highlighted_changes_nothing(
    flor: Flor, options: list[str], message: str
) -> None:
    done = flor("highlight", ENVOY, *options)
    assert (done.status, done.out) == (1, "")
    assert message in done.err
    assert done.err.count("\n") == 1
    assert json.loads(flor("highlights", "--json").out) == []


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--start", "1"],
        ["--end", "1"],
        ["--quote", "x", "--start", "1", "--end", "2"],
        ["--nth", "1", "--start", "1", "--end", "2"],
        ["--quote", "x", "--nth", "0"],
    ],
)
def test_wrong_usage(flor: Flor, options: list[str]) -> None:
    done = flor("highlight", ENVOY, *options)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("flor: ")


def test_tags_come_and_go(flor: Flor) -> None:
    highlight = made(flor, "--tag", "risk")
    row = json.loads(flor("tag", highlight[:8], "risk/military", "brand new", "--json").out)
    assert row["tags"] == ["risk", "risk/military", "brand new"]
    row = json.loads(flor("untag", highlight, "risk", "brand new", "--json").out)
    assert row["tags"] == ["risk/military"]
    assert "#risk/military" in flor("highlights", "--tag", "risk/military").out
    assert flor("highlights", "--tag", "risk").out == ""


def test_notes_from_the_line_and_from_standard_input(flor: Flor) -> None:
    highlight = made(flor)
    assert json.loads(flor("note", highlight, "short", "--json").out)["note"] == "short"
    done = flor("note", highlight, "-", "--json", stdin="two\nlines ü\n".encode())
    assert json.loads(done.out)["note"] == "two\nlines ü"
    assert json.loads(flor("note", highlight, "", "--json").out)["note"] == ""
    done = flor("note", highlight, "-", stdin=b"\xff")
    assert (done.status, done.out) == (1, "")
    assert "UTF-8" in done.err


def test_removed_highlights_come_back_by_undo(flor: Flor) -> None:
    highlight = made(flor, "--tag", "risk")
    before = flor("highlights", "--json").out
    assert highlight[:8] in flor("remove", highlight).out
    assert flor("highlights").out == ""
    assert "undid" in flor("undo").out
    assert flor("highlights", "--json").out == before
    assert "redid" in flor("redo").out
    assert flor("highlights").out == ""


@pytest.mark.parametrize("name", ["tag", "untag", "note", "remove"])
def test_an_unknown_highlight_is_named(flor: Flor, name: str) -> None:
    done = flor(name, "feedbeef", *([] if name == "remove" else ["risk"]))
    assert (done.status, done.out) == (1, "")
    assert "feedbeef" in done.err


def test_there_is_nothing_to_undo_at_first(flor: Flor) -> None:
    for name in ("undo", "redo"):
        done = flor(name)
        assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)


def test_the_journal_tells_what_was_done(flor: Flor) -> None:
    made(flor, "--tag", "risk/misuse")
    acts = json.loads(flor("journal", "--json").out)
    assert [act["name"] for act in acts] == ["highlight", "seed"]
    assert acts[0]["coder"] == CODER
    flor("undo", "--json")
    assert "taken back" in flor("journal").out
    assert len(json.loads(flor("journal", "--limit", "1", "--json").out)) == 1
