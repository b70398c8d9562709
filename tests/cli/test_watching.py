"""Adding folders: what is there already, what was killed halfway, what comes in while watched."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotations.library.library import Library
from tests.conftest import Flor
from tui.watching import WatchedFolder

posix = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")


def start(*arguments: object) -> subprocess.Popen[str]:
    """``flor`` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tui.cli", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(holds: Callable[[], bool]) -> None:
    """Wait until something holds; a test that waits too long fails."""
    until = time.monotonic() + 40
    while not holds():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


def number_of(path: Path, what: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


def test_what_is_there_already_is_not_read_again(flor: Flor, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"text {name}", encoding="utf-8")
    assert flor("add", folder).out.count("added") == 3
    for path in folder.iterdir():
        path.chmod(0)
    again = flor("add", folder)
    assert (again.status, again.out) == (0, "")
    assert again.err == "flor: 3 files in the library already\n"
    for path in folder.iterdir():
        path.chmod(0o600)
    assert "already" in flor("add", folder / "a.txt").out
    outcomes = json.loads(flor("add", folder, "--json").out)
    assert [each["new"] for each in outcomes] == [False] * 3
    (folder / "b.txt").write_text("another text b", encoding="utf-8")
    changed = flor("add", folder)
    assert changed.out.startswith("revised ")
    assert changed.err == "flor: 2 files in the library already\n"
    assert flor("undo").status == 0
    assert flor("add", folder).out.startswith("revised ")
    assert flor("delete", folder / "c.txt").status == 0
    assert flor("add", folder).out.startswith("added ")
    assert flor("check").status == 0


@posix
def test_an_import_that_was_killed_goes_on(flor: Flor, library_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(60):
        text = f"Text {number}. " * 2_000
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    (folder / "020.txt").write_text("A very long text. " * 500_000, encoding="utf-8")
    before = number_of(library_path, "documents")
    process = start("add", folder)
    # In the midst of the long text: the short ones before it are in.
    wait_for(
        lambda: number_of(library_path, "imports") > 0 or process.poll() is not None,
    )
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    came = number_of(library_path, "documents") - before
    assert 0 < came < 60
    assert flor("check").status == 0
    done = flor("add", folder)
    assert done.status == 0
    assert f"{came} files in the library already" in done.err
    assert done.out.count("added ") == 60 - came
    assert number_of(library_path, "documents") - before == 60
    assert number_of(library_path, "revisions WHERE document IS NULL") == 0
    assert number_of(library_path, "imports") == 0
    assert flor("check").status == 0


@posix
def test_it_stops_where_an_interrupt_would_be_ignored(library_path: Path, tmp_path: Path) -> None:
    process = start("add", tmp_path, "--watch")
    assert process.stderr is not None
    assert process.stderr.readline() == f"flor: watching {tmp_path}; Ctrl+C stops\n"
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "flor: stopped watching: nothing changed\n")


def test_a_watched_folder_is_kept_in_step(
    flor: Flor, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, away = tmp_path / "folder", tmp_path / "away"
    folder.mkdir()

    def texts() -> set[str]:
        return {library.documents.text(each.id) for each in library.documents.list()}

    def rests() -> Iterator[None]:
        """What happens while the program rests: it takes a file that two looks found the same."""
        (folder / "one.txt").write_text("The first text", encoding="utf-8")
        yield
        yield
        assert "The first text" in texts()
        (folder / "two.md").write_text("A second text", encoding="utf-8")
        yield
        yield
        assert "A second text" in texts()
        (folder / "one.txt").write_text("The first text, changed", encoding="utf-8")
        yield
        yield
        assert "The first text, changed" in texts()
        (folder / "two.md").unlink()
        yield
        folder.rename(away)
        yield
        yield
        (away / "three.txt").write_text("A third text", encoding="utf-8")
        away.rename(folder)
        yield
        yield
        raise KeyboardInterrupt

    moments = rests()
    monkeypatch.setattr("tui.cli.watching.time.sleep", lambda seconds: next(moments))
    done = flor("add", folder, "--watch")
    assert done.status == 0
    assert done.out.count("added ") == 3
    assert done.out.count("revised ") == 1
    assert done.err.splitlines() == [
        f"flor: watching {folder}; Ctrl+C stops",
        f"flor: {folder}/two.md is gone; its document stays in the library",
        f"flor: {folder} is not there any more: waiting until it is",
        f"flor: {folder} is there again",
        "flor: stopped watching: 3 documents added, 1 document revised and 1 file gone",
    ]
    assert "A third text" in texts()
    assert library.check() == []


def test_only_folders_are_watched(flor: Flor, tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    done = flor("add", tmp_path / "a.txt", "--watch")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "no folder" in done.err
    assert flor("add", tmp_path, "--watch", "--json").status == 2


def test_a_file_is_taken_when_it_is_at_rest(tmp_path: Path) -> None:
    folder = WatchedFolder(str(tmp_path))
    path = tmp_path / "growing.txt"

    def ready() -> list[str]:
        return [each.path for each in folder.look().ready]

    path.write_text("a", encoding="utf-8")
    assert not ready()
    path.write_text("ab", encoding="utf-8")
    assert not ready()
    look = folder.look()
    assert [each.path for each in look.ready] == ready() == [str(path)]
    folder.take(look.ready)
    assert not ready()
    (tmp_path / "other.png").touch()
    os.utime(path, ns=(1, 1))
    assert not ready()
    assert ready()
    path.unlink()
    look = folder.look()
    assert (look.ready, look.gone) == ([], [str(path)])
    assert not folder.look().gone
