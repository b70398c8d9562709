"""The part of a web page that a reader came for, without menus, banners and lists of other pages.

A document that was written by hand is left whole: what surrounds the content is taken away only
where the page shows that it was made by a machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.formats.html_elements import is_unseen, types_of
from annotations.formats.markup import name_of, text_of, walk

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHROME = frozenset({"nav", "aside", "footer"})
_CHROME_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog"}
)
_CHROME_NAME = re.compile(
    r"\b(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|side-bar|footer|comments?|disqus|share"
    r"|sharing|social|related|recommended|recommendations|promo|advert(?:isement)?|ads?|banner"
    r"|cookies?|consent|newsletter|subscribe|subscription|sign-?up|popup|modal|toolbar|pagination"
    r"|trending|most-read|read-more|tags|outbrain|taboola)\b"
)
_NOT_PRINTED = re.compile(
    r"\b(?:no-?print|d-print-none|hidden-print|mw-editsection|screen-reader-text|sr-only"
    r"|visually-?hidden)\b"
)
"""What sites call what they show neither on paper nor, some of it, on the screen."""
_SEVERAL_LINKS = 4
_MOST_SHARE = 0.4
"""A part that holds more of the page's text than this is no mere surrounding."""
_LEAST_SHARE = 0.3
"""Of the page's text that an article must hold to be what the page is about."""


def is_web_page(root: Element) -> bool:
    """Whether the page was made for a site: it has a menu, scripts, or metadata for others."""
    signs = 0
    for element in root.iter():
        name = name_of(element)
        if name in ("nav", "aside") or (element.get("role") or "") in _CHROME_ROLES:
            signs += 2
        elif name == "script" or (name == "meta" and (element.get("property") or "")[:3] == "og:"):
            signs += 1
        if signs > 1:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Content:
    """The part of a page that a reader came for."""

    body: Element
    heading: Element | None
    """The page's title, if it stands outside ``body``."""
    surroundings: frozenset[Element]
    """Elements in ``body`` that belong to the site rather than to the text."""


def content_of(root: Element) -> Content:
    """What to read of the web page at ``root``."""
    body = next((element for element in root.iter() if name_of(element) == "body"), root)
    chosen = _chosen(body, _length(body))
    heading = next((e for e in body.iter() if name_of(e) == "h1"), None)
    if heading is not None and any(
        above is chosen for above in (heading, *heading.iterancestors())
    ):
        heading = None
    return Content(chosen, heading, _surroundings(chosen))


def _chosen(body: Element, whole: int) -> Element:
    """The article if there is one, else the main part, else the body."""
    outermost = [
        element
        for element in body.iter()
        if _is(element, "article", "article")
        and not any(_is(above, "article", "article") for above in element.iterancestors())
    ]
    if outermost:
        lengths = [_length(article) for article in outermost]
        longest = max(lengths)
        if longest >= _LEAST_SHARE * whole and longest >= 0.7 * sum(lengths):
            return outermost[lengths.index(longest)]
    for element in body.iter():
        if _is(element, "main", "main") and _length(element) >= _LEAST_SHARE * whole:
            return element
    return body


def _is(element: Element, name: str, role: str) -> bool:
    return name_of(element) == name or element.get("role") == role


def _length(element: Element) -> int:
    """Code points of the text that is seen in ``element``, white space not counted twice."""
    total = 0
    for begins, child in walk(element, is_unseen):
        if begins and child.text and not is_unseen(child):
            total += len(" ".join(child.text.split()))
        elif not begins and child is not element and child.tail:
            total += len(" ".join(child.tail.split()))
    return total


def _surroundings(content: Element) -> frozenset[Element]:
    """The elements in ``content`` that are not what the page is about."""
    whole = _length(content)
    links = ((e.get("href") or "") for e in content.iter() if name_of(e) == "a")
    targets = {href[1:] for href in links if len(href) > 1 and href[0] == "#"}
    found: set[Element] = set()
    for begins, element in walk(content, lambda child: child in found or is_unseen(child)):
        if not begins or element is content or not _surrounds(element):
            continue
        # What the text itself refers to, such as its notes, is part of it wherever it stands.
        if targets and any(child.get("id") in targets for child in element.iter()):
            continue
        if _length(element) <= _MOST_SHARE * whole:
            found.add(element)
    return frozenset(found)


def _surrounds(element: Element) -> bool:
    """Whether the element looks like part of the site rather than of the text."""
    name = name_of(element)
    if name in _CHROME or element.get("role") in _CHROME_ROLES:
        return True
    if _NOT_PRINTED.search((element.get("class") or "").lower()):
        return True
    if name == "header":
        return not any(name_of(child) == "h1" for child in element.iter())
    if name not in ("div", "section", "ul", "ol", "form", "p", "table"):
        return False
    if _CHROME_NAME.search(f"{types_of(element)} {element.get('id') or ''}".lower()):
        return not any(name_of(child) == "h1" for child in element.iter())
    return name in ("ul", "div", "section") and _is_link_list(element)


def _is_link_list(element: Element) -> bool:
    """Whether nearly all text in ``element`` is in several links to other pages."""
    links = [
        child
        for child in element.iter()
        if name_of(child) == "a" and not (child.get("href") or "#").startswith("#")
    ]
    if len(links) < _SEVERAL_LINKS:
        return False
    return sum(len(text_of(link)) for link in links) >= 0.8 * len(text_of(element))
