"""What of a block's text is on the page, and where each of its characters lies in the text.

Line ends inside a paragraph become one blank, markup vanishes, control characters become symbols,
tabs in verse and code become blanks. Everything else is shown as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from annotations.model import Block, BlockKind
from annotations.text.east_asian import is_hangul
from annotations.text.graphemes import cluster_width
from annotations.text.symbols import has_unsafe, visible

REFLOWED = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.QUOTATION}
)
"""Kinds whose line ends are not the author's."""

TAB_STOP = 8
"""Cells from one tab stop to the next in verse and code."""

_BLANKS = re.compile(r"[ \t]*\n\s*")
_SUSPENDED = re.compile(r"(?:and|or|to|und|oder|bis|et|ou|y|o|e)\b")
"""After the hyphen in "pre- and post-war"."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as it is shown.

    ``text`` consists of pieces. Piece ``i`` begins at ``indices[i]`` of the text; its characters
    are those from the local offset ``origins[i]`` on, one for one, as far as it goes; characters
    left over on either side belong to the end of the piece.
    """

    text: str
    indices: tuple[int, ...]
    origins: tuple[int, ...]
    end: int
    """The local offset after the last character that is shown."""
    tabs: tuple[int, ...] = ()
    """Where the tabs of a table row are in ``text``, shown as blanks."""

    def local(self, index: int) -> int:
        """The local offset of the character shown at an index (after the last one at the end)."""
        if index >= len(self.text):
            return self.end
        if len(self.indices) == 1:
            origin = self.origins[0]
            local = origin + index
            return local if local < self.end else max(self.end - 1, origin)
        piece = bisect_right(self.indices, index) - 1
        origin = self.origins[piece]
        limit = self.origins[piece + 1] if piece + 1 < len(self.origins) else self.end
        return min(origin + index - self.indices[piece], max(limit - 1, origin))

    def index(self, local: int) -> int:
        """Where the character at a local offset is shown; the next one if it is not."""
        if len(self.indices) == 1:
            index, length = local - self.origins[0], len(self.text)
            return 0 if index < 0 else index if index < length else length
        piece = max(bisect_right(self.origins, local) - 1, 0)
        limit = self.indices[piece + 1] if piece + 1 < len(self.indices) else len(self.text)
        return min(self.indices[piece] + max(local - self.origins[piece], 0), limit)


class _Writer:
    """Collects the pieces."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.indices: list[int] = []
        self.origins: list[int] = []
        self._expected = -1

    def add(self, text: str, local: int, width: int) -> None:
        """Show ``text`` for the ``width`` code points at ``local``."""
        if not self.indices or local != self._expected:
            self.indices.append(self.length)
            self.origins.append(local)
        self._expected = local + width if len(text) == width else -1
        if text:
            self.parts.append(text)
            self.length += len(text)


def _edges(text: str, block: Block) -> tuple[int, int]:
    """The block without the blank lines around it (and, where lines flow, the blanks)."""
    start, end = block.start, block.end
    blank = " \t\n" if block.kind in REFLOWED else "\n"
    while end > start and text[end - 1] in blank:
        end -= 1
    if block.kind in REFLOWED:
        while start < end and text[start] in blank:
            start += 1
    else:
        while start < end and text[start] == "\n":
            start += 1
    return start, end


def _joins_without_blank(text: str, first: int, last: int) -> bool:
    """Whether a line end shows nothing: in scripts without blanks, and after a word's hyphen.

    Korean is as wide as they are, but has blanks (CSS Text 3, 4.1.3).

    Args:
        text: of the stretch.
        first: where the white space begins.
        last: where it ends.
    """
    if text[first - 1] == "-":
        divided = text[first - 2 : first - 1].isalpha() and text[last].isalnum()
        return divided and _SUSPENDED.match(text, last) is None
    before, after = text[first - 1], text[last]
    if is_hangul(before) or is_hangul(after):
        return False
    return cluster_width(before) == 2 and cluster_width(after) == 2


def show(text: str, block: Block, hidden: tuple[tuple[int, int], ...] = ()) -> Shown:
    """How a block is shown.

    Args:
        text: The text of the stretch.
        block: One of its blocks.
        hidden: The spans of markup that touch the block, sorted, not overlapping.
    """
    start, end = _edges(text, block)
    content = text[start:end]
    reflowed = block.kind in REFLOWED
    if not hidden:
        plain = _whole(content, block.kind)
        if plain is not None:
            tabs = _tabs(content) if block.kind is BlockKind.TABLE_ROW else ()
            return Shown(plain, (0,), (start,), end, tabs)
    writer = _Writer()
    at = start
    for first, last in (*hidden, (end, end)):
        first, last = max(first, at), min(max(last, at), end)
        if first > at:
            _write(writer, text, at, min(first, end), reflowed, block.kind)
        at = max(at, last)
    if not writer.indices:
        writer.add("", end, 0)
    shown = Shown("".join(writer.parts), tuple(writer.indices), tuple(writer.origins), end)
    if block.kind is not BlockKind.TABLE_ROW:
        return shown
    return replace(shown, tabs=tuple(shown.index(start + tab) for tab in _tabs(content)))


def _tabs(content: str) -> tuple[int, ...]:
    return tuple(match.start() for match in re.finditer("\t", content))


def _whole(content: str, kind: BlockKind) -> str | None:
    """The content shown character for character, or None where it can't be."""
    if kind in REFLOWED:
        if "\n" in content:
            if any(len(match[0]) > 1 for match in _BLANKS.finditer(content)):
                return None
            if "-\n" in content:
                return None
            if not content.isascii():
                return None
    elif "\t" in content and kind is not BlockKind.TABLE_ROW:
        return None
    if not has_unsafe(content):
        return content
    if kind in REFLOWED or kind is BlockKind.TABLE_ROW:
        return visible(content.replace("\n", " ").replace("\t", " "))
    return "\n".join(map(visible, content.split("\n")))


def _write(
    writer: _Writer, text: str, start: int, end: int, reflowed: bool, kind: BlockKind
) -> None:
    """Show a run without markup."""
    at = start
    if reflowed:
        for match in _BLANKS.finditer(text, start, end):
            first, last = match.span()
            writer.add(visible(text[at:first].replace("\t", " ")), at, first - at)
            joined = first > 0 and last < len(text) and not (first == start and last == end)
            if joined and _joins_without_blank(text, first, last):
                writer.add("", first, last - first)
            else:
                writer.add(" ", first, last - first)
            at = last
        writer.add(visible(text[at:end].replace("\t", " ")), at, end - at)
        return
    if kind is BlockKind.TABLE_ROW:
        writer.add(
            visible(text[start:end].replace("\n", " ").replace("\t", " ")), start, end - start
        )
        return
    column = 0
    for match in re.finditer(r"\t|\n|[^\t\n]+", text[start:end]):
        piece, at = match[0], start + match.start()
        if piece == "\n":
            writer.add("\n", at, 1)
            column = 0
        elif piece == "\t":
            blanks = TAB_STOP - column % TAB_STOP
            writer.add(" " * blanks, at, 1)
            column += blanks
        else:
            writer.add(visible(piece), at, len(piece))
            column += len(piece)
