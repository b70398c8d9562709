"""Files that are opened by a password."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Flor
from tests.sample_pdf import pdf


@pytest.fixture
def locked(tmp_path: Path) -> tuple[Path, Path]:
    """Two files that "sesame" and "other" open."""
    paths = tmp_path / "safe.pdf", tmp_path / "other.pdf"
    for path, password in zip(paths, ("sesame", "other"), strict=True):
        path.write_bytes(pdf([("", [f"Behind the door of {path.name}."])], password=password))
    return paths


def test_a_password_is_given(flor: Flor, locked: tuple[Path, Path]) -> None:
    safe, other = locked
    assert flor("add", safe, "--password", "sesame").out.startswith("added ")
    done = flor("add", other)
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert "password" in done.err


def test_a_terminal_is_asked(
    flor: Flor, locked: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    safe, other = locked
    asked: list[str] = []

    def answer(question: str, **options: object) -> str:
        assert options["hide_input"] is True
        asked.append(question)
        return ("sesame", "wrong", "")[len(asked) - 1]

    monkeypatch.setattr("tui.cli.intake.can_ask", lambda: True)
    monkeypatch.setattr("click.prompt", answer)
    assert flor("add", safe).out.startswith("added ")
    assert "safe.pdf" in asked[0]
    assert flor("add", other).status == 1
    assert len(asked) == 3
    assert "not opened by this password" in asked[2]
