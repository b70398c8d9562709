"""``flor export``: what goes to files and to standard output."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from tests.conftest import Flor

HEADER = (
    "id,document,title,source,start,end,quote,tags,note,colour,coder,status,"
    "created_at,updated_at,revision"
)


@pytest.fixture
def annotated(flor: Flor) -> Flor:
    """Three highlights in two documents; one has two tags, one has none."""
    for arguments in (
        ("tech world leaders", "--quote", "Technological sovereignty", "--tag", "sovereignty"),
        ("hegemony", "--quote", "disinformation and hate speech", "--note", "=cmd|x"),
        ("hegemony", "--quote", "narrow the digital divide", "--tag", "risk", "--tag", "climate"),
    ):
        assert flor("highlight", *arguments).status == 0
    return flor


def rows(text: str) -> list[dict[str, str]]:
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_the_promised_columns_and_order(annotated: Flor) -> None:
    text = annotated("export").out
    assert text.split("\r\n", 1)[0] == HEADER
    table = rows(text)
    assert [row["quote"] for row in table] == [
        "narrow the digital divide",
        "disinformation and hate speech",
        "Technological sovereignty",
    ]
    assert [row["tags"] for row in table] == ["risk; climate", "", "sovereignty"]
    assert [row["note"] for row in table] == ["", "'=cmd|x", ""]
    assert all(row["created_at"].endswith("Z") for row in table)
    assert rows(annotated("export", "--raw").out)[1]["note"] == "=cmd|x"


def test_a_row_for_each_tag(annotated: Flor) -> None:
    text = annotated("export", "--rows", "tag").out
    assert text.split("\r\n", 1)[0] == HEADER.replace("tags", "tag")
    assert [row["tag"] for row in rows(text)] == ["risk", "climate", "", "sovereignty"]


def test_json_says_the_same(annotated: Flor) -> None:
    table = json.loads(annotated("export", "--format", "json").out)
    assert [row["tags"] for row in table] == [["risk", "climate"], [], ["sovereignty"]]
    assert list(table[0]) == HEADER.split(",")
    assert table == json.loads(annotated("highlights", "--json").out)
    by_tag = json.loads(annotated("export", "--format", "json", "--rows", "tag").out)
    assert annotated("export", "--format", "ris", "--rows", "tag").status == 2
    assert [row["tag"] for row in by_tag] == ["risk", "climate", "", "sovereignty"]


def test_only_one_document_or_tag(annotated: Flor) -> None:
    assert len(rows(annotated("export", "--document", "hegemony").out)) == 2
    assert len(rows(annotated("export", "--tag", "climate").out)) == 1
    assert len(rows(annotated("export", "--tag", "climate", "--rows", "tag").out)) == 1
    assert annotated("export", "--document", "nope").status == 1
    done = annotated("export", "--tag", "nope")
    assert (done.status, done.out) == (1, "")


def test_an_export_without_rows_is_its_header(flor: Flor) -> None:
    assert flor("export").out == f"{HEADER}\r\n"
    assert json.loads(flor("export", "--format", "json").out) == []


def test_files_are_replaced_whole(annotated: Flor, tmp_path: Path) -> None:
    target = tmp_path / "out" / "all.json"
    missing = annotated("export", "--output", target)
    assert (missing.status, missing.err.count("\n")) == (1, 1)
    target.parent.mkdir()
    assert annotated("export", "--output", target).out == ""
    assert len(json.loads(target.read_bytes())) == 3
    old = target.read_bytes()
    assert annotated("export", "--output", target, "--document", "nope").status == 1
    assert target.read_bytes() == old
    assert annotated("export", "--output", "-", "--format", "json").out.encode() == old
    assert [path.name for path in target.parent.iterdir()] == ["all.json"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_device_is_said(annotated: Flor) -> None:
    done = annotated("export", "--output", "/dev/full")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "No space" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file size limits")
def test_a_full_disk_leaves_the_old_file(annotated: Flor, tmp_path: Path) -> None:
    import resource
    import signal

    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
        done = annotated("export", "--output", target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert target.read_bytes() == b"old"
    assert not list(tmp_path.glob(".florilegium-*"))


def test_an_export_never_takes_the_place_of_the_library(
    annotated: Flor, library_path: Path
) -> None:
    for name in ("export", "tags"):
        command = [name] if name == "export" else ["tags", "export"]
        done = annotated(*command, "--output", library_path)
        assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    for ending in ("", "-wal", "-shm"):
        beside = library_path.with_name(library_path.name + ending)
        assert annotated("export", "--output", beside).status == 1
        assert annotated("export", "--report", beside).status == 1
        assert annotated("import", "--report", beside, __file__).status == 1
    assert annotated("check").status == 0
    assert len(json.loads(annotated("highlights", "--json").out)) == 3


def test_a_report_never_takes_the_place_of_what_it_is_about(
    annotated: Flor, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    assert annotated("export", "--output", path, "--report", path).status == 2
    assert not path.exists()
    path.write_text("mine", encoding="utf-8")
    assert annotated("import", path, "--report", path).status == 2
    assert path.read_text(encoding="utf-8") == "mine"


def test_what_a_query_asks_for(annotated: Flor) -> None:
    found = rows(annotated("export", "--query", "risk or sovereignty").out)
    assert [row["tags"] for row in found] == ["risk; climate", "sovereignty"]
    by_tag = rows(annotated("export", "--query", "risk", "--rows", "tag").out)
    assert [row["tag"] for row in by_tag] == ["risk", "climate"]
    same = annotated("export", "--query", "").out
    assert same == annotated("export").out
    assert annotated("export", "--query", "", "--rows", "tag").out == (
        annotated("export", "--rows", "tag").out
    )
    wrong = annotated("export", "--query", "(")
    assert (wrong.status, wrong.out) == (1, "")
    assert annotated("export", "--query", "risk", "--tag", "risk").status == 2


def test_only_those_of_a_status(annotated: Flor) -> None:
    assert len(json.loads(annotated("highlights", "--status", "placed", "--json").out)) == 3
    assert json.loads(annotated("highlights", "--status", "lost", "--json").out) == []
    assert annotated("highlights", "--status", "gone").status == 2


def test_a_terminal_is_asked_before_a_file_is_replaced(
    annotated: Flor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mine.csv"
    commands = (("export",), ("search", "digital"), ("tags", "export"))
    for command in commands:
        target.write_text("mine", encoding="utf-8")
        assert annotated(*command, "--output", target).status == 0
        assert target.read_text(encoding="utf-8") != "mine"
    monkeypatch.setattr("tui.cli.files.can_ask", lambda: True)
    for command in commands:
        target.write_text("mine", encoding="utf-8")
        kept = annotated(*command, "--output", target, stdin=b"n\n")
        assert (kept.status, kept.out) == (1, "")
        assert "stays as it was" in kept.err
        assert target.read_text(encoding="utf-8") == "mine"
        for given in (("--output", target, "--force"), ("--output", tmp_path / command[0])):
            assert annotated(*command, *given).status == 0
        assert target.read_text(encoding="utf-8") != "mine"
