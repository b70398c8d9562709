"""The text of a fragment of HTML, with the way from counts in the bare text to it.

Other programs count positions in what is left of a page when its tags are taken away, where the
paragraphs run into each other. Here they are set apart, and the shift is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from annotations.exchange.htmltokens import tokens
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
_LISTS = frozenset(("ul", "ol", "table"))
_UNSEEN = frozenset(("script", "style", "template", "title"))
_LINES = frozenset(("br",))
_CELLS = frozenset(("td", "th"))
_DEEPEST = 256
"""Open elements that are remembered."""


@dataclass(frozen=True, slots=True)
class HtmlText:
    """A fragment's text in two forms."""

    text: str
    """Paragraphs set apart by a blank line."""
    bare: str
    """All character data, one after the other."""
    blocks: tuple[tuple[int, BlockKind, int], ...]
    """Start in ``text``, kind and level of every block."""
    _shifts: tuple[tuple[int, int, int], ...]
    """Place in ``bare``, place in ``text`` and length in ``text`` of every run of character data;
    of one that is not shown the length is 0."""

    def place(self, bare: int, end: bool = False) -> int:
        """Where a place in ``bare`` lies in ``text``, both in code points.

        Args:
            bare: At most the length of ``bare``.
            end: The place ends something: where two runs meet it belongs to the first of them.
        """
        run = bisect_right(self._shifts, bare - (1 if end and bare else 0), key=itemgetter(0)) - 1
        if run < 0:
            return 0
        start, shifted, length = self._shifts[run]
        return shifted + min(bare - start, length)

    def passages(self) -> Iterator[Passage]:
        """The text in passages, with the blocks that its markup says."""
        starts = [0, *(start for start, _, _ in self.blocks[1:]), len(self.text)]
        return gather(
            Piece(self.text[start:end], kind, level)
            for (_, kind, level), (start, end) in zip(self.blocks, pairwise(starts), strict=True)
        )


def parse(html: str) -> HtmlText:
    """Read a fragment; what is malformed is read as browsers do, nothing is refused."""
    reading = _Reading()
    for token in tokens(html):
        if isinstance(token, str):
            reading.data(token)
        elif token.is_end:
            reading.end(token.name)
        else:
            reading.start(token.name)
    blocks = reading.blocks or [(0, BlockKind.PARAGRAPH, 0)]
    return HtmlText(
        "".join(reading.shown), "".join(reading.bare), tuple(blocks), tuple(reading.shifts)
    )


def text_of_html(html: str) -> str:
    """The text alone, without blanks at its ends."""
    return parse(html).text.strip()


class _Reading:
    """A fragment as far as it has been read."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.bare: list[str] = []
        self.blocks: list[tuple[int, BlockKind, int]] = []
        self.shifts: list[tuple[int, int, int]] = []
        self._open: list[str] = []
        self._bare_length = 0
        self._shown_length = 0
        self._hidden = 0
        self._gap = ""

    def start(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._hidden += 1
        if tag in _KINDS or tag in _LISTS:
            if self._open[-1:] == [tag] and tag in ("li", "tr"):
                self._open.pop()  # its end may be left out
            if len(self._open) < _DEEPEST:
                self._open.append(tag)
        self._part(tag)

    def end(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._hidden = max(0, self._hidden - 1)
        if _is_block(tag):
            self._part(tag)
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def data(self, data: str) -> None:
        self.bare.append(data)
        shown = "" if self._hidden else self._after_gap(data.replace("\r", "\n"))
        self.shifts.append((self._bare_length, self._shown_length, len(shown)))
        self._bare_length += len(data)
        self._show(shown)

    def _after_gap(self, data: str) -> str:
        """``data`` with what parts it from the text before already shown."""
        # Blanks between blocks are the source's layout, not the text's.
        if len(self._gap) > 1 and not data.strip():
            return ""
        if len(self._gap) > 1 or not self.blocks:
            self._show(self._gap if self.blocks else "")
            kinds = (_KINDS[tag] for tag in reversed(self._open) if tag in _KINDS)
            kind, level = next(kinds, (BlockKind.PARAGRAPH, 0))
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
