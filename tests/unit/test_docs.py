"""The pages in docs say what is so: their Python runs, their table is the table of formats."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from annotations.exchange.formats import FORMATS
from tests.shared import ROOT
from tui.cli.root import flor
from tui.commands import COMMANDS, Scope


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_the_analysis_runs(
    library_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert library_path.exists()
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for script in re.findall(r"^```python\n(.*?)^```", page("analysis.md"), re.M | re.S):
        exec(compile(script, "analysis.md", "exec"), names)
    out = capsys.readouterr().out
    assert "words/risk" in out
    assert re.search(r"^csv .*texts of documents", out, re.M)
    assert "html holds everything" in out
    assert "REFI-QDA project: nothing new" in out
    assert (tmp_path / "words.html").exists()


def test_the_table_is_that_of_the_formats() -> None:
    told: dict[str, tuple[bool, bool]] = {}
    for names, writes, reads in re.findall(
        r"^\| (`.+?) \| (✓?) ?\| (✓?) ?\|", page("exchange.md"), re.MULTILINE
    ):
        for name in re.findall(r"`([\w-]+)`", names):
            told[name] = (bool(writes), bool(reads))
    assert told == {name: (each.writes, each.reads) for name, each in FORMATS.items()}


def test_the_keys_of_the_list_are_those_of_the_commands() -> None:
    table = page("library.md").split("| Key |")[1].split("\n\n")[0]
    told = set(
        re.findall(r"`([^`]+)`", " ".join(row.split("|")[1] for row in table.splitlines()[2:]))
    )
    scopes = (Scope.CARDS, Scope.DOCUMENTS)
    keys = {key for each in COMMANDS if each.scope in scopes for key in each.keys}
    assert told == keys - {"delete", "escape", "down"}


def commands() -> Iterator[str]:
    """What the pages tell people to type, in lines for the shell and in the midst of sentences."""
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r"^(?:\$ )?flor (.+)$", text, re.MULTILINE)
        yield from re.findall(r"`flor ([^`]+)`", text)


@pytest.mark.parametrize("line", sorted(set(commands())))
def test_what_one_is_told_to_type_is_understood(line: str) -> None:
    words = [word for word in shlex.split(line.partition(" | ")[0], comments=True) if word != "…"]
    context = click.Context(flor, info_name="flor")
    command: click.Command | None = flor
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        command, group, (name, *words) = command.get_command(context, words[0]), command, words
        if command is None:
            # What is no command is a file to be opened.
            assert group is flor
            assert name.isupper() or "." in name
            return
    assert command is not None
    command.make_parser(context).parse_args(words)
