"""The records of a library, streamed for the formats that hold more than a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import attrgetter

from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    Selector,
    TagRecord,
)
from annotations.exchange.criteria import described
from annotations.library.library import Library
from annotations.library.stubs import MEDIA_TYPE
from annotations.model import Document, Highlight, Metadata, Span, Status


def records(
    library: Library, document: str | None = None, tag: str | None = None, query: str | None = None
) -> Iterator[Record]:
    """Yield the tags, then each document with its highlights.

    Args:
        library: Where they come from.
        document: The id of the only document wanted.
        tag: The path of the only tag wanted: documents without it are left out.
        query: Of the passages language: only what it finds; takes the place of the other two.

    Raises:
        NotFoundError: There is no such document or tag.
        QuerySyntaxError: The query cannot be read.
    """
    yield from tag_records(library)
    if query is not None:
        for document_id, group in groupby(_found(library, query), attrgetter("document")):
            yield _document(library, library.documents.get(document_id))
            yield from _highlights(library, document_id, group)
        return
    documents = library.documents.list() if document is None else [library.documents.get(document)]
    for one in documents:
        highlights = library.highlights.list(document=one.id, tag=tag)
        first = next(highlights, None)
        if first is None and tag is not None:
            continue
        yield _document(library, one)
        if first is not None:
            yield from _highlights(library, one.id, chain([first], highlights))


def tag_records(library: Library) -> Iterator[TagRecord]:
    """The codebook."""
    for each in library.codebook.tags():
        yield TagRecord(each.path, described(each), each.colour, each.id)


def _found(library: Library, query: str) -> Iterator[Highlight]:
    """What a query finds, document by document: those of one title come mixed."""
    titles = {each.id: each.title for each in library.documents.list()}
    often = Counter(titles.values())
    found = library.passages.find(query)
    for title, group in groupby(found, lambda highlight: titles.get(highlight.document, "")):
        if often[title] > 1:
            yield from sorted(group, key=attrgetter("document"))
        else:
            yield from group


def _document(library: Library, document: Document) -> DocumentRecord:
    metadata = Metadata(
        document.title,
        document.author,
        document.publisher,
        document.published,
        document.language,
        document.kind,
        document.source,
        document.media_type,
        document.path,
        document.encoding,
    )
    passages = None
    if document.media_type != MEDIA_TYPE:
        passages = library.documents.passages(document.id)
    return DocumentRecord(
        document.id, metadata, passages, document.note, document.id, document.revision
    )


def _highlights(
    library: Library, document: str, highlights: Iterable[Highlight]
) -> Iterator[HighlightRecord]:
    former = library.revisions.former_quotes(document)
    return (_highlight(each, former.get(each.id, "")) for each in highlights)


def _highlight(highlight: Highlight, former: str) -> HighlightRecord:
    is_lost = highlight.status is Status.LOST
    return HighlightRecord(
        highlight.document,
        Selector(
            None if is_lost else Span(highlight.start, highlight.end),
            quote=highlight.quote,
            prefix=highlight.prefix,
            suffix=highlight.suffix,
        ),
        highlight.tags,
        highlight.note,
        highlight.colour,
        highlight.coder,
        highlight.id,
        highlight.created_at,
        highlight.updated_at,
        highlight.status,
        highlight.starred,
        former if former != highlight.quote else "",
    )
