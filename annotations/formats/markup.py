"""Parsing of markup from strangers: nothing is fetched, expanded or run, and depth does no harm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html.entities import html5
from operator import methodcaller
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DEEPEST = 100
"""How far HTML elements may nest; tags below are dropped, their text stays."""

_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_XML_NAMES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr p li td th tr"
_VOID = frozenset(_VOID_NAMES.split())
"""Elements that have no end, or often go without one."""


_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")
_ATTACK = re.compile("amplification|entity reference loop")
"""What libxml2 says of entities that grow without end."""
_DECLARES = "declares entities, as attacks do, and is not read"
_ENTITIES = methodcaller("entities")
"""Called by its name, which the types of lxml leave out."""


class MarkupError(ValueError):
    """The markup cannot be parsed, or is refused; the message says why."""


def declared_charset(head: bytes) -> str:
    """The encoding that the beginning of a page says that it is in, or empty."""
    match = _XML_ENCODING.search(head[:1024]) or _CHARSET.search(head[:4096])
    return match[1].decode("ascii") if match else ""


def parse_html(text: str) -> Element:
    """The root of ``text``, mended as browsers do; an empty element where it holds none."""
    root, cut_off = _parse_html(text)
    return _parse_html(_flattened(text))[0] if cut_off else root


def _parse_html(text: str) -> tuple[Element, bool]:
    """The root, and whether the parser gave up on the depth."""
    # huge_tree lifts libxml2's limits on the length of a text and on depth, which for HTML, where
    # nothing expands, only cut off documents; the size is limited by whoever reads the file.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    data = text.replace("\0", "\ufffd").encode()
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return etree.Element("body"), False
    cut_off = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return root, cut_off


def _flattened(text: str) -> str:
    """``text`` without the tags that nest deeper than :data:`DEEPEST`."""
    depth = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _VOID or tag[0].endswith("/>"):
            return tag[0]
        if tag[1]:
            depth = max(depth - 1, 0)
            return tag[0] if depth < DEEPEST else " "
        depth += 1
        return tag[0] if depth <= DEEPEST else " "

    return _TAG.sub(keep, text)


def parse_xml(data: bytes) -> Element:
    """The root of a well-formed XML document that declares no entities of its own.

    Raises:
        MarkupError: it is damaged, nested too deeply, or declares entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if _ATTACK.search(str(error)):
            raise MarkupError(_DECLARES) from error
        if "Excessive depth" in str(error):
            raise MarkupError("is nested too deeply") from error
        raise MarkupError(f"is damaged XML: {error}") from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and _ENTITIES(dtd):
        raise MarkupError(_DECLARES)
    return root


def parse_xhtml(text: str) -> Element:
    """The root of XHTML: by the rules of XML, or of HTML where it breaks these.

    Raises:
        MarkupError: it declares entities, or holds nothing.
    """
    data = _NAMED.sub(_character, text).encode()
    try:
        return parse_xml(re.sub(rb"\A\s*<\?xml[^>]*\?>", b"", data))
    except MarkupError as error:
        if "entities" in str(error):
            raise
    return parse_html(text)


def _character(entity: re.Match[str]) -> str:
    """HTML's named characters, which XML does not know without HTML's own DTD."""
    if entity[1] in _XML_NAMES:
        return entity[0]
    return html5.get(entity[1], entity[0])


def name_of(element: Element) -> str:
    """The element's name without its namespace, in small letters; empty for a comment."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def walk(
    root: Element, skip: Callable[[Element], bool] = lambda _: False
) -> Iterator[tuple[bool, Element]]:
    """Every element from ``root`` down, twice: with True as it begins, with False as it ends.

    The tree is walked without recursion. What ``skip`` says yes to only ends: what is in it is left
    out, the text after it is not.
    """
    stack = [(root, iter(root))]
    yield True, root
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield False, element
        elif skip(child):
            yield False, child
        else:
            stack.append((child, iter(child)))
            yield True, child


def text_of(element: Element) -> str:
    """All text in ``element``, white space folded."""
    return " ".join("".join(str(part) for part in element.itertext()).split())
