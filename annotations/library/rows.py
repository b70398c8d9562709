"""Highlights as rows to export, streamed."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.library.connection import Connection, Row
from annotations.library.listing import TAGS, in_order, tags_of
from annotations.library.stubs import MEDIA_TYPE
from annotations.model import HIGHLIGHT_COLUMNS

_TAGS_AT = HIGHLIGHT_COLUMNS.index("tags")
_SELECT = (
    'h.id, h.document, d.title, d.source, h.start, h."end", h.quote, {tags}, h.note, h.colour, '
    "h.coder, h.status, h.created_at, h.updated_at, h.revision"
)


STARS = "stars"
NOTES = "notes on documents"
FIELDS = "fields of documents"
TEXTS = "texts of documents"
EMPTY = "documents without highlights"
DESCRIPTIONS = "descriptions of tags"
COLOURS = "colours of tags"
_FIELDS = ("author", "publisher", "published", "language", "kind")
_KINDS = (STARS, NOTES, FIELDS, TEXTS, EMPTY, DESCRIPTIONS, COLOURS)


def left_out(
    connection: Connection, document: str | None, tag: str | None
) -> Iterator[tuple[str, int]]:
    """What the rows have no column for, in the plural, and how often it is there.

    Args:
        connection: where they are.
        document: only of the document with this id.
        tag: only highlights that bear the tag with this id, and documents that have such.
    """
    bears = "(:tag IS NULL OR h.id IN (SELECT highlight FROM highlight_tags WHERE tag = :tag))"
    values = {"document": document, "tag": tag, "stub": MEDIA_TYPE}
    stars = connection.value(
        "SELECT count(*) FROM highlights h JOIN documents d ON d.id = h.document "
        "WHERE h.starred = 1 AND d.deleted_at IS NULL "
        f"AND coalesce(:document, d.id) = d.id AND {bears}",
        values,
    )
    filled = " + ".join(f"({name} <> '')" for name in _FIELDS)
    of_documents = connection.one(
        f"SELECT sum(has AND note <> ''), sum(has * ({filled})), "
        "sum(has AND media_type <> :stub), sum(NOT has AND :tag IS NULL) FROM ("
        "SELECT d.*, EXISTS (SELECT 1 FROM highlights h "
        f"WHERE h.document = d.id AND {bears}) AS has FROM documents d "
        "WHERE d.deleted_at IS NULL AND coalesce(:document, d.id) = d.id)",
        values,
    )
    of_tags = connection.one(
        "SELECT sum(description || inclusion || exclusion || note <> ''), sum(colour <> '') "
        "FROM tags"
    )
    counts = zip(_KINDS, (stars, *(of_documents or ()), *(of_tags or ())), strict=True)
    yield from ((what, count) for what, count in counts if count)


_KEPT_BACK = {
    "folders": "SELECT count(*) FROM folders",
    "bookmarks": "SELECT count(*) FROM bookmarks",
    "marks of reading": "SELECT count(*) FROM reading_marks",
    "saved queries": "SELECT count(*) FROM saved_queries",
    "tags of which a passage bears one child": "SELECT count(*) FROM tags WHERE exclusive",
    "places of tags in an order": "SELECT count(*) FROM tags WHERE level",
    "earlier texts of documents": "SELECT count(*) FROM revisions r "
    "JOIN documents d ON d.id = r.document WHERE r.id <> d.revision AND d.deleted_at IS NULL",
}


def kept_back(connection: Connection) -> Iterator[tuple[str, int]]:
    """What of a library goes out in no format, in the plural, and how often it is there."""
    counts = ((what, connection.value(sql)) for what, sql in _KEPT_BACK.items())
    yield from ((what, count) for what, count in counts if count)


def by_highlight(connection: Connection, document: str | None, tag: str | None) -> Iterator[Row]:
    """One row a highlight; ``tags`` is a tuple of paths in the order given.

    Args:
        connection: where they are.
        document: only those of the document with this id.
        tag: only those that bear the tag with this id.
    """
    columns = _SELECT.format(tags=TAGS)
    for row in in_order(connection, columns, document=document, tag=tag):
        yield (*row[:_TAGS_AT], tags_of(row[_TAGS_AT]), *row[_TAGS_AT + 1 :])


def by_tag(connection: Connection, document: str | None, tag: str | None) -> Iterator[Row]:
    """One row a highlight and tag, ``tag`` being its path; a highlight without has one row.

    Args:
        connection: where they are.
        document: only those of the document with this id.
        tag: only rows of the tag with this id.
    """
    rows = in_order(
        connection,
        _SELECT.format(tags="coalesce(bt.path, '')") + ", bh.tag",
        joins="LEFT JOIN highlight_tags bh ON bh.highlight = h.id "
        "LEFT JOIN tags bt ON bt.id = bh.tag",
        last="h.id, bh.position",
        document=document,
        tag=tag,
    )
    for *row, tag_id in rows:
        if tag is None or tag_id == tag:
            yield tuple(row)
