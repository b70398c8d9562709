"""The blocks of a plain text: paragraphs, lists, quotations, headings, verse and tables.

Plain text says nothing about itself, so each stanza is judged by its own lines and by the habits
of the stretch that it stands in. The text itself is never changed: a paragraph that was wrapped,
or that a page break cut in two, is one block whose text holds line ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from annotations.model import Block, BlockKind, Mark, MarkKind
from annotations.text.filling import measure, paragraphs
from annotations.text.headings import hashes, headings
from annotations.text.lines import (
    NARROWEST_MEASURE,
    WIDEST_MEASURE,
    ends_sentence,
    indent,
    quote_prefix,
)
from annotations.text.pages import Turn, turns, without_running_lines
from annotations.text.stanzas import LONGEST_VERSE, Stanza, apart, part, split

_ITEM = re.compile(
    r"[ \t]*(?:[-*+•‣◦▪●○■□–·]|\(?(?:\d{1,3}|[a-z]|[ivxlc]{2,6})[.)]|\(?[A-Z]\)|o(?=  )"
    r"|\d{1,3}(?:\.\d{1,3}){1,4}\.?)"
    r"[ \t\u00a0]+(?=\S)(?=.*\w)"
)
_BULLET = re.compile(r"[ \t]*[•‣◦▪●○■□][ \t\u00a0]+(?=\S)")
"""What is nothing else: a dash or a number may begin a line by chance."""
_STROKES = "|+─━│┃┌┏└┗├┣═║╔╚╠"
_SOLID = frozenset(_STROKES)
_TABLE_SIGN = re.compile(rf"\t| {{3}}|(?:\. ?){{4}}|[{_STROKES}]")
_LEADER = re.compile(r"(?:\. ?){4}\s*[\divxlc]+\s*\Z", re.IGNORECASE)
"""In a table of contents, before the page's number."""
_FAR_IN = 24
"""Cells of an indent that sets a line under the last column of the line above."""
_LONG_ENOUGH_TO_BREAK = 60
"""Code points that a paragraph has at least before a page break cuts it in two."""
_UNDERLINE = re.compile(r"\n[ \t]*[=\-~]{3,}[ \t]*(?=\n|\Z)")


class _Start(NamedTuple):
    """A block before its end is known."""

    offset: int
    kind: BlockKind
    level: int = 0


def plain_blocks(text: str, *, opening: bool = False) -> tuple[Block, ...]:
    """The blocks of a stretch of plain text; they tile it.

    Args:
        text: whole lines; a stretch of some kilobytes shows its habits better than one line.
        opening: whether the stretch begins the document, so that its title may be in it.

    Returns:
        Blocks with offsets from the start of ``text``; none for an empty text.
    """
    if not text:
        return ()
    if text.isspace():
        return (Block(0, len(text)),)
    starts = _starts(text, opening=opening) or [_Start(0, BlockKind.PARAGRAPH)]
    starts[0] = starts[0]._replace(offset=0)
    ends = [start.offset for start in starts[1:]] + [len(text)]
    return tuple(
        Block(start.offset, end, start.kind, start.level)
        for start, end in zip(starts, ends, strict=True)
    )


def plain_marks(text: str, blocks: Sequence[Block]) -> tuple[Mark, ...]:
    """The markup of a plain text: quote marks of mail, rules under headings, running heads.

    Args:
        text: the stretch that ``blocks`` were found in.
        blocks: as :func:`plain_blocks` gave them.
    """
    marks: list[Mark] = []
    pages = turns(text)
    for block in blocks:
        if block.kind is BlockKind.QUOTATION:
            offset = block.start
            for line in text[block.start : block.end].split("\n"):
                if prefix := quote_prefix(line):
                    marks.append(Mark(offset, offset + len(prefix), MarkKind.MARKUP))
                offset += len(line) + 1
        elif block.kind is BlockKind.HEADING and (
            rule := _UNDERLINE.search(text, block.start, block.end)
        ):
            marks.append(Mark(rule.start(), rule.end(), MarkKind.MARKUP))
        elif block.kind is BlockKind.HEADING and (lead := hashes(text[block.start : block.end])):
            marks.append(Mark(block.start, block.start + lead, MarkKind.MARKUP))
        if pages:
            marks += _running_lines(text, block, pages)
    return tuple(marks)


def _running_lines(text: str, block: Block, pages: Sequence[Turn]) -> list[Mark]:
    """The heads and feet inside ``block``, as markup."""
    spans: list[tuple[int, int]] = []
    first = bisect_left(pages, (block.start,))
    for turn in (pages[index] for index in range(first, len(pages))):
        if turn.end > block.end:
            break
        if block.kind is BlockKind.PAGE_BREAK:
            spans += [(turn.start, turn.feed), (turn.feed + 1, turn.end)]
        elif turn.end - turn.start > 1:
            after = text[turn.end : block.end]
            spans.append((turn.start, turn.end + len(after) - len(after.lstrip())))
    return [Mark(start, end, MarkKind.MARKUP) for start, end in spans if start < end]


def _starts(text: str, *, opening: bool) -> list[_Start]:
    pages = turns(text)
    stanzas = split(without_running_lines(text, pages))
    starts_of_turns = {turn.feed: turn.start for turn in pages}
    width = measure(stanzas)
    levels = headings(stanzas, opening=opening)
    starts: list[_Start] = []
    before: Stanza | None = None
    for index, stanza in enumerate(stanzas):
        level = levels.get(index)
        found = (
            [_Start(stanza.start, BlockKind.HEADING, level)]
            if level
            else _stanza_starts(stanza, width)
        )
        if before is not None and _goes_on(before, starts[-1], stanza, found[0]):
            found = found[1:]
        elif text[stanza.start] == "\f":
            after = stanza.start + len(stanza.lines[0]) - len(stanza.lines[0].lstrip("\f"))
            starts.append(_Start(stanza.start, BlockKind.PAGE_BREAK))
            found[0] = found[0]._replace(offset=after)
        else:
            above = text.find("\n", before.starts[-1]) if before else 0
            if (feed := text.find("\f", above, stanza.start)) >= 0:
                starts.append(_Start(starts_of_turns[feed], BlockKind.PAGE_BREAK))
        starts += found
        before = stanza
    return _nested(text, starts)


def _goes_on(before: Stanza, start: _Start, stanza: Stanza, first: _Start) -> bool:
    """Whether a page break cut one paragraph into the last of ``before`` and ``stanza``."""
    if (
        start.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        or first.kind is not BlockKind.PARAGRAPH
        or before.quoted
    ):
        return False
    end = before.starts[-1] + len(before.lines[-1])
    line = before.lines[-1].rstrip()
    return (
        end - start.offset >= _LONG_ENOUGH_TO_BREAK
        and (stanza.start > end + 1 or stanza.lines[0][0] == "\f")
        and (line[-1].isalnum() or line[-1] in ",-–—")
        and stanza.lines[0].lstrip()[:1].islower()
    )


def _stanza_starts(stanza: Stanza, width: int) -> list[_Start]:
    """The blocks of one stanza that is no heading."""
    if stanza.quoted:
        return [
            _Start(start.offset, BlockKind.QUOTATION, stanza.quoted)
            for start in _prose_starts(stanza, width, alone=True)
        ]
    if len(stanza.lines) > 1 and (table := _table_starts(stanza)):
        return table
    items = _item_lines(stanza)
    if not items:
        return _prose_starts(stanza, width)
    starts = _prose_starts(part(stanza, 0, items[0]), width) if items[0] else []
    for first, following in pairwise([*items, len(stanza.lines)]):
        starts += _item_starts(part(stanza, first, following), width)
    return starts


def _table_starts(stanza: Stanza) -> list[_Start]:
    """A row a line where tabs part the cells, one verse where blanks or rules draw a table."""
    if _TABLE_SIGN.search("\n".join(stanza.lines)) is None:
        return []
    enough = len(stanza.lines) * 3 / 5
    if sum("\t" in line and "\t" in line.strip() for line in stanza.lines) >= enough:
        return [_Start(start, BlockKind.TABLE_ROW) for start in stanza.starts]
    drawn = sum(map(_is_drawn, stanza.lines))
    if drawn:
        drawn += sum(map(_is_far_in, stanza.lines))
    if drawn >= enough or all(map(_is_far_in, stanza.lines)):
        return [_Start(stanza.start, BlockKind.VERSE)]
    return []


def drawn(lines: Sequence[str]) -> bool:
    """Whether lines are a table that is drawn with blanks or strokes."""
    return 5 * sum(map(_is_drawn, lines)) >= 3 * len(lines)


def _is_drawn(line: str) -> bool:
    """Whether the line has columns, set apart by blanks, strokes or dots."""
    bare = line.strip()
    leads = len(bare) <= WIDEST_MEASURE and _LEADER.search(bare) is not None
    return leads or bare[:1] in _SOLID or "   " in bare


def _is_far_in(line: str) -> bool:
    """Whether the line stands by itself at the right, or in the middle."""
    return indent(line) >= _FAR_IN and len(line.strip()) < NARROWEST_MEASURE


def _item_lines(stanza: Stanza) -> list[int]:
    """The lines that begin list items.

    A wrapped line may begin with a dash or a number by chance: below the first line of a stanza
    that is no list, an item needs a line before it that announces one.
    """
    lines = stanza.lines
    listed = _ITEM.match(lines[0]) is not None
    found = [0] if listed else []
    for number, (above, line) in enumerate(pairwise(lines), 1):
        announced = listed or above.rstrip().endswith((":", "："))
        if _BULLET.match(line) or (announced and _ITEM.match(line)):
            listed = True
            found.append(number)
    return found


def _item_starts(stanza: Stanza, width: int) -> list[_Start]:
    """A list item, and the lines below it that are no part of it."""
    item = _Start(stanza.start, BlockKind.LIST_ITEM, 1)
    if len(stanza.lines) == 1:
        return [item]
    margin = indent(stanza.lines[0])
    hanging = 1
    while hanging < len(stanza.lines) and indent(stanza.lines[hanging]) > margin:
        hanging += 1
    if hanging == len(stanza.lines):
        return [item]
    if hanging > 1:
        return [item, *_prose_starts(part(stanza, hanging, len(stanza.lines)), width)]
    if not any(map(ends_sentence, stanza.lines[:-1])):
        return [item]
    first, *others = _prose_starts(stanza, width, alone=True)
    return [item._replace(offset=first.offset), *others]


def _prose_starts(stanza: Stanza, width: int, *, alone: bool = False) -> list[_Start]:
    """Paragraphs or verse; ``alone`` gives each unfilled line a block instead of a common one."""
    first_lines = paragraphs(stanza.lines, width)
    if first_lines is not None:
        return [_Start(stanza.starts[number], BlockKind.PARAGRAPH) for number in first_lines]
    lines = stanza.lines
    sentences = sum(map(ends_sentence, lines))
    if alone or len(lines) > LONGEST_VERSE:
        return [_Start(start, BlockKind.PARAGRAPH) for start in stanza.starts]
    if sentences * 10 < len(lines) * 7:
        return [_Start(stanza.start, BlockKind.VERSE)]
    return [
        _Start(piece.start, BlockKind.PARAGRAPH if len(piece.lines) == 1 else BlockKind.VERSE)
        for piece in apart(stanza)
    ]


def _nested(text: str, starts: list[_Start]) -> list[_Start]:
    """``starts`` with the list items' levels, by their indents within each run of items."""
    margins: list[int] = []
    nested: list[_Start] = []
    for start in starts:
        if start.kind is BlockKind.LIST_ITEM:
            end = text.find("\n", start.offset)
            margin = indent(text[start.offset : end if end >= 0 else len(text)])
            while margins and margin <= margins[-1] - 1:
                margins.pop()
            if not margins or margin >= margins[-1] + 2:
                margins.append(margin)
            start = start._replace(level=min(len(margins), 6))
        elif start.kind is not BlockKind.PAGE_BREAK:
            margins.clear()
        nested.append(start)
    return nested
