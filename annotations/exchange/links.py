"""Links that lead from an export back to a highlight: ``flor:DOCUMENT#HIGHLIGHT``."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from annotations.errors import NotFoundError

if TYPE_CHECKING:
    from annotations.library.library import Library
    from annotations.model import Document

SCHEME = "flor:"


def link(document_id: str, highlight_id: str) -> str:
    """The link to a highlight."""
    return f"{SCHEME}{quote(document_id)}#{quote(highlight_id)}"


def followed(library: Library, written: str) -> tuple[Document, int]:
    """The document that a link leads to, and the position in its text.

    A highlight may have come to another document since; where it is gone, the document is left.

    Raises:
        NotFoundError: Neither is here.
    """
    document_id, _, highlight_id = written.removeprefix(SCHEME).partition("#")
    try:
        highlight = library.highlights.get(unquote(highlight_id))
    except NotFoundError:
        return library.documents.find(unquote(document_id)), 0
    return library.documents.get(highlight.document), highlight.start
