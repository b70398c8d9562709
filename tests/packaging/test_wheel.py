"""The wheel, installed where no clone is near."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.shared import ROOT

pytestmark = pytest.mark.timeout(600)

SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"


def run(*command: str | Path, folder: Path) -> str:
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=settings, capture_output=True, timeout=300
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", "wheel", *options, "-w", folder, ROOT, folder=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel; its dependencies are those of this one."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder, folder=folder)
    pip = (sys.executable, "-m", "pip", "--python", str(folder), "--disable-pip-version-check")
    run(*pip, "install", "--no-deps", "--no-index", wheel, folder=folder)
    (site_packages,) = folder.glob(
        "Lib/site-packages" if sys.platform == "win32" else "lib/python*/site-packages"
    )
    here = sysconfig.get_path("purelib")
    (site_packages / "dependencies.pth").write_text(f"{here}\n", encoding="utf-8")
    return folder


def test_the_shipped_texts_are_inside_byte_for_byte(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        seeds = sorted((ROOT / "seeds").iterdir())
        assert len(seeds) == 7
        for seed in seeds:
            assert archive.read(f"annotations/seeds/{seed.name}") == seed.read_bytes()
    assert "annotations/py.typed" in names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {
        "annotations",
        "tui",
    }


@pytest.mark.parametrize("program", ["flor", "florilegium"])
def test_it_starts_with_its_documents(environment: Path, tmp_path: Path, program: str) -> None:
    out = run(environment / SCRIPTS / program, "documents", folder=tmp_path)
    assert len(out.splitlines()) == 5
    assert "Global AI Governance Initiative" in out
    assert len(run(environment / SCRIPTS / program, "tags", folder=tmp_path).splitlines()) >= 25


def test_it_is_the_installed_one(environment: Path, tmp_path: Path) -> None:
    statement = "import annotations, tui; print(annotations.__file__); print(tui.__file__)"
    out = run(environment / SCRIPTS / "python", "-c", statement, folder=tmp_path)
    assert all(Path(line).is_relative_to(environment) for line in out.splitlines())
