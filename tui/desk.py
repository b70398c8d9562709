"""What lies on the reader's desk: the library, the open text, its highlights.

Knows no widget. The text is a document of the library or a file that is not in it yet. Lists are as
the library was at the last :meth:`Desk.refresh`; :meth:`Desk.touching` asks anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import AmbiguousError, NotFoundError
from annotations.exchange.links import SCHEME, followed
from annotations.text.symbols import visible
from tui.page.source import Source, text_source
from tui.texts import current_text, search_text

if TYPE_CHECKING:
    from annotations.library.library import Library
    from annotations.library.texts import Heading
    from annotations.library.waiting import WaitingHighlight
    from annotations.model import Document, Highlight, Span, Status, Tag
    from annotations.text.find import Wanted
    from annotations.text.span_list import SpanList
    from tui.catalogue import Catalogue
    from tui.codes import Codes
    from tui.loose import LooseFile
    from tui.shelf import Shelf

FIRST_COLOUR = "yellow"
"""Of a highlight that has no colour and no tag with one."""

Search = Callable[["Wanted"], Iterator["SpanList"]]
"""Finds a pattern in the open text, in a thread: spans in positions of the source."""


class Desk:
    """The library and the text that lies open, if one does.

    Args:
        library: Belongs to the thread of the screen.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.document: Document | None = None
        self.file: LooseFile | None = None
        """What lies open, where that is a file that the library does not have yet."""
        self._highlights: Shelf | None = None
        self._tags: Codes | None = None
        self._at_hand: Mapping[str, Tag] | None = None
        self._bookmarks: Sequence[int] | None = None
        self._outline: Sequence[Heading] | None = None
        self._waiting: Sequence[WaitingHighlight] | None = None
        self._unsettled: Mapping[Status, int] | None = None
        self._at: tuple[int, Sequence[Highlight]] | None = None

    def refresh(self) -> None:
        """Read everything anew."""
        vars(self).pop("documents", None)
        self._highlights = self._tags = self._at_hand = self._at = self._bookmarks = None
        self._waiting = self._unsettled = None
        if self.document is not None:
            self.document = self.library.documents.titles.get(self.document.id)

    @cached_property
    def documents(self) -> Catalogue:
        """All documents by title."""
        from tui.catalogue import Catalogue

        return Catalogue(self.library)

    # What is open

    def open(self, document: Document | None) -> None:
        """Lay a document open."""
        if self.file is not None:
            self.file.close()
        self.document, self.file = document, None
        self._highlights = self._outline = self._at = self._bookmarks = self._waiting = None
        self._unsettled = None

    def open_first(self, reference: str = "") -> None:
        """Lay open what is asked for, else what was read last, else the first document.

        Args:
            reference: A file, what ``documents.find`` takes, or a link of an export to a highlight;
                empty: nothing is asked for.

        Raises:
            NotFoundError: What is asked for is not there.
            AmbiguousError: It could be several documents.
            UnreadableFileError: The file is no text.
        """
        path = Path(reference)
        if reference and path.is_file():
            self._open_file(path.absolute())
        elif reference.startswith(SCHEME):
            self._open_link(reference)
        elif reference:
            self.open(self._find(reference))
        else:
            last = self.library.reading.latest()
            listed = self.library.documents.titles.get(last) if last else None
            self.open(listed or (self.documents[0] if self.documents else None))

    def _open_link(self, reference: str) -> None:
        """Lay a document open where a highlight of it is."""
        document, position = followed(self.library, reference)
        if position:
            self.library.reading.save(document.id, position)
        self.open(document)

    def _find(self, reference: str) -> Document:
        """The document that is asked for.

        Raises:
            NotFoundError: There is none; the message says so of a path too that is no file.
            AmbiguousError: It could be several documents.
        """
        try:
            return self.library.documents.find(reference)
        except NotFoundError:
            path = Path(reference)
            if path.is_dir():
                raise NotFoundError(
                    f"{visible(reference)} is a folder: flor add takes in the files in it"
                ) from None
            if path.exists():
                raise NotFoundError(f"{visible(reference)} is no file that can be read") from None
            raise

    def _open_file(self, path: Path) -> None:
        """Lay a file open; one that the library has as it is, as its document."""
        from tui.loose import LooseFile

        known = self.document_at(path)
        changed_at = self.library.documents.changed_at
        if known is not None and LooseFile.is_older(path, changed_at(known.id)):
            self.open(known)
            return
        self.open(None)
        self.file = LooseFile(path)

    def document_at(self, path: Path) -> Document | None:
        """The document that a file became."""
        try:
            return self.library.documents.find(str(path))
        except (NotFoundError, AmbiguousError):
            return None

    @property
    def title(self) -> str:
        """Of what lies open; empty if nothing does."""
        if self.document is not None:
            return self.document.title
        return self.file.path.name if self.file else ""

    @property
    def revision(self) -> str:
        """The id of the text that lies open; empty: the library does not have it."""
        return self.document.revision if self.document else ""

    def source(self) -> Source:
        """The open text, for a page."""
        if self.document is not None:
            return current_text(self.library, self.document)
        return self.file.source if self.file else text_source("")

    def position(self) -> int:
        """Where reading stopped in the open document."""
        return self.library.reading.position(self.document.id) if self.document else 0

    @property
    def turned(self) -> bool:
        """Whether right-to-left text of the open document is put in the order of reading."""
        return self.document is not None and self.library.reading.turned(self.document.id)

    def search(self, start: int) -> Search:
        """How to search the open text from a position to its end, then from its start on."""
        document, file = self.document, self.file
        if document is not None:
            return lambda wanted: search_text(self.library, document, start, wanted)
        if file is not None:
            return lambda wanted: file.search(start, wanted)
        return lambda wanted: iter(())

    # Its highlights

    @property
    def waiting(self) -> Sequence[WaitingHighlight]:
        """Those that wait for the open file to be in the library."""
        if self._waiting is None:
            of = self.library.waiting.of(self.file.path) if self.file else []
            self._waiting = [each for each in of if self.file and each.state == self.file.state]
        return self._waiting

    @property
    def highlights(self) -> Shelf:
        """Those of the open document, in the order of their places; read where they are looked
        at."""
        if self._highlights is None:
            from tui.shelf import Shelf

            document = self.document.id if self.document else ""
            self._highlights = Shelf(self.library.highlights, document)
        return self._highlights

    @property
    def unsettled(self) -> Mapping[Status, int]:
        """How many highlights of the open document are moved, and how many lost, that nobody has
        looked at since its text changed."""
        if self._unsettled is None:
            document = self.document
            self._unsettled = self.library.highlights.unsettled(document.id) if document else {}
        return self._unsettled

    def touching(self, start: int, end: int) -> Sequence[Highlight]:
        """The highlights of the open document that share a code point with a span."""
        if self.document is None:
            return ()
        return self.library.highlights.touching(self.document.id, start, end)

    def at(self, offset: int) -> Sequence[Highlight]:
        """The highlights over a code point, the shortest first."""
        if self._at is None or self._at[0] != offset:
            found = self.touching(offset, offset + 1)
            self._at = offset, sorted(found, key=lambda each: each.end - each.start)
        return self._at[1]

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

    @property
    def outline(self) -> Sequence[Heading]:
        """The headings of the open document."""
        if self._outline is None:
            outline = self.library.documents.outline
            self._outline = outline(self.document.id) if self.document else ()
        return self._outline

    @property
    def bookmarks(self) -> Sequence[int]:
        """Where this coder has put bookmarks in the open document."""
        if self._bookmarks is None:
            bookmarks = self.library.reading.bookmarks
            self._bookmarks = bookmarks(self.document.id) if self.document else ()
        return self._bookmarks

    # Tags and colours

    @property
    def at_hand(self) -> Mapping[str, Tag]:
        """What each digit gives."""
        if self._at_hand is None:
            self._at_hand = self.library.codebook.at_hand()
        return self._at_hand

    @property
    def tags(self) -> Codes:
        """The codebook by path."""
        if self._tags is None:
            from tui.codes import Codes

            codebook = self.library.codebook
            self._tags = Codes(codebook.names(), codebook.get)
        return self._tags

    def tag_colour(self, path: str) -> str:
        """The colour of a tag, or the first of all where it has none."""
        return self.tags.colours.get(path) or FIRST_COLOUR

    def colour(self, highlight: Highlight) -> str:
        """The colour of a highlight: its own, or that of its first tag that has one."""
        if highlight.colour:
            return highlight.colour
        if not highlight.tags:
            return FIRST_COLOUR
        of_tags = map(self.tags.colours.get, highlight.tags)
        return next(filter(None, of_tags), FIRST_COLOUR)
