"""Word documents: mammoth makes HTML of them, which the HTML walker reads."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.parsers.expat import ExpatError

import mammoth

from annotations.formats import archive
from annotations.formats.archive import Archive
from annotations.formats.composer import Composer
from annotations.formats.dates import iso_date
from annotations.formats.detect import DOCX
from annotations.formats.document import FOREIGN_FAILURES, composed
from annotations.formats.html_blocks import HtmlBlocks
from annotations.formats.markup import MarkupError, name_of, parse_html, parse_xml
from annotations.formats.source import Source
from annotations.model import ImportedDocument, Metadata

_PROPERTIES = "docProps/core.xml"
_FAILURES: tuple[type[Exception], ...] = (*FOREIGN_FAILURES, ExpatError, zipfile.BadZipFile)
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Preformatted Text'] => pre:separator('\\n')
r[style-name='Emphasis'] => em
"""


def read(source: Source) -> ImportedDocument:
    """The text of a Word document, with its notes, tables and text boxes."""
    with archive.opened(source) as members:
        package = _harmless_package(source, members)
        metadata = _metadata(members)
    try:
        html = mammoth.convert_to_html(
            package,
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=lambda _: [],
        ).value
    except _FAILURES as error:
        raise source.unreadable("is a damaged Word document") from error
    composer = Composer()
    if html:
        HtmlBlocks(composer).add(parse_html(html))
    return composed(source, metadata, composer.finish(), DOCX.media_type)


def _harmless_package(source: Source, members: Archive) -> BytesIO:
    """The XML parts of the archive alone, each read within limits and free of entities."""
    package = BytesIO()
    with zipfile.ZipFile(package, "w") as copy:
        for name in sorted(members.names):
            if not name.endswith((".xml", ".rels")):
                continue
            data = members.read(name)
            # OOXML allows no document type, which is all that an attack by entities needs
            # (ECMA-376, part 2, 9.1.4).
            if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data:
                raise source.unreadable("declares entities, as attacks do, and is not read")
            copy.writestr(name, data)
    package.seek(0)
    return package


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
