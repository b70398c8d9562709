"""What single HTML elements are for: seen or unseen, footnote or link, table or layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotations.formats.markup import name_of, text_of, walk

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_UNSEEN_NAMES = (
    "script style template head title iframe object embed applet svg canvas audio video map select "
    "button input textarea datalist noscript noframes dialog rp rt"
)
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BACK = re.compile(r"[\[(]?[↑↩⤴⏎^]\ufe0e?[\])]?")
_OWN_SIGNS = frozenset({"¶", "#", "§", "🔗", "\uf0c1"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NOTE_TEXT = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡§¶]{1,3}|[a-z]|[ivxl]{1,6})[\])]?")
_NOTE_NAME = re.compile(r"fn|note|ftn|cite|ref", re.IGNORECASE)
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_LONG_CELL = 200
"""Code points; a cell of several paragraphs that is longer holds running text, not data."""


def types_of(element: Element) -> str:
    """What the element says that it is, in EPUB's, ARIA's and the web's words together."""
    names = (_EPUB_TYPE, "epub:type", "role", "class")
    return " ".join(element.get(name) or "" for name in names).lower()


def is_unseen(element: Element) -> bool:
    """Whether a browser shows nothing of the element."""
    if name_of(element) in _UNSEEN:
        return True
    if not element.attrib:
        return False
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return True
    return element.get("aria-hidden") == "true"


def is_back_link(element: Element) -> bool:
    """Whether the element is a footnote's arrow back to where it was referred to, or a heading's
    sign that links to the heading itself."""
    if name_of(element) != "a" or not (element.get("href") or "").partition("#")[2]:
        return False
    text = text_of(element)
    above = element.getparent()
    if text in _OWN_SIGNS and above is not None and name_of(above) in _HEADINGS:
        return True
    return "doc-backlink" in types_of(element) or _BACK.fullmatch(text) is not None


def is_footnote_link(element: Element) -> bool:
    """Whether a link to a place in the same document is a reference to a note."""
    types = types_of(element)
    if "noteref" in types or "footnote-ref" in types:
        return True
    if _NOTE_TEXT.fullmatch(text_of(element)) is None:
        return False
    raised = any(name_of(child) == "sup" for child in element.iter())
    parent = element.getparent()
    if raised or (parent is not None and name_of(parent) == "sup"):
        return True
    return _NOTE_NAME.search((element.get("href") or "").rpartition("#")[2]) is not None


def page_label(element: Element) -> str:
    """The label of the printed page that begins at this element, or empty."""
    if not element.attrib or "pagebreak" not in types_of(element):
        return ""
    label = element.get("aria-label") or element.get("title") or text_of(element)
    return label.strip() or (element.get("id") or "").lstrip("pageP_-")


def is_layout_table(table: Element, *, may_nest: bool = False) -> bool:
    """Whether a table lays out a page: it has one column, holds running text, or nests tables,
    unless it ``may_nest`` them."""
    if table.get("role") in ("presentation", "none"):
        return True
    most_cells = 0
    for begins, element in walk(table, lambda child: name_of(child) == "table"):
        name = name_of(element)
        if name == "table" and element is not table and not may_nest:
            return True
        if not begins:
            continue
        if name == "tr":
            most_cells = max(most_cells, sum(name_of(cell) in ("td", "th") for cell in element))
        elif name in ("td", "th"):
            paragraphs = sum(name_of(child) in ("p", "div", "h1", "h2", "h3") for child in element)
            if paragraphs > 1 and len(text_of(element)) > _LONG_CELL:
                return True
    return most_cells <= 1
