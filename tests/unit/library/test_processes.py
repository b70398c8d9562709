"""Several programs with one library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from annotations import open_library as open_seeded
from annotations.library.library import Library
from annotations.model import Document
from tests.unit.library.conftest import Open
from tests.unit.library.support import TEXT, imported

WRITER = """
import sys
from annotations import open_library
path, document, coder, count = sys.argv[1:]
with open_library(path, coder=coder) as library:
    for number in range(int(count)):
        library.highlights.add(document, number, number + 1, tags=["shared", coder])
        if number % 5 == 4:
            library.journal.undo()
"""


def start(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)])


def test_each_sees_what_the_other_did(open_library: Open) -> None:
    ann, bob = open_library("ann"), open_library("bob")
    assert not ann.changed()
    document = bob.documents.add(imported(TEXT)).document
    assert ann.changed()
    assert not ann.changed()
    assert ann.documents.list() == [document]
    ann.highlights.add(document.id, 0, 7)
    assert ann.changed()
    assert not ann.changed()
    ann.reading.save(document.id, 3)
    assert not ann.changed()
    assert bob.changed()


def test_no_write_of_three_programs_is_lost(library: Library, document: Document) -> None:
    count = 20
    writers = [
        start(WRITER, library.path, document.id, coder, count) for coder in ("ann", "bob", "cy")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    highlights = list(library.highlights.list())
    assert len(highlights) == 3 * count * 4 // 5
    assert all(highlight.tags == ("shared", highlight.coder) for highlight in highlights)
    clocks = [act.clock for act in library.journal.acts()]
    assert clocks == sorted(set(clocks), reverse=True)
    assert library.check() == []


def test_programs_that_start_at_once_make_one_library(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    code = "import sys; from annotations import open_library; open_library(sys.argv[1]).close()"
    starters = [start(code, path) for _ in range(4)]
    assert [starter.wait(60) for starter in starters] == [0] * 4
    with open_seeded(path) as library:
        assert [act.name for act in library.journal.acts()] == ["seed"]
        assert len(library.documents.list()) == 5
        assert library.check() == []
