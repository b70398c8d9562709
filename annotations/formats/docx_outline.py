"""Which paragraphs of a Word document are headings, whatever their styles are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.formats.docx_numbering import child_of, value_of
from annotations.formats.markup import name_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_STEPS = 20
"""Styles that are based on each other."""
_LEVELS = "012345678"
"""Of the outline as Word writes them; what is above them is no heading."""
_DEEPEST = 6
_LONGEST = 200
"""Code points; a longer paragraph is a clause that has a place in the outline, and no heading."""


class Outline:
    """The levels of paragraphs, by themselves or by their styles.

    Args:
        styles: the root of ``word/styles.xml``; None where there is none.
    """

    def __init__(self, styles: Element | None) -> None:
        self._styles = {
            value_of(style, "styleid"): style
            for style in (styles if styles is not None else ())
            if name_of(style) == "style"
        }

    def level(self, paragraph: Element) -> int:
        """The level of a heading, from 1; 0 for a paragraph that is none."""
        properties = child_of(paragraph, "ppr")
        written = self._written(properties)
        if len(written) != 1 or written not in _LEVELS:
            return 0
        length = sum(len(text.text or "") for text in paragraph.iter() if name_of(text) == "t")
        return min(int(written) + 1, _DEEPEST) if 0 < length <= _LONGEST else 0

    def _written(self, properties: Element | None) -> str:
        """The level as the file has it, counted from 0; empty where it has none."""
        style = value_of(child_of(properties, "pstyle"), "val")
        for _ in range(_MOST_STEPS):
            if level := value_of(child_of(properties, "outlinelvl"), "val"):
                return level
            element = self._styles.get(style)
            if element is None:
                break
            properties = child_of(element, "ppr")
            style = value_of(child_of(element, "basedon"), "val")
        return ""
