"""The documents of a library as a list that is read where it is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.library.marks import Standing
from annotations.library.sections import EVERYTHING, Section
from annotations.model import Document
from tui.windowed import WINDOW, Windowed

if TYPE_CHECKING:
    from annotations.library.library import Library
    from annotations.library.runs import Listing
    from annotations.library.titles import Titles

MOST_FOUND = 1_000
"""The most documents that a filter lists: more words find the others."""
_STANDINGS = 10_000
"""The most documents whose standing is remembered."""


class Catalogue(Windowed[Document]):
    """The documents of a section of the library.

    Args:
        library: Belongs to the thread of the screen.
        section: Which documents, in what order; a filter lists no more than
            :data:`MOST_FOUND` of many.
        listing: Of that section, where it is known.
    """

    def __init__(
        self, library: Library, section: Section = EVERYTHING, listing: Listing | None = None
    ) -> None:
        super().__init__()
        self._library = library
        self._section = section
        self._listing = listing or library.sections.list(
            section, most=MOST_FOUND if section.words else None
        )
        self._standings: dict[str, Standing] = {}

    def __len__(self) -> int:
        return len(self._listing)

    def read(self, start: int) -> list[Document]:
        """From the library."""
        found = self._listing.window(start, WINDOW)
        if len(self._standings) > _STANDINGS:
            self._standings.clear()
        self._standings |= self._library.marks.standings(each.id for each in found)
        return found

    def ids(self) -> Iterator[str]:
        """The ids of all documents of the list, of which no more is read."""
        return self._listing.ids()

    def standing(self, document: Document) -> Standing:
        """How the reader stands to a document of the list."""
        return self._standings.get(document.id, Standing())

    def renewed(self) -> Catalogue:
        """The same documents in the same order, what is told of them read anew."""
        return Catalogue(self._library, self._section, self._listing)

    def filtered(self, words: Sequence[str]) -> Catalogue:
        """Those that have the words."""
        return Catalogue(self._library, replace(self._section, words=tuple(words)))

    def index_of(self, document: Document) -> int | None:
        """Where a document is listed; None: nowhere, or where a filter may hide it."""
        return None if self._section.words else self._listing.index(document)


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
