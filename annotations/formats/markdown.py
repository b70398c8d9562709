"""Markdown: the source is the canonical text, and its delimiters are marked as markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from operator import attrgetter

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from annotations.formats import plain
from annotations.formats.detect import MARKDOWN
from annotations.formats.front_matter import front_matter
from annotations.formats.markdown_inline import inline_marks
from annotations.formats.passages import Piece, gather
from annotations.formats.plain import read_text
from annotations.formats.source import Source
from annotations.model import BlockKind, ImportedDocument, Mark, MarkKind, Passage
from annotations.text.blocks import drawn

LARGEST = 16 * 1024 * 1024
"""Code points that are parsed; a larger file is read as the plain text that it also is."""
_FENCE_END = re.compile(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*\Z")
_QUOTE_PREFIX = re.compile(r"[ \t]*>[ \t>]*")
_HEADING_START = re.compile(r"[ \t>]*#{1,6}[ \t]+")
_NOTE_START = re.compile(r"[ \t>]*\[\^(?P<label>[^\]\s]+)\]:")
_DEFINITION = re.compile(r" {0,3}:[ \t]+\S")
_SPOKEN = frozenset({"text", "code_inline"})
"""The kinds of a heading's tokens whose text is in its name."""
_UNNAMED = re.compile(r"[^\w -]+")


@dataclass(slots=True)
class _Found:
    """A block before its end is known; lines count from 0."""

    line: int
    kind: BlockKind
    level: int = 0
    end: int = 0
    """The line after its own last one; what follows is blank, or belongs to no block."""


def read(source: Source) -> ImportedDocument:
    """The Markdown in ``source``."""
    text, encoding = read_text(source, source.charset)
    if len(text) > LARGEST:
        document = plain.read(source)
        limit = f"larger than {LARGEST // 1024**2} MB: shown as plain text"
        return replace(document, notices=(*document.notices, limit))
    matter, metadata = front_matter(text)
    pieces = _Blocks(text, matter).pieces()
    title = metadata.title or _title(pieces) or source.stem
    described = replace(
        metadata,
        title=title,
        source=metadata.source or source.address,
        media_type=MARKDOWN.media_type,
        path=source.path,
        encoding=encoding.name,
    )
    notices = (encoding.notice,) if encoding.notice else ()
    return ImportedDocument(gather(pieces), described, notices)


def _title(pieces: Sequence[Piece]) -> str:
    """The first heading of level 1, without its markup."""
    for piece in pieces:
        if piece.kind is BlockKind.HEADING and piece.level == 1:
            whole = Passage(0, piece.text, marks=piece.marks)
            return " ".join(whole.unmarked(0, len(piece.text)).split())
    return ""


class _Blocks:
    """The blocks and marks of a Markdown text.

    Args:
        text: canonical text.
        matter: how many code points at its head are fields rather than Markdown.
    """

    def __init__(self, text: str, matter: int) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in self._lines), initial=0))
        self._found: list[_Found] = []
        self._marks: list[Mark] = []
        self._quotes = self._lists = 0
        self._item: int | None = None
        """The line of a list item none of whose blocks has come yet."""
        self._note = ""
        """The label of a footnote none of whose blocks has come yet."""
        self._rules: set[int] = set()
        """The lines of tables that are drawn."""
        self._cell = 0
        """Where in its row the next cell of a table is looked for; an offset in the text."""
        self._names: dict[str, int] = {}
        """Of headings; how many later ones were to be called the same."""
        first = text.count("\n", 0, matter)
        if matter:
            self._found.append(_Found(0, BlockKind.CODE, end=first))
            self._hide(0, matter)
        # Blank lines in place of the fields keep the numbers of the lines below.
        self._source = "\n" * first + text[matter:]

    def pieces(self) -> list[Piece]:
        """The blocks, in order; their texts joined are the text."""
        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
        for token in parser.parse(self._source):
            self._take(token)
        self._hide_the_rest()
        return list(self._cut())

    def _hide(self, start: int, end: int) -> None:
        if start < end:
            self._marks.append(Mark(start, end, MarkKind.MARKUP))

    def _take(self, token: Token) -> None:
        kind = token.type
        if kind == "blockquote_open":
            self._quotes += 1
            if self._quotes == 1 and token.map:
                self._hide_quote_prefixes(*token.map)
        elif kind == "blockquote_close":
            self._quotes -= 1
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self._lists += 1
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._lists -= 1
        elif kind == "table_open" and token.map:
            self._hide_table_rule(token.map[0] + 1)
        elif kind == "list_item_open" and token.map:
            self._item = token.map[0]
        elif kind == "list_item_close" and self._item is not None:
            self._add(self._item, self._item + 1, BlockKind.LIST_ITEM, self._lists)
        elif kind == "footnote_open":
            self._note = str(token.meta.get("label", ""))
        elif kind == "inline":
            self._take_inline(token)
        elif token.map:
            self._take_leaf(token, *token.map)

    def _take_leaf(self, token: Token, line: int, end: int) -> None:
        kind = token.type
        if kind == "paragraph_open":
            if self._item is not None:
                self._add(line, end, BlockKind.LIST_ITEM, self._lists)
            elif self._quotes:
                self._add(line, end, BlockKind.QUOTATION, self._quotes)
            else:
                kind = BlockKind.VERSE if drawn(self._lines[line:end]) else BlockKind.PARAGRAPH
                self._add(line, end, kind)
                self._add_definitions(line + 1, end)
        elif kind == "heading_open":
            self._add(line, end, BlockKind.HEADING, int(token.tag[1]))
        elif kind == "fence":
            self._add(line, end, BlockKind.CODE)
            self._hide(self._starts[line], min(self._starts[line + 1], len(self._text)))
            if end - line > 1 and _FENCE_END.match(self._lines[end - 1]):
                self._hide(self._starts[end - 1], self._line_end(end - 1))
        elif kind in ("code_block", "html_block"):
            self._add(line, end, BlockKind.CODE)
        elif kind == "hr":
            self._add(line, end, BlockKind.PARAGRAPH)
        elif kind == "tr_open":
            self._add(line, end, BlockKind.TABLE_ROW)
            self._cell = self._starts[line]

    def _add_definitions(self, line: int, end: int) -> None:
        """The definitions of a term, each of which begins with a colon (PHP Markdown Extra)."""
        for number in range(line, end):
            if _DEFINITION.match(self._lines[number]):
                self._add(number, end, BlockKind.LIST_ITEM, 1)

    def _add(self, line: int, end: int, kind: BlockKind, level: int = 0) -> None:
        first = line if self._item is None else self._item
        self._item = None
        self._found.append(_Found(first, kind, min(level, 6), end))
        if self._note:
            self._take_note(line, end)

    def _take_note(self, line: int, end: int) -> None:
        """Name the place of a footnote, whose label alone stays to be seen."""
        start = self._starts[line]
        if match := _NOTE_START.match(self._lines[line]):
            label_start, label_end = match.span("label")
            self._hide(start + label_start - 2, start + label_start)
            self._hide(start + label_end, start + match.end())
        self._marks.append(Mark(start, self._line_end(end - 1), MarkKind.ANCHOR, self._note))
        self._note = ""

    def _line_end(self, line: int) -> int:
        return self._starts[line] + len(self._lines[line])

    def _hide_quote_prefixes(self, line: int, end: int) -> None:
        for number in range(line, end):
            if match := _QUOTE_PREFIX.match(self._lines[number]):
                self._hide(self._starts[number], self._starts[number] + match.end())

    def _hide_table_rule(self, line: int) -> None:
        """The second line of a table is drawn, and says how its columns are aligned."""
        self._rules.add(line)
        self._hide(self._line_end(line - 1), self._line_end(line))

    def _take_inline(self, token: Token) -> None:
        """The marks of a paragraph, heading or cell."""
        if not token.map or not token.content or not self._found:
            return
        line, block = token.map[0], self._found[-1]
        if block.kind is BlockKind.TABLE_ROW:
            start = self._text.find(token.content, self._cell, self._line_end(line))
            if start < 0:
                return
            self._cell = start + len(token.content)
            starts = [start]
        else:
            starts = self._content_starts(token.content, line)
            if block.kind is BlockKind.HEADING:
                self._hide_heading_markup(token, block, starts)
                self._name_heading(token, starts[0])
            elif block.kind is BlockKind.PARAGRAPH and _is_broken_by_hand(token):
                block.kind = BlockKind.VERSE
        offsets = list(accumulate((len(part) + 1 for part in token.content.split("\n")), initial=0))
        for mark in inline_marks(token.content, token.children or ()):
            start, end = (_moved(place, offsets, starts) for place in (mark.start, mark.end))
            self._marks.append(replace(mark, start=start, end=end))

    def _content_starts(self, content: str, line: int) -> list[int]:
        """Where in the text each line of a paragraph's content begins.

        Whatever stands before it on its line is the prefix of a list, a quotation or a heading.
        """
        starts: list[int] = []
        for number, part in enumerate(content.split("\n"), line):
            whole = self._lines[number] if number < len(self._lines) else ""
            bare = part.rstrip()
            place = len(whole.rstrip()) - len(bare)
            if not whole.rstrip().endswith(bare):
                prefix = _HEADING_START.match(whole)
                place = max(whole.find(bare, prefix.end() if prefix else 0), 0)
            starts.append(self._starts[min(number, len(self._lines) - 1)] + place)
        return starts

    def _hide_heading_markup(self, token: Token, block: _Found, starts: list[int]) -> None:
        line = token.map[0] if token.map else block.line
        if match := _HEADING_START.match(self._lines[line]):
            self._hide(self._starts[line], self._starts[line] + match.end())
        last = token.content.rpartition("\n")[2].rstrip()
        self._hide(starts[-1] + len(last), self._line_end(block.end - 1))

    def _name_heading(self, token: Token, start: int) -> None:
        """Give a heading the name that links in the text point to."""
        title = "".join(each.content for each in token.children or () if each.type in _SPOKEN)
        name = base = _UNNAMED.sub("", title.strip().lower()).replace(" ", "-")
        if not name:
            return
        while name in self._names:
            self._names[base] += 1
            name = f"{base}-{self._names[base]}"
        self._names[name] = 0
        end = start + len(token.content.partition("\n")[0])
        self._marks.append(Mark(start, end, MarkKind.ANCHOR, name))

    def _hide_the_rest(self) -> None:
        """Definitions of links belong to no block of the page."""
        covered = set(self._rules)
        for found in self._found:
            covered.update(range(found.line, max(found.end, found.line + 1)))
        hidden = {mark.start for mark in self._marks if mark.kind is MarkKind.MARKUP}
        for number, line in enumerate(self._lines):
            known = number in covered or self._starts[number] in hidden
            if line.strip() and not known:
                self._hide(self._starts[number], self._line_end(number))

    def _cut(self) -> Iterator[Piece]:
        """The pieces, each with its own marks."""
        firsts: dict[int, _Found] = {}
        for found in self._found:
            firsts.setdefault(found.line, found)
        blocks = [firsts[line] for line in sorted(firsts)] or [_Found(0, BlockKind.PARAGRAPH)]
        edges = [0, *(self._starts[block.line] for block in blocks[1:]), len(self._text)]
        marks = sorted(self._marks, key=attrgetter("start", "end"))
        taken = 0
        for block, (start, end) in zip(blocks, pairwise(edges), strict=True):
            inside: list[Mark] = []
            while taken < len(marks) and marks[taken].start < end:
                inside.append(marks[taken].within(start, end))
                taken += 1
            yield Piece(self._text[start:end], block.kind, block.level, tuple(inside))


def _is_broken_by_hand(token: Token) -> bool:
    """Whether half of the ends of lines, or more, are said to be the author's."""
    kinds = [child.type for child in token.children or ()]
    return kinds.count("hardbreak") >= max(kinds.count("softbreak"), 1)


def _moved(place: int, offsets: Sequence[int], starts: Sequence[int]) -> int:
    """The offset in the text of ``place`` in a content whose lines begin at ``offsets``."""
    line = min(bisect_right(offsets, place) - 1, len(starts) - 1)
    return starts[line] + place - offsets[line]
