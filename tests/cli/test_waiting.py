"""``flor waiting``, and what ``flor add`` makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotations.library.library import Library
from annotations.model import FileState, Span
from tests.conftest import Flor


@pytest.fixture
def path(library: Library, tmp_path: Path) -> Path:
    """A file with a highlight that waits for it."""
    path = tmp_path / "fruit.txt"
    path.write_text("Äpfel. Birnen.\n", encoding="utf-8")
    library.waiting.add(path, FileState.of(path), Span(8, 15), "Birnen.", tags=["pears"])
    return path


def test_they_are_listed(flor: Flor, path: Path) -> None:
    assert flor("waiting").out == f"{path}  Birnen.  pears\n"
    [waiting] = json.loads(flor("waiting", "--json").out)
    assert (waiting["path"], waiting["byte_start"], waiting["byte_end"]) == (str(path), 8, 15)


def test_adding_the_file_places_them(flor: Flor, path: Path) -> None:
    done = flor("add", path)
    assert "1 that waited has a place now" in done.err
    [row] = json.loads(flor("highlights", "--json").out)
    assert (row["quote"], row["tags"]) == ("Birnen.", ["pears"])
    assert flor("waiting").out == ""


def test_they_are_let_go(flor: Flor, path: Path) -> None:
    assert flor("waiting", "forget", path).out == f"forgot 1 highlight in {path}\n"
    done = flor("waiting", "forget", path)
    assert (done.status, done.err) == (
        1,
        f"flor: no highlight waits for {path}: flor waiting lists them\n",
    )
