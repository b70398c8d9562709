"""The texts of documents: for a page, and for a search in a thread."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from tui.page.source import PassageSource, Source

if TYPE_CHECKING:
    from annotations.library.library import Library
    from annotations.model import Document
    from annotations.text.find import Wanted
    from annotations.text.span_list import SpanList


def current_text(library: Library, document: Document) -> Source:
    """The text of a document, for a page: the same one until the document is asked for anew."""
    passage_at = partial(library.documents.passage_at, document.id, revision=document.revision)
    return PassageSource(document.length, passage_at)


def earlier_text(library: Library, document_id: str, revision: int) -> Source:
    """One of the texts that a document has had, for a page.

    Raises:
        NotFoundError: There is no such revision.
    """
    passage_at = partial(library.documents.passage_at, document_id, revision=revision)
    passage_at(0)
    lengths = {each.number: each.length for each in library.revisions.list(document_id)}
    return PassageSource(lengths[revision], passage_at)


def search_text(
    opened: Library, document: Document, start: int, wanted: Wanted
) -> Iterator[SpanList]:
    """Search the text of a document, in a thread.

    Args:
        opened: Its library, of the thread of the screen.
        document: As its text is shown.
        start: Where to begin, in code points; what is before comes at the end.
        wanted: What to look for.
    """
    from annotations.text.find import hits

    with opened.beside() as library:
        passages = partial(library.documents.passages, document.id, revision=document.revision)

        def texts() -> Iterator[tuple[int, str]]:
            begun = None
            for passage in passages(start):
                begun = passage.start if begun is None else begun
                yield passage.start, passage.text
            for passage in passages():
                if begun is not None and passage.start >= begun:
                    return
                yield passage.start, passage.text

        yield from hits(wanted, texts())
