"""A text plus spans: what a file becomes, what is laid out and what is pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The code points ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

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

    def within(self, start: int, end: int) -> Mark:
        """What of it lies between ``start`` and ``end``, counted from ``start``."""
        return Mark(
            max(self.start, start) - start, min(self.end, end) - start, self.kind, self.value
        )


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

    def unmarked(self, start: int, end: int) -> str:
        """The text between two of its own offsets, without the markup that no page shows."""
        hidden = [
            (mark.start, mark.end)
            for mark in self.marks
            if mark.kind is MarkKind.MARKUP and mark.start < end and mark.end > start
        ]
        parts = []
        for first, last in sorted(hidden):
            parts.append(self.text[start:first])
            start = max(start, last)
        return "".join([*parts, self.text[start:end]])
