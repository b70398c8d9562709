"""The text of a fragment of HTML, with the way from counts in the bare text to it.

Other programs count positions in what is left of a page when its tags are taken away, where the
paragraphs run into each other. Here they are set apart, and the shift is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise
from operator import itemgetter

from annotations.formats.passages import Piece, gather
from annotations.model import BlockKind, Passage

_is_block = re.compile(
    r"address|article|aside|blockquote|body|center|dd|details|dialog|"
    r"dir|div|dl|dt|fieldset|figcaption|figure|footer|form|h1|h2|"
    r"h3|h4|h5|h6|header|hgroup|hr|html|legend|li|main|menu|"
    r"nav|ol|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
).fullmatch
_KINDS = {
    **{f"h{level}": (BlockKind.HEADING, level) for level in range(1, 7)},
    "li": (BlockKind.LIST_ITEM, 1),
    "blockquote": (BlockKind.QUOTATION, 1),
    "pre": (BlockKind.CODE, 0),
    "tr": (BlockKind.TABLE_ROW, 0),
}
_UNSEEN = frozenset(("script", "style", "template", "title"))
_LINES = frozenset(("br",))
_CELLS = frozenset(("td", "th"))


@dataclass(frozen=True, slots=True)
class HtmlText:
    """A fragment's text in two forms."""

    text: str
    """Paragraphs set apart by a blank line."""
    bare: str
    """All character data, one after the other."""
    blocks: tuple[tuple[int, BlockKind, int], ...]
    """Start in ``text``, kind and level of every block."""
    _shifts: tuple[tuple[int, int], ...]
    """(place in ``bare``, place in ``text``) of every run of character data."""

    def place(self, bare: int, end: bool = False) -> int:
        """Where a place in ``bare`` lies in ``text``, both in code points.

        Args:
            bare: At most the length of ``bare``.
            end: The place ends something: where two runs meet it belongs to the first of them.
        """
        run = bisect_right(self._shifts, bare - (1 if end and bare else 0), key=itemgetter(0)) - 1
        if run < 0:
            return 0
        start, shifted = self._shifts[run]
        # Inside blanks that are not shown, the place is where they would be.
        following = self._shifts[run + 1][1] if run + 1 < len(self._shifts) else len(self.text)
        return min(shifted + bare - start, following)

    def passages(self) -> Iterator[Passage]:
        """The text in passages, with the blocks that its markup says."""
        starts = [0, *(start for start, _, _ in self.blocks[1:]), len(self.text)]
        return gather(
            Piece(self.text[start:end], kind, level)
            for (_, kind, level), (start, end) in zip(self.blocks, pairwise(starts), strict=True)
        )


def parse(html: str) -> HtmlText:
    """Read a fragment; what is malformed is read as browsers do, nothing is refused."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    blocks = parser.blocks or [(0, BlockKind.PARAGRAPH, 0)]
    return HtmlText(
        "".join(parser.shown), "".join(parser.bare), tuple(blocks), tuple(parser.shifts)
    )


def text_of_html(html: str) -> str:
    """The text alone, without blanks at its ends."""
    return parse(html).text.strip()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self.bare: list[str] = []
        self.blocks: list[tuple[int, BlockKind, int]] = []
        self.shifts: list[tuple[int, int]] = []
        self._open: list[str] = []
        self._bare_length = 0
        self._shown_length = 0
        self._hidden = 0
        self._gap = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._hidden += 1
        if tag in _KINDS:
            self._open.append(tag)
        self._part(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._hidden = max(0, self._hidden - 1)
        if _is_block(tag):
            self._part(tag)
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.bare.append(data)
        shown = "" if self._hidden else self._after_gap(data.replace("\r", "\n"))
        self.shifts.append((self._bare_length, self._shown_length))
        self._bare_length += len(data)
        self._show(shown)

    def _after_gap(self, data: str) -> str:
        """``data`` with what parts it from the text before already shown."""
        # Blanks between blocks are the source's layout, not the text's.
        if len(self._gap) > 1 and not data.strip():
            return ""
        if len(self._gap) > 1 or not self.blocks:
            self._show(self._gap if self.blocks else "")
            kind, level = _KINDS[self._open[-1]] if self._open else (BlockKind.PARAGRAPH, 0)
            self.blocks.append((self._shown_length, kind, level))
        else:
            self._show(self._gap)
        self._gap = ""
        return data

    def _show(self, text: str) -> None:
        if text:
            self.shown.append(text)
            self._shown_length += len(text)

    def _part(self, tag: str) -> None:
        if _is_block(tag):
            self._gap = "\n\n"
        elif tag in _LINES and len(self._gap) < 2:
            self._gap += "\n"
        elif tag in _CELLS and not self._gap:
            self._gap = "\t"
