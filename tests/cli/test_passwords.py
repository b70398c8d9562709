"""Files that are opened by a password."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.errors import PasswordNeededError
from annotations.formats import read_bytes
from annotations.model import ImportedDocument
from tests.conftest import Flor
from tui.cli import intake


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file be opened by "sesame" alone."""

    def read(
        path: Path, *, encoding: str | None = None, password: str | None = None
    ) -> ImportedDocument:
        if password != "sesame":
            raise PasswordNeededError(f"{path}: needs a password")
        return read_bytes(b"behind the door", "text", encoding=encoding)

    monkeypatch.setattr(intake, "read", read)


@pytest.mark.usefixtures("locked")
def test_a_password_is_given(flor: Flor) -> None:
    assert flor("add", "safe.pdf", "--password", "sesame").out.startswith("added ")
    done = flor("add", "other.pdf")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert "password" in done.err


@pytest.mark.usefixtures("locked")
def test_a_terminal_is_asked(flor: Flor, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(question: str, **options: object) -> str:
        assert options["hide_input"] is True
        asked.append(question)
        return "sesame" if len(asked) == 1 else "wrong"

    monkeypatch.setattr(intake, "_can_ask", lambda: True)
    monkeypatch.setattr("click.prompt", answer)
    assert flor("add", "safe.pdf").out.startswith("added ")
    assert "safe.pdf" in asked[0]
    assert flor("add", "other.pdf").status == 1
