"""What may be loaded by what: promises about start-up cost and about layers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCREEN = {"textual", "rich"}
LATER = {
    "annotations.library.codebook",
    "annotations.library.sections",
    "annotations.model.revisions",
    "annotations.text.sentences",
    "tui.browsing",
    "tui.catalogue",
    "tui.jobs",
    "tui.screens.dialog",
}
"""Of our own: what is loaded after the first picture, or when somebody asks for it."""
HEAVY = SCREEN | {"sqlite_utils", "lxml", "mammoth", "pypdfium2", "asyncio", "rapidfuzz"}


def modules_after(statement: str, *arguments: str) -> set[str]:
    """The modules that a new interpreter has loaded after a statement, under their full names."""
    script = (
        "import sys\n"
        f"sys.argv[1:] = {list(arguments)!r}\n"
        f"{statement}\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, env=os.environ, timeout=60, check=True
    )
    return set(done.stderr.decode().split())


def test_the_core_loads_no_screen() -> None:
    loaded = modules_after("import annotations")
    assert sorted(loaded & (HEAVY | {"click", "sqlite3", "dataclasses"})) == []
    loaded = modules_after("from annotations import open_library")
    assert sorted(loaded & (HEAVY | {"click"})) == []


def test_every_module_of_the_core_loads_without_a_screen() -> None:
    statement = (
        "import pkgutil, importlib, annotations\n"
        "for each in pkgutil.walk_packages(annotations.__path__, 'annotations.'):\n"
        "    importlib.import_module(each.name)"
    )
    assert sorted(modules_after(statement) & (SCREEN | {"tui"})) == []


def test_commands_load_only_what_they_need(library_path: Path) -> None:
    assert library_path.exists()
    loaded = modules_after(
        "from tui.cli import main\n"
        "for line in ('documents --json', 'export', 'highlights', 'tags', '--help', 'where', ''):\n"
        "    main(line.split())"
    )
    assert "click" in loaded
    assert sorted(loaded & HEAVY) == []


def test_the_version_needs_nothing() -> None:
    loaded = modules_after("from tui.cli import main; main()", "--version")
    assert sorted(loaded & (HEAVY | {"sqlite3"})) == []


def test_values_are_loaded_as_they_are_asked_for() -> None:
    loaded = modules_after("from annotations.model import Span")
    assert {each for each in loaded if each.startswith("annotations.model.")} == {
        "annotations.model.spans"
    }


def test_the_reader_is_made_without_what_its_first_picture_does_not_show(
    library_path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "new.txt"
    file.write_text("A file that no library has yet.\n")
    loaded = modules_after(
        "import tui.app\n"
        "from annotations import open_library\n"
        "from tui.desk import Desk\n"
        "Desk(open_library()).open_first(sys.argv[1])",
        str(file),
    )
    assert {"tui.screens.reader", "tui.loose"} <= loaded
    assert sorted(loaded & (LATER | {"rapidfuzz", "lxml", "sqlite_utils"})) == []
