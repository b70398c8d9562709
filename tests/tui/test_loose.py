"""Files that are read before the library has them."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from annotations.errors import NotFoundError, UnreadableFileError
from annotations.formats import read
from annotations.library.library import Library
from annotations.model import FileState, Span
from tests.sample_pdf import pdf
from tests.tui.conftest import Open
from tests.tui.driver import Driver
from tui.actions.library import keep
from tui.adopting import Adopted, adopt
from tui.desk import Desk
from tui.intake import Passwords
from tui.jobs import Progress
from tui.loose import LooseFile
from tui.screens.confirm import Confirm
from tui.screens.reader import Reader

Held = Callable[[], AbstractAsyncContextManager[Driver]]

TEXT = "Ein Satz über Äpfel. Noch einer.\r\n\r\nEin zweiter Absatz, länger als der erste.\r\n" * 30


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file whose bytes and code points differ."""
    path = tmp_path / "fruit.txt"
    path.write_bytes(TEXT.encode("utf-8"))
    return path


async def test_a_file_is_shown_and_then_in_the_library(reader: Open, path: Path) -> None:
    async with reader(str(path)) as screen:
        assert "Äpfel" in screen.seen(screen.reader.page)
        await screen.settle()
        document = screen.reader.desk.document
        assert document is not None
        assert document.path == str(path)
        assert screen.reader.desk.file is None
        await screen.press("m")
        assert [each.quote for each in screen.highlights] == ["Ein Satz über Äpfel."]


async def test_what_is_highlighted_meanwhile_is_kept(
    reader: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.actions.library.keep", lambda reader: None)
    async with reader(str(path)) as screen:
        file = screen.reader.desk.file
        assert file is not None
        await screen.press(")", "m", "}", "t")
        await screen.write("fruit")
        await screen.press("enter")
        assert len(screen.reader.desk.waiting) == 2
        assert "2 highlights" in screen.seen(screen.reader.foot.status)
        assert "2 highlights, listed" in screen.seen(screen.reader.margin)
        monkeypatch.undo()
        monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
        place = screen.reader.page.caret
        await screen.press("A")
        await screen.settle()
        first, second = screen.highlights
        assert first.quote == "Noch einer."
        assert second.quote == "Ein zweiter Absatz, länger als der erste."
        assert second.tags == ("fruit",)
        document = screen.reader.desk.document
        assert document is not None
        text = screen.library.documents.text(document.id)
        assert text[: screen.reader.page.caret].count("\n") == (
            TEXT.encode("utf-8")[:place].count(b"\n")
        )


@pytest.fixture
def held(reader: Open, path: Path, monkeypatch: pytest.MonkeyPatch) -> Held:
    """Opens the reader at the file, which is not added until somebody asks."""
    monkeypatch.setattr("tui.screens.reader.Reader._after_first_picture", _nothing)
    return lambda: reader(str(path))


async def _nothing(reader: Reader) -> None:
    pass


async def test_what_is_highlighted_is_in_the_library_file_at_once(
    held: Held, path: Path, library: Library
) -> None:
    async with held() as screen:
        await screen.press(")", "m")
        # As another process sees it, should this one be killed now.
        with Library(library.path, library.coder) as other:
            [waiting] = other.waiting.of(path)
        assert (waiting.quote, waiting.path) == ("Noch einer.", str(path))
        await screen.press("m", "u")
        assert screen.notices[-1] == "Took back: highlighted “Noch einer.”"
        assert len(library.waiting.list()) == 1
        await screen.press("q")
        assert isinstance(screen.screen, Confirm)
    assert len(library.waiting.list()) == 1


async def test_what_was_chosen_in_the_file_is_highlighted_though_it_is_in_by_then(
    held: Held, path: Path
) -> None:
    async with held() as screen:
        await screen.press(")", "t")
        keep(screen.reader)
        await screen.settle()
        assert screen.reader.desk.document is not None
        await screen.write("fruit")
        await screen.press("enter")
        [made] = screen.highlights
        assert (made.quote, made.tags) == ("Noch einer.", ("fruit",))
        assert screen.library.waiting.list() == []


async def test_what_waits_finds_its_place_when_the_file_is_opened_again(
    held: Held, reader: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with held() as screen:
        await screen.press(")", "m")
    monkeypatch.undo()
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    async with reader() as screen:
        assert screen.notices == [f"1 highlight waits until {path.name} is added: a adds {path}"]
    async with reader(str(path)) as screen:
        await screen.settle()
        assert [each.quote for each in screen.highlights] == ["Noch einer."]
        assert screen.library.waiting.list() == []


@pytest.mark.parametrize(
    ("before", "quotes"), [("Davor. ", ["Nur einmal."]), ("Nur einmal. ", []), ("Nur", [])]
)
def test_what_waits_is_placed_by_its_words_where_the_file_has_changed(
    library: Library, path: Path, before: str, quotes: list[str]
) -> None:
    path.write_text("Hier. Nur einmal. Da.", encoding="utf-8")
    state = FileState.of(path)
    library.waiting.add(path, state, Span(6, 17), "Nur einmal.", tags=["a"], note="b")
    text = path.read_text(encoding="utf-8")
    path.write_text(before + (text if before != "Nur" else ""), encoding="utf-8")
    document = library.documents.add(read(path)).document
    adopted = adopt(library, document, path)
    highlights = list(library.highlights.list(document=document.id))
    assert [each.quote for each in highlights] == quotes
    assert adopted == Adopted(len(quotes), 1 - len(quotes))
    assert len(library.waiting.list()) == 1 - len(quotes)
    assert all((each.tags, each.note) == (("a",), "b") for each in highlights)


def test_an_import_that_is_stopped_leaves_the_library_as_it_was(
    library: Library, path: Path
) -> None:
    before = library.documents.list()
    progress = Progress()
    progress.stopping = True
    with pytest.raises(Exception, match=r"stopped|cancelled"):
        LooseFile(path).import_into(library, progress, lambda: 0, Passwords(str))
    assert library.documents.list() == before


def test_the_password_of_a_file_is_asked_for(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "safe.pdf"
    path.write_bytes(pdf([("", ["Behind the door."])], password="sesame"))
    passwords = Passwords(lambda why: "sesame" if "needs" in why else None)
    imported = LooseFile(path).import_into(library, Progress(), lambda: 0, passwords)
    assert "Behind the door" in library.documents.text(imported.document.id)


async def test_a_file_that_the_library_has_is_opened_from_there(
    reader: Open, path: Path, library: Library
) -> None:
    LooseFile(path).import_into(library, Progress(), lambda: 0, Passwords(str))
    async with reader(str(path)) as screen:
        assert screen.reader.desk.document is not None
        assert screen.reader.desk.file is None


async def test_find_works_in_a_file(
    reader: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.actions.library.keep", lambda reader: None)
    async with reader(str(path)) as screen:
        await screen.press("/")
        await screen.write("zweiter absatz")
        assert "hit 1 of 30" in screen.seen(screen.reader.foot.status)
        caret = screen.reader.page.caret
        assert TEXT.encode("utf-8")[caret:].startswith(b"zweiter Absatz")


async def test_markup_is_read_by_its_own_reader(reader: Open, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<h1>Title</h1><p>Some <b>text</b>.</p>", encoding="utf-8")
    async with reader(str(path)) as screen:
        await screen.settle()
        assert screen.reader.desk.document is not None
        assert "<b>" not in screen.seen(screen.reader.page)
        assert "Some text." in screen.seen(screen.reader.page)


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "noise.txt"
    path.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(UnreadableFileError):
        LooseFile(path)


def test_a_path_that_is_no_file_is_told_from_a_title(library: Library, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    desk = Desk(library)
    for name, message in (("", "is a folder"), ("pipe.txt", "is no file"), ("x", "no document")):
        with pytest.raises(NotFoundError, match=message):
            desk.open_first(str(tmp_path / name))
