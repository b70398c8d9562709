"""Documents on the command line: listing, naming, showing, adding, deleting."""

from __future__ import annotations

import inspect
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conftest import Flor
from tests.shared import ROOT

SEEDS = sorted((ROOT / "seeds").glob("0*.txt"))
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file names, pipes and links")


def titles(flor: Flor) -> list[str]:
    return [document["title"] for document in json.loads(flor("documents", "--json").out)]


def test_the_shipped_documents_are_there(flor: Flor) -> None:
    documents = json.loads(flor("documents", "--json").out)
    assert [each["title"] for each in documents] == sorted(
        (each["title"] for each in documents), key=str.casefold
    )
    assert [each["published"] for each in documents] == [
        "2021-05-18",
        "2023-10-30",
        "",
        "2015-12",
        "2024-03-01",
    ]
    listed = flor("documents").out.splitlines()
    assert len(listed) == len(SEEDS) == 5
    assert listed[0].startswith(documents[0]["id"][:8])


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_show_prints_the_text_exactly(flor: Flor, seed: Path) -> None:
    by_path = flor("show", seed)
    assert by_path.out.encode() == seed.read_bytes()
    document = next(
        each
        for each in json.loads(flor("documents", "--json").out)
        if each["path"].endswith(seed.name)
    )
    for name in (document["id"], document["id"][:8], document["title"], document["title"][3:30]):
        assert flor("show", name).out == by_path.out


def test_a_name_for_several_or_for_none(flor: Flor) -> None:
    several = flor("show", "tech")
    assert (several.status, several.out) == (1, "")
    assert "hegemony" in several.err
    assert "tech world leaders" in several.err
    none = flor("show", "no such title")
    assert (none.status, none.out, none.err.count("\n")) == (1, "", 1)


def test_adding_the_same_text_twice_adds_nothing(flor: Flor, tmp_path: Path) -> None:
    text = tmp_path / "My notes.txt"
    text.write_bytes("\ufeffFirst line\r\nsecond\rthird ü".encode())
    first = flor("add", text)
    assert (first.status, first.err) == (0, "")
    assert first.out.startswith("added ")
    assert flor("show", text).out == "First line\nsecond\nthird ü"
    copy = tmp_path / "copy.txt"
    copy.write_text("First line\nsecond\nthird ü", encoding="utf-8", newline="")
    again = flor("add", copy)
    assert again.status == 0
    assert "already" in again.out
    assert len(titles(flor)) == 6


def test_a_folder_is_added_with_what_is_in_it(flor: Flor, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "one.txt").write_text("one text", encoding="utf-8")
    (folder / "inner" / "two.TXT").write_text("another text", encoding="utf-8")
    (folder / ".hidden.txt").write_text("left alone", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    (folder / "bad.txt").write_bytes(b"\0\1\2\3" * 100)
    done = flor("add", folder, "--json")
    assert done.status == 1
    assert done.err.count("\n") == 1
    assert "bad.txt" in done.err
    outcomes = {Path(each["path"]).name: each for each in json.loads(done.out)}
    assert sorted(outcomes) == ["bad.txt", "one.txt", "two.TXT"]
    assert outcomes["bad.txt"]["error"]
    assert outcomes["one.txt"]["new"] is True
    assert len(titles(flor)) == 7


def test_bad_files_are_listed_at_the_end(flor: Flor, tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("good", encoding="utf-8")
    done = flor("add", tmp_path / "none.txt", good, tmp_path / "gone.txt")
    assert done.status == 1
    assert done.out.startswith("added ")
    assert [line.startswith("flor: ") for line in done.err.splitlines()] == [True] * 3
    assert "2 of 3" in done.err


def test_a_full_disk_says_what_came_in(
    flor: Flor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("short", encoding="utf-8")
    (tmp_path / "b.txt").write_text("A long text. " * 100_000, encoding="utf-8")
    before = titles(flor)
    room = iter([1 << 40])
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=next(room, 0)))
    done = flor("add", tmp_path / "a.txt", tmp_path / "b.txt")
    assert done.status == 1
    assert done.err.endswith("1 of 2 files came in\n")
    assert titles(flor) == sorted([*before, "a"], key=str.casefold)
    (tmp_path / "c.txt").write_text("another", encoding="utf-8")
    assert "nothing was changed" in flor("add", tmp_path / "c.txt").err


def test_an_empty_file_and_an_empty_folder(flor: Flor, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    assert flor("add", empty).status == 0
    assert flor("show", empty).out == ""
    folder = tmp_path / "nothing"
    folder.mkdir()
    done = flor("add", folder)
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert "no texts" in done.err


def test_another_encoding_is_said(flor: Flor, tmp_path: Path) -> None:
    text = tmp_path / "latin.txt"
    text.write_bytes("Überall Grüße über alle Straßen, schön für Köln".encode("cp1252"))
    done = flor("add", text)
    assert done.status == 0
    assert "read as" in done.err
    assert "Grüße" in flor("show", text).out
    other = tmp_path / "greek.txt"
    other.write_bytes("αβγ".encode("iso8859-7"))
    assert flor("add", other, "--encoding", "iso8859-7").status == 0
    assert flor("show", other).out == "αβγ"
    done = flor("add", other, "--encoding", "nonsense")
    assert (done.status, done.err.count("\n")) == (1, 1)


def test_standard_input_is_added(flor: Flor) -> None:
    done = flor("add", "-", "--json", stdin=b"From a pipe\n\nand more")
    (outcome,) = json.loads(done.out)
    assert flor("show", outcome["document"]).out == "From a pipe\n\nand more"


@posix
def test_odd_things_in_a_folder(flor: Flor, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "text.txt").write_text("a text", encoding="utf-8")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (folder / "itself").symlink_to(folder / "itself")
    os.mkfifo(folder / "pipe.txt")
    undecodable = os.fsencode(folder) + b"/caf\xe9.txt"
    with open(undecodable, "wb") as file:
        file.write(b"another text")
    done = flor("add", folder)
    assert done.status == 1
    assert done.out.count("added ") == 2
    assert "pipe.txt" in done.err
    assert "dangling.txt" in done.err
    assert len(titles(flor)) == 7
    again = flor("add", folder, "--json")
    assert [outcome["new"] for outcome in json.loads(again.out)] == [False] * 4
    assert r"caf\xe9.txt" in again.out.replace("\\\\", "\\")


@posix
def test_folders_nest_as_deep_as_they_like(flor: Flor, tmp_path: Path) -> None:
    # Real ones of a thousand levels could not be cleared away: fewer frames show the same.
    deepest = tmp_path.joinpath(*["d"] * 300)
    deepest.mkdir(parents=True)
    (deepest / "deep.txt").write_text("at the bottom", encoding="utf-8")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 200)
    try:
        done = flor("add", tmp_path / "d")
    finally:
        sys.setrecursionlimit(limit)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("added ")


def test_deleted_documents_can_be_restored(flor: Flor) -> None:
    before = titles(flor)
    flor("highlight", "hegemony", "--quote", "Arria-formula meeting is")
    assert flor("delete", "hegemony", "Global AI").out.count("deleted ") == 2
    assert titles(flor) == before[2:]
    assert flor("highlights").out == ""
    assert json.loads(flor("documents", "--deleted", "--json").out)[0]["title"] == before[0]
    assert flor("restore", "hegemony").out.startswith("restored ")
    assert titles(flor) == [before[0], *before[2:]]
    assert "Arria" in flor("highlights").out
    flor("undo")
    flor("undo")
    assert titles(flor) == before


def test_they_do_not_come_back_by_themselves(flor: Flor) -> None:
    for title in titles(flor):
        assert flor("delete", title).status == 0
    assert titles(flor) == []
    assert flor().status == 0


def test_a_page_that_is_not_there_is_said(flor: Flor) -> None:
    done = flor("add", "http://127.0.0.1:1/page.html")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert "http://127.0.0.1:1/page.html" in done.err
