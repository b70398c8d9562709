"""The documents of a library as a list that is read where it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotations.model import Document
from tui.windowed import WINDOW, Windowed

if TYPE_CHECKING:
    from annotations.library.titles import Titles

MOST_FOUND = 1_000
"""The most documents that a filter lists: more words find the others."""


class Catalogue(Windowed[Document]):
    """The documents by title, or those of them that a filter lets through.

    Args:
        titles: Of the library.
        words: What each must have.
    """

    def __init__(self, titles: Titles, words: Sequence[str] = ()) -> None:
        super().__init__()
        self._titles = titles
        self._words = words
        self._length = titles.count(words, MOST_FOUND if words else None)

    def __len__(self) -> int:
        return self._length

    def read(self, start: int) -> list[Document]:
        """From the library."""
        return self._titles.window(start, WINDOW, self._words)

    def filtered(self, words: Sequence[str]) -> Catalogue:
        """Those that have the words."""
        return Catalogue(self._titles, words)

    def index_of(self, document: Document) -> int:
        """Where a document is listed; 0 where a filter may hide it."""
        return 0 if self._words else min(self._titles.index(document), max(self._length - 1, 0))


class TitleOf(dict[str, str]):
    """The titles of documents by their ids, read when they are asked for; empty for those that are
    not there.

    Args:
        titles: Of the library; None: there are none.
    """

    def __init__(self, titles: Titles | None = None) -> None:
        super().__init__()
        self._titles = titles

    def __missing__(self, document_id: str) -> str:
        document = self._titles.get(document_id) if self._titles else None
        title = self[document_id] = document.title if document else ""
        return title
