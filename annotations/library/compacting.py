"""Giving room back: texts that no document holds, and what was deleted inside the file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from annotations.library.clock import timestamp
from annotations.library.connection import Connection
from annotations.library.texts import Texts

_UNFINISHED_FOR = timedelta(days=1)
"""An import that began longer ago than this was killed; a younger one may be going on."""


def compact(connection: Connection) -> int:
    """Free the texts of imports that were undone or never finished, and shrink the file.

    An undone import whose text is freed cannot be redone.

    Returns:
        By how many bytes the file is shorter.

    Raises:
        LibraryError: the library cannot be written, or there is no room for the copy that SQLite
            makes meanwhile.
    """
    before = _size(connection)
    old = timestamp(datetime.now(UTC) - _UNFINISHED_FOR)
    texts = Texts(connection)
    for (unused,) in connection.all(
        "SELECT number FROM revisions WHERE document IS NULL AND (id IS NOT NULL OR made_at < ?) "
        "AND NOT EXISTS (SELECT 1 FROM documents WHERE revision = revisions.id) "
        "AND NOT EXISTS (SELECT 1 FROM highlights WHERE revision = revisions.id) "
        "AND NOT EXISTS (SELECT 1 FROM placements WHERE revision = revisions.id)",
        (old,),
    ):
        texts.remove(unused)
    connection.run(
        "DELETE FROM earlier_places WHERE revision NOT IN "
        "(SELECT id FROM revisions WHERE id IS NOT NULL)"
    )
    connection.run("VACUUM")
    connection.empty_log()
    return max(0, before - _size(connection))


def _size(connection: Connection) -> int:
    pages: int = connection.value("PRAGMA page_count")
    bytes_each: int = connection.value("PRAGMA page_size")
    return pages * bytes_each
