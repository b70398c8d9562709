"""Word's XML: elements and attributes by their names, and the styles of paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotations.formats.markup import name_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_STEPS = 20
"""Styles that are based on each other."""


class Styles:
    """The paragraph styles of a document.

    Args:
        sheet: the root of ``word/styles.xml``; None where there is none.
    """

    def __init__(self, sheet: Element | None) -> None:
        self._styles = {
            value_of(style, "styleid"): style
            for style in (sheet if sheet is not None else ())
            if name_of(style) == "style"
        }

    def properties(self, paragraph: Element) -> Iterator[tuple[str, Element | None]]:
        """What is said of a paragraph, the nearest first: by itself, by its style, by the style
        that this is based on, and so on; each with the style's name."""
        own = child_of(paragraph, "ppr")
        name = value_of(child_of(own, "pstyle"), "val")
        yield name, own
        for _ in range(_MOST_STEPS):
            style = self._styles.get(name)
            if style is None:
                return
            yield name, child_of(style, "ppr")
            name = value_of(child_of(style, "basedon"), "val")


def child_of(element: Element | None, name: str) -> Element | None:
    """The first child of a name, in small letters without its namespace."""
    children = element if element is not None else ()
    return next((child for child in children if name_of(child) == name), None)


def value_of(element: Element | None, name: str) -> str:
    """An attribute by its name in small letters, without its namespace; empty where it is not."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2].lower() == name:
            return str(value)
    return ""
