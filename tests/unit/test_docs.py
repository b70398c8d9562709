"""The pages in docs say what is so: their Python runs, their table is the table of formats."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotations.exchange.formats import FORMATS
from tests.shared import ROOT
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
    assert "csv holds everything" in out
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
