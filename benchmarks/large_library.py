"""Makes libraries of any size for benchmarks, quickly: rows are written as the program would write
them, but without its journal."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from uuid import UUID

from annotations.library.afterwards import made_afterwards
from annotations.library.connection import Connection
from annotations.library.library import Library
from annotations.library.word_index import PASSAGE_BITS, rebuild

AT = "2026-01-15T12:00:00.000Z"


@dataclass(frozen=True, slots=True)
class Scale:
    """How much there is."""

    highlights: int
    documents: int
    tags: int = 5_000
    paragraphs: int = 20
    """Per document, of about 250 code points."""


def make_library(path: Path, scale: Scale) -> None:
    """Make a library at ``path``. The same scale gives the same library.

    The tags are ``parent/child`` under a hundred parents; the first bears a tenth of all
    highlights, the second a hundredth, and so does no other. A tenth of the highlights has two
    tags, a tenth none.
    """
    Library(path, "ann").close()
    library = Connection(path)
    connection = library.sqlite
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN")
        tags = [(f"tag{number:05}", tag_path(number)) for number in range(scale.tags)]
        connection.executemany(
            "INSERT INTO tags (id, path, folded, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
            [(tag, path, path, AT, AT) for tag, path in tags],
        )
        chance = random.Random(1)
        texts = [_text(chance, scale.paragraphs) for _ in range(min(50, scale.documents))]
        for number in range(scale.documents):
            _add_document(connection, number, *texts[number % len(texts)])
        with made_afterwards(library, scale.highlights):
            _add_highlights(connection, _highlights(chance, scale, [text for text, _ in texts]))
        rebuild(library)
        connection.execute("COMMIT")
    finally:
        library.close()


def _add_highlights(
    connection: sqlite3.Connection, rows: Iterator[tuple[tuple[object, ...], list[int]]]
) -> None:
    while window := list(islice(rows, 50_000)):
        connection.executemany(
            'INSERT INTO highlights (id, document, revision, start, "end", quote, note, '
            "coder, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'ann', ?, ?)",
            [row for row, _ in window],
        )
        connection.executemany(
            f"INSERT INTO highlight_tags VALUES (?, ?, ?, 'ann', '{AT}')",
            [
                (row[0], f"tag{tag:05}", position)
                for row, given in window
                for position, tag in enumerate(given)
            ],
        )


def tag_path(number: int) -> str:
    """The path of a tag."""
    return f"parent{number % 100}/child{number}"


_WORDS = (
    "the", "risk", "of", "data", "in", "systems", "for", "people", "governance", "must", "not",
    "technology", "security",
)  # fmt: skip


_TOGETHER = 30
"""Paragraphs in a passage."""


def _text(chance: random.Random, paragraphs: int) -> tuple[str, list[int]]:
    """A text, and where its paragraphs start."""
    parts: list[str] = []
    starts, length = [], 0
    for _ in range(paragraphs):
        starts.append(length)
        sentences = (" ".join(chance.choices(_WORDS, k=10)).capitalize() for _ in range(4))
        parts.append(". ".join(sentences) + ".\n\n")
        length += len(parts[-1])
    return "".join(parts), starts


def _add_document(
    connection: sqlite3.Connection, number: int, text: str, starts: list[int]
) -> None:
    document = f"document{number:08}"
    revision = hashlib.sha256(document.encode()).hexdigest()
    connection.execute(
        "INSERT INTO revisions (number, id, length, made_at) VALUES (?, ?, ?, ?)",
        (number + 1, revision, len(text), AT),
    )
    connection.execute(
        "INSERT INTO documents (id, title, author, published, revision, added_at, updated_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (document, f"Title {number}", f"Author {number % 500}", "2023", revision, AT, AT),
    )
    connection.execute("UPDATE revisions SET document = ? WHERE id = ?", (document, revision))
    edges = [*starts, len(text)]
    for ordinal, first in enumerate(range(0, len(starts), _TOGETHER)):
        local = [edge - edges[first] for edge in edges[first : first + _TOGETHER + 1]]
        blocks = ",".join(f'[{start},{end},"paragraph",0,0]' for start, end in pairwise(local))
        connection.execute(
            "INSERT INTO passages (number, revision, start, text, blocks, marks) "
            "VALUES (?, ?, ?, ?, ?, '[]')",
            (
                ((number + 1) << PASSAGE_BITS) + ordinal,
                number + 1,
                edges[first],
                text[edges[first] : edges[first] + local[-1]],
                f"[{blocks}]",
            ),
        )


def _highlights(
    chance: random.Random, scale: Scale, texts: list[str]
) -> Iterator[tuple[tuple[object, ...], list[int]]]:
    for number in range(scale.highlights):
        document = number % scale.documents
        text = texts[document % len(texts)]
        start = chance.randrange(len(text) - 200)
        end = start + chance.randrange(20, 200)
        name = f"document{document:08}"
        revision = hashlib.sha256(name.encode()).hexdigest()
        note = "a note on the matter" if number % 10 == 0 else ""
        made = f"2026-{number % 12 + 1:02}-15T12:00:00.000Z"
        identity = str(UUID(int=chance.getrandbits(128)))
        row = (identity, name, revision, start, end, text[start:end], note, made, made)
        yield row, _tags(chance, scale.tags)


def _tags(chance: random.Random, tags: int) -> list[int]:
    kind = chance.randrange(100)
    if kind < 10:
        return []
    if kind < 20:
        return [0]
    if kind < 21:
        return [1]
    return sorted({chance.randrange(2, tags) for _ in range(2 if kind < 31 else 1)})
