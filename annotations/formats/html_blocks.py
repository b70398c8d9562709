"""From a tree of HTML elements to blocks and marks: for web pages, EPUB chapters and Word files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.formats.composer import Composer
from annotations.formats.formulas import flatten
from annotations.formats.html_elements import (
    is_back_link,
    is_footnote_link,
    is_layout_table,
    is_unseen,
    page_label,
)
from annotations.formats.markup import name_of, text_of, walk
from annotations.formats.numerals import numeral
from annotations.formats.pictures import in_place_of_picture
from annotations.model import BlockKind, MarkKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_CELLS = frozenset({"td", "th"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK_NAMES = (
    "html body div section article main header footer nav aside address fieldset figure form "
    "details center hgroup dl dt dd li table thead tbody tfoot tr td th search p figcaption "
    "summary legend caption blockquote hr pre ul ol menu dir h1 h2 h3 h4 h5 h6"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_INLINE = {
    "em": MarkKind.EMPHASIS,
    "i": MarkKind.EMPHASIS,
    "cite": MarkKind.EMPHASIS,
    "dfn": MarkKind.EMPHASIS,
    "var": MarkKind.EMPHASIS,
    "b": MarkKind.STRONG,
    "strong": MarkKind.STRONG,
    "code": MarkKind.CODE,
    "kbd": MarkKind.CODE,
    "samp": MarkKind.CODE,
    "tt": MarkKind.CODE,
}
_NUMBER = re.compile(r"-?\d{1,6}")
_WIDEST_SPAN = 50
"""Columns that one cell may take; a larger number is a mistake or an attack."""


def _fragment(href: str) -> str:
    return href[1:] if href.startswith("#") else ""


@dataclass(slots=True)
class _List:
    """An open list: ``number`` is that of its next item; ``style`` is empty for bullets."""

    number: int
    style: str


class HtmlBlocks:
    """Walks trees of HTML into a composer.

    Args:
        composer: where the text goes.
        place_of: from an ``href`` to the name of the place in the document that it points to, or to
            an empty string if it points elsewhere. By default a place is a fragment by itself.
        prefix: put before each ``id`` to name its place.
        nested_data: a table in another one holds data, and so does the other one; otherwise that
            one lays out a page.
    """

    def __init__(
        self,
        composer: Composer,
        place_of: Callable[[str], str] = _fragment,
        prefix: str = "",
        *,
        nested_data: bool = False,
    ) -> None:
        self._composer = composer
        self._place_of = place_of
        self._prefix = prefix
        self._nested_data = nested_data
        self._lists: list[_List] = []
        self._quotes = 0
        self._kept = 0
        """How many elements that keep their white space are open."""
        self._tables: list[bool] = []
        """For each open table, whether it lays out a page rather than holding data."""
        self._cell: Element | None = None
        """The open cell of a table that holds data: its blocks are all one."""
        self._column = self._written = 0
        """Of the open row: the next cell's column, and that of the last cell's text."""
        self._below: dict[int, int] = {}
        """How many rows more the cell of a column takes."""
        self._targets: frozenset[str] = frozenset()
        self._captions: frozenset[str] = frozenset()
        """What stands below pictures, and need not stand in their place too."""

    def add(
        self,
        root: Element,
        targets: frozenset[str] | None = None,
        left_out: frozenset[Element] = frozenset(),
    ) -> None:
        """Write what is in ``root``; its tail is left out.

        Args:
            root: any element.
            targets: names of the places that something points to; None: those that ``root`` itself
                points to.
            left_out: elements to pass over.
        """

        def is_skipped(child: Element) -> bool:
            return is_unseen(child) or is_back_link(child) or child in left_out

        flatten(root)
        self._targets = self.targets(root) if targets is None else targets
        self._captions = frozenset(
            f"[{text_of(element)}]" for element in root.iter() if name_of(element) == "figcaption"
        )
        self._begin_paragraph()
        opened: list[tuple[Element, int]] = []
        for begins, element in walk(root, is_skipped):
            if begins:
                opened.append((element, self._begin(element)))
                # A line end right after <pre> is there for the author's eyes alone.
                kept = name_of(element) == "pre" and (element.text or "").removeprefix("\n")
                self._text(kept or element.text)
                continue
            if opened[-1][0] is element:
                self._end(*opened.pop())
            if element is not root:
                self._text(element.tail)
        self._composer.end()

    def targets(self, root: Element) -> frozenset[str]:
        """The names of the places that links in ``root`` point to."""
        links = (element.get("href") or "" for element in root.iter() if name_of(element) == "a")
        return frozenset(filter(None, map(self._place_of, links)))

    def _text(self, text: str | None) -> None:
        if text and self._kept:
            self._composer.write_exactly(text)
        elif text:
            self._composer.write(text)

    def _begin(self, element: Element) -> int:
        """Open what ``element`` opens, and say how many marks that were."""
        name = name_of(element)
        if name in _BLOCKS:
            if self._cell is None:
                self._begin_block(name, element)
            else:
                self._composer.write(" ")
        elif name == "br":
            self._composer.break_line()
        elif name == "q":
            self._composer.write("“")
        elif name == "img" and (words := in_place_of_picture(element.get("alt"))):
            self._composer.write("" if words in self._captions else words)
        if label := page_label(element):
            self._composer.page(label)
        identity = element.get("id") or (element.get("name") if name == "a" else "")
        if identity and self._prefix + identity in self._targets:
            self._composer.anchor(self._prefix + identity)
        return self._open_marks(name, element)

    def _end(self, element: Element, marks: int) -> None:
        for _ in range(marks):
            self._composer.close_mark()
        name = name_of(element)
        if name == "q":
            self._composer.write("”")
        if name not in _BLOCKS:
            return
        if self._cell is not None and element is not self._cell:
            self._composer.write(" ")
            return
        if element is self._cell:
            self._cell = None
            return
        if name in _LISTS:
            self._lists.pop()
        elif name == "blockquote":
            self._quotes -= 1
        elif name == "pre":
            self._kept -= 1
        elif name == "table":
            self._tables.pop()
            self._below.clear()
        elif name == "tr":
            self._end_row()
        self._begin_paragraph()

    def _begin_block(self, name: str, element: Element) -> None:
        """Open a block outside the cells of tables that hold data."""
        composer = self._composer
        if name in _HEADINGS:
            composer.begin(BlockKind.HEADING, _HEADINGS[name])
        elif name == "li":
            self._begin_item(element)
        elif name == "dd":
            composer.begin(BlockKind.LIST_ITEM, max(len(self._lists), 1))
        elif name == "pre":
            composer.begin(BlockKind.CODE)
            self._kept += 1
        elif name == "tr" and self._in_data_table():
            composer.begin(BlockKind.TABLE_ROW)
            self._column = self._written = 0
        elif name in _CELLS and self._in_data_table():
            self._begin_cell(element)
        else:
            self._begin_container(name, element)

    def _begin_container(self, name: str, element: Element) -> None:
        if name == "blockquote":
            self._quotes += 1
        elif name in _LISTS:
            start = _number(element.get("start"), 1)
            self._lists.append(_List(start, (element.get("type") or "1") if name == "ol" else ""))
        elif name == "table":
            self._tables.append(is_layout_table(element, may_nest=self._nested_data))
        if not self._in_new_item():
            self._begin_paragraph()

    def _in_new_item(self) -> bool:
        """Whether an item has just begun: a paragraph in it is the item itself."""
        return self._composer.kind is BlockKind.LIST_ITEM and self._composer.is_empty

    def _in_data_table(self) -> bool:
        return bool(self._tables) and not self._tables[-1]

    def _begin_paragraph(self) -> None:
        if self._quotes:
            self._composer.begin(BlockKind.QUOTATION, self._quotes)
        else:
            self._composer.begin(BlockKind.PARAGRAPH)

    def _begin_item(self, element: Element) -> None:
        lead = "• "
        if self._lists and self._lists[-1].style:
            current = self._lists[-1]
            current.number = _number(element.get("value"), current.number)
            lead = f"{numeral(current.number, current.style)}. "
            current.number += 1
        self._composer.begin(BlockKind.LIST_ITEM, max(len(self._lists), 1), lead)

    def _begin_cell(self, element: Element) -> None:
        while self._below.get(self._column, 0) > 0:
            self._below[self._column] -= 1
            self._column += 1
        for _ in range(self._column - self._written):
            self._composer.next_cell()
        self._written = self._column
        self._cell = element
        width = min(max(_number(element.get("colspan"), 1), 1), _WIDEST_SPAN)
        for _ in range(width):
            self._below[self._column] = _number(element.get("rowspan"), 1) - 1
            self._column += 1

    def _end_row(self) -> None:
        """Count the row for the cells from above that stand behind its last one."""
        for column, rows in self._below.items():
            if column >= self._column and rows > 0:
                self._below[column] = rows - 1

    def _open_marks(self, name: str, element: Element) -> int:
        kind = _INLINE.get(name)
        value = ""
        if name == "a" and (href := (element.get("href") or "").strip()):
            place = self._place_of(href)
            if place and is_footnote_link(element):
                kind, value = MarkKind.FOOTNOTE, place
            else:
                kind, value = MarkKind.LINK, f"#{place}" if place else href
        if kind is None or (kind is MarkKind.CODE and self._kept):
            return 0
        self._composer.open_mark(kind, value)
        return 1


def _number(written: str | None, default: int) -> int:
    return int(written) if written and _NUMBER.fullmatch(written.strip()) else default
