"""Places of reading and bookmarks when a document gets another text: carried along, and kept with
the text that was left, so that they are back when it is.

What belongs to the current text lies in ``reading`` and ``bookmarks``. A trigger of the schema
keeps it in ``earlier_places`` when the document leaves that text, and brings from there what
belongs to the one that it turns to: so does an undo, which knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable

from annotations.library.connection import Connection

_HERE = """
    SELECT coder, 'bookmark' AS kind, position, made_at FROM bookmarks WHERE document = :document
    UNION ALL
    SELECT coder, 'position', position, updated_at FROM reading WHERE document = :document
    UNION ALL
    SELECT coder, 'furthest', furthest, updated_at FROM reading WHERE document = :document
"""


def positions(connection: Connection, document: str) -> list[int]:
    """The places of all coders in the current text of a document, in code points, each once."""
    rows = connection.all(
        f"SELECT DISTINCT position FROM ({_HERE}) ORDER BY position", {"document": document}
    )
    return [position for (position,) in rows]


def carry(
    connection: Connection, document: str, revision: str, where: Callable[[int], int]
) -> None:
    """Prepare the places for a text that a document is about to turn to.

    Those that were kept with it are back where they were in it, unless they were taken away or
    went on since; the others are carried over. What tells one from another is when it was made.

    Args:
        connection: in a transaction.
        document: the id of the document.
        revision: the id of the text.
        where: gives the place in it of one in the current text.
    """
    found = connection.all(_HERE, {"document": document})
    standing = {(coder, kind, made_at) for coder, kind, _, made_at in found}
    kept = connection.all(
        "SELECT coder, kind, position, made_at FROM earlier_places "
        "WHERE document = ? AND revision = ?",
        (document, revision),
    )
    back = standing & {(coder, kind, made_at) for coder, kind, _, made_at in kept}
    connection.run_many(
        "DELETE FROM earlier_places WHERE document = ? AND revision = ? "
        "AND coder = ? AND kind = ? AND position = ? AND made_at = ?",
        [(document, revision, *place) for place in kept if (*place[:2], place[3]) not in back],
    )
    first: dict[tuple[str, int], str] = {}
    for coder, kind, position, made_at in found:
        if (coder, kind, made_at) in back:
            continue
        there = where(position)
        if kind == "bookmark" and first.setdefault((coder, there), made_at) != made_at:
            # Bookmarks that fall together are one from now on, and come back together.
            for table in ("bookmarks", "earlier_places"):
                connection.run(
                    f"UPDATE {table} SET made_at = ? "
                    "WHERE document = ? AND coder = ? AND made_at = ?",
                    (first[coder, there], document, coder, made_at),
                )
        connection.run(
            "INSERT OR IGNORE INTO earlier_places VALUES (?, ?, ?, ?, ?, ?)",
            (document, revision, coder, kind, there, made_at),
        )


def hand_over(connection: Connection, older: str, newer: str, revision: str) -> None:
    """Let a document have the places of another too, whose text it is about to take over.

    Args:
        connection: in a transaction.
        older: the id of the document, prepared by :func:`carry`.
        newer: the id of the other one.
        revision: the id of its current text.
    """
    connection.run(
        f"INSERT OR IGNORE INTO earlier_places SELECT :older, :revision, * FROM ({_HERE})",
        {"older": older, "revision": revision, "document": newer},
    )
