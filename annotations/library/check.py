"""Is the library sound? Every rule that the rest relies on, looked at row by row.

Memory stays flat: texts are read a passage at a time, with the highlights that cover it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotations.errors import LibraryError
from annotations.library.capture import ENTITIES
from annotations.library.connection import Connection
from annotations.library.tagpath import fold
from annotations.library.wording import counted, quoted

_MOST = 100
"""Problems of one kind that are told; a file that is damaged all over has too many."""


def problems(connection: Connection) -> list[str]:
    """What is wrong with the library, a line each; empty if it is sound."""
    found: list[str] = []
    for examine in (_structure, _characters, _references, _texts, _tags, _totals, _journal):
        found += _bounded(examine, connection)
    # What is damaged says so to whoever looks at it.
    return list(dict.fromkeys(found))


def _bounded(
    examine: Callable[[Connection], Iterator[str]], connection: Connection
) -> Iterator[str]:
    try:
        with connection.snapshot() as reader:
            for count, problem in enumerate(examine(reader)):
                if count == _MOST:
                    yield "... and more of the same"
                    return
                yield problem
    except LibraryError as error:
        yield str(error)


def _structure(connection: Connection) -> Iterator[str]:
    for (message,) in connection.stream(f"PRAGMA integrity_check({_MOST + 1})"):
        for line in message.splitlines():
            if line != "ok" and not line.startswith("***"):
                yield f"the file is damaged: {line}"


def _characters(connection: Connection) -> Iterator[str]:
    """Whether all that people wrote can be read; nothing else here looks at most of it."""
    for table in (*ENTITIES, "acts", "journal"):
        try:
            for _ in connection.stream(f"SELECT * FROM {table}"):
                pass
        except LibraryError as error:
            yield f"{table}: {error}"


def _references(connection: Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.stream("PRAGMA foreign_key_check"):
        where = "" if row is None else f" {row}"
        yield f"{table}: row{where} refers to a row of {parent} that is not there"
    for document, title in connection.stream(
        "SELECT d.id, d.title FROM documents d JOIN revisions r ON r.id = d.revision "
        "WHERE r.document IS NOT d.id"
    ):
        yield f"document {document} {quoted(title)}: its text belongs to another document"
    for (highlight,) in connection.stream(
        "SELECT h.id FROM highlights h JOIN revisions r ON r.id = h.revision "
        "WHERE r.document IS NOT h.document"
    ):
        yield f"highlight {highlight}: it lies in a text of another document"
    for (highlight,) in connection.stream(
        "SELECT h.id FROM highlights h JOIN documents d ON d.id = h.document "
        "WHERE h.revision <> d.revision AND h.status <> 'lost'"
    ):
        yield f"highlight {highlight}: it is not lost, but lies in an earlier text"


@dataclass(slots=True)
class _Open:
    """A highlight whose quote is being compared with the passages that it covers."""

    id: str
    start: int
    end: int
    quote: str
    sound: bool = True

    def compare(self, at: int, text: str) -> None:
        first, last = max(self.start, at), min(self.end, at + len(text))
        told = self.quote[first - self.start : last - self.start]
        self.sound = self.sound and told == text[first - at : last - at]


def _texts(connection: Connection) -> Iterator[str]:
    for number, revision, length, document in connection.stream(
        "SELECT number, id, length, document FROM revisions WHERE id IS NOT NULL"
    ):
        yield from _text(connection, number, revision, length, document)


# A highlight that was lost without ever having had a place has only its quote.
_QUOTES = """
    SELECT id, start, "end", quote FROM highlights
    WHERE document = :document AND revision = :revision
        AND NOT (status = 'lost' AND start = "end")
    UNION ALL
    SELECT p.highlight, p.start, p."end", p.quote
    FROM highlights h INDEXED BY highlights_displaced JOIN placements p ON p.highlight = h.id
    WHERE h.document = :document AND h.status <> 'placed' AND p.revision = :revision
    ORDER BY 2
"""
"""What is said to stand in a text, now or before."""


def _text(
    connection: Connection, number: int, revision: str, length: int, document: str | None
) -> Iterator[str]:
    """The passages of one text against its length and its hash, its quotes against the passages."""
    highlights = connection.stream(_QUOTES, {"revision": revision, "document": document})
    pending = next(highlights, None)
    covering: list[_Open] = []
    digest, position = hashlib.sha256(), 0
    for start, text, blocks in connection.stream(
        "SELECT start, text, blocks FROM passages WHERE revision = ? ORDER BY start", (number,)
    ):
        if start != position:
            yield f"text {revision[:12]}: a passage starts at {start}, not at {position}"
            position = start
        if not _tiled(blocks, len(text)):
            yield f"text {revision[:12]}: the blocks at {start} do not tile the passage"
        digest.update(text.encode())
        position += len(text)
        while pending is not None and pending[1] < position:
            covering.append(_Open(*pending))
            pending = next(highlights, None)
        for highlight in covering:
            highlight.compare(start, text)
        for highlight in covering:
            if highlight.end <= position:
                yield from _verdict(highlight, length)
        covering = [highlight for highlight in covering if highlight.end > position]
    if position != length:
        yield f"text {revision[:12]}: it has {position} code points, not {length}"
    if digest.hexdigest() != revision:
        yield f"text {revision[:12]}: it is not the text that was added"
    while pending is not None:
        covering.append(_Open(*pending))
        pending = next(highlights, None)
    for highlight in covering:
        yield from _verdict(highlight, length)


def _verdict(highlight: _Open, length: int) -> Iterator[str]:
    start, end = highlight.start, highlight.end
    if not 0 <= start < end <= length:
        yield f"highlight {highlight.id}: {start} to {end} is outside the text (0 to {length})"
    elif not highlight.sound or len(highlight.quote) != end - start:
        yield f"highlight {highlight.id}: its quote is not the text at {start} to {end}"


def _tiled(blocks: str, length: int) -> bool:
    position = 0
    try:
        for start, end, *_ in json.loads(blocks):
            if start != position or end < start:
                return False
            position = end
    except (ValueError, TypeError):
        # Not JSON, or JSON of another shape.
        return False
    return position in (0, length)


def _tags(connection: Connection) -> Iterator[str]:
    for path, folded in connection.stream("SELECT path, folded FROM tags"):
        if fold(path) != folded:
            yield f"tag {path}: it is filed under another name"


def _totals(connection: Connection) -> Iterator[str]:
    for title, told, number in connection.stream(
        """
        SELECT d.title, t.highlights, (SELECT count(*) FROM highlights WHERE document = d.id) AS n
        FROM documents d LEFT JOIN document_totals t ON t.document = d.id
        WHERE t.highlights IS NOT n
        """
    ):
        yield f"document {quoted(title)}: it has {counted(number, 'highlight')}, not {told}"
    for path, told, number in connection.stream(
        """
        SELECT t.path, n.highlights, c.highlights
        FROM tag_counts c JOIN tags t ON t.path = c.tag LEFT JOIN tag_totals n ON n.tag = t.id
        WHERE n.highlights IS NOT c.highlights
        """
    ):
        yield f"tag {path}: borne by {counted(number, 'highlight')}, not {told}"


def _journal(connection: Connection) -> Iterator[str]:
    expected = 1
    for act, first, changes, told in connection.stream(
        "SELECT id, first, changes, (SELECT count(*) FROM journal WHERE act = a.number "
        "AND number >= first AND number < first + changes) FROM acts a ORDER BY number"
    ):
        if told != changes or first != expected:
            yield f"act {act}: its journal has {told} entries, not {changes}"
        expected = first + changes
    for number in connection.stream(
        "SELECT number FROM journal WHERE coalesce(before, after) IS NULL "
        "OR NOT json_valid(coalesce(before, '{}')) OR NOT json_valid(coalesce(after, '{}'))"
    ):
        yield f"journal entry {number[0]}: it cannot be read"
    for (act,) in connection.stream(
        "SELECT id FROM acts WHERE undoes NOT IN (SELECT number FROM acts)"
    ):
        yield f"act {act}: what it took back is not in the journal"
