"""The documents on which a note says something, as walks, and which of their notes do.

Documents are told by number, that of their current revision (see :mod:`annotations.library.walks`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from annotations.library.asking_walks import Tried
from annotations.library.connection import Connection, Row
from annotations.library.described_walks import DescribedWalks
from annotations.library.walks import Listed, Walk

_FEW = 500
"""Notes whose documents are asked for at once."""

_TRIED = 400
"""Documents that are looked at one by one where there are more."""

_READ = 200
"""Notes of a document that are read for a list of results."""

_FOUND_BY = "h.note || iif(h.status = 'lost', char(10) || h.quote, '')"
"""SQL: what the index has of a highlight ``h``."""


class NoteWalks:
    """The notes that one search meets.

    Args:
        connection: To one state of the library.
        documents: Those of this state.
    """

    def __init__(self, connection: Connection, documents: DescribedWalks) -> None:
        self._connection = connection
        self._documents = documents
        self._known: dict[int, set[int]] = defaultdict(set)
        """The highlights whose notes hold a word, by document; of the words with few notes."""
        self._says: list[Callable[[str], bool]] = []
        """What the notes are read for that are not known."""

    def holding(self, match: str, says: Callable[[str], bool], *, wanted: bool) -> Walk:
        """Documents with a note that holds words.

        Args:
            match: The words, for FTS5.
            says: Tells of a text whether it holds them.
            wanted: Whether :meth:`on` is to give these notes.
        """
        few = self._matching(match, _FEW + 1)
        if len(few) <= _FEW:
            return self._listed(few, wanted)
        if not self._documents.is_large:
            return self._listed(self._matching(match), wanted)
        if wanted:
            self.look_for(says)
        return Tried(
            self._documents.current(),
            lambda number: any(map(says, self.texts(number))),
            lambda: self._listed(self._matching(match), wanted),
            _TRIED,
        )

    def _matching(self, match: str, most: int = -1) -> list[Row]:
        """The numbers of highlights whose notes FTS5 finds."""
        sql = "SELECT rowid FROM notes_fts WHERE notes_fts MATCH ? LIMIT ?"
        return self._connection.all(sql, (match, most))

    def look_for(self, says: Callable[[str], bool]) -> None:
        """Have :meth:`on` give the notes, too, of which ``says`` is true."""
        self._says.append(says)

    def on(self, number: int, most: int) -> Sequence[int]:
        """The numbers of some highlights of a document whose notes hold a word."""
        known = sorted(self._known.get(number, ()))[:most]
        if len(known) == most or not self._says:
            return known
        read = (
            highlight
            for highlight, text in islice(self._of(number), _READ)
            if highlight not in known and any(says(text) for says in self._says)
        )
        return [*known, *islice(read, most - len(known))]

    def texts(self, number: int) -> Iterator[str]:
        """What the notes on a document say."""
        return (text for _, text in self._of(number))

    def _of(self, number: int) -> Iterator[tuple[int, str]]:
        found: Iterator[tuple[int, str]] = self._connection.stream(
            f"SELECT h.number, {_FOUND_BY} FROM revisions r "
            "CROSS JOIN highlights h ON h.document = r.document "
            "WHERE r.number = ? AND (h.note <> '' OR h.status = 'lost')",
            (number,),
        )
        return found

    def _listed(self, highlights: Sequence[Row], wanted: bool) -> Walk:
        """The documents of some highlights."""
        numbers = set()
        for highlight, number in self._connection.stream(
            "SELECT h.number, r.number FROM json_each(?) n "
            "CROSS JOIN highlights h ON h.number = n.value "
            "CROSS JOIN documents d ON d.id = h.document "
            "CROSS JOIN revisions r ON r.id = d.revision",
            (json.dumps([number for (number,) in highlights]),),
        ):
            if wanted:
                self._known[number].add(highlight)
            numbers.add(number)
        return Listed(numbers)
