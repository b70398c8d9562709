from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from annotations import open_library
from annotations.errors import LibraryError, LibraryFullError, NothingToUndoError
from annotations.library import schema, word_index
from annotations.library.connection import Connection
from annotations.library.library import Library
from annotations.library.location import coder_name, library_path
from annotations.library.migrations import migrations
from tests.unit.library.conftest import Open
from tests.unit.library.support import TEXT, imported

SEEDS = sorted(Path(__file__).resolve().parents[3].joinpath("seeds").glob("*.txt"))


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("FLORILEGIUM_LIBRARY", "FLORILEGIUM_CODER"):
        monkeypatch.delenv(name, raising=False)


def test_the_library_is_where_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert library_path().parent.parent == tmp_path / "data"
    monkeypatch.setenv("FLORILEGIUM_LIBRARY", "~/named.db")
    assert library_path() == tmp_path / "named.db"
    monkeypatch.chdir(tmp_path)
    assert library_path("here.db") == tmp_path / "here.db"


def test_the_coder_is_who_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "login")
    assert coder_name() == "login"
    monkeypatch.setenv("FLORILEGIUM_CODER", "  Ann\n Lee ")
    assert coder_name() == "Ann Lee"
    assert coder_name("bob") == "bob"
    assert coder_name(" ") == "Ann Lee"


def test_a_new_library_holds_the_shipped_documents_and_tags(tmp_path: Path) -> None:
    with open_library(tmp_path / "deep" / "library.db", coder="ann") as library:
        documents = library.documents.list()
        texts = {library.documents.text(document.id) for document in documents}
        assert texts == {path.read_text(encoding="utf-8") for path in SEEDS}
        assert all(document.publisher or document.author for document in documents[:1])
        assert 25 <= len(library.codebook.tags()) <= 40
        assert all(tag.description for tag in library.codebook.tags())
        [act] = library.journal.acts()
        assert (act.name, act.coder) == ("seed", "florilegium")
        with pytest.raises(NothingToUndoError):
            library.journal.undo()
        assert library.check() == []


def test_what_was_deleted_does_not_come_back(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with open_library(path) as library:
        gone = library.documents.list()[0]
        library.documents.delete([gone.id])
    with open_library(path) as library:
        assert gone not in library.documents.list()
        assert len(library.documents.list()) == len(SEEDS) - 1


def test_a_start_that_dies_while_seeding_is_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.db"

    def die(library: Library) -> None:
        library.documents.add(imported(TEXT))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Library(path, "ann", on_create=die)
    with open_library(path) as library:
        assert len(library.documents.list()) == len(SEEDS)


def test_no_library_is_made_unasked(tmp_path: Path) -> None:
    path = tmp_path / "none" / "library.db"
    with pytest.raises(LibraryError, match="there is no library"):
        open_library(path, create=False)
    assert not path.parent.exists()


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with open_library(path) as library:
        assert library.documents.list()


@pytest.mark.parametrize("content", [b"no database at all\n" * 100, b"SQLite format 3\0 but not"])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.db"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match="not a library file"):
        open_library(path)
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.glob("file*")] == ["file.db"]


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE things (id)")
    content = path.read_bytes()
    with pytest.raises(LibraryError, match="belongs to another program"):
        open_library(path)
    assert path.read_bytes() == content


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is a folder"):
        open_library(tmp_path)


@pytest.mark.parametrize("name", ["file/library.db", "file/deeper/library.db", "x" * 300])
def test_a_path_that_cannot_be_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="cannot open"):
        open_library(tmp_path / name)


@pytest.mark.skipif(os.name != "posix", reason="pipes in the file system are POSIX")
def test_a_pipe_is_no_library(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LibraryError, match="a device or a pipe"):
        open_library(tmp_path / "pipe")


def test_a_library_where_nothing_can_be_written_is_read_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "disc"
    open_library(folder / "library.db").close()
    # For root no folder is read-only.
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder)
    with open_library(folder / "library.db") as library:
        assert len(library.documents.list()) == len(SEEDS)
        assert len(list(library.rows())) == 0
        with pytest.raises(LibraryError, match="read-only"):
            library.codebook.add("new")
    assert [path.name for path in folder.iterdir()] == ["library.db"]


def set_version(path: Path, version: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")


def test_a_library_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    open_library(path).close()
    set_version(path, schema.VERSION + 1)
    content = path.read_bytes()
    with pytest.raises(LibraryError, match="newer version"):
        open_library(path)
    assert path.read_bytes() == content


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library of the present schema, which the program thinks is one step behind."""
    path = tmp_path / "library.db"
    with open_library(path) as library:
        library.documents.edit(library.documents.list()[0].id, title="Before the step")
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    steps = list(migrations._migrations)

    @migrations()
    def later(db: Database) -> None:
        with closing(sqlite3.connect(path)) as looking:
            assert looking.execute("PRAGMA user_version").fetchone() == (schema.VERSION - 1,)
        db.execute("ALTER TABLE documents ADD COLUMN shelf TEXT NOT NULL DEFAULT 'x'")

    yield path
    migrations._migrations[:] = steps


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("library.schema-*.db"))


def test_an_older_library_is_copied_then_brought_up_to_date(older: Path) -> None:
    with open_library(older) as library:
        document = library.documents.find("Before the step")
        highlight = library.highlights.add(document.id, 0, 5)
        library.journal.undo()
        library.journal.redo()
        assert library.highlights.get(highlight.id) == highlight
    [copy] = copies(older)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION - 1,)
        titles = connection.execute("SELECT title FROM documents").fetchall()
        assert ("Before the step",) in titles
    open_library(older).close()
    assert copies(older) == [copy]


def test_a_redo_from_before_a_step_still_works(older: Path) -> None:
    # The journal's rows lack the new column, which takes its default.
    with closing(sqlite3.connect(older)) as connection:
        before = connection.execute("SELECT id FROM documents").fetchall()
    with open_library(older) as library:
        library.journal.undo()
    with open_library(older, coder="florilegium") as library:
        library.journal.undo()
        assert library.documents.list() == []
        library.journal.redo()
        assert {document.id for document in library.documents.list()} == {id_ for (id_,) in before}


def test_without_room_for_the_copy_nothing_is_brought_up_to_date(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(connection: Connection, mode: str) -> sqlite3.Connection:
        opened = connect(connection, mode)
        if connection.path.name.endswith(".copying"):
            opened.execute("PRAGMA max_page_count = 10")
        return opened

    connect = Connection._connect
    monkeypatch.setattr(Connection, "_connect", full)
    before = sorted(older.parent.iterdir())
    with pytest.raises(LibraryFullError, match="no room for a copy"):
        open_library(older)
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION - 1,)
    assert sorted(older.parent.iterdir()) == before


def test_a_step_that_fails_leaves_nothing_behind(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(connection: Connection) -> None:
        raise LibraryFullError("no room")

    monkeypatch.setattr(word_index, "keep", fails)
    killed = older.with_name("library.db.copying")
    killed.write_text("a part of a copy")
    with pytest.raises(LibraryFullError):
        open_library(older)
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION - 1,)
    assert not copies(older)
    assert not killed.exists()


def test_an_update_says_how_much_of_it_is_done(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_TERMS_SINCE", schema.VERSION)
    told: list[float | None] = []
    open_library(older, updating=told.append).close()
    shares = [share for share in told if share is not None]
    assert shares == told == sorted(shares)
    assert 0 < shares[0] < 0.2
    assert len(shares) > 10
    assert shares[-1] == pytest.approx(1)
    told.clear()
    open_library(older, updating=told.append).close()
    assert told == []


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_an_update_that_is_stopped_leaves_nothing_behind(
    older: Path, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    def stop(done: float | None) -> None:
        if done is not None and done > share:
            raise KeyboardInterrupt

    monkeypatch.setattr(schema, "_TERMS_SINCE", schema.VERSION)
    with pytest.raises(KeyboardInterrupt):
        open_library(older, updating=stop)
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION - 1,)
    assert [each.name for each in older.parent.glob("library*")] == [older.name]


def test_the_version_is_the_number_of_steps() -> None:
    assert len(migrations._migrations) == schema.VERSION


def test_importing_the_package_loads_next_to_nothing() -> None:
    code = (
        "import sys, annotations; "
        "print([m for m in ('sqlite3', 'sqlite_utils', 'textual', 'json') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_opening_a_library_loads_no_migrations(open_library: Open) -> None:
    library = open_library()
    code = (
        f"import sys; from annotations import open_library; open_library({str(library.path)!r}); "
        "print([m for m in ('sqlite_utils', 'textual', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
