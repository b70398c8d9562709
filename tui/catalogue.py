"""The documents of a library as a list that is read where it is looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from annotations.model import Document

if TYPE_CHECKING:
    from annotations.library.titles import Titles

_WINDOW = 60
"""Documents that are read at once."""
_KEPT = 8
"""Windows that are kept."""
MOST_FOUND = 1_000
"""The most documents that a filter lists: more words find the others."""


class Catalogue(Sequence[Document]):
    """The documents by title, or those of them that a filter lets through.

    Args:
        titles: Of the library.
        words: What each must have.
    """

    def __init__(self, titles: Titles, words: Sequence[str] = ()) -> None:
        self._titles = titles
        self._words = words
        self._length = titles.count(words, MOST_FOUND if words else None)
        self._windows: OrderedDict[int, list[Document]] = OrderedDict()

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Document: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Document]: ...

    def __getitem__(self, index: int | slice) -> Document | Sequence[Document]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if not 0 <= index < self._length:
            raise IndexError(index)
        window = self._window(index // _WINDOW)
        # Another program may have deleted some meanwhile: the list is made anew soon.
        return window[min(index % _WINDOW, len(window) - 1)]

    def _window(self, number: int) -> list[Document]:
        found = self._windows.get(number)
        if found is None:
            found = self._titles.window(number * _WINDOW, _WINDOW, self._words)
            if not found:
                raise IndexError(number * _WINDOW)
            self._windows[number] = found
            while len(self._windows) > _KEPT:
                self._windows.popitem(last=False)
        self._windows.move_to_end(number)
        return found

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
