"""``flor tags``: the codebook and the acts on it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.conftest import Flor
from tests.shared import ROOT


def paths(flor: Flor) -> list[str]:
    return [tag["path"] for tag in json.loads(flor("tags", "--json").out)]


@pytest.fixture
def used(flor: Flor) -> Flor:
    """A highlight with risk/tiers, another with climate."""
    flor("highlight", "Global AI", "--quote", "agile governance", "--tag", "risk/tiers")
    flor("highlight", "hegemony", "--quote", "tackle climate change", "--tag", "climate")
    return flor


def test_the_shipped_codebook(flor: Flor) -> None:
    shipped = (ROOT / "seeds" / "codebook.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(shipped)))
    assert 25 <= len(rows) <= 40
    listed = {tag["path"]: tag for tag in json.loads(flor("tags", "--json").out)}
    assert sorted(listed) == sorted(row["path"] for row in rows)
    for row in rows:
        assert row["description"].strip()
        assert listed[row["path"]]["description"] == row["description"]
        assert listed[row["path"]]["colour"] == row["colour"]
        # A child stands below a tag that is there too.
        parent = row["path"].rpartition("/")[0]
        assert not parent or parent in listed


def test_a_tag_is_made_and_described(flor: Flor) -> None:
    made = json.loads(flor("tags", "add", "risk/children", "--colour", "pink", "--json").out)
    assert (made["path"], made["colour"], made["count"]) == ("risk/children", "pink", 0)
    described = flor(
        *("tags", "describe", "risk/children", "Harm to children", "--include", "schools"),
        *("--key", "4", "--colour", "#ff0000", "--json"),
    )
    tag = json.loads(described.out)
    assert tag["description"] == "Harm to children"
    assert (tag["inclusion"], tag["key"], tag["colour"]) == ("schools", "4", "#ff0000")
    # One command is one act.
    flor("undo")
    undone = {tag["path"]: tag for tag in json.loads(flor("tags", "--json").out)}
    assert undone["risk/children"] == made


def test_families_are_renamed_moved_merged_and_deleted(used: Flor) -> None:
    assert used("tags", "rename", "risk", "hazard").status == 0
    assert "hazard/tiers" in paths(used)
    assert "#hazard/tiers" in used("highlights").out
    moved = json.loads(used("tags", "move", "hazard/tiers", "oversight", "--json").out)
    assert (moved["path"], moved["count"]) == ("oversight/tiers", 1)
    top = json.loads(used("tags", "move", "oversight/tiers", "", "--json").out)
    assert top["path"] == "tiers"
    assert "1 highlight" in used("tags", "merge", "tiers", "climate").out
    assert used("highlights", "--tag", "climate").out.count("#climate") == 2
    assert "2 highlights" in used("tags", "delete", "climate").out
    assert "climate" not in paths(used)
    assert "agile governance" in used("highlights").out
    for _ in range(5):
        assert used("undo").status == 0
    assert "#risk/tiers" in used("highlights").out
    assert "risk/military" in paths(used)


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "risk"),
        ("add", "RISK"),
        ("add", " "),
        ("add", "/"),
        ("add", "a//b"),
        ("add", "bell\a"),
        ("add", "x" * 10_000),
        ("rename", "risk", "risk/below"),
        ("move", "risk", "risk/tiers"),
        ("merge", "risk", "risk/tiers"),
        ("merge", "risk", "risk"),
        ("merge", "nope", "risk"),
        ("delete", "nope"),
        ("describe", "risk", "--colour", "loud"),
        ("describe", "risk", "--key", "x"),
    ],
)
def test_what_cannot_be_changes_nothing(flor: Flor, arguments: tuple[str, ...]) -> None:
    before = flor("tags", "--json").out
    done = flor("tags", *arguments)
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert flor("tags", "--json").out == before
    assert flor("undo").status == 1


def test_what_is_only_a_part_of_paths_is_renamed_and_moved_too(flor: Flor) -> None:
    flor("tags", "add", "un/letters/old")
    assert flor("tags", "rename", "un/letters", "un/notes").out.startswith("un/notes/old ")
    assert flor("tags", "move", "un/notes", "").out.startswith("notes/old ")
    assert flor("tags", "move", "notes", "risk").status == 0
    assert [path for path in paths(flor) if "notes" in path] == ["risk/notes/old"]


def test_passages_are_picked_for_another_tag_as_one_act(used: Flor) -> None:
    rows = json.loads(used("highlights", "--tag", "risk/tiers", "--json").out)
    done = used("tags", "split", "risk/tiers", "risk/levels", rows[0]["id"][:10])
    assert done.out == "moved 1 highlight from risk/tiers to risk/levels\n"
    assert len(json.loads(used("highlights", "--tag", "risk/levels", "--json").out)) == 1
    assert used("undo").status == 0
    assert json.loads(used("highlights", "--tag", "risk/tiers", "--json").out) == rows
    assert used("tags", "split", "risk/tiers", "RISK/tiers", rows[0]["id"]).status == 1


def test_siblings_are_put_in_order(flor: Flor) -> None:
    for level in ("high", "low", "medium"):
        flor("tags", "add", f"level/{level}")
    ordered = ["level/low", "level/medium", "level/high"]
    done = flor("tags", "order", *ordered)
    assert [line.split()[0] for line in done.out.splitlines()] == ordered
    assert [path for path in paths(flor) if path.startswith("level/")] == ordered
    told = json.loads(flor("tags", "order", *ordered, "--json").out)
    assert [tag["path"] for tag in told] == ordered
    assert flor("tags", "order", "level/low", "risk").status == 1


def test_wrong_usage(flor: Flor) -> None:
    for arguments in (("nope",), ("add",), ("describe", "risk")):
        done = flor("tags", *arguments)
        assert (done.status, done.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("name", ["book.csv", "book.qdc"])
def test_a_codebook_goes_out_and_comes_back(flor: Flor, tmp_path: Path, name: str) -> None:
    before = {
        tag["path"]: (tag["description"], tag["colour"])
        for tag in json.loads(flor("tags", "--json").out)
    }
    book = tmp_path / name
    assert flor("tags", "export", "--output", book).status == 0
    for path in before:
        if "/" not in path:
            flor("tags", "delete", path)
    assert paths(flor) == []
    done = flor("tags", "import", book)
    assert done.status == 0
    assert f"{len(before)} tags" in done.out
    after = json.loads(flor("tags", "--json").out)
    assert {tag["path"]: tag["description"] for tag in after} == {
        path: description for path, (description, _) in before.items()
    }
    if name.endswith(".csv"):
        assert {tag["path"]: tag["colour"] for tag in after} == {
            path: colour for path, (_, colour) in before.items()
        }


def test_the_exported_codebook_is_in_the_form_of_the_shipped_one(flor: Flor) -> None:
    text = flor("tags", "export").out
    assert text.startswith("path,description,colour\r\n")
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(paths(flor))
