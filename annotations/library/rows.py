"""Highlights as rows to export, streamed."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.library.connection import Connection, Row
from annotations.library.listing import TAGS, in_order, tags_of
from annotations.model import HIGHLIGHT_COLUMNS

_TAGS_AT = HIGHLIGHT_COLUMNS.index("tags")
_SELECT = (
    'h.id, h.document, d.title, d.source, h.start, h."end", h.quote, {tags}, h.note, h.colour, '
    "h.coder, h.status, h.created_at, h.updated_at, h.revision"
)


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
