"""What the tests of the library share."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing
from functools import cache
from pathlib import Path

from annotations.library.library import Library
from annotations.model import Block, ImportedDocument, Metadata, Passage

TEXT = "We must prevent misuse. All countries should benefit; none should be left behind.\n"


@cache
def _made_once() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        Library(path, "bob").close()
        return path.read_bytes()


def empty_library(path: Path) -> Path:
    """Put a library without anything in it at a path: making the tables takes most of the time of
    a short test."""
    path.write_bytes(_made_once())
    return path


def passages(parts: Iterable[str]) -> Iterable[Passage]:
    """A passage of one block for each of ``parts``."""
    start = 0
    for part in parts:
        yield Passage(start, part, (Block(0, len(part)),))
        start += len(part)


def imported(*parts: str, title: str = "A letter", path: str = "") -> ImportedDocument:
    """A document as a reader of files would give it."""
    return ImportedDocument(passages(parts), Metadata(title=title, path=path))


def highlight_all(
    library: Library, spots: Iterable[tuple[str, int, int]], tags: Iterable[str] = ()
) -> None:
    """Highlight passages, each a document's id, start and end, as one act."""
    given = list(tags)
    with library.journal.act("highlight", "highlighted many"):
        for document, start, end in spots:
            library.highlights.add(document, start, end, tags=given)


def tables(path: Path, *, but: Iterable[str] = ("acts", "journal")) -> dict[str, list[object]]:
    """Every row of every table of a library, sorted, but for those named and the index of words,
    whose inside tells how it came about, too."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if name not in but and not name.startswith("sqlite_") and "_fts" not in name
        ]
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names
        }
