"""Writing a text in the user's own editor."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from annotations.errors import UnreadableFileError
from tui.editor import edited

SCRIPT = """
import pathlib, sys
path = pathlib.Path(sys.argv[1])
path.write_bytes(path.read_bytes().upper() + "é\\n".encode())
"""


def _editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    file = tmp_path / "an editor.py"
    file.write_text(script, encoding="utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{file}"')


def test_what_the_editor_leaves_is_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(tmp_path, monkeypatch, SCRIPT)
    assert edited("two\nlines ß") == "TWO\nLINES ßé"


def test_an_editor_that_fails_leaves_the_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(tmp_path, monkeypatch, "raise SystemExit(3)")
    with pytest.raises(UnreadableFileError, match="ended with 3"):
        edited("text")


def test_an_editor_that_is_not_there_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor --wait")
    with pytest.raises(UnreadableFileError, match="no-such-editor"):
        edited("text")
