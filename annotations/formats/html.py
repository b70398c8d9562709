"""HTML, written by hand or saved from the web."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from lxml import etree

from annotations.formats.composer import Composer
from annotations.formats.detect import HTML
from annotations.formats.document import composed
from annotations.formats.html_blocks import HtmlBlocks
from annotations.formats.html_content import Content, content_of, is_web_page
from annotations.formats.html_elements import is_unseen
from annotations.formats.html_metadata import html_metadata
from annotations.formats.markup import declared_charset, name_of, parse_html
from annotations.formats.passages import Piece
from annotations.formats.plain import read_text
from annotations.formats.source import Source
from annotations.model import ImportedDocument

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def read(source: Source) -> ImportedDocument:
    """The page in ``source``: its content alone if it was made for a site, else all of it."""
    text, encoding = read_text(source, source.charset or declared_charset(source.head()))
    document = read_page(source, text)
    notices = (*document.notices, encoding.notice) if encoding.notice else document.notices
    metadata = replace(document.metadata, encoding=encoding.name)
    return replace(document, metadata=metadata, notices=notices)


def read_page(source: Source, text: str) -> ImportedDocument:
    """The page whose markup is ``text``."""
    root = parse_html(text)
    metadata = html_metadata(root)
    if not is_web_page(root):
        return composed(source, metadata, _pieces(root), HTML.media_type)
    content = content_of(root)
    pieces = _extracted(root) if name_of(content.body) == "body" else []
    pieces = pieces or _content_pieces(content)
    if not pieces:
        return composed(source, metadata, _pieces(root), HTML.media_type)
    notice = "menus and other surroundings of the page are left out"
    return composed(source, metadata, pieces, HTML.media_type, (notice,))


def _pieces(element: Element) -> list[Piece]:
    composer = Composer()
    HtmlBlocks(composer).add(element)
    return composer.finish()


def _content_pieces(content: Content) -> list[Piece]:
    composer = Composer()
    blocks = HtmlBlocks(composer)
    if content.heading is not None:
        blocks.add(content.heading)
    blocks.add(content.body, left_out=content.surroundings)
    return composer.finish()


def _extracted(root: Element) -> list[Piece]:
    """The content of a page without an article, if the extra ``web`` is installed and finds any.

    The page's title is put above it where it was taken for one of its surroundings.
    """
    try:
        extract: Callable[..., str | None] = import_module("trafilatura").extract
    except ImportError:
        return []
    content = extract(
        _seen(root),
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_tables=True,
    )
    pieces = _pieces(parse_html(content)) if content else []
    title = next((_pieces(element) for element in root.iter() if name_of(element) == "h1"), [])
    known = {piece.text for piece in pieces}
    return [*(piece for piece in title if pieces and piece.text not in known), *pieces]


def _seen(root: Element) -> str:
    """The markup of the page without what a browser does not show."""
    page = deepcopy(root)
    for element in [each for each in page.iter() if is_unseen(each)]:
        element.tag = "unseen"
    etree.strip_elements(page, "unseen", with_tail=False)
    return etree.tostring(page, encoding="unicode", method="html")
