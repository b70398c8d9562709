"""What a web page says of itself: JSON-LD, Open Graph, Dublin Core, and the plain elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from annotations.formats.dates import iso_date
from annotations.formats.markup import name_of, text_of
from annotations.model import Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LONGEST = 500
"""Code points of a field; what is longer is no title and no name."""
_MOST_NODES = 2_000
"""Nodes of JSON-LD that are looked at."""
_TITLES = ("citation_title", "og:title", "dc.title", "dcterms.title", "twitter:title")
_AUTHORS = ("author", "citation_author", "article:author", "dc.creator", "dcterms.creator", "byl")
_DATES = (
    "article:published_time",
    "citation_publication_date",
    "citation_date",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "parsely-pub-date",
    "pubdate",
    "publishdate",
    "date",
)
_PUBLISHERS = ("og:site_name", "citation_journal_title", "dc.publisher", "dcterms.publisher")
_LANGUAGES = ("og:locale", "dc.language", "dcterms.language", "content-language", "language")
_ARTICLES = re.compile(r"(?:^|\s)\w*(?:Article|Posting|Report)\b")


def html_metadata(root: Element) -> Metadata:
    """The fields that the page at ``root`` gives; those that it does not are empty."""
    properties = _properties(root)
    linked = _article(root)
    first_h1 = next((text_of(e) for e in root.iter() if name_of(e) == "h1"), "")
    title = next((text_of(e) for e in root.iter() if name_of(e) == "title"), "")
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    kind = str(linked.get("@type", ""))
    return Metadata(
        title=_first(_text(linked.get("headline")), *_pick(properties, _TITLES), title, first_h1),
        author=_first(_names(linked.get("author")), *_people(properties), _byline(root)),
        publisher=_first(_names(linked.get("publisher")), *_pick(properties, _PUBLISHERS)),
        published=_first(
            iso_date(_text(linked.get("datePublished"))),
            *map(iso_date, _pick(properties, _DATES)),
            iso_date(_time(root)),
        ),
        language=_language(_first(language, *_pick(properties, _LANGUAGES))),
        kind="news" if "News" in kind else "",
        source=_first(_canonical(root), *_pick(properties, ("og:url",))),
    )


def _first(*values: str) -> str:
    """The first of ``values`` that says something and is not too long to be true."""
    folded = (" ".join(value.split()) for value in values)
    return next((value for value in folded if 0 < len(value) <= _LONGEST), "")


def _properties(root: Element) -> dict[str, list[str]]:
    """The contents of the ``meta`` elements by name, in small letters."""
    found: dict[str, list[str]] = {}
    for element in root.iter():
        if name_of(element) == "meta":
            content = (element.get("content") or "").strip()
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if content and (name := element.get(attribute)):
                    found.setdefault(name.lower(), []).append(content)
    return found


def _pick(properties: dict[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    return (properties[name][0] for name in names if name in properties)


def _people(properties: dict[str, list[str]]) -> Iterator[str]:
    """Authors; an address, which some pages give for one, is no name."""
    for name in _AUTHORS:
        people = [value for value in properties.get(name, ()) if "://" not in value]
        yield "; ".join(dict.fromkeys(people))


def _article(root: Element) -> dict[str, object]:
    """The JSON-LD node of the article on the page; empty without one."""
    for element in root.iter():
        if name_of(element) != "script" or element.get("type") != "application/ld+json":
            continue
        try:
            data: object = json.loads(element.text or "")
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            if _ARTICLES.search(_text(node.get("@type"))):
                return node
    return {}


def _nodes(data: object) -> Iterator[dict[str, object]]:
    """The objects in a JSON-LD value, outermost first."""
    waiting = [data]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, dict):
            yield value
            waiting += [v for v in value.values() if isinstance(v, dict | list)]
        elif isinstance(value, list):
            waiting += value[:_MOST_NODES]


def _text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(item for item in value if isinstance(item, str))
    return value if isinstance(value, str) else ""


def _names(value: object) -> str:
    """The names of the people or organisations that a JSON-LD value holds."""
    values = value if isinstance(value, list) else [value]
    names = (_text(item.get("name")) if isinstance(item, dict) else _text(item) for item in values)
    return "; ".join(filter(None, names))


def _byline(root: Element) -> str:
    for element in root.iter():
        if element.get("rel") == "author" or element.get("itemprop") == "author":
            return text_of(element)
    return ""


def _time(root: Element) -> str:
    """The date of the page's only ``time``, or of the one that says it is the publication's."""
    times = [e for e in root.iter() if name_of(e) == "time" and e.get("datetime")]
    marked = [e for e in times if e.get("pubdate") is not None or "ublished" in str(e.attrib)]
    chosen = marked or (times if len(times) == 1 else [])
    return chosen[0].get("datetime") or "" if chosen else ""


def _language(written: str) -> str:
    """A BCP 47 tag from ``en_US`` or ``en-us``."""
    parts = written.strip().replace("_", "-").split("-")
    if not re.fullmatch(r"[A-Za-z]{2,3}", parts[0]):
        return ""
    shaped = [parts[0].lower()]
    for part in parts[1:]:
        shaped.append({2: str.upper, 4: str.title}.get(len(part), str.lower)(part))
    return "-".join(shaped)


def _canonical(root: Element) -> str:
    for element in root.iter():
        if name_of(element) == "link" and element.get("rel") == "canonical":
            href = element.get("href") or ""
            return href if "://" in href else ""
    return ""
