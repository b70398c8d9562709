"""What the tests of the library share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from annotations.model import Block, ImportedDocument, Metadata, Passage

TEXT = "We must prevent misuse. All countries should benefit; none should be left behind.\n"


def passages(parts: Iterable[str]) -> Iterable[Passage]:
    """A passage of one block for each of ``parts``."""
    start = 0
    for part in parts:
        yield Passage(start, part, (Block(0, len(part)),))
        start += len(part)


def imported(*parts: str, title: str = "A letter", path: str = "") -> ImportedDocument:
    """A document as a reader of files would give it."""
    return ImportedDocument(passages(parts), Metadata(title=title, path=path))


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
