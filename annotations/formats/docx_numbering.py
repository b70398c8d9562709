"""The numbers that Word sets before headings, paragraphs and list items, which are in no text.

Counted as ECMA-376, part 1, 17.9 says: a level's number restarts below a higher one, and all lists
of one abstract definition count on together unless one of them says where it starts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotations.formats.docx_styles import Styles, child_of, value_of
from annotations.formats.markup import name_of
from annotations.formats.numerals import numeral

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_NUMBER = re.compile(r"[0-9]{1,6}")
_STYLES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_LONGEST = 60
"""Code points of the text around a number; nobody writes more."""


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    start: int = 0
    form: str = "decimal"
    text: str = ""
    """With ``%1`` where the number of the first level stands."""
    restarts_below: int = _LEVELS
    """It begins anew after the levels above this one, counted from 0, and above itself."""
    digits: bool = False
    """Whether the numbers of higher levels are in digits here, whatever they are there."""
    style: str = ""
    """The paragraph style that has this level."""


@dataclass(slots=True)
class _Definition:
    levels: dict[int, _Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(slots=True)
class _List:
    definition: _Definition
    starts: dict[int, int]
    """Where levels begin anew when this list is first met."""


class Numbering:
    """The lists of a document, counted on from paragraph to paragraph.

    Args:
        definitions: the root of ``word/numbering.xml``; None where there is none.
        styles: of the same document.
    """

    def __init__(self, definitions: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = _lists(definitions) if definitions is not None else {}

    def label(self, paragraph: Element) -> str:
        """The number of the next paragraph; empty for none, and for a bullet."""
        number, level = self._place(paragraph)
        found = self._lists.get(number)
        if found is None:
            return ""
        counts, levels = found.definition.counts, found.definition.levels
        for at, start in found.starts.items():
            counts[at] = start - 1
        found.starts.clear()
        own = levels.get(level, _Level())
        count = counts[level]
        counts[level] = own.start if count is None else count + 1
        for above in range(level):
            if counts[above] is None:
                counts[above] = levels.get(above, _Level()).start
        for below in range(level + 1, _LEVELS):
            if level < levels.get(below, own).restarts_below:
                counts[below] = None
        if own.form in ("bullet", "none") and not _PLACE.search(own.text):
            return ""

        def written(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            shown = levels.get(at, _Level())
            return _written(counts[at] or 0, "decimal" if own.digits else shown.form)

        return _PLACE.sub(written, own.text).strip()

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list that a paragraph is in, by itself or by its style, and its level there."""
        for style, properties in self._styles.properties(paragraph):
            own = child_of(properties, "numpr")
            if number := value_of(child_of(own, "numid"), "val"):
                written = value_of(child_of(own, "ilvl"), "val")
                level = _whole(written, 0) if written else self._level_of(number, style)
                return number, min(level, _LEVELS - 1)
        return "", 0

    def _level_of(self, number: str, style: str) -> int:
        """The level that a style has in a list."""
        found = self._lists.get(number)
        levels = found.definition.levels if found else {}
        return next((at for at, level in levels.items() if style and level.style == style), 0)


def _lists(root: Element) -> dict[str, _List]:
    """The lists of ``word/numbering.xml`` by their numbers."""
    definitions: dict[str, _Definition] = {}
    by_style: dict[str, _Definition] = {}
    links: dict[str, str] = {}
    for element in root:
        if name_of(element) != "abstractnum":
            continue
        key = value_of(element, "abstractnumid")
        definitions[key] = _Definition(
            dict(_level(child) for child in element if name_of(child) == "lvl")
        )
        by_style[value_of(child_of(element, "stylelink"), "val")] = definitions[key]
        links[key] = value_of(child_of(element, "numstylelink"), "val")
    lists: dict[str, _List] = {}
    for element in root:
        key = value_of(child_of(element, "abstractnumid"), "val")
        if name_of(element) != "num" or key not in definitions:
            continue
        definition = by_style.get(links[key] or "?", definitions[key])
        starts: dict[int, int] = {}
        for override in element:
            at = _whole(value_of(override, "ilvl"), 0)
            start = value_of(child_of(override, "startoverride"), "val")
            level = child_of(override, "lvl")
            if level is not None:
                levels = {**definition.levels, at: _level(level)[1]}
                definition = _Definition(levels, definition.counts)
            if start and at < _LEVELS:
                starts[at] = _whole(start, 1)
        lists[value_of(element, "numid")] = _List(definition, starts)
    return lists


def _level(element: Element) -> tuple[int, _Level]:
    def value(name: str) -> str:
        return value_of(child_of(element, name), "val")

    legal = child_of(element, "islgl")
    return _whole(value_of(element, "ilvl"), 0), _Level(
        start=_whole(value("start"), 0),
        form=value("numfmt") or "decimal",
        text=value("lvltext")[:_LONGEST],
        restarts_below=_whole(value("lvlrestart"), _LEVELS),
        digits=legal is not None and value_of(legal, "val") not in ("0", "false"),
        style=value("pstyle"),
    )


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and number > 0:
        # Word goes on with aa, bb, cc.
        return numeral((number - 1) % 26 + 1, _STYLES[form]) * ((number - 1) // 26 % 50 + 1)
    if form == "decimalZero":
        return f"{number:02}"
    if form == "ordinal":
        tens = number // 10 % 10
        return (
            f"{number}{'th' if tens == 1 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
        )
    if form in ("none", "bullet"):
        return ""
    return numeral(number, _STYLES.get(form, "1"))


def _whole(written: str, default: int) -> int:
    return int(written) if _NUMBER.fullmatch(written) else default
