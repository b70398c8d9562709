"""The table of contents of an EPUB, and how it becomes the outline of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotations.formats.archive import joined
from annotations.formats.html_elements import types_of
from annotations.formats.markup import name_of, text_of, walk
from annotations.formats.passages import Piece
from annotations.model import BlockKind, MarkKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LONGEST_HEADING = 200
_NEAR = 3
"""How many blocks below the place of an entry its heading may stand."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents."""

    place: str
    """What it points to: the path of a member, or that, ``#`` and an identifier."""
    title: str
    level: int
    """1 to 6."""


def place_of(base: str, href: str) -> str:
    """The name of the place that a link in the member ``base`` points to; empty if outside."""
    if _SCHEME.match(href) or not href:
        return ""
    path, _, fragment = href.partition("#")
    member = joined(base, path) if path else base
    return f"{member}#{fragment}" if fragment else member


def contents_of(root: Element, path: str) -> list[Entry]:
    """The entries of EPUB 3's navigation page or of EPUB 2's NCX, whichever ``root`` is.

    Args:
        root: of the page.
        path: of the member that it is in, which its links start from.
    """
    if name_of(root) == "ncx":
        return list(_ncx_entries(root, path))
    lists = [element for element in root.iter() if name_of(element) == "nav"]
    toc = next((element for element in lists if "toc" in types_of(element).split()), None)
    if toc is None:
        return []
    return list(_nav_entries(toc, path))


def _ncx_entries(root: Element, path: str) -> Iterator[Entry]:
    depth = 0
    for begins, element in walk(root):
        name = name_of(element)
        if name != "navpoint":
            continue
        depth += 1 if begins else -1
        if begins:
            label = next((text_of(e) for e in element if name_of(e) == "navlabel"), "")
            target = next((e.get("src") or "" for e in element if name_of(e) == "content"), "")
            if label and (place := place_of(path, target)):
                yield Entry(place, label, min(depth, 6))


def _nav_entries(nav: Element, path: str) -> Iterator[Entry]:
    depth = 0
    for begins, element in walk(nav):
        name = name_of(element)
        if name == "ol":
            depth += 1 if begins else -1
        elif begins and name == "a" and (title := text_of(element)):
            place = place_of(path, element.get("href") or "")
            if place:
                yield Entry(place, title, min(max(depth, 1), 6))


def outlined(pieces: Sequence[Piece], contents: Sequence[Entry]) -> list[Piece]:
    """``pieces`` with a heading at the place of each entry, of the entry's level.

    A heading that stands there takes the level, a paragraph that reads like the entry becomes a
    heading, and where there is neither the entry itself is put in.
    """
    found = {
        mark.value: index
        for index, piece in reversed(list(enumerate(pieces)))
        for mark in piece.marks
        if mark.kind is MarkKind.ANCHOR
    }
    result = list(pieces)
    taken: set[int] = set()
    added: dict[int, list[Piece]] = {}
    for entry in contents:
        if entry.place not in found:
            continue
        index = found[entry.place]
        heading = _heading_at(result, index, entry, taken)
        if heading is None:
            text = " ".join(entry.title.split())
            added.setdefault(index, []).append(Piece(text, BlockKind.HEADING, entry.level))
        else:
            taken.add(heading)
            result[heading] = replace(result[heading], kind=BlockKind.HEADING, level=entry.level)
    return [piece for index, own in enumerate(result) for piece in (*added.get(index, ()), own)]


def _heading_at(pieces: Sequence[Piece], index: int, entry: Entry, taken: set[int]) -> int | None:
    """The piece near ``index`` that is the entry's heading."""
    title = _folded(entry.title)
    for near in range(index, min(index + _NEAR, len(pieces))):
        piece = pieces[near]
        text = _folded(piece.text)
        if near in taken or len(piece.text) > _LONGEST_HEADING:
            continue
        if text and text == title:
            return near
        if piece.kind is BlockKind.HEADING and (text in title or title in text or near == index):
            return near
    return None


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
