"""Importing in the reader: a dry run, the import, and taking it back."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Checkbox, Input

from annotations.exchange.formats import FORMATS
from annotations.library.library import Library
from tests.tui.conftest import Open


async def test_import_is_one_act_that_undo_takes_back(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    source = tmp_path / "notes.csv"
    source.write_text("document,title,quote,tags\r\nx,A book,some words,new/tag\r\n")
    async with reader() as screen:
        await screen.press("I", "enter")
        assert screen.screen is not screen.reader
        for dry_run in (True, False):
            field = screen.screen.query_one(Input)
            field.value = str(source)
            screen.screen.query_one(Checkbox).value = dry_run
            await screen.press("enter")
            await screen.settle()
            assert "1 highlight" in screen.notices[-1]
            known = "new/tag" in [tag.path for tag in library.codebook.tags()]
            assert known is not dry_run
            if dry_run:
                await screen.press("I")
        await screen.press("u")
        assert "new/tag" not in [tag.path for tag in library.codebook.tags()]


async def test_an_import_from_nowhere_is_refused(reader: Open, tmp_path: Path) -> None:
    damaged = tmp_path / "cut.json"
    damaged.write_text('[{"document": "x", "quo')
    async with reader() as screen:
        await screen.press("I")
        screen.screen.query_one(Input).value = str(tmp_path / "missing")
        await screen.press("enter")
        assert screen.screen is not screen.reader
        screen.screen.query_one(Input).value = str(damaged)
        await screen.press("enter")
        await screen.settle()
        assert "cut short" in screen.notices[-1]


async def test_markdown_is_exported_to_a_folder(reader: Open, tmp_path: Path) -> None:
    names = [name for name, each in FORMATS.items() if each.writes]
    async with reader() as screen:
        await screen.press("}", "}", "m", "e", "tab")
        await screen.press(*["down"] * names.index("markdown"))
        screen.screen.query_one(Input).value = str(tmp_path / "vault")
        await screen.press("shift+tab", "enter")
        await screen.settle()
        (path,) = (tmp_path / "vault").glob("*.md")
        quote = screen.highlights[0].quote.split("\n")[0]
        assert f"> {quote}" in path.read_text(encoding="utf-8")
