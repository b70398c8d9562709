"""EPUB 2 and 3: the chapters in the order of the spine, the table of contents as headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from annotations.errors import UnreadableFileError
from annotations.formats import archive
from annotations.formats.archive import Archive, joined
from annotations.formats.composer import Composer
from annotations.formats.dates import iso_date
from annotations.formats.detect import EPUB
from annotations.formats.document import composed
from annotations.formats.epub_contents import Entry, contents_of, outlined, place_of
from annotations.formats.html_blocks import HtmlBlocks
from annotations.formats.markup import (
    MarkupError,
    declared_charset,
    name_of,
    parse_xhtml,
    parse_xml,
    text_of,
)
from annotations.formats.passages import Piece
from annotations.formats.plain import read_text
from annotations.formats.source import Source, from_bytes
from annotations.model import ImportedDocument, Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset(
    {
        "application/xhtml+xml",
        "application/x-dtbook+xml",
        "application/xml",
        "image/svg+xml",
        "text/html",
        "text/x-oeb1-document",
    }
)
_LONGEST_CHAIN = 20
"""Files that stand in for each other; a longer chain is a circle."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A file of the book."""

    path: str
    media_type: str
    properties: str
    fallback: str
    """The identifier of an item that programs show which cannot show this one."""


@dataclass(frozen=True, slots=True)
class _Package:
    """What the book's package file says."""

    metadata: Metadata
    items: dict[str, _Item]
    spine: tuple[str, ...]
    """Identifiers of items, in reading order."""
    ncx: str
    """The identifier of EPUB 2's table of contents, or empty."""


def read(source: Source) -> ImportedDocument:
    """The whole book.

    Raises:
        UnreadableFileError: it is damaged, locked by a shop, or has no text.
    """
    with archive.opened(source) as members:
        try:
            package = _package(source, members)
            chapters = _chapters(source, members, package)
            contents = _contents(source, members, package)
        except MarkupError as error:
            raise source.unreadable(f"is a damaged EPUB: {error}") from error
    pieces = outlined(_pieces(chapters, contents), contents)
    if not pieces:
        raise source.unreadable("has no text, only pictures" if chapters else "has no chapters")
    return composed(source, package.metadata, pieces, EPUB.media_type)


def _package(source: Source, members: Archive) -> _Package:
    container = parse_xml(members.read(_CONTAINER))
    path = next((e.get("full-path") for e in container.iter() if name_of(e) == "rootfile"), None)
    if not path:
        raise source.unreadable("is a damaged EPUB: it names no package file")
    root = parse_xml(members.read(path))
    items: dict[str, _Item] = {}
    spine: list[str] = []
    ncx = ""
    for element in root.iter():
        name = name_of(element)
        if name == "item":
            place = joined(path, element.get("href") or "")
            kind = element.get("media-type") or ""
            properties, fallback = element.get("properties") or "", _name(element, "fallback")
            items[_name(element, "id")] = _Item(place, kind, properties, fallback)
        elif name == "itemref":
            spine.append(_name(element, "idref"))
        elif name == "spine":
            ncx = _name(element, "toc")
    return _Package(_metadata(root), items, tuple(spine), ncx)


def _name(element: Element, attribute: str) -> str:
    """An identifier, which XML lets stand between blanks."""
    return (element.get(attribute) or "").strip()


def _metadata(root: Element) -> Metadata:
    fields: dict[str, list[str]] = {}
    for element in root.iter():
        if name_of(element) in ("title", "creator", "publisher", "date", "language", "source"):
            fields.setdefault(name_of(element), []).append(text_of(element))
    first = {name: values[0] for name, values in fields.items()}
    return Metadata(
        title=first.get("title", ""),
        author="; ".join(fields.get("creator", ())),
        publisher=first.get("publisher", ""),
        published=iso_date(first.get("date", "")),
        language=first.get("language", ""),
        kind="book",
        source=first.get("source", ""),
    )


def _chapters(source: Source, members: Archive, package: _Package) -> list[tuple[str, Element]]:
    """The pages of the spine with their paths; a missing one is passed over."""
    locked = _locked(members)
    chapters: list[tuple[str, Element]] = []
    # The standard lets a page stand in the spine once; a hostile one would be read without end.
    for identity in dict.fromkeys(package.spine):
        item = _readable(package, identity)
        if item is None or "nav" in item.properties.split():
            continue
        if item.path in locked:
            raise source.unreadable("is locked by its shop (DRM) and cannot be read")
        if item.path in members:
            chapters.append((item.path, _page(source, members, item.path)))
    return chapters


def _readable(package: _Package, identity: str) -> _Item | None:
    """The item of that identifier, or the first of those that stand in for it which is a page."""
    for _ in range(_LONGEST_CHAIN):
        item = package.items.get(identity)
        if item is None or item.media_type in _PAGES:
            return item
        identity = item.fallback
    return None


def _page(source: Source, members: Archive, path: str) -> Element:
    inner = from_bytes(members.read(path), f"{source.name}: {path}")
    text, _ = read_text(inner, declared_charset(inner.head()))
    return parse_xhtml(text)


def _locked(members: Archive) -> frozenset[str]:
    """The members that are encrypted."""
    if _ENCRYPTION not in members:
        return frozenset()
    references = parse_xml(members.read(_ENCRYPTION)).iter()
    return frozenset(
        joined("", element.get("URI") or "")
        for element in references
        if name_of(element) == "cipherreference"
    )


def _contents(source: Source, members: Archive, package: _Package) -> list[Entry]:
    """The table of contents; empty where there is none, or none that can be read."""
    items = package.items.values()
    nav = next((item for item in items if "nav" in item.properties.split()), None)
    item = nav or package.items.get(package.ncx)
    if item is None or item.path not in members:
        return []
    try:
        return contents_of(_page(source, members, item.path), item.path)
    except (MarkupError, UnreadableFileError):
        return []


def _pieces(chapters: Sequence[tuple[str, Element]], contents: Sequence[Entry]) -> list[Piece]:
    composer = Composer()
    walkers = [
        (root, HtmlBlocks(composer, partial(place_of, path), f"{path}#"), path)
        for path, root in chapters
    ]
    targets = frozenset(entry.place for entry in contents).union(
        *(walker.targets(root) for root, walker, _ in walkers)
    )
    for root, walker, path in walkers:
        if path in targets:
            composer.anchor(path)
        walker.add(root, targets)
    return composer.finish()
