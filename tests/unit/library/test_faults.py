"""What the library does when the machine fails it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from annotations.errors import LibraryBusyError, LibraryError, LibraryFullError
from annotations.library import connection as module
from annotations.library import library as library_module
from annotations.library.library import Library
from annotations.model import Document
from tests.unit.library.conftest import Open
from tests.unit.library.support import TEXT, imported, tables

posix = pytest.mark.skipif(os.name != "posix", reason="signals and limits are POSIX")


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a process of its own."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_full_disk_changes_nothing(library: Library, document: Document) -> None:
    pages = library._connection.value("PRAGMA page_count")
    library._connection.run(f"PRAGMA max_page_count = {pages + 3}")
    before = tables(library.path, but=())
    with pytest.raises(LibraryFullError, match="no room"):
        library.highlights.add(document.id, 0, 7, note="x" * 100_000)
    with pytest.raises(LibraryFullError, match="no room"):
        library.documents.add(imported("y" * 100_000))
    assert tables(library.path, but=()) == before
    assert library.check() == []
    library._connection.run("PRAGMA max_page_count = 1000000")
    library.highlights.add(document.id, 0, 7, note="x" * 100_000)
    assert library.check() == []


def test_a_full_disk_during_a_long_import(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.library.storing._SLICE", 10_000)
    pages = library._connection.value("PRAGMA page_count")
    library._connection.run(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(LibraryFullError):
        library.documents.add(imported(*["z" * 9_000 for _ in range(100)]))
    assert library.documents.list() == []
    assert library.check() == []


def test_a_long_import_stops_while_it_can_still_be_taken_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.library.storing._SLICE", 10_000)
    room = iter(range(1_000_000, 0, -50_000))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=next(room)))
    with pytest.raises(LibraryFullError, match="no room"):
        library.documents.add(imported(*["z" * 9_000 for _ in range(100)]))
    assert next(room) > 0
    assert library._connection.value("SELECT count(*) FROM passages") == 0
    log = library.path.with_name(f"{library.path.name}-wal")
    assert log.stat().st_size < 300_000
    assert library.check() == []


@posix
def test_a_limit_on_the_size_of_files_is_told(library: Library, document: Document) -> None:
    before = tables(library.path, but=())
    done = run(
        """
import resource, sys
from annotations import open_library
from annotations.errors import LibraryFullError
library = open_library(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    library.highlights.add(sys.argv[2], 0, 7, note="x" * 1_000_000)
except LibraryFullError as error:
    print(error)
""",
        library.path,
        document.id,
    )
    assert "no room" in done.stdout, done.stderr
    assert tables(library.path, but=()) == before
    assert library.check() == []


@posix
def test_a_copy_before_an_update_that_does_not_fit_is_removed(library: Library) -> None:
    library.documents.add(imported("x" * 500_000))
    before = tables(library.path, but=())
    done = run(
        """
import resource, sys
from pathlib import Path
from annotations.errors import LibraryFullError
from annotations.library.connection import Connection
from annotations.library.schema import back_up
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    back_up(Connection(Path(sys.argv[1])), 1)
except LibraryFullError as error:
    print(error)
""",
        library.path,
    )
    assert "no room" in done.stdout, done.stderr
    assert list(library.path.parent.glob("*schema-1*")) == []
    assert tables(library.path, but=()) == before


@posix
def test_what_was_saved_survives_a_kill(library: Library, document: Document) -> None:
    done = run(
        """
import os, signal, sys
from annotations import open_library
library = open_library(sys.argv[1], coder="ann")
print(library.highlights.add(sys.argv[2], 0, 7, tags=["a", "b"]).id, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
""",
        library.path,
        document.id,
    )
    assert done.returncode == -signal.SIGKILL
    highlight = library.highlights.get(done.stdout.strip())
    assert (highlight.quote, highlight.tags) == (TEXT[:7], ("a", "b"))
    assert library.check() == []
    library.journal.undo()
    assert list(library.highlights.list()) == []


@posix
def test_an_act_that_was_killed_halfway_never_was(library: Library, document: Document) -> None:
    before = tables(library.path, but=())
    done = run(
        """
import os, signal, sys
from annotations import open_library
library = open_library(sys.argv[1], coder="ann")
with library.journal.act("code"):
    library.highlights.add(sys.argv[2], 0, 7, tags=["a", "b"])
    os.kill(os.getpid(), signal.SIGKILL)
""",
        library.path,
        document.id,
    )
    assert done.returncode == -signal.SIGKILL
    assert tables(library.path, but=()) == before
    library.highlights.add(document.id, 0, 7)
    assert library.check() == []


@posix
@pytest.mark.parametrize("calls", [2, 3])
def test_a_revision_that_was_killed_halfway_never_was(library: Library, calls: int) -> None:
    text = f"{TEXT}One sentence goes. "
    document = library.documents.add(imported(text, path="/law.txt")).document
    library.highlights.add(document.id, 0, 23)
    before = tables(library.path, but=("revisions", "passages", "acts", "journal"))
    done = run(
        """
import os, signal, sys
from annotations import open_library
from tests.unit.library.support import TEXT, imported
library = open_library(sys.argv[1], coder="ann")
calls = 0
def progress(length):
    global calls
    calls += 1
    if calls == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return True
library.documents.add(imported(TEXT, path="/law.txt"), progress=progress)
""",
        library.path,
        calls,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert tables(library.path, but=("revisions", "passages", "acts", "journal")) == before
    assert library.check() == []
    # The text that was in already is taken up where it is.
    revised = library.documents.add(imported(TEXT, path="/law.txt")).revised
    assert revised is not None
    assert (revised.revision, revised.placed) == (2, 1)
    assert library.check() == []


def test_a_lock_that_stays_is_told(
    library: Library,
    document: Document,
    open_library: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    impatient = open_library("bob")
    with closing(sqlite3.connect(library.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryBusyError, match="in use by another program"):
            impatient.highlights.add(document.id, 0, 7)
        assert impatient.documents.list() == [document]
        other.execute("ROLLBACK")
    impatient.highlights.add(document.id, 0, 7)


def test_opening_waits_for_who_is_making_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.01)
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        told: list[float | None] = []

        def let_go(share: float | None) -> None:
            told.append(share)
            if len(told) == 2:
                other.execute("ROLLBACK")

        with Library(path, "ann", updating=let_go) as library:
            assert told[:2] == [None, None]
            told.clear()
            # What is written later is not waited for so long.
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LibraryBusyError):
                library.codebook.add("risk")
            assert told == []


def test_a_write_waits_for_a_lock_as_long_as_it_may(
    library: Library, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "TRY_SECONDS", 0.01)
    with closing(sqlite3.connect(library.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waited: list[float] = []

        def give_up(seconds: float) -> bool:
            waited.append(seconds)
            return len(waited) < 3

        library.wait_while(give_up)
        with pytest.raises(LibraryBusyError, match="nothing was changed"):
            library.highlights.add(document.id, 0, 7)
        assert waited == sorted(waited)
        assert len(waited) == 3

        def let_go(seconds: float) -> bool:
            other.execute("ROLLBACK")
            return True

        library.wait_while(let_go)
        library.highlights.add(document.id, 0, 7)
    assert len(list(library.highlights.list())) == 1


def test_a_read_only_library_can_be_read(library: Library, document: Document) -> None:
    highlight = library.highlights.add(document.id, 0, 7)
    library.close()
    library.path.chmod(0o444)
    with Library(library.path, "ann") as reader:
        assert reader.documents.text(document.id) == TEXT
        assert list(reader.highlights.list()) == [highlight]
        assert len(list(reader.rows())) == 1
        assert reader.check() == []
        reader.reading.save(document.id, 3)
        for write in (
            lambda: reader.highlights.remove([highlight.id]),
            lambda: reader.journal.undo(),
            lambda: reader.documents.add(imported("more")),
            lambda: reader.documents.add(imported("more"), revises=document.id),
        ):
            with pytest.raises(LibraryError, match="read-only"):
                write()


@posix
@pytest.mark.parametrize("replaced", [False, True])
def test_nothing_is_written_to_a_file_that_nobody_would_find(
    library: Library, document: Document, replaced: bool
) -> None:
    elsewhere = library.path.with_name("elsewhere.db")
    library.path.rename(elsewhere)
    if replaced:
        library.path.write_bytes(elsewhere.read_bytes())
    with pytest.raises(LibraryError, match="moved, deleted or replaced"):
        library.highlights.add(document.id, 0, 7)
    assert library.documents.text(document.id) == TEXT
    elsewhere.rename(library.path)
    library.highlights.add(document.id, 0, 7)


def test_a_damaged_file_is_told(library: Library) -> None:
    for number in range(50):
        library.documents.add(imported(f"{number} " * 3000, title=f"{number}"))
    library.close()
    content = bytearray(library.path.read_bytes())
    pages = len(content) // 4096
    for page in range(pages // 2, pages, 5):
        content[page * 4096 : page * 4096 + 2000] = b"\xff" * 2000
    library.path.write_bytes(content)
    with Library(library.path, "ann") as damaged:
        problems = damaged.check()
    assert any("damaged" in problem for problem in problems)


def test_a_closed_library_says_so(library: Library) -> None:
    library.close()
    with pytest.raises(LibraryError, match="closed"):
        library.documents.list()
