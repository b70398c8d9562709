"""The script ``run``: from a fresh clone to the program, and what may be wrong on the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.shared import ROOT

PARTS = ("run", "pyproject.toml", "README.md", "LICENSE", "annotations", "tui", "seeds")


def run(clone: Path, *arguments: str, modules: Path | str = "") -> subprocess.CompletedProcess[str]:
    """Run the script of ``clone``; ``modules`` is a folder that is importable meanwhile."""
    settings = os.environ | {"PYTHONPATH": str(modules), "PIP_NO_BUILD_ISOLATION": "0"}
    # The interpreter below this environment, as on a machine that has nothing else.
    python = getattr(sys, "_base_executable", sys.executable)
    return subprocess.run(
        [python, str(clone / "run"), *arguments],
        cwd=clone.parent,
        env=settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of what the program needs, under a name that has to be quoted."""
    folder = tmp_path / "a clone"
    folder.mkdir()
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / part, ignore=ignored)
        else:
            shutil.copy(source, folder / part)
    return folder


@pytest.mark.timeout(900)
def test_from_a_fresh_clone_to_the_program(clone: Path) -> None:
    # What is installed beside these tests saves the downloads.
    here = sysconfig.get_path("purelib")
    first = run(clone, modules=here)
    assert first.returncode == 0, first.stderr
    assert "Global AI Governance Initiative" in first.stdout
    assert "making" in first.stderr
    assert "installing" in first.stderr

    second = run(clone, "where", modules=here)
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout.endswith("library.sqlite\n")
    wrong = run(clone, "show", modules=here)
    assert (wrong.returncode, wrong.stdout) == (2, "")

    with (clone / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("# another dependency\n")
    third = run(clone, "where", modules=here)
    assert third.returncode == 0
    assert "installing" in third.stderr
    assert "making" not in third.stderr

    moved = clone.with_name("moved")
    clone.rename(moved)
    fourth = run(moved, "where", modules=here)
    assert fourth.returncode == 0, fourth.stderr
    assert "making" in fourth.stderr


def test_an_old_python_is_told_so(clone: Path) -> None:
    statement = (
        "import collections, runpy, sys; "
        "old = collections.namedtuple('V', 'major minor micro')(3, 10, 1); "
        "sys.version_info = old; sys.version = '3.10.1 (main)'; "
        f"runpy.run_path({str(clone / 'run')!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", statement], capture_output=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr == b"run: Florilegium needs Python 3.11 or later; this is 3.10.1\n"


def test_a_python_that_makes_no_environments_is_told_so(clone: Path, tmp_path: Path) -> None:
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "sitecustomize.py").write_text(
        "import sys\nsys.modules['ensurepip'] = None\n", encoding="utf-8"
    )
    done = run(clone, "documents", modules=modules)
    assert (done.returncode, done.stdout) == (1, "")
    assert "ensurepip" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (clone / ".venv").exists()
