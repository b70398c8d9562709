"""Gathers blocks into passages, whatever format they come from.

A reader yields pieces, one a block; what leaves is passages of about 8 KB whose blocks tile them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from annotations.model import Block, BlockKind, Mark, Passage

PASSAGE = 8_192
"""Code points that a passage has at least, unless it is the last."""
LONGEST_BLOCK = 65_536
"""Code points; what is longer is cut, so that one line of a gigabyte can be read in pieces."""

_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Piece:
    """One block with its text, the blank lines after it, and the marks in it."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marks: tuple[Mark, ...] = ()
    """With offsets from the start of ``text``."""
    continues: bool = False
    """The piece before is the same block."""


_TIGHT = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})
"""Blocks that follow each other without a blank line."""


def spaced(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """``pieces`` of bare text with the line ends that set blocks apart."""
    before: Piece | None = None
    for piece in pieces:
        if before is not None:
            tight = before.kind is piece.kind and piece.kind in _TIGHT
            gap = "" if piece.continues else "\n" if tight else "\n\n"
            yield replace(before, text=before.text + gap)
        before = piece
    if before is not None:
        yield replace(before, text=before.text + "\n")


def gather(pieces: Iterable[Piece]) -> Iterator[Passage]:
    """The passages that hold ``pieces``, in order; empty pieces are dropped."""
    start = length = 0
    texts: list[str] = []
    blocks: list[Block] = []
    marks: list[Mark] = []
    for piece in _cut(pieces):
        end = length + len(piece.text)
        texts.append(piece.text)
        blocks.append(Block(length, end, piece.kind, piece.level, piece.continues))
        if piece.marks:
            marks += [replace(m, start=m.start + length, end=m.end + length) for m in piece.marks]
        length = end
        if length >= PASSAGE:
            yield Passage(start, "".join(texts), tuple(blocks), tuple(marks))
            start += length
            length = 0
            texts, blocks, marks = [], [], []
    if texts:
        yield Passage(start, "".join(texts), tuple(blocks), tuple(marks))


def _cut(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """``pieces`` with each that is too long cut into several that continue each other."""
    for piece in pieces:
        rest = piece
        while len(rest.text) > LONGEST_BLOCK:
            place = blank_before(rest.text, LONGEST_BLOCK)
            yield replace(rest, text=rest.text[:place], marks=_within(rest.marks, 0, place))
            # An empty mark at the very end belongs to the last part.
            marks = _within(rest.marks, place, len(rest.text) + 1)
            rest = replace(rest, text=rest.text[place:], marks=marks, continues=True)
        if rest.text:
            yield rest


def _within(marks: tuple[Mark, ...], start: int, end: int) -> tuple[Mark, ...]:
    """The parts of ``marks`` between ``start`` and ``end``, counted from ``start``."""
    return tuple(
        replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
        for mark in marks
        if mark.start < end and (mark.end > start or mark.start == mark.end >= start)
    )


def blank_before(text: str, limit: int) -> int:
    """The place at or before ``limit`` where ``text`` is best cut: after a line, after a blank.

    Where the last half has neither, it is cut between two characters, but not inside one that the
    reader sees as one.
    """
    for blank in ("\n", " ", "\t"):
        place = text.rfind(blank, limit // 2, limit) + 1
        if place:
            return place
    place = limit
    while place > limit // 2 and _joined(text, place):
        place -= 1
    return place


def _joined(text: str, place: int) -> bool:
    """Whether the characters around ``place`` may be one cluster (UAX 29, roughly)."""
    before, after = text[place - 1], text[place]
    return (
        _JOINER in (before, after)
        or unicodedata.category(after) in ("Mn", "Me", "Mc", "Cf", "Sk")
        or ("\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= after <= "\U0001f1ff")
    )
