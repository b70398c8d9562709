"""The documents that may have the words of a filter, found without looking through all."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from annotations.library.connection import Connection
from annotations.text.grams import covering

FEW = 1_000
"""Documents from which on looking through them in order finds the first ones sooner."""
_MOST_GRAMS = 100
"""That are asked for at once: more would narrow what is found no further."""


def candidates(connection: Connection, words: Iterable[str]) -> list[int] | None:
    """The numbers of the current revisions of all documents that may have the words somewhere in
    title, author, publisher or date; None: more than :data:`FEW` may."""
    wanted = dict.fromkeys(gram for word in words for gram in sorted(covering(word)))
    rows = connection.all(
        "SELECT rowid FROM titles_fts WHERE titles_fts MATCH ? LIMIT ?",
        (" AND ".join(islice(wanted, _MOST_GRAMS)), FEW + 1),
    )
    return None if len(rows) > FEW else [number for (number,) in rows]
