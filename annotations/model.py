"""The values that every part of Florilegium speaks in: text plus spans, and what people made of it.

Every position is a count of Unicode code points in a document's canonical text, 0-based; ends are
exclusive. Frozen dataclasses, no behaviour beyond their own fields, no storage, no screen.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePath


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The code points ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, offset: int) -> bool:
        """Whether the code point at ``offset`` is inside."""
        return self.start <= offset < self.end


class BlockKind(StrEnum):
    """What a stretch of the text is; layout decides how it looks."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    VERSE = "verse"
    """Lines whose ends are the author's: verse, addresses, signatures, tables drawn with blanks."""
    CODE = "code"
    TABLE_ROW = "table_row"
    """One row; its cells are separated by tabs."""
    PAGE_BREAK = "page_break"
    """A form feed, or what stands for one, between pages."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item ... Blocks tile the text: each runs to the start of the next,
    so that blank lines belong to the block before them (those at the very start to the first)."""

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    """Heading level 1 to 6; nesting depth of list items and quotations, from 1; otherwise 0."""
    continues: bool = False
    """The block before is the same paragraph, cut because it is very long: no space between."""


class MarkKind(StrEnum):
    """An inline property of a span that came with the file."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    LINK = "link"
    """``value`` is the target: an address, or ``#name`` for an ANCHOR in the same document."""
    FOOTNOTE = "footnote"
    """A reference; ``value`` names the ANCHOR at the note's own text."""
    ANCHOR = "anchor"
    """A place that links and footnotes point to; ``value`` is its name; covers what it names."""
    MARKUP = "markup"
    """Characters that are in the file but not on the page: ``**``, ``](address)`` and the like."""
    PAGE = "page"
    """An empty span where a page begins; ``value`` is the page's label."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A :class:`MarkKind` over ``start`` to ``end``. Marks may overlap; none crosses a block."""

    start: int
    end: int
    kind: MarkKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole blocks, about 8 KB, in which text is read, stored and laid out.

    The offsets in ``blocks`` and ``marks`` count from the passage's own first code point.
    """

    start: int
    """Code points of the document before this passage."""
    text: str
    blocks: tuple[Block, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def end(self) -> int:
        """Code points of the document up to the end of this passage."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about itself; empty where it says nothing."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    """As precise as is known: ``2023``, ``2023-10`` or ``2023-10-30``."""
    language: str = ""
    """A BCP 47 tag: ``en``, ``zh-Hans``."""
    kind: str = ""
    """``letter``, ``news``, ``report`` ...: free."""
    source: str = ""
    """Where it was published: an address or a reference."""
    media_type: str = "text/plain"
    path: str = ""
    """The absolute path of the file, empty for standard input."""
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class FileState:
    """What tells whether a file is still the one that was read."""

    size: int
    """Bytes."""
    modified: int
    """Nanoseconds since 1970."""

    @classmethod
    def of(cls, path: PurePath) -> FileState:
        """The state of a file now.

        Raises:
            OSError: It is not there.
        """
        found = os.stat(path)
        return cls(found.st_size, found.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """A file as the readers in :mod:`annotations.formats` give it.

    ``passages`` may be consumed once: a large file streams through without being held in memory.
    They follow each other without a gap from 0; their texts joined are the canonical text.
    """

    passages: Iterable[Passage]
    metadata: Metadata = field(default_factory=Metadata)
    notices: tuple[str, ...] = ()
    """What the reader of the file should know: ``read as windows-1252`` and the like."""
    file: FileState | None = None
    """What the file was when it was read, so that it need not be read again while it is so."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document in the library."""

    id: str
    title: str
    author: str
    publisher: str
    published: str
    language: str
    kind: str
    source: str
    media_type: str
    path: str
    encoding: str
    note: str
    revision: str
    """The SHA-256 of the canonical text, hexadecimal."""
    length: int
    """Code points of the canonical text."""
    highlights: int
    """How many highlights the current state has on it."""
    added_at: str
    updated_at: str


class Status(StrEnum):
    """How a highlight stands to the current text of its document."""

    PLACED = "placed"
    MOVED = "moved"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage that a coder marked, with what they said of it."""

    id: str
    document: str
    """The document's id."""
    revision: str
    start: int
    end: int
    quote: str
    """The text at ``start`` to ``end`` of ``revision``, exactly."""
    prefix: str
    """Up to 32 code points before the quote."""
    suffix: str
    """Up to 32 code points after the quote."""
    note: str
    colour: str
    """A name of :data:`COLOURS` or ``#rrggbb``; empty: the colour of the first tag."""
    coder: str
    status: Status
    created_at: str
    updated_at: str
    tags: tuple[str, ...] = ()
    """Paths, in the order in which they were given."""
    starred: bool = False

    @property
    def span(self) -> Span:
        """Where it lies."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Revision:
    """One of the texts that a document has had."""

    number: int
    """Its place among them, from 1."""
    id: str
    """The SHA-256 of the canonical text, hexadecimal."""
    length: int
    """Code points."""
    made_at: str
    current: bool
    """Whether it is the text that the document has now."""
    highlights: int
    """How many highlights lie in it: on an earlier one, those that are lost."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the highlights of a document that got another text."""

    revision: int
    """The number of that text among the document's."""
    placed: int = 0
    moved: int = 0
    lost: int = 0
    empty: bool = False
    """Whether there is nothing in that text."""


@dataclass(frozen=True, slots=True)
class Displaced:
    """A highlight that is moved or lost and that nobody has looked at since."""

    highlight: Highlight
    """As it is now; a lost one keeps the place that it had."""
    revision: int
    """The number of the text in which it was before; 0: a text that the library never had."""
    start: int
    """Where it was in that text."""
    end: int
    quote: str
    """What it was on."""
    prefix: str
    suffix: str
    confidence: float
    """How likely the new place is right; of a lost one, the best that was considered. 0 to 1; 0
    where an import placed it, and it is not known."""
    near: int
    """Where in the current text it is; of a lost one, what stood around it, as far as is known."""


@dataclass(frozen=True, slots=True)
class Tag:
    """An entry of the codebook. ``path`` is unique; ``risk/tiers`` is a child of ``risk``."""

    id: str
    path: str
    description: str
    colour: str
    key: str
    """The digit that applies it, or empty."""
    count: int = 0
    """Highlights that bear this tag itself, over the whole library."""
    inclusion: str = ""
    """When to use it."""
    exclusion: str = ""
    """When not to, although it looks like it."""
    note: str = ""
    """A memo."""
    exclusive: bool = False
    """A passage should bear at most one of its children."""
    level: int = 0
    """Its place among its siblings, from 1, where they are ordered (low, medium, high); else 0."""


@dataclass(frozen=True, slots=True)
class TagNames:
    """The tags in the order of the tree, by no more than finding and painting one among thousands
    takes."""

    paths: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did in one go: a group of journal entries, undone as a whole."""

    id: str
    clock: str
    """Hybrid logical clock; sorts by time of doing, across devices."""
    at: str
    """UTC, ISO 8601 with ``Z``."""
    coder: str
    device: str
    name: str
    """The verb: ``highlight``, ``tag``, ``untag``, ``note``, ``remove``, ``import`` ..."""
    undoes: str
    """The act that this one takes back, or empty."""
    undone: bool
    changes: int
    """How many rows it changed."""
    summary: str = ""
    """A sentence without its subject: ``tagged “We must prevent …” with risk/misuse``."""


COLOURS: tuple[str, ...] = (
    "yellow",
    "green",
    "blue",
    "pink",
    "orange",
    "purple",
    "teal",
    "red",
    "brown",
    "grey",
)
"""The named highlight colours; themes give each a shade in which text on it stays readable."""

HIGHLIGHT_COLUMNS: tuple[str, ...] = (
    "id",
    "document",
    "title",
    "source",
    "start",
    "end",
    "quote",
    "tags",
    "note",
    "colour",
    "coder",
    "status",
    "created_at",
    "updated_at",
    "revision",
)
"""A highlight as a row, in every table and JSON object: ``document`` is the id of its document,
``title`` and ``source`` are the document's."""
