"""Word documents: mammoth makes HTML of them, which the HTML walker reads."""

from __future__ import annotations

import gc
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

import mammoth

from annotations.formats import archive, read_source
from annotations.formats.archive import Archive
from annotations.formats.composer import Composer
from annotations.formats.dates import iso_date
from annotations.formats.detect import DOCX, detect
from annotations.formats.document import FOREIGN_FAILURES, composed
from annotations.formats.docx_body import completed, with_labels
from annotations.formats.docx_chunks import chunks_in, with_chunks
from annotations.formats.docx_numbering import Numbering
from annotations.formats.docx_outline import Outline
from annotations.formats.docx_styles import Styles
from annotations.formats.html_blocks import HtmlBlocks
from annotations.formats.markup import MarkupError, name_of, parse_html, parse_xml
from annotations.formats.source import Source
from annotations.model import ImportedDocument, Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PROPERTIES = "docProps/core.xml"
_BODY = "word/document.xml"
_NUMBERING = "word/numbering.xml"
_STYLE_SHEET = "word/styles.xml"
_FAILURES: tuple[type[Exception], ...] = (*FOREIGN_FAILURES, ExpatError, zipfile.BadZipFile)
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='Preformatted Text'] => pre:separator('\\n')
r[style-name='Emphasis'] => em
"""


def read(source: Source) -> ImportedDocument:
    """The text of a Word document, with its notes, tables and text boxes."""
    return _document(source, with_parts=True)


def _part(source: Source) -> ImportedDocument:
    """A part of the text in a file of its own; if it is a Word document, without such parts."""
    return _document(source, with_parts=False) if detect(source) is DOCX else read_source(source)


def _document(source: Source, *, with_parts: bool) -> ImportedDocument:
    with archive.opened(source) as members:
        metadata = _metadata(members)
        package = _package(_parts(source, members))
        chunks = chunks_in(source, members) if with_parts else {}
    html = _html(source, package)
    composer = Composer()
    if html:
        HtmlBlocks(composer, nested_data=True).add(parse_html(html))
    pieces = [with_labels(piece) for piece in composer.finish()]
    whole = list(with_chunks(pieces, chunks, _part))
    return composed(source, metadata, whole, DOCX.media_type)


def _html(source: Source, package: BytesIO) -> str:
    # Mammoth holds three trees of the text: the collector would go through them again and again.
    collects = gc.isenabled()
    gc.disable()
    try:
        html: str = mammoth.convert_to_html(
            package,
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=lambda _: [],
        ).value
    except _FAILURES as error:
        raise source.unreadable("is a damaged Word document") from error
    finally:
        if collects:
            gc.enable()
    return html


def _parts(source: Source, members: Archive) -> dict[str, bytes]:
    """The XML parts of the archive alone, each read within limits and free of entities."""
    parts: dict[str, bytes] = {}
    for name in sorted(members.names):
        if not name.endswith((".xml", ".rels")):
            continue
        data = members.read(name)
        # OOXML allows no document type, which is all that an attack by entities needs
        # (ECMA-376, part 2, 9.1.4).
        if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data:
            raise source.unreadable("declares entities, as attacks do, and is not read")
        parts[name] = data
    return parts


def _package(parts: dict[str, bytes]) -> BytesIO:
    """A Word file of ``parts``, with all of its text where mammoth reads it."""
    if (body := _parsed(parts, _BODY)) is not None:
        styles = Styles(_parsed(parts, _STYLE_SHEET))
        numbering = Numbering(_parsed(parts, _NUMBERING), styles)
        parts[_BODY] = completed(parts[_BODY], body, numbering, Outline(styles))
    package = BytesIO()
    with zipfile.ZipFile(package, "w") as copy:
        for name, data in parts.items():
            copy.writestr(name, data)
    package.seek(0)
    return package


def _parsed(parts: dict[str, bytes], name: str) -> Element | None:
    """The root of a part; None where it is missing or damaged, which mammoth finds too."""
    try:
        return parse_xml(parts[name]) if name in parts else None
    except MarkupError:
        return None


def _metadata(members: Archive) -> Metadata:
    if _PROPERTIES not in members:
        return Metadata()
    try:
        root = parse_xml(members.read(_PROPERTIES))
    except MarkupError:
        return Metadata()
    fields = {name_of(element): (element.text or "").strip() for element in root}
    return Metadata(
        title=fields.get("title", ""),
        author=fields.get("creator", ""),
        published=iso_date(fields.get("created", "")),
        language=fields.get("language", ""),
    )
