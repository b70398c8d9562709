"""The styles of an OpenDocument file, as far as they mean something to a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.formats.markup import name_of
from annotations.formats.numerals import numeral
from annotations.model import BlockKind, MarkKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
OUTLINE = ""
"""The style that headings are numbered by; no list's style is called so."""
_LONGEST_AFFIX = 40
"""Code points before or after a number; nobody writes more."""
_COUNT = re.compile(r"[0-9]{1,6}")
_DEPTHS = 10
_LONGEST_CHAIN = 20
"""Styles that inherit from each other; a longer chain goes in circles."""
_KINDS = {
    "Quotations": (BlockKind.QUOTATION, 1),
    "Quote": (BlockKind.QUOTATION, 1),
    "Preformatted_20_Text": (BlockKind.CODE, 0),
}
"""What paragraphs are whose style has, or inherits from, one of these names."""
_TITLE = "Title"
"""A style of its own: those of authors and dates inherit from it, and are no titles."""


@dataclass(frozen=True, slots=True)
class _Style:
    """One style; what it leaves open is None, and its parent's."""

    parent: str
    automatic: bool
    """Made by the program for what was formatted by hand in a paragraph of the parent's style."""
    emphasis: bool | None = None
    strong: bool | None = None
    fixed: bool | None = None
    """Set in a fixed-width face."""


@dataclass(frozen=True, slots=True)
class Level:
    """How the items of one level of a list, or headings of one level, are numbered."""

    form: str
    """As ``numeral`` names it; empty for a bullet, and for nothing."""
    prefix: str
    suffix: str
    shown: int
    """How many levels are in the number, this one included."""
    start: int


class Styles:
    """The styles of a document by their names.

    Args:
        parts: roots of the XML files that define styles.
    """

    def __init__(self, parts: Sequence[Element]) -> None:
        self._styles: dict[str, _Style] = {}
        self._numberings: dict[str, dict[int, Level]] = {}
        for part in parts:
            for element in part.iter(f"{_STYLE}style"):
                self._styles[element.get(f"{_STYLE}name") or ""] = _read(element)
            for element in part.iter(f"{_TEXT}list-style"):
                self._numberings.setdefault(element.get(f"{_STYLE}name") or "", {}).update(
                    _levels(element, f"{_TEXT}list-level-style-number")
                )
            for element in part.iter(f"{_TEXT}outline-style"):
                self._numberings[OUTLINE] = _levels(element, f"{_TEXT}outline-level-style")

    def start(self, name: str, level: int) -> int:
        """What a list of this style begins to count with."""
        found = self._numberings.get(name, {}).get(level)
        return found.start if found else 1

    def number(self, name: str, counts: Sequence[int]) -> str:
        """The number of an item as it is written; empty for a bullet, and for nothing.

        Args:
            name: of the list's style, or :data:`OUTLINE` for a heading.
            counts: the numbers of the item and of those that it is in, the outermost first.
        """
        levels = self._numberings.get(name, {})
        own = levels.get(len(counts))
        if own is None or not own.form:
            return ""
        first = max(len(counts) - own.shown, 0)
        forms = (levels.get(depth) for depth in range(first + 1, len(counts) + 1))
        parts = [
            numeral(count, form.form)
            for count, form in zip(counts[first:], forms, strict=True)
            if form and form.form
        ]
        return f"{own.prefix}{'.'.join(parts)}{own.suffix}".strip()

    def kind(self, name: str) -> tuple[BlockKind, int]:
        """What a paragraph of this style is, and its level."""
        named = name
        for ancestor in self._chain(name):
            if not self._styles[ancestor].automatic:
                break
            named = self._styles[ancestor].parent
        if named == _TITLE:
            return BlockKind.HEADING, 1
        found = next((each for each in self._chain(named) if each in _KINDS), named)
        return _KINDS.get(found, (BlockKind.PARAGRAPH, 0))

    def marks(self, name: str) -> list[MarkKind]:
        """The marks that a span of this style bears."""
        styles = [self._styles[ancestor] for ancestor in self._chain(name)]
        found: list[MarkKind] = []
        if next((style.emphasis for style in styles if style.emphasis is not None), False):
            found.append(MarkKind.EMPHASIS)
        if next((style.strong for style in styles if style.strong is not None), False):
            found.append(MarkKind.STRONG)
        if next((style.fixed for style in styles if style.fixed is not None), False):
            found.append(MarkKind.CODE)
        return found

    def _chain(self, name: str) -> Iterator[str]:
        for _ in range(_LONGEST_CHAIN):
            if name not in self._styles:
                return
            yield name
            name = self._styles[name].parent


def _levels(element: Element, name: str) -> dict[int, Level]:
    """The levels of a list's style by their depth, from 1; one that is alone holds for all."""
    levels = {
        _whole(level.get(f"{_TEXT}level"), 1): Level(
            level.get(f"{_STYLE}num-format") or "",
            (level.get(f"{_STYLE}num-prefix") or "")[:_LONGEST_AFFIX],
            (level.get(f"{_STYLE}num-suffix") or "")[:_LONGEST_AFFIX],
            _whole(level.get(f"{_TEXT}display-levels"), 1),
            _whole(level.get(f"{_TEXT}start-value"), 1),
        )
        for level in element.iter(name)
    }
    if len(element) == 1:
        return {depth: level for level in levels.values() for depth in range(1, _DEPTHS + 1)}
    return levels


def _whole(written: str | None, default: int) -> int:
    return int(written) if written and _COUNT.fullmatch(written) else default


def _read(element: Element) -> _Style:
    parent = element.get(f"{_STYLE}parent-style-name") or ""
    above = element.getparent()
    automatic = above is not None and name_of(above) == "automatic-styles"
    properties = next(element.iter(f"{_STYLE}text-properties"), None)
    if properties is None:
        return _Style(parent, automatic)
    slant = properties.get(f"{_FO}font-style")
    weight = properties.get(f"{_FO}font-weight")
    face = properties.get(f"{_STYLE}font-name")
    return _Style(
        parent,
        automatic,
        emphasis=None if slant is None else slant in ("italic", "oblique"),
        strong=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        fixed=None if face is None else "mono" in face.lower() or "courier" in face.lower(),
    )
