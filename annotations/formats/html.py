"""HTML, written by hand or saved from the web."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from annotations.formats.composer import Composer
from annotations.formats.html_blocks import HtmlBlocks
from annotations.formats.html_content import content_of, is_web_page
from annotations.formats.html_metadata import html_metadata
from annotations.formats.markup import MarkupError, parse_html
from annotations.formats.passages import Piece, gather
from annotations.formats.plain import read_text
from annotations.formats.source import Source
from annotations.model import ImportedDocument, Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")


def read(source: Source) -> ImportedDocument:
    """The page in ``source``: its content alone if it was made for a site, else all of it."""
    text, encoding = read_text(source, source.charset or _declared_charset(source.head()))
    document = read_page(source, text)
    notices = (*document.notices, encoding.notice) if encoding.notice else document.notices
    metadata = replace(document.metadata, encoding=encoding.name)
    return replace(document, metadata=metadata, notices=notices)


def read_page(source: Source, text: str) -> ImportedDocument:
    """The page whose markup is ``text``.

    Raises:
        UnreadableFileError: there is nothing in it.
    """
    if not text.strip():
        return ImportedDocument((), _metadata(source, None))
    try:
        root = parse_html(text)
    except MarkupError as error:
        raise source.unreadable(str(error)) from error
    metadata = _metadata(source, root)
    notices: tuple[str, ...] = ()
    pieces: list[Piece] = []
    if is_web_page(root):
        pieces = _extracted(text) or _composed(content_of(root))
        notices = ("menus and other surroundings of the page are left out",)
    return ImportedDocument(gather(pieces or _composed(root)), metadata, notices)


def _composed(element: Element) -> list[Piece]:
    composer = Composer()
    HtmlBlocks(composer).add(element)
    return composer.finish()


def _extracted(text: str) -> list[Piece]:
    """The content as trafilatura finds it, if it is installed (the extra ``web``) and finds any."""
    if find_spec("trafilatura") is None:
        return []
    extract: Callable[..., str | None] = import_module("trafilatura").extract
    content = extract(
        text,
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_tables=True,
    )
    return _composed(parse_html(content)) if content else []


def _metadata(source: Source, root: Element | None) -> Metadata:
    found = html_metadata(root) if root is not None else Metadata()
    return replace(
        found,
        title=found.title or source.stem,
        source=found.source or source.address,
        media_type="text/html",
        path=source.path,
    )


def _declared_charset(head: bytes) -> str:
    match = _XML_ENCODING.search(head[:1024]) or _CHARSET.search(head[:4096])
    return match[1].decode("ascii") if match else ""
