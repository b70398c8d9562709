"""The script ``run``: from a fresh clone to the program, and what may be wrong on the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
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
            shutil.copytree(source, folder / part)
        else:
            shutil.copy(source, folder / part)
    return folder


@pytest.mark.timeout(900)
def test_from_a_fresh_clone_to_the_program(clone: Path) -> None:
    # What an installation has left that was cut short.
    (clone / ".venv" / "lib").mkdir(parents=True)
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


class Script:
    """The script of a clone, which notes what it would make and install.

    Args:
        clone: Where it is.
    """

    def __init__(self, clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        loader = SourceFileLoader("run", str(clone / "run"))
        spec = spec_from_loader("run", loader)
        assert spec is not None
        self._module = module_from_spec(spec)
        loader.exec_module(self._module)
        self._did: list[str] = []
        packages = clone / ".venv" / "lib" / "python3" / "site-packages"
        self.package = packages / "package.py"
        monkeypatch.setattr(self._module, "WINDOWS", False)
        monkeypatch.setattr(self._module, "program", lambda name: sys.executable)
        monkeypatch.setattr(self._module, "make_environment", self._make)
        monkeypatch.setattr(self._module, "install", self._install)

    def _make(self) -> None:
        self._did.append("made")
        self.package.parent.mkdir(parents=True, exist_ok=True)

    def _install(self, extras: list[str]) -> None:
        self._did.append(" ".join(["installed", *extras]))
        self.package.touch()

    def set_up(self, extra: str = "") -> list[str]:
        """Set up the clone; what had to be done for it."""
        self._did.clear()
        self._module.set_up(extra)
        return list(self._did)


def test_only_what_is_missing_is_done_again(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(clone, monkeypatch)
    assert script.set_up() == ["made", "installed"]
    assert script.set_up() == []
    assert script.set_up("dev") == ["installed dev"]
    assert script.set_up() == script.set_up("dev") == []
    with (clone / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("# another dependency\n")
    assert script.set_up() == ["installed dev"]
    script.package.unlink()
    assert script.set_up() == ["made", "installed"]
    (clone / ".venv" / "florilegium.json").write_text("{", encoding="utf-8")
    assert script.set_up() == ["made", "installed"]
    moved = clone.rename(clone.with_name("moved"))
    assert Script(moved, monkeypatch).set_up() == ["made", "installed"]


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
