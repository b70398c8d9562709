"""Where a page gets its text from, a stretch at a time.

A **position** is a place in a source, in the unit that the source can seek by: code points of the
canonical text for a document in the library, bytes for a file that has not been imported. Positions
are plain numbers that grow along the text; every one that the page gives out lies on the edge of a
grapheme cluster.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from annotations.errors import FlorilegiumError
from annotations.model import Block, Mark, Passage


@dataclass(frozen=True)
class Stretch:
    """A run of whole blocks of a source: what is read and laid out in one go.

    The offsets in ``blocks`` and ``marks`` are local: code points from the stretch's own start.
    """

    start: int
    """The position of the first character."""
    end: int
    """The position after the last character."""
    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()

    @property
    def is_even(self) -> bool:
        """Whether every character is one position further than the one before."""
        return True

    def position(self, local: int) -> int:
        """The position of a local offset."""
        return self.start + local

    def local(self, position: int) -> int:
        """The local offset of a position; one outside the stretch gives the nearer end."""
        return min(max(position - self.start, 0), len(self.text))


class Source(Protocol):
    """A text of any size, read where it is looked at."""

    @property
    def size(self) -> int:
        """The position after the last character; may grow while a file is being written."""
        ...

    def stretch(self, position: int) -> Stretch:
        """The stretch that holds a position; the last one for the end and beyond.

        Raises:
            FlorilegiumError: The text cannot be read any more.
        """
        ...

    def offset(self, position: int) -> int:
        """A position in code points of the canonical text. May have to read all before it."""
        ...

    def position(self, offset: int) -> int:
        """The position of a code point offset. May have to read all before it."""
        ...


class PassageSource:
    """The text of a document in the library; positions are code points.

    Args:
        length: Code points of the whole text.
        passage_at: Gives the passage that holds an offset (``library.documents.passage_at``).
        kept: How many passages are kept once read.
    """

    def __init__(self, length: int, passage_at: Callable[[int], Passage], kept: int = 64) -> None:
        self._length = length
        self._passage_at = passage_at
        self._kept = kept
        self._cache: OrderedDict[int, Stretch] = OrderedDict()

    @property
    def size(self) -> int:
        """Code points of the document."""
        return self._length

    def stretch(self, position: int) -> Stretch:
        """The passage that holds a position."""
        if not self._length:
            return Stretch(0, 0, "", (Block(0, 0),))
        wanted = min(max(position, 0), self._length - 1)
        for stretch in self._cache.values():
            if stretch.start <= wanted < stretch.end:
                self._cache.move_to_end(stretch.start)
                return stretch
        passage = self._passage_at(wanted)
        blocks = passage.blocks or (Block(0, len(passage.text)),)
        stretch = Stretch(passage.start, passage.end, passage.text, blocks, passage.marks)
        self._cache[stretch.start] = stretch
        while len(self._cache) > self._kept:
            self._cache.popitem(last=False)
        return stretch

    def offset(self, position: int) -> int:
        """The same."""
        return position

    def position(self, offset: int) -> int:
        """The same."""
        return offset


class GuardedSource:
    """A source that shows nothing any more once it could not be read.

    Args:
        source: Where the text comes from.
        tell: Told why it could not be read, once.
    """

    def __init__(self, source: Source, tell: Callable[[FlorilegiumError], None]) -> None:
        self._source = source
        self._tell = tell
        self._failed = False

    @property
    def size(self) -> int:
        """That of the source."""
        return self._source.size

    def stretch(self, position: int) -> Stretch:
        """The stretch of the source, or an empty one in place of all of them."""
        if not self._failed:
            try:
                return self._source.stretch(position)
            except FlorilegiumError as error:
                self._failed = True
                self._tell(error)
        return Stretch(0, self.size, "", (Block(0, 0),))

    def offset(self, position: int) -> int:
        """That of the source."""
        return self._source.offset(position)

    def position(self, offset: int) -> int:
        """That of the source."""
        return self._source.position(offset)


def text_source(text: str, blocks: Iterable[Block] = (), marks: Iterable[Mark] = ()) -> Source:
    """A source over a text that is at hand."""
    passage = Passage(0, text, tuple(blocks), tuple(marks))
    return PassageSource(len(text), lambda _: passage)
