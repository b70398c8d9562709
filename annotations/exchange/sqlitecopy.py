"""A plain SQLite file, for pandas, Datasette and SQL: the views of a library as tables.

The table ``about`` in it says what the columns mean. It is a copy: nothing reads it back.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from annotations.errors import UnwritableFileError
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    ReplyRecord,
    TagRecord,
)
from annotations.exchange.report import LossReport
from annotations.exchange.rows import COLUMNS, join_tags
from annotations.model import Span

_BATCH = 1_000

_SCHEMA = """
CREATE TABLE documents (id TEXT PRIMARY KEY, title TEXT, author TEXT, publisher TEXT,
    published TEXT, language TEXT, kind TEXT, source TEXT, path TEXT, note TEXT, revision TEXT,
    text TEXT);
CREATE TABLE tags (path TEXT PRIMARY KEY, description TEXT, colour TEXT);
CREATE TABLE annotations (id TEXT PRIMARY KEY, document TEXT REFERENCES documents (id),
    title TEXT, source TEXT, start INTEGER, "end" INTEGER, quote TEXT, tags TEXT, note TEXT,
    colour TEXT, coder TEXT, status TEXT, created_at TEXT, updated_at TEXT, revision TEXT,
    starred INTEGER, former_quote TEXT);
CREATE TABLE annotation_tags (annotation TEXT REFERENCES annotations (id),
    tag TEXT REFERENCES tags (path), PRIMARY KEY (annotation, tag)) WITHOUT ROWID;
CREATE TABLE about ("table" TEXT, "column" TEXT, meaning TEXT);
"""
_COUNTS = """
CREATE INDEX annotations_document ON annotations (document, start);
CREATE INDEX annotation_tags_tag ON annotation_tags (tag);
CREATE TABLE tag_counts AS
    SELECT tags.path AS tag, tags.description, count(annotations.id) AS highlights,
        count(DISTINCT annotations.document) AS documents
    FROM tags LEFT JOIN annotation_tags ON annotation_tags.tag = tags.path
    LEFT JOIN annotations ON annotations.id = annotation_tags.annotation
    GROUP BY tags.path ORDER BY tags.path;
"""
_ABOUT = (
    ("annotations", "", "a row for each highlight"),
    ("annotations", "id", "what it is called for good"),
    ("annotations", "document", "the id of its document"),
    ("annotations", "title", "of its document"),
    ("annotations", "source", "of its document"),
    ("annotations", "start", "code points of the document before the quote"),
    ("annotations", "end", "code points of the document up to the end of the quote"),
    ("annotations", "quote", "the text from start to end"),
    ("annotations", "tags", "the paths of its tags, separated by '; '"),
    ("annotations", "note", "what was said of it"),
    ("annotations", "colour", "a name, or #rrggbb; empty: that of its tags"),
    ("annotations", "coder", "who made it"),
    ("annotations", "status", "placed, moved or lost: how it stands to the text"),
    ("annotations", "created_at", "UTC, ISO 8601"),
    ("annotations", "updated_at", "UTC, ISO 8601"),
    ("annotations", "revision", "SHA-256 of the text that start and end count in"),
    ("annotations", "starred", "1: it bears a star"),
    ("annotations", "former_quote", "what a moved one was on in an earlier text"),
    ("annotation_tags", "", "a row for each highlight and tag"),
    ("annotation_tags", "annotation", "the id of the highlight"),
    ("annotation_tags", "tag", "the path of the tag"),
    ("documents", "", "a row for each document"),
    ("documents", "id", "what it is called for good"),
    ("documents", "title", "what it is called by people"),
    ("documents", "author", "who wrote it; several are separated by ';'"),
    ("documents", "publisher", "who published it"),
    ("documents", "published", "when: a day, a month or a year, ISO 8601"),
    ("documents", "language", "its code, such as en"),
    ("documents", "kind", "letter, report, news ..."),
    ("documents", "source", "where it is from, such as an address"),
    ("documents", "path", "of the file that was added"),
    ("documents", "note", "what was said of it as a whole"),
    ("documents", "revision", "SHA-256 of its text"),
    ("documents", "text", "its canonical text, in which start and end count"),
    ("tags", "", "a row for each tag of the codebook"),
    ("tags", "path", "the tag; risk/tiers is a child of risk"),
    ("tags", "description", "what it is for"),
    ("tags", "colour", "a name, or #rrggbb"),
    ("tag_counts", "", "how often each tag is used"),
    ("tag_counts", "tag", "its path"),
    ("tag_counts", "description", "what it is for"),
    ("tag_counts", "highlights", "how many highlights bear the tag itself"),
    ("tag_counts", "documents", "in how many documents they are"),
)


def write(records: Iterable[Record], file: BinaryIO, report: LossReport) -> None:
    """Write the tables, by way of a file of their own beside the system's temporary ones.

    Raises:
        UnwritableFileError: There is no room for it.
    """
    with TemporaryDirectory(prefix="florilegium-") as folder:
        path = Path(folder) / "copy.db"
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            # A file that nobody sees before it is whole needs no protection.
            connection.executescript(
                f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;{_SCHEMA}"
            )
            _Copy(connection, report).fill(records)
            connection.executemany("INSERT INTO about VALUES (?, ?, ?)", _ABOUT)
            connection.executescript(_COUNTS)
        except sqlite3.Error as error:
            raise UnwritableFileError(f"could not write the copy: {error}") from error
        finally:
            connection.close()
        with path.open("rb") as copy:
            shutil.copyfileobj(copy, file, 1 << 20)


class _Copy:
    def __init__(self, connection: sqlite3.Connection, report: LossReport) -> None:
        self._connection = connection
        self._report = report
        self._tags: set[str] = set()
        self._document = DocumentRecord("")

    def fill(self, records: Iterable[Record]) -> None:
        iterator = iter(records)
        while batch := list(islice(iterator, _BATCH)):
            self._connection.execute("BEGIN")
            highlights: list[tuple[object, ...]] = []
            given: list[tuple[str, str]] = []
            for record in batch:
                match record:
                    case TagRecord():
                        self._tag(record)
                    case DocumentRecord():
                        self._add_document(record)
                    case HighlightRecord():
                        highlights.append(self._row(record))
                        for path in dict.fromkeys(record.tags):
                            self._tag(TagRecord(path))
                            given.append((record.id, path))
                    case ReplyRecord():
                        self._report.add("replies", record.text)
            marks = ", ".join("?" * (len(COLUMNS) + 2))
            self._connection.executemany(f"INSERT INTO annotations VALUES ({marks})", highlights)
            self._connection.executemany("INSERT INTO annotation_tags VALUES (?, ?)", given)
            self._connection.execute("COMMIT")

    def _tag(self, tag: TagRecord) -> None:
        if tag.path not in self._tags:
            self._tags.add(tag.path)
            self._connection.execute(
                "INSERT INTO tags VALUES (?, ?, ?)", (tag.path, tag.description, tag.colour)
            )

    def _add_document(self, record: DocumentRecord) -> None:
        self._document = record
        about = record.metadata
        text = "".join(passage.text for passage in record.passages or ())
        self._connection.execute(
            f"INSERT INTO documents VALUES ({', '.join('?' * 12)})",
            (
                *(record.id or record.key, about.title, about.author, about.publisher),
                *(about.published, about.language, about.kind, about.source, about.path),
                *(record.note, record.revision, text),
            ),
        )

    def _row(self, record: HighlightRecord) -> tuple[object, ...]:
        document = self._document
        about = document.metadata
        selector = record.selector
        span = selector.span if selector and selector.span else Span(0, 0)
        return (
            *(record.id, document.id or document.key, about.title, about.source),
            *(span.start, span.end, selector.quote if selector else "", join_tags(record.tags)),
            *(record.note, record.colour, record.coder, record.status.value),
            *(record.created_at, record.updated_at, document.revision),
            *(int(record.starred), record.former),
        )
