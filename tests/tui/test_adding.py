"""Adding documents in the reader: files, folders, what a password opens, what is kept in step."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from annotations.library.library import Library
from tests.sample_pdf import pdf
from tests.tui.conftest import Open
from tests.tui.driver import Driver
from tui.screens.choice import Choice
from tui.screens.peek import Peek
from tui.screens.prompt import Prompt


async def _add(screen: Driver, written: str) -> None:
    await screen.press("a")
    screen.screen.query_one(Input).value = written
    await screen.press("enter")
    await screen.settle()


async def test_a_folder_is_added_and_what_cannot_be_read_is_listed(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    for name in ("hills", "rivers"):
        (tmp_path / f"{name}.txt").write_text(f"All about {name}.")
    (tmp_path / "broken.pdf").write_bytes(b"no PDF")
    async with reader() as screen:
        await screen.press("a", "enter")
        assert "Name a file" in str(screen.screen.query_one("#wrong", Static).render())
        await screen.press("escape")
        await _add(screen, str(tmp_path))
        assert {"hills", "rivers"} <= {each.title for each in library.documents.list()}
        assert isinstance(screen.screen, Peek)
        shown = "\n".join(str(each.render()) for each in screen.screen.query(Static))
        assert "2 documents added; 1 file could not be read" in shown
        assert "broken.pdf" in shown
        await screen.press("escape", "u")
        assert "rivers" not in {each.title for each in library.documents.list()}


async def test_a_file_that_is_added_is_shown(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "hills.txt"
    path.write_text("All about hills.")
    async with reader() as screen:
        await _add(screen, str(path))
        assert screen.reader.desk.title == "hills"
        assert screen.notices[-1] == "1 document added"
        path.write_text("All about hills and more.")
        await _add(screen, str(path))
        assert screen.notices[-1] == "1 document revised"
        assert library.documents.find("hills").length == 25
        await _add(screen, str(path))
        assert screen.notices[-1] == "1 document there already"
        await _add(screen, "https://127.0.0.1:1/page")
        assert "127.0.0.1" in screen.notices[-1]


async def _answer(screen: Driver, password: str) -> None:
    """Give a password, or leave it out."""
    await screen.until(lambda: isinstance(screen.screen, Prompt))
    field = screen.screen.query_one(Input)
    assert field.password
    field.value = password
    await screen.pilot.press("enter" if password else "escape")
    await screen.until(lambda: not field.is_attached)


async def test_a_password_is_asked_for_until_it_fits(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    for name, password in (("first", "sesame"), ("second", "sesame"), ("third", "lost")):
        page = [("", [f"Behind the {name} door."])]
        (folder / f"{name}.pdf").write_bytes(pdf(page, password=password))
    async with reader() as screen:
        await screen.press("a")
        screen.screen.query_one(Input).value = str(folder)
        await screen.pilot.press("enter")
        # What opened one file is tried on the next.
        for password in ("wrong", "sesame", ""):
            await _answer(screen, password)
        await screen.settle()
        assert {"first", "second"} <= {each.title for each in library.documents.list()}
        assert isinstance(screen.screen, Peek)
        shown = "\n".join(str(each.render()) for each in screen.screen.query(Static))
        assert "2 documents added; 1 file could not be read" in shown
        assert "third.pdf: is not opened by this password" in shown


async def test_a_folder_is_kept_in_step(
    reader: Open, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("tui.watching", "tui.in_step"):
        monkeypatch.setattr(f"{module}.SECONDS", 0.02)
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "hills.txt").write_text("All about hills.")

    def length(title: str) -> int:
        found = [each for each in library.documents.list() if each.title == title]
        return found[0].length if found else 0

    async with reader() as screen:
        await screen.pilot.press("W")
        screen.screen.query_one(Input).value = str(folder / "hills.txt")
        await screen.pilot.press("enter")
        assert "There is no folder" in str(screen.screen.query_one("#wrong", Static).render())
        screen.screen.query_one(Input).value = str(folder)
        await screen.pilot.press("enter")
        await screen.until(lambda: length("hills") == 16)
        (folder / "hills.txt").write_text("All about hills and more.")
        (folder / "broken.pdf").write_bytes(b"no PDF")
        await screen.until(lambda: length("hills") == 25)
        await screen.until(lambda: any("broken.pdf" in each for each in screen.notices))
        assert "watching letters" in screen.reader.foot.status.standing.facts
        folder.rename(tmp_path / "away")
        await screen.until(lambda: screen.reader.watched == "letters is gone")
        (tmp_path / "away" / "rivers.txt").write_text("All about rivers.")
        (tmp_path / "away").rename(folder)
        await screen.until(lambda: length("rivers") > 0)
        await screen.pilot.press("W")
        await screen.until(lambda: isinstance(screen.screen, Choice))
        await screen.pilot.press("enter")
        await screen.until(lambda: screen.screen is screen.reader)
        await screen.until(lambda: "letters is not watched any more" in screen.notices)
        assert not screen.reader.watched


async def test_what_cannot_be_added_ends_the_keeping_in_step(
    reader: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.in_step.SECONDS", 0.02)
    monkeypatch.setattr("tui.watching.SECONDS", 0.02)
    monkeypatch.setattr("tui.jobs.Progress.report_unlocked", lambda progress, done: False)
    (tmp_path / "hills.txt").write_text("All about hills.")
    async with reader() as screen:
        screen.reader.in_step.keep(str(tmp_path))
        await screen.until(
            lambda: any("is not watched any more" in each for each in screen.notices)
        )
        assert any(each.startswith("Stopped: Adding from") for each in screen.notices)
        assert not screen.reader.watched
