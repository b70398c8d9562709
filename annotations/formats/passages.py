"""Gathers blocks into passages, whatever format they come from.

A reader yields pieces, one a block; what leaves is passages of about 8 KB whose blocks tile them.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

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
            marks += [Mark(m.start + length, m.end + length, m.kind, m.value) for m in piece.marks]
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
        if len(piece.text) > LONGEST_BLOCK:
            yield from _parts(piece)
        elif piece.text:
            yield piece


def _parts(piece: Piece) -> Iterator[Piece]:
    """``piece``, cut at blanks where it can be; what is marked over a cut is so on both sides."""
    starts = [0]
    while len(piece.text) - starts[-1] > LONGEST_BLOCK:
        window = piece.text[starts[-1] : starts[-1] + LONGEST_BLOCK + 1]
        starts.append(starts[-1] + blank_before(window, LONGEST_BLOCK))
    marks: list[list[Mark]] = [[] for _ in starts]
    for mark in piece.marks:
        first = bisect_right(starts, mark.start) - 1
        for part in range(first, max(bisect_left(starts, mark.end), first + 1)):
            marks[part].append(mark)
    for part, (start, end) in enumerate(pairwise([*starts, len(piece.text)])):
        yield replace(
            piece,
            text=piece.text[start:end],
            marks=tuple(mark.within(start, end) for mark in marks[part]),
            continues=piece.continues or part > 0,
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
