"""The documents of a library as a list that is read where it is looked at."""

from __future__ import annotations

from array import array
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

_FIRST = 20
"""Of the documents that words filter, those that are looked for while one types: a screenful."""
_AHEAD = 1_000
"""Of them, those that are looked for when no key is pressed."""
_STANDINGS = 10_000
"""The most documents whose standing is remembered."""


class Catalogue(Windowed[Document]):
    """The documents of a section of the library.

    Args:
        library: Belongs to the thread of the screen.
        section: Which documents, in what order.
        listing: Of that section, where it is known.
    """

    def __init__(
        self, library: Library, section: Section = EVERYTHING, listing: Listing | None = None
    ) -> None:
        super().__init__()
        self._library = library
        self._section = section
        most = _FIRST if section.words else None
        self._listing = listing or library.sections.list(section, most=most)
        self.is_whole = most is None or len(self._listing) < most
        """Whether it lists all; of what words filter, the first ones are looked for at first."""
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
        self.complete()
        return self._listing.ids()

    def look_ahead(self) -> array[int]:
        """Look for as many more as one may scroll through, which :meth:`extend` lists; may be
        called in another thread."""
        with self._library.beside() as library:
            return library.sections.list(self._section, most=_AHEAD).numbers

    def extend(self, numbers: array[int]) -> None:
        """List what :meth:`look_ahead` has found."""
        if not self.is_whole:
            self._list(self._library.sections.known(self._section, numbers), len(numbers) < _AHEAD)

    def complete(self) -> None:
        """List all."""
        if not self.is_whole:
            self._list(self._library.sections.list(self._section), True)

    def _list(self, listing: Listing, whole: bool) -> None:
        self._listing, self.is_whole = listing, whole
        self._windows.clear()

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
        """Where a document is listed; None: nowhere."""
        at = self._listing.index(document)
        if at is None and not self.is_whole:
            self.complete()
            at = self._listing.index(document)
        return at


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
