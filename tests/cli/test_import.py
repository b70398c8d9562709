"""``flor import``, ``flor formats`` and ``flor export`` in every format."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from annotations.exchange.formats import FORMATS
from tests.conftest import Flor

WRITTEN = [name for name, each in FORMATS.items() if each.writes and not each.folder]
READ_BACK = [name for name in WRITTEN if FORMATS[name].reads]


def made(flor: Flor) -> str:
    document = "Chinese envoy"
    first = flor("highlight", document, "--start", "55", "--end", "77", "--tag", "risk/x")
    flor("highlight", document, "--start", "60", "--end", "120", "--note", "=a note")
    assert first.status == 0, first.err
    return first.out.strip()


def highlights(flor: Flor) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(flor("highlights", "--json").out)
    return found


def test_every_format_is_listed(flor: Flor) -> None:
    listed = json.loads(flor("formats", "--json").out)
    assert [each["name"] for each in listed] == list(FORMATS)
    assert {each["name"] for each in listed if each["imports"]} >= {"csv", "qualcoder", "kindle"}
    lines = flor("formats").out.splitlines()
    assert len(lines) == len(FORMATS)


@pytest.mark.parametrize("name", WRITTEN)
def test_every_format_is_written_and_what_it_cannot_hold_is_said(
    flor: Flor, tmp_path: Path, name: str
) -> None:
    made(flor)
    target, losses = tmp_path / "out", tmp_path / "losses"
    done = flor("export", "--format", name, "--output", target, "--report", losses)
    assert done.status == 0, done.err
    assert target.stat().st_size > 0
    told = losses.read_text(encoding="utf-8").splitlines()
    assert done.err.startswith("flor: did not come across: ") is bool(told)
    if FORMATS[name].is_text:
        assert flor("export", "--format", name).out


@pytest.mark.parametrize("name", READ_BACK)
def test_every_format_comes_back_without_doubling(flor: Flor, tmp_path: Path, name: str) -> None:
    made(flor)
    before = highlights(flor)
    target = tmp_path / f"out{FORMATS[name].suffixes[0]}"
    flor("export", "--format", name, "--output", target)
    for arguments in ((), ("--format", name)):
        done = flor("import", target, *arguments)
        assert done.status == 0, done.err
        assert done.out == "imported nothing new\n"
    assert highlights(flor) == before


def test_the_ending_chooses_the_format(flor: Flor, tmp_path: Path) -> None:
    made(flor)
    beginnings = {
        "a.qdpx": b"PK",
        "a.jsonld": b'{"@context"',
        "a.db": b"SQLite format 3",
        "a.html": b"<!DOCTYPE html>",
        "a.csv": b"id,document",
    }
    for name, beginning in beginnings.items():
        flor("export", "--output", tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(beginning)


def test_what_comes_in_on_standard_input(flor: Flor, tmp_path: Path) -> None:
    made(flor)
    target = tmp_path / "out"
    for name in ("csv", "jsonl", "webannotation", "refi", "ris"):
        flor("export", "--format", name, "--output", target)
        done = flor("import", "-", "--format", name, stdin=target.read_bytes())
        assert (done.status, done.out) == (0, "imported nothing new\n"), (name, done)
    done = flor("import", "-", stdin=b"")
    assert (done.status, done.err) == (1, "flor: standard input is empty\n")
    codebook = b"path,description\nnew/tag,what it is\n"
    assert flor("tags", "import", "-", stdin=codebook).out == "imported 1 tag\n"


def test_a_folder_of_markdown(flor: Flor, tmp_path: Path) -> None:
    made(flor)
    folder = tmp_path / "vault"
    assert flor("export", "--format", "markdown", "--output", folder).status == 0
    assert len(list(folder.glob("*.md"))) == 5
    assert flor("import", folder).out == "imported nothing new\n"
    refused = flor("export", "--format", "markdown")
    assert (refused.status, refused.err.count("\n")) == (1, 1)


def test_an_import_is_one_act(flor: Flor, tmp_path: Path) -> None:
    path = tmp_path / "My Clippings.txt"
    path.write_text(
        "A Book (Somebody)\n- Your Highlight on page 1 | Added on Monday, January 1, 2024 "
        "10:00:00 AM\n\nwords of the book\n==========\n",
        encoding="utf-8",
    )
    before = highlights(flor)
    dry = flor("import", "--dry-run", path)
    assert dry.out.startswith("would import 1 highlight and 1 document without its text\n")
    assert highlights(flor) == before
    done = json.loads(flor("import", "--json", path).out)
    assert (done["format"], done["highlights"], done["stubs"], done["lost"]) == ("kindle", 1, 1, 1)
    assert flor("import", path).out == "imported nothing new\n"
    book = tmp_path / "A Book.txt"
    book.write_text("Here are the words of the book, at last.\n", encoding="utf-8")
    assert flor("add", book).status == 0
    (placed,) = (each for each in highlights(flor) if each["title"] == "A Book")
    assert (placed["status"], placed["quote"]) == ("placed", "words of the book")
    flor("undo")
    flor("undo")
    assert highlights(flor) == before
    assert flor("check").status == 0


def test_files_that_cannot_be_imported(flor: Flor, tmp_path: Path) -> None:
    files = {
        "missing.csv": None,
        "empty.csv": b"",
        "binary": bytes(range(256)),
        "text.txt": b"just some words\n",
        "cut.json": b'[{"quote": "a", "docum',
        "cut.qdpx": b"PK\x03\x04 and no more",
        "bomb.qdc": b'<!DOCTYPE a [<!ENTITY b "c">]><CodeBook>&b;</CodeBook>',
        "other.json": b'{"a": 1}',
        "columns.csv": b"a,b\r\n1,2\r\n",
    }
    before = highlights(flor)
    for name, data in files.items():
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        done = flor("import", path)
        assert (done.status, done.out, done.err.count("\n")) == (1, "", 1), (name, done)
        assert done.err.startswith("flor: ")
    (tmp_path / "folder").mkdir()
    assert flor("import", tmp_path / "folder").status == 1
    assert highlights(flor) == before


def test_a_database_of_another_program(flor: Flor, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE things (a)")
    connection.close()
    done = flor("import", path)
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "of no program that is known" in done.err


def test_a_zip_with_names_that_lead_out(flor: Flor, tmp_path: Path) -> None:
    path = tmp_path / "a.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../project.qde", "<Project/>")
        archive.writestr("/etc/passwd", "x")
    done = flor("import", path)
    assert (done.status, "no project.qde" in done.err) == (1, True)
