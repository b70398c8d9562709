"""Highlights as rows: how they are read and written, and the order in which people get to see
them (document title, start, id)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from annotations.library.connection import Connection, Row
from annotations.model import Highlight, Status

TAGS = """
    coalesce((SELECT group_concat(path, char(10)) FROM (
        SELECT t.path FROM highlight_tags ht JOIN tags t ON t.id = ht.tag
        WHERE ht.highlight = h.id ORDER BY ht.position)), '')
"""
"""The paths of the tags of highlight ``h``, in the order given, one a line: no path holds a line
end."""


def tags_of(lines: str) -> tuple[str, ...]:
    """The paths that :data:`TAGS` gave."""
    return tuple(lines.split("\n")) if lines else ()


COLUMNS = f"""
    h.id, h.document, h.revision, h.start, h."end", h.quote, h.prefix, h.suffix, h.note, h.colour,
    h.coder, h.status, h.created_at, h.updated_at, {TAGS}, h.starred
"""
"""The columns of a highlight ``h`` that :func:`highlight_of` takes."""


_STATUSES = {each.value: each for each in Status}


def highlight_of(row: Row) -> Highlight:
    """The highlight of a row of :data:`COLUMNS`."""
    status, made, changed, tags, starred = row[11:16]
    values: Row = (*row[:11], _STATUSES[status], made, changed, tags_of(tags), bool(starred))
    return Highlight(*values)


def insert(connection: Connection, highlight: Highlight, tag_ids: Mapping[str, str]) -> None:
    """Write the rows of a highlight that is not there yet, inside an act, with its tags.

    Args:
        connection: where to.
        highlight: its document, revision and tags are there.
        tag_ids: the ids of the tags, by the paths that the highlight has.
    """
    connection.run(
        'INSERT INTO highlights (id, document, revision, start, "end", quote, prefix, suffix, '
        "note, colour, starred, coder, status, created_at, updated_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(highlight.id, highlight.document, highlight.revision, highlight.start),
            *(highlight.end, highlight.quote, highlight.prefix, highlight.suffix, highlight.note),
            *(highlight.colour, highlight.starred, highlight.coder, highlight.status),
            *(highlight.created_at, highlight.updated_at),
        ),
    )
    connection.run_many(
        "INSERT INTO highlight_tags VALUES (?, ?, ?, ?, ?)",
        [
            (highlight.id, tag_ids[path], position, highlight.coder, highlight.updated_at)
            for position, path in enumerate(highlight.tags)
        ],
    )


def by_numbers(connection: Connection, numbers: Sequence[int]) -> list[Highlight]:
    """The highlights with these numbers, in their order; those that are not there are left out."""
    if not numbers:
        return []
    marks = ", ".join("?" * len(numbers))
    rows = connection.all(
        f"SELECT {COLUMNS}, h.number FROM highlights h WHERE h.number IN ({marks})", numbers
    )
    found = {row[-1]: row for row in rows}
    return [highlight_of(found[number]) for number in numbers if number in found]


def in_order(
    connection: Connection,
    columns: str,
    *,
    joins: str = "",
    last: str = "h.id",
    document: str | None = None,
    tag: str | None = None,
) -> Iterator[Row]:
    """Stream ``columns`` of highlights ``h`` and their documents ``d`` that are not deleted.

    Args:
        connection: where they are.
        columns: SQL, over ``h``, ``d`` and what ``joins`` adds.
        joins: SQL, more tables.
        last: SQL, by what rows of the same document and start are ordered.
        document: only those of the document with this id.
        tag: only those that bear the tag with this id.
    """
    select = f"SELECT {columns} FROM highlights h JOIN documents d ON d.id = h.document {joins}"
    here = "d.deleted_at IS NULL"
    with connection.snapshot() as reader:
        if tag is not None:
            yield from reader.stream(
                f"{select} WHERE {here} AND coalesce(:document, h.document) = h.document "
                "AND h.id IN (SELECT highlight FROM highlight_tags WHERE tag = :tag) "
                f"ORDER BY d.title, h.start, {last}",
                {"tag": tag, "document": document},
            )
            return
        # Document by document, an index gives the order: sorting would hold everything.
        titles = reader.all(
            "SELECT d.title, d.id FROM documents d JOIN document_totals t ON t.document = d.id "
            f"WHERE t.highlights > 0 AND {here} AND coalesce(?, d.id) = d.id ORDER BY 1, 2",
            (document,),
        )
        for _, group in groupby(titles, itemgetter(0)):
            ids = [document_id for _, document_id in group]
            same = "= ?" if len(ids) == 1 else f"IN ({', '.join('?' * len(ids))})"
            yield from reader.stream(
                f"{select} WHERE h.document {same} ORDER BY h.start, {last}", ids
            )
