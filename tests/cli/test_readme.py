"""What README.md and CHANGELOG.md tell people to type works as they say."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import Flor
from tests.shared import ROOT
from tui.cli.root import COMMANDS
from tui.commands import COMMANDS as KEY_COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_the_commands_run(
    flor: Flor, library_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("Dear Sir", encoding="utf-8")
    (tmp_path / "report.txt").write_text("A report", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (script,) = blocks("sh")
    printed, made = "", ""
    for line in filter(None, script.splitlines()):
        # The little of the shell that the examples need; a process for each would take long.
        named = re.fullmatch(r"id=\$\((.*)\)", line)
        words = shlex.split(named[1] if named else line, comments=True)
        words = words[: words.index("|")] if "|" in words else words
        assert words[0] == "flor"
        done = flor(*(made if word == "$id" else word for word in words[1:]))
        # A table of highlights says what else the library has.
        told = re.sub(r"^flor: did not come across: .*\n", "", done.err)
        assert (done.status, told) == (0, ""), line
        made = done.out.strip() if named else made
        printed += done.out
    assert library_path.name in printed
    assert (tmp_path / "highlights.csv").read_bytes().startswith(b"id,document,")


def test_every_command_is_shown_or_found_by_help() -> None:
    (script,) = blocks("sh")
    shown = set(re.findall(r"\bflor (\w+)", script))
    assert shown <= set(COMMANDS)
    # What is left out is found by --help: README is no manual.
    elsewhere = {"diff", "reanchor", "open", "delete", "restore", "move", "split", "join"}
    assert set(COMMANDS) - shown <= elsewhere


def test_the_python_example_runs(library_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (script,) = blocks("python")
    exec(compile(script, "README.md", "exec"), {})
    assert "tiered and category-based management ('risk/tiers',)" in capsys.readouterr().out
    assert library_path.exists()


def test_the_keys_are_those_of_the_reader() -> None:
    (table,) = re.findall(r"^\| Keys \|.*\n\|---\|---\|\n((?:\|.*\n)+)", README, re.MULTILINE)
    cells = [re.split(r"(?<!\\)\|", row)[1].replace(r"\|", "|") for row in table.splitlines()]
    shown = set(re.findall(r"`([^`]+)`", "".join(cells)))
    known = {key for command in KEY_COMMANDS for key in command.keys}
    assert shown <= known


def test_the_configuration_example_is_understood(tmp_path: Path) -> None:
    from tui.config import load_config

    (example,) = blocks("toml")
    (tmp_path / "example.toml").write_text(example, encoding="utf-8")
    assert load_config(tmp_path / "example.toml").coder == "ada"


def test_linked_files_are_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
