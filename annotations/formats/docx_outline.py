"""Which paragraphs of a Word document are headings, whatever their styles are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.formats.docx_styles import Styles, child_of, value_of
from annotations.formats.markup import name_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEVELS = "012345678"
"""Of the outline as Word writes them, counted from 0; what is above them is no heading."""
_DEEPEST = 6
_LONGEST = 200
"""Code points; a longer paragraph is a clause that has a place in the outline, and no heading."""


class Outline:
    """The levels of paragraphs, by themselves or by their styles."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def level(self, paragraph: Element) -> int:
        """The level of a heading, from 1; 0 for a paragraph that is none."""
        found = self._styles.properties(paragraph)
        levels = (value_of(child_of(each, "outlinelvl"), "val") for _, each in found)
        written = next(filter(None, levels), "")
        if len(written) != 1 or written not in _LEVELS:
            return 0
        length = sum(len(text.text or "") for text in paragraph.iter() if name_of(text) == "t")
        return min(int(written) + 1, _DEEPEST) if 0 < length <= _LONGEST else 0
