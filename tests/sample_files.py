"""Small files of every format, made from paragraphs: for tests, and for benchmarks of what is read.

Each maker writes the format by hand, so that what a reader finds in a file is known to the letter.
"""

from __future__ import annotations

import html
import textwrap
import zipfile
from collections.abc import Sequence
from io import BytesIO

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
    'version="1.0"><rootfiles><rootfile full-path="OEBPS/book.opf" '
    'media-type="application/oebps-package+xml"/></rootfiles></container>'
)
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONSHIPS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip archive; a first member called ``mimetype`` is stored, as EPUB and ODF want it."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, stored)
    return data.getvalue()


def member(archive: bytes, name: str) -> bytes:
    """What a member of a zip archive holds."""
    with zipfile.ZipFile(BytesIO(archive)) as members:
        return members.read(name)


def altered(archive: bytes, name: str, content: bytes | str) -> bytes:
    """The zip archive with one member's content changed, or added."""
    with zipfile.ZipFile(BytesIO(archive)) as members:
        found: dict[str, bytes | str] = {n: members.read(n) for n in members.namelist()}
    found[name] = content
    return zipped(found)


def plain(paragraphs: Sequence[str], title: str = "", width: int = 0) -> bytes:
    """Plain text, blank lines between; hard-wrapped at ``width`` if that is above 0."""
    parts = [textwrap.fill(p, width, break_on_hyphens=False) if width else p for p in paragraphs]
    return ("\n\n".join([title, *parts] if title else parts) + "\n").encode()


def markdown(paragraphs: Sequence[str], title: str = "") -> bytes:
    """Markdown, with a heading."""
    parts = [f"# {title}", *paragraphs] if title else list(paragraphs)
    return ("\n\n".join(parts) + "\n").encode()


def rst(paragraphs: Sequence[str], title: str = "") -> bytes:
    """reStructuredText, with an underlined title; characters that are markup are escaped."""
    escaped = [
        "".join(f"\\{c}" if c in "\\*`|_" else c for c in paragraph) for paragraph in paragraphs
    ]
    head = [f"{title}\n{'=' * len(title)}"] if title else []
    return ("\n\n".join([*head, *escaped]) + "\n").encode()


def html_page(paragraphs: Sequence[str], title: str = "", extra: str = "") -> bytes:
    """A plain page of HTML; ``extra`` goes to the end of its body."""
    body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    heading = f"<h1>{html.escape(title)}</h1>" if title else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}'
        f"</title></head><body>{heading}\n{body}{extra}</body></html>"
    ).encode()


def rtf(paragraphs: Sequence[str], title: str = "") -> bytes:
    """RTF, with a heading by its outline level."""
    heading = rf"\pard\outlinelevel0 {_rtf(title)}\par\pard " if title else ""
    body = "\n".join(rf"{_rtf(paragraph)}\par" for paragraph in paragraphs)
    info = rf"{{\info{{\title {_rtf(title)}}}{{\author Ann Author}}}}"
    return (
        rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0 Times;}}}}{info}{heading}{body}}}"
    ).encode("ascii")


def _rtf(text: str) -> str:
    units = memoryview(text.encode("utf-16-le")).cast("H")
    return "".join(
        (f"\\{chr(unit)}" if chr(unit) in "\\{}" else chr(unit))
        if unit < 128
        else f"\\u{unit - 65536 if unit > 32767 else unit}?"
        for unit in units
    )


def docx(paragraphs: Sequence[str], title: str = "", extra: str = "") -> bytes:
    """A Word document; ``extra`` is WordprocessingML at the end of its body."""
    heading = (
        f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{html.escape(title)}</w:t>'
        "</w:r></w:p>"
    )
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{html.escape(paragraph)}</w:t></w:r></w:p>'
        for paragraph in paragraphs
    )
    document = (
        f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>'
        f"{heading if title else ''}{body}{extra}</w:body></w:document>"
    )
    core = (
        '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/'
        'package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>{html.escape(title)}</dc:title>'
        "<dc:creator>Ann Author</dc:creator><dcterms:created>2023-10-30T09:00:00Z"
        "</dcterms:created></cp:coreProperties>"
    )
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELATIONSHIPS,
            "word/document.xml": document,
            "docProps/core.xml": core,
        }
    )


def odt(paragraphs: Sequence[str], title: str = "", extra: str = "") -> bytes:
    """An OpenDocument text; ``extra`` is XML at the end of its body."""
    heading = f'<text:h text:outline-level="1">{html.escape(title)}</text:h>' if title else ""
    body = "".join(f"<text:p>{html.escape(paragraph)}</text:p>" for paragraph in paragraphs)
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{ODF}:office:1.0" '
        f'xmlns:text="{ODF}:text:1.0" xmlns:table="{ODF}:table:1.0" xmlns:style="{ODF}:style:1.0" '
        f'xmlns:fo="{ODF}:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<office:automatic-styles><style:style style:name="T1" style:family="text">'
        '<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
        f"<office:body><office:text>{heading}{body}{extra}</office:text></office:body>"
        "</office:document-content>"
    )
    meta = (
        f'<?xml version="1.0"?><office:document-meta xmlns:office="{ODF}:office:1.0" '
        f'xmlns:meta="{ODF}:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        f"<dc:title>{html.escape(title)}</dc:title><meta:initial-creator>Ann Author"
        "</meta:initial-creator><meta:creation-date>2023-10-30T09:00:00</meta:creation-date>"
        "<dc:language>en</dc:language></office:meta></office:document-meta>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": meta,
        }
    )


def epub(chapters: Sequence[tuple[str, Sequence[str]]], title: str = "") -> bytes:
    """An EPUB 3 with one page a chapter and a navigation page."""
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
    }
    items = spine = entries = ""
    for number, (name, paragraphs) in enumerate(chapters, 1):
        body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
        members[f"OEBPS/c{number}.xhtml"] = (
            '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
            f"<head><title/></head><body><h2>{html.escape(name)}</h2>{body}</body></html>"
        )
        items += f'<item id="c{number}" href="c{number}.xhtml" media-type="application/xhtml+xml"/>'
        spine += f'<itemref idref="c{number}"/>'
        entries += f'<li><a href="c{number}.xhtml">{html.escape(name)}</a></li>'
    members["OEBPS/nav.xhtml"] = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f'<body><nav epub:type="toc"><ol>{entries}</ol></nav></body></html>'
    )
    members["OEBPS/book.opf"] = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{html.escape(title)}</dc:title><dc:creator>Ann Author</dc:creator>"
        "<dc:language>en</dc:language><dc:date>2023-10-30</dc:date></metadata><manifest>"
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f"{items}</manifest><spine>{spine}</spine></package>"
    )
    return zipped(members)
