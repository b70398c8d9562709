"""What lies on the reader's desk: the library, the open document, its highlights.

Knows no widget. Everything read here is as the library was at the last :meth:`Desk.refresh`, except
:meth:`Desk.touching`, which asks anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.model import Document, Highlight, Span, Tag
from tui.page.source import PassageSource, Source, text_source

if TYPE_CHECKING:
    from annotations.library.library import Library

FIRST_COLOUR = "yellow"
"""Of a highlight that has no colour and no tag with one."""


def colour_of(highlight: Highlight, tags: Mapping[str, Tag]) -> str:
    """The colour of a highlight: its own, or that of its first tag that has one.

    Args:
        highlight: The highlight.
        tags: The codebook by path.
    """
    if highlight.colour:
        return highlight.colour
    of_tags = (tags[path].colour for path in highlight.tags if path in tags)
    return next(filter(None, of_tags), FIRST_COLOUR)


class Desk:
    """The library and the document that lies open, if one does.

    Args:
        library: Belongs to the thread of the screen.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.documents: Sequence[Document] = library.documents.list()
        self.document: Document | None = None
        self.revision = 0
        """Grows whenever what was read is read anew."""
        self._highlights: Sequence[Highlight] | None = None
        self._starts: Sequence[int] = ()
        self._tags: Mapping[str, Tag] | None = None

    def refresh(self) -> None:
        """Read everything anew."""
        self.revision += 1
        self.documents = self.library.documents.list()
        self._highlights = None
        self._tags = None
        if self.document is not None:
            self.document = self._listed(self.document.id)

    def open(self, document: Document | None) -> None:
        """Lay another document open."""
        self.revision += 1
        self.document = document
        self._highlights = None

    def _listed(self, document_id: str) -> Document | None:
        return next((each for each in self.documents if each.id == document_id), None)

    @property
    def highlights(self) -> Sequence[Highlight]:
        """Those of the open document, in the order of their starts."""
        return self._ordered()

    def _ordered(self) -> Sequence[Highlight]:
        if self._highlights is None:
            document = self.document
            found = self.library.highlights.list(document=document.id) if document else ()
            self._highlights = sorted(found, key=_order)
            self._starts = [each.start for each in self._highlights]
        return self._highlights

    @property
    def tags(self) -> Mapping[str, Tag]:
        """The codebook by path."""
        if self._tags is None:
            self._tags = {tag.path: tag for tag in self.library.codebook.tags()}
        return self._tags

    def colour(self, highlight: Highlight) -> str:
        """The colour that a highlight is shown in."""
        return colour_of(highlight, self.tags)

    def tag_colour(self, path: str) -> str:
        """The colour of a tag, or the first of all where it has none."""
        tag = self.tags.get(path)
        return (tag.colour if tag else "") or FIRST_COLOUR

    def source(self) -> Source:
        """The text of the open document, for a page; without one an empty text."""
        document = self.document
        if document is None:
            return text_source("")
        return PassageSource(
            document.length, partial(self.library.documents.passage_at, document.id)
        )

    def slices(self, start: int) -> Callable[[], Iterator[tuple[int, str]]]:
        """The text of the open document from an offset to its end, then from its start on, for a
        thread to read: it opens a library of its own.

        Args:
            start: Code points.
        """
        document = self.document
        path, coder = self.library.path, self.library.coder
        return lambda: _slices(path, coder, document.id, start) if document else iter(())

    def touching(self, start: int, end: int) -> Sequence[Highlight]:
        """The highlights of the open document that share a code point with a span."""
        if self.document is None:
            return ()
        return self.library.highlights.touching(self.document.id, start, end)

    def at(self, offset: int) -> Sequence[Highlight]:
        """The highlights over a code point, the shortest first."""
        return sorted(self.touching(offset, offset + 1), key=lambda each: each.end - each.start)

    def same(self, span: Span) -> Highlight | None:
        """A highlight of this coder on exactly this span."""
        return next(
            (
                each
                for each in self.touching(span.start, span.end)
                if each.span == span and each.coder == self.library.coder
            ),
            None,
        )

    def nearest(self, offset: int) -> int:
        """The index of the last highlight that begins at or before an offset; 0 if none does."""
        self._ordered()
        return max(0, bisect_right(self._starts, offset) - 1)

    def index(self, highlight: Highlight) -> int:
        """The index of a highlight; of the one that would stand there, if it is gone."""
        return bisect_left(self._ordered(), _order(highlight), key=_order)

    def following(self, offset: int) -> Highlight | None:
        """The first highlight that begins after an offset."""
        highlights = self._ordered()
        at = bisect_right(self._starts, offset)
        return highlights[at] if at < len(highlights) else None

    def preceding(self, offset: int) -> Highlight | None:
        """The last highlight that begins before an offset."""
        highlights = self._ordered()
        at = bisect_left(self._starts, offset)
        return highlights[at - 1] if at else None

    def first(self, reference: str = "") -> Document | None:
        """What to open first: what is asked for, else what was read last, else the first.

        Raises:
            NotFoundError: What is asked for is not there.
        """
        if reference:
            return self.library.documents.find(reference)
        last = self.library.documents.last_read()
        listed = self._listed(last) if last else None
        return listed or (self.documents[0] if self.documents else None)

    def position(self) -> int:
        """Where reading stopped in the open document."""
        return self.library.documents.position(self.document.id) if self.document else 0


def _order(highlight: Highlight) -> tuple[int, int, str]:
    return highlight.start, highlight.end, highlight.id


def _slices(path: Path, coder: str, document: str, start: int) -> Iterator[tuple[int, str]]:
    from annotations import open_library

    with open_library(path, coder=coder) as library:
        for passage in library.documents.passages(document, start):
            yield passage.start, passage.text
        for passage in library.documents.passages(document):
            if passage.start >= start:
                return
            yield passage.start, passage.text
