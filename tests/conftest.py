"""What every test stands on: a library of its own, and the command line in this process."""

from __future__ import annotations

import io
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from annotations import open_library
from annotations.library.library import Library
from tui import collector

CODER = "ada"

# Nothing depends on how busy the machine is, and a folder may serve every example of a test. What
# CI says of a change must not depend on luck either; elsewhere every run looks at other examples.
settings.register_profile(
    "ours",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("ours")

# Who starts the tests in the background has interrupts ignored, and so would what they interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what was loaded, as the program does."""
    collector.spare()


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test, and the programs that it starts, away from the user's own files."""
    monkeypatch.setenv("FLORILEGIUM_LIBRARY", str(tmp_path / "library.sqlite"))
    monkeypatch.setenv("FLORILEGIUM_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("FLORILEGIUM_CODER", CODER)


@pytest.fixture(scope="session")
def first_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library as the very first start makes it; copy it, do not open it."""
    path = tmp_path_factory.mktemp("first") / "library.sqlite"
    open_library(path, coder=CODER).close()
    return path


@pytest.fixture
def library_path(first_library: Path, tmp_path: Path) -> Path:
    """The library of this test, which the environment names: the shipped documents and tags."""
    return Path(shutil.copy(first_library, tmp_path / "library.sqlite"))


@dataclass(frozen=True, slots=True)
class Finished:
    """What a command left behind."""

    status: int
    out: str
    err: str


Flor = Callable[..., Finished]


@pytest.fixture
def flor(
    library_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Flor:
    """Run ``flor`` in this process: ``flor("note", id, "-", stdin=b"text")``."""
    from tui.cli import main

    def run(*arguments: str | Path, stdin: bytes = b"") -> Finished:
        capsysbinary.readouterr()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        status = main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Finished(status, out.decode("utf-8"), err.decode("utf-8"))

    return run


@pytest.fixture
def library(library_path: Path) -> Iterator[Library]:
    """The library of this test, open."""
    with open_library(library_path) as library:
        yield library
