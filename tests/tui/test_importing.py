"""Importing and citing in the reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from annotations.exchange.formats import FORMATS
from annotations.library.library import Library
from tests.tui.conftest import Open
from tui.clipboard import Copied
from tui.config import Config, load_config
from tui.settings import ConfigError


async def test_import_is_one_act_that_undo_takes_back(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    source = tmp_path / "notes.csv"
    source.write_text("document,title,quote,tags\r\nx,A book,some words,new/tag\r\n")
    async with reader() as screen:
        await screen.press("I", "enter")
        await screen.settle()
        assert screen.screen is not screen.reader
        for dry_run in (True, False):
            field = screen.screen.query_one(Input)
            field.value = str(source)
            if dry_run:
                await screen.press("tab", "space", "shift+tab")
            await screen.press("enter")
            await screen.settle()
            assert "1 highlight" in screen.notices[-1]
            known = "new/tag" in [tag.path for tag in library.codebook.tags()]
            assert known is not dry_run
            if dry_run:
                await screen.press("I")
                await screen.settle()
        await screen.press("u")
        assert "new/tag" not in [tag.path for tag in library.codebook.tags()]


async def test_an_import_from_nowhere_is_refused(reader: Open, tmp_path: Path) -> None:
    damaged = tmp_path / "cut.json"
    damaged.write_text('[{"document": "x", "quo')
    async with reader() as screen:
        await screen.press("I")
        await screen.settle()
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
        await screen.press("}", "}", "m", "e")
        await screen.settle()
        await screen.press("tab")
        await screen.press(*["down"] * names.index("markdown"))
        screen.screen.query_one(Input).value = str(tmp_path / "vault")
        await screen.press("shift+tab", "enter")
        await screen.settle()
        (path,) = (tmp_path / "vault").glob("*.md")
        quote = screen.highlights[0].quote.split("\n")[0]
        assert f"> {quote}" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("style", "ending"),
    [("plain", ", Xinhua, 2021-05-18, "), ("apa", " (2021, May 18). "), ("mla", "18 May 2021")],
)
async def test_a_quote_is_copied_in_the_style_that_was_asked_for(
    reader: Open, monkeypatch: pytest.MonkeyPatch, style: str, ending: str
) -> None:
    copied: list[str] = []

    def take(text: str, _: Callable[[str], None]) -> Copied:
        copied.append(text)
        return Copied("test")

    monkeypatch.setattr("tui.clipboard.copy", take)
    async with reader(config=Config(citation=style)) as screen:
        await screen.press("y")
        assert ending.strip() in copied[0]


def test_a_style_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('citation = "apa"\n')
    assert load_config(path).citation == "apa"
    path.write_text('citation = "harvard"\n')
    with pytest.raises(ConfigError, match="no style of citation"):
        load_config(path)
