"""The text of a fragment of HTML, with the way from counts in the bare text to it.

Other programs count positions in what is left of a page when its tags are taken away, where the
paragraphs run into each other. Here they are set apart, and the shift is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from html.parser import HTMLParser
from operator import itemgetter

_is_block = re.compile(
    r"address|article|aside|blockquote|body|center|dd|details|dialog|"
    r"dir|div|dl|dt|fieldset|figcaption|figure|footer|form|h1|h2|"
    r"h3|h4|h5|h6|header|hgroup|hr|html|legend|li|main|menu|"
    r"nav|ol|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
).fullmatch
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
        return shifted + bare - start


def parse(html: str) -> HtmlText:
    """Read a fragment; what is malformed is read as browsers do, nothing is refused."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return HtmlText("".join(parser.shown), "".join(parser.bare), tuple(parser.shifts))


def text_of_html(html: str) -> str:
    """The text alone, without blanks at its ends."""
    return parse(html).text.strip()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self.bare: list[str] = []
        self.shifts: list[tuple[int, int]] = []
        self._bare_length = 0
        self._shown_length = 0
        self._hidden = 0
        self._gap = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._hidden += 1
        self._part(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._hidden = max(0, self._hidden - 1)
        if _is_block(tag):
            self._part(tag)

    def handle_data(self, data: str) -> None:
        self.bare.append(data)
        length = len(data)
        if not self._hidden:
            # Blanks between blocks are the source's layout, not the text's.
            if self._gap and not data.strip() and len(self._gap) > 1:
                data = ""
            else:
                self._show(self._gap)
                self._gap = ""
        else:
            data = ""
        self.shifts.append((self._bare_length, self._shown_length))
        self._bare_length += length
        self._show(data)

    def _show(self, text: str) -> None:
        if text and (self._shown_length or text.strip("\n")):
            self.shown.append(text)
            self._shown_length += len(text)

    def _part(self, tag: str) -> None:
        if _is_block(tag):
            self._gap = "\n\n"
        elif tag in _LINES and len(self._gap) < 2:
            self._gap += "\n"
        elif tag in _CELLS and not self._gap:
            self._gap = "\t"
