"""Revisions on the command line: a changed file, what became of the highlights, reviewing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Flor

OPENING = "The committee met in the old library on a cold morning in March.\n\n"
DUTY = "Every provider shall keep a register of the systems that it puts on the market.\n\n"
PENALTY = "Whoever breaks these rules pays a fine of up to ten thousand francs a day.\n\n"
SCOPE = "The rules apply to hospitals, schools and the courts of the member states.\n"
FIRST = OPENING + DUTY + PENALTY + SCOPE
SECOND = OPENING + DUTY.replace("shall keep a", "must keep a public") + SCOPE


@pytest.fixture
def law(flor: Flor, tmp_path: Path) -> Path:
    """A file that was added, with three highlights, and has changed since."""
    path = tmp_path / "law.txt"
    path.write_text(FIRST, encoding="utf-8")
    assert flor("add", path).status == 0
    for quote in ("Every provider shall keep a register", "pays a fine", "hospitals, schools"):
        assert flor("highlight", "law", "--quote", quote).status == 0
    path.write_text(SECOND, encoding="utf-8")
    return path


def statuses(flor: Flor) -> list[tuple[str, str]]:
    rows = json.loads(flor("highlights", "--document", "law", "--json").out)
    return sorted((row["status"], row["quote"]) for row in rows)


PLACED = [
    ("lost", "pays a fine"),
    ("moved", "Every provider must keep a public register"),
    ("placed", "hospitals, schools"),
]


def test_a_changed_file_becomes_a_revision(flor: Flor, law: Path) -> None:
    added = flor("add", law)
    assert added.out.startswith("revised ")
    assert "revision 2: 3 highlights: 1 placed, 1 moved and 1 lost\n" in added.out
    assert "flor review" in added.err
    assert statuses(flor) == PLACED
    assert "has this text already" in flor("add", law).out
    assert flor("show", "law").out == SECOND
    assert flor("show", "law", "--revision", "1").out == FIRST
    assert "shall keep" in flor("show", "law", "--revision", "1", "--page").out
    missing = flor("show", "law", "--revision", "3")
    assert (missing.status, missing.err) == (1, "flor: “law” has no revision 3\n")
    lost = json.loads(flor("highlights", "--status", "lost", "--json").out)
    assert [row["quote"] for row in lost] == ["pays a fine"]
    assert flor("check").status == 0
    flor("undo")
    assert flor("show", "law").out == FIRST
    assert {status for status, _ in statuses(flor)} == {"placed"}


def test_what_add_tells_programs(flor: Flor, law: Path) -> None:
    (outcome,) = json.loads(flor("add", law, "--json").out)
    told = {name: outcome[name] for name in ("new", "revision", "placed", "moved", "lost")}
    assert told == {"new": True, "revision": 2, "placed": 1, "moved": 1, "lost": 1}


def test_a_document_of_its_own_and_one_that_is_named(flor: Flor, law: Path, tmp_path: Path) -> None:
    own = flor("add", law, "--new")
    assert own.out.startswith("added ")
    other = tmp_path / "amended.txt"
    other.write_text(SECOND.replace("March", "April"), encoding="utf-8")
    named = flor("add", other, "--revises", own.out.split()[1])
    assert named.out.startswith("revised ")
    taken = flor("add", law, "--revises", "hegemony")
    assert taken.status == 1
    assert "text of the document “law”" in taken.err
    assert flor("add", law, "--new", "--revises", "hegemony").status == 2
    assert flor("add", law, other, "--revises", "hegemony").status == 2


def test_an_empty_file_loses_all_and_says_so(flor: Flor, law: Path) -> None:
    law.write_text("", encoding="utf-8")
    added = flor("add", law)
    assert "3 lost" in added.out
    assert "there is no text in it any more" in added.err
    assert {status for status, _ in statuses(flor)} == {"lost"}
    assert flor("check").status == 0


def test_listing_and_turning_to_an_earlier_text(flor: Flor, law: Path) -> None:
    flor("add", law)
    first, second = flor("revisions", "law").out.splitlines()
    assert first.split()[0] == "1"
    assert "*" not in first
    assert first.endswith("1 highlight")
    assert second.split()[:2] == ["2", "*"]
    assert second.endswith("2 highlights")
    told = flor("revisions", "law", "--current", "1", "--json")
    assert [each["current"] for each in json.loads(told.out)] == [True, False]
    assert "law has text 1 now: 3 highlights: 3 placed" in told.err
    assert flor("revisions", "law", "--current", "7").status == 1


def test_differences(flor: Flor, law: Path) -> None:
    none = flor("diff", "law")
    assert (none.status, none.err) == (
        1,
        "flor: “law” had no text before number 1: name two that it has\n",
    )
    flor("add", law)
    told = flor("diff", "law").out
    assert "Every provider [-shall-]{+must+} keep a {+public +}register" in told
    assert "Whoever breaks these rules pays a fine of up to ten thousand francs" in told
    assert flor("diff", "law", "1", "2").out == told
    changes = json.loads(flor("diff", "law", "2", "1", "--json").out)
    assert changes[0] == {
        "kind": "replaced",
        "old_start": SECOND.index("must"),
        "new_start": FIRST.index("shall"),
        "old": "must",
        "new": "shall",
    }
    for change in changes:
        assert SECOND[change["old_start"] :].startswith(change["old"])
        assert FIRST[change["new_start"] :].startswith(change["new"])


def test_a_text_that_is_wrapped_anew_has_no_differences(flor: Flor, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(FIRST, encoding="utf-8")
    flor("add", path)
    path.write_text(FIRST.replace(" keep a ", " keep\na "), encoding="utf-8")
    assert flor("add", path).out.startswith("revised ")
    assert flor("diff", "letter").out == ""
    assert len(json.loads(flor("diff", "letter", "--json").out)) == 1


def test_reviewing(flor: Flor, law: Path) -> None:
    flor("add", law)
    moved, lost = json.loads(flor("review", "law", "--json").out)
    assert (moved["quote"], moved["revision"]) == ("Every provider shall keep a register", 1)
    assert moved["highlight"]["quote"] == "Every provider must keep a public register"
    assert 0.6 <= moved["confidence"] <= 1
    told = flor("review", "law").out
    assert "  Every provider [-shall-]{+must+} keep a {+public +}register\n" in told
    assert "lost  was at" in told
    moved_id, lost_id = moved["highlight"]["id"], lost["highlight"]["id"]
    assert flor("review", "law", "--accept", lost_id).status == 1
    assert flor("review", "law", "--accept", moved_id, "--lost", moved_id).status == 2
    settled = flor("review", "law", "--accept", moved_id, "--lost", lost_id)
    assert (settled.out, settled.status) == ("", 0)
    assert {status for status, _ in statuses(flor)} == {"lost", "placed"}
    flor("undo")
    assert len(json.loads(flor("review", "law", "--json").out)) == 2
    assert "“pays a fine”" in flor("review", "law", "--accept-above", "0.9").out
    assert flor("review", "law", "--accept-above", "2").status == 2
    assert flor("reanchor", "law").out == "1 highlight: 1 lost\n"
    flor("move", lost_id, "--start", "0", "--end", "13")
    assert flor("review", "law").out == ""
    assert flor("check").status == 0


def test_linking_two_documents(flor: Flor, law: Path, tmp_path: Path) -> None:
    final = tmp_path / "final.txt"
    final.write_text(SECOND, encoding="utf-8")
    assert flor("add", final).out.startswith("added ")
    linked = flor("revisions", "law", "--link", "final")
    assert len(linked.out.splitlines()) == 2
    assert statuses(flor) == PLACED
    # By its path, which is the law's now.
    assert flor("show", final).out == SECOND
    assert flor("revisions", "law", "--link", "law").status == 1


def test_another_encoding_is_a_revision(flor: Flor, tmp_path: Path) -> None:
    path = tmp_path / "umlaut.txt"
    path.write_bytes("Grüße aus Zürich, und noch ein paar Wörter.\n".encode("cp1252"))
    flor("add", path, "--encoding", "cp437")
    flor("highlight", "umlaut", "--quote", "noch ein paar")
    edited = flor("edit", "umlaut", "--encoding", "cp1252")
    assert "umlaut has text 2 now: 1 highlight: 1 placed" in edited.err
    assert "Zürich" in flor("show", "umlaut").out
    assert "the text is the same" in flor("edit", "umlaut", "--encoding", "cp1252").err
    unknown = flor("edit", "umlaut", "--encoding", "klingon")
    assert (unknown.status, "klingon" in unknown.err) == (1, True)
    path.unlink()
    gone = flor("edit", "umlaut", "--encoding", "utf-8")
    assert gone.status == 1
    assert "umlaut.txt" in gone.err
    flor("add", "-", stdin=b"from a pipe\n")
    piped = json.loads(flor("documents", "--json").out)
    (pipe,) = [each["id"] for each in piped if each["path"] == ""]
    assert "came from no file" in flor("edit", pipe, "--encoding", "utf-8").err
