"""What README.md and CHANGELOG.md tell people to type works as they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import ROOT
from tui.cli.root import COMMANDS
from tui.commands import COMMANDS as KEY_COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(sys.platform == "win32", reason="the examples are for a POSIX shell")
def test_the_commands_run(library_path: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("Dear Sir", encoding="utf-8")
    (tmp_path / "report.txt").write_text("A report", encoding="utf-8")
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / "flor"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -P -m tui.cli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (script,) = blocks("sh")
    done = subprocess.run(
        ["bash", "-e", "-u", "-o", "pipefail", "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        timeout=110,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert library_path.name in done.stdout
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
