"""Importing and citing in the reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from annotations.exchange.formats import FORMATS
from annotations.library.library import Library
from tests.tui.conftest import Open
from tui.clipboard import Copied
from tui.config import Config, load_config
from tui.screens.confirm import Confirm
from tui.settings import ConfigError
from tui.widgets.key_line import KeyLine


async def test_import_is_one_act_that_undo_takes_back(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    source = tmp_path / "notes.csv"
    source.write_text("document,title,quote,tags,colour\r\nx,A book,some words,new/tag,mauve\r\n")

    def is_known() -> bool:
        return "new/tag" in [tag.path for tag in library.codebook.tags()]

    async with reader() as screen:
        await screen.press("I", "enter")
        await screen.settle()
        assert screen.screen is not screen.reader
        screen.screen.query_one(Input).value = str(source)
        await screen.press("enter")
        await screen.settle()
        assert "Imported 1 highlight" in screen.notices[-1]
        assert is_known()
        await screen.press("u")
        assert not is_known()
        await screen.press("I")
        screen.screen.query_one(Input).value = str(source)
        await screen.click(screen.screen.query_one(KeyLine), 2, 0)
        await screen.settle()
        assert is_known()
        await screen.press("I")
        await screen.click(screen.screen.query_one(KeyLine), 70, 0)
        assert screen.screen is screen.reader


async def test_an_import_can_be_looked_at_first(
    reader: Open, library: Library, tmp_path: Path
) -> None:
    source = tmp_path / "notes.csv"
    source.write_text("document,title,quote,tags,colour\r\nx,A book,some words,new/tag,mauve\r\n")
    async with reader() as screen:
        for answer, count in (("escape", 0), ("enter", 1)):
            await screen.press("I")
            screen.screen.query_one(Input).value = str(source)
            await screen.press("tab", "space", "enter")
            await screen.settle()
            assert isinstance(screen.screen, Confirm)
            shown = "\n".join(str(each.content) for each in screen.screen.query(Static))
            assert "would bring 1 highlight" in shown
            assert "1 colour not known here: mauve" in shown
            await screen.press(answer)
            await screen.settle()
            assert sum(1 for _ in library.highlights.list(tag=None)) == count
        await screen.press("I")
        screen.screen.query_one(Input).value = str(source)
        await screen.press("tab", "tab", *["down"] * (1 + list(FORMATS).index("json")), "enter")
        await screen.settle()
        assert "notes.csv is not JSON" in screen.notices[-1]


async def test_a_file_is_taken_from_a_list(reader: Open, tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "notes.csv").write_text("")
    (tmp_path / "other.csv").write_text("")
    async with reader() as screen:
        await screen.press("I")
        field = screen.screen.query_one(Input)
        field.value = f"{tmp_path}/"
        await screen.press("ctrl+o", "down", "enter")
        await screen.write("note")
        await screen.press("enter")
        assert field.value == str(tmp_path / "inside" / "notes.csv")
        await screen.press("ctrl+o", "tab")
        assert field.value == str(tmp_path / "inside")
        await screen.press("ctrl+o", "escape")
        assert field.value == str(tmp_path / "inside")


async def test_an_export_is_looked_at_before(reader: Open, library: Library) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "m", "e")
        await screen.settle()
        dialog = screen.screen

        def shown(which: str) -> str:
            return str(dialog.query_one(which, Static).content)

        assert shown("#counted").startswith("1 highlight;")
        assert shown("#look").startswith("id,document,title")
        await screen.press("tab", "tab", "right")
        await screen.settle()
        assert shown("#counted").startswith(f"{sum(1 for _ in library.highlights.list()):,} ")
        await screen.press("shift+tab", *["down"] * 4)
        await screen.settle()
        assert "anno.jsonld" in shown("#look")


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

    monkeypatch.setattr("tui.actions.copying.copy_text", take)
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
