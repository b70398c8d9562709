"""Writes canonical text for formats whose files hold markup rather than text.

A reader says what begins and ends and hands over the words; white space is collapsed as CSS does,
blocks are set apart by blank lines, and marks that run over several blocks are cut at their edges.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from operator import attrgetter

from annotations.formats.passages import Piece
from annotations.model import BlockKind, Mark, MarkKind

_BLANKS = re.compile(r" *[\t\n\r\f][ \t\n\r\f]*| {2,}")
"""What CSS shows as one blank and is none yet."""
_MAY_BE_EMPTY = frozenset({MarkKind.ANCHOR, MarkKind.PAGE})
_DEEPEST = 6


@dataclass(slots=True)
class _Open:
    """A mark whose end has not come yet."""

    kind: MarkKind
    value: str
    start: int = -1
    """Where its first character is in the open block; -1 before there is one."""


class Composer:
    """Text in the making: blocks one after another, marks nested in each other."""

    def __init__(self) -> None:
        self._done: list[Piece] = []
        self._text: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._open: list[_Open] = []
        self._kind = BlockKind.PARAGRAPH
        self._level = 0
        self._blank = False
        """A blank is due before the next word."""
        self._lead = 0
        """Code points of the list marker that the block began with."""
        self._anchors: list[str] = []
        """Names of the place where the next word will stand."""

    @property
    def is_empty(self) -> bool:
        """Whether the open block holds nothing yet but its list marker."""
        return self._length == self._lead

    @property
    def kind(self) -> BlockKind:
        """The kind of the open block."""
        return self._kind

    def begin(self, kind: BlockKind, level: int = 0, lead: str = "") -> None:
        """Close the open block and begin another.

        Args:
            kind: what it is.
            level: as in :class:`~annotations.model.Block`; at most 6 is kept.
            lead: the list marker, with the blank after it.
        """
        self.end()
        self._kind, self._level = kind, min(level, _DEEPEST)
        if lead:
            self._text.append(lead)
            self._length = self._lead = len(lead)

    def end(self) -> None:
        """Close the open block; a list marker alone is no block."""
        marked = [mark for mark in self._open if mark.start >= 0]
        for mark in marked:
            self._close(mark)
            mark.start = -1
        self._blank = False
        if not self.is_empty:
            self._finish()
        self._text, self._marks = [], []
        self._length = self._lead = 0
        self._kind, self._level = BlockKind.PARAGRAPH, 0

    def write(self, text: str) -> None:
        """Add words; white space is collapsed, and dropped at the block's edges."""
        words = _BLANKS.sub(" ", text)
        if words.startswith(" "):
            self._blank = self._blank or not self._is_at_edge
            words = words[1:]
        if not words:
            return
        trailing = words.endswith(" ")
        if trailing:
            words = words[:-1]
        if self._blank:
            self._append(" ")
        self._start_marks()
        self._append(words)
        self._blank = trailing

    def write_exactly(self, text: str) -> None:
        """Add text whose blanks and line ends count."""
        if text:
            self._flush_blank()
            self._start_marks()
            self._append(text.replace("\r\n", "\n").replace("\r", "\n"))

    def break_line(self) -> None:
        """A line end that the author made: a paragraph with one becomes verse."""
        if self.is_empty:
            return
        if self._kind is BlockKind.TABLE_ROW:
            self._blank = True
            return
        self._blank = False
        self._append("\n")
        if self._kind in (BlockKind.PARAGRAPH, BlockKind.QUOTATION):
            self._kind, self._level = BlockKind.VERSE, 0

    def next_cell(self) -> None:
        """The end of a cell in a table row."""
        self._blank = False
        self._append("\t")

    def open_mark(self, kind: MarkKind, value: str = "") -> None:
        """Begin a mark; it starts at the next word."""
        self._open.append(_Open(kind, value))

    def close_mark(self) -> None:
        """End the mark that was opened last."""
        mark = self._open.pop()
        if mark.start >= 0:
            self._close(mark)

    def anchor(self, name: str) -> None:
        """Name the place of the next word, up to the end of its block."""
        self._anchors.append(name)

    def page(self, label: str) -> None:
        """Mark that a page begins here."""
        self._marks.append(Mark(self._length, self._length, MarkKind.PAGE, label))

    def finish(self) -> list[Piece]:
        """Close the open block and give all blocks, without the line ends between them."""
        self.end()
        taken, self._done = self._done, []
        return taken

    @property
    def _is_at_edge(self) -> bool:
        return self.is_empty or self._text[-1][-1] in "\n\t"

    def _append(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)

    def _flush_blank(self) -> None:
        if self._blank:
            self._append(" ")
            self._blank = False

    def _start_marks(self) -> None:
        for mark in self._open:
            if mark.start < 0:
                mark.start = self._length
        for name in self._anchors:
            self._marks.append(Mark(self._length, -1, MarkKind.ANCHOR, name))
        self._anchors.clear()

    def _close(self, mark: _Open) -> None:
        if mark.start < self._length or mark.kind in _MAY_BE_EMPTY:
            self._marks.append(Mark(mark.start, self._length, mark.kind, mark.value))

    def _finish(self) -> None:
        """Add the open block to those that are done."""
        text = "".join(self._text).rstrip("\n\t " if self._kind is not BlockKind.CODE else "\n")
        if len(text) <= self._lead:
            return
        end = len(text)
        cut = [replace(m, end=end if m.end < 0 else min(m.end, end)) for m in self._marks]
        kept = (m for m in cut if m.start < m.end or (m.start == m.end and m.kind in _MAY_BE_EMPTY))
        marks = tuple(sorted(kept, key=attrgetter("start", "end")))
        self._done.append(Piece(text, self._kind, self._level, marks))
