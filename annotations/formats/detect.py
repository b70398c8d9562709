"""Which format a file is in: by its content first, then by its name.

The table of formats is here too, so that a folder can be searched for what can be read. Nothing
here imports a reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotations.formats.source import Source


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, and the module of this package that reads it."""

    name: str
    """For people: ``Word document``."""
    module: str
    media_type: str
    suffixes: tuple[str, ...]


PLAIN = Format("plain text", "plain", "text/plain", (".txt", ".text"))
MARKDOWN = Format("Markdown", "markdown", "text/markdown", (".md", ".markdown", ".mkd", ".mdown"))
HTML = Format("HTML", "html", "text/html", (".html", ".htm", ".xhtml", ".xht"))
MHTML = Format("saved page", "mhtml", "multipart/related", (".mhtml", ".mht"))
EPUB = Format("EPUB", "epub", "application/epub+zip", (".epub",))
DOCX = Format(
    "Word document",
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx", ".docm"),
)
ODT = Format(
    "OpenDocument text", "odt", "application/vnd.oasis.opendocument.text", (".odt", ".ott", ".fodt")
)
RTF = Format("RTF", "rtf", "application/rtf", (".rtf",))
RST = Format("reStructuredText", "rst", "text/x-rst", (".rst", ".rest"))
PDF = Format("PDF", "pdf", "application/pdf", (".pdf",))

FORMATS: tuple[Format, ...] = (PLAIN, MARKDOWN, HTML, MHTML, EPUB, DOCX, ODT, RTF, RST, PDF)
"""Every format that can be read."""
SUFFIXES: frozenset[str] = frozenset(suffix for form in FORMATS for suffix in form.suffixes)
"""What the names of files end in that can be read, in small letters."""
_SIGNED = (EPUB, DOCX, ODT, PDF)
"""Formats whose files never look like a text."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\x1f\x8b", "compressed with gzip: unpack it first"),
    (b"BZh", "compressed with bzip2: unpack it first"),
    (b"\xfd7zXZ\x00", "compressed with xz: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive: unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive: unpack it first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or a locked Office file: save it as open DOCX"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or video file"),
    (b"fLaC", "a sound file"),
    (b"\x1aE\xdf\xa3", "a video file"),
    (b"%!PS", "PostScript: convert it to PDF first"),
    (b"ITSF\x03\x00", "a CHM help file"),
    (b"wOF2", "a font"),
    (b"\x00\x00\x01\x00", "an icon"),
)
_BEFORE_RTF = b"\xef\xbb\xbf \t\r\n"
"""What editors put before the first brace: a byte-order mark, blanks."""
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_MHTML = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?content-type:\s*multipart/related", re.I
)
_FODT = re.compile(r"\s*<\?xml.{0,2000}?<office:document\s", re.DOTALL)
_ZIPPED = (b"PK\x03\x04", b"PK\x05\x06")


def detect(source: Source) -> Format:
    """The format of ``source``.

    Raises:
        UnreadableFileError: it is known to be something that is no document.
    """
    head = source.head()
    by_suffix = _by_suffix(source.suffix)
    if head[:16].lstrip().startswith(b"%PDF-") or (by_suffix is PDF and b"%PDF-" in head[:1024]):
        return PDF
    if head.startswith(_ZIPPED):
        return _zipped(source)
    start = head[:64].lstrip(_BEFORE_RTF)
    if start.startswith(b"{\\rtf"):
        return RTF
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise source.unreadable(f"is {what}")
    served = _by_media_type(source.media_type)
    if served is PLAIN:
        return by_suffix if by_suffix in (MARKDOWN, RST) else PLAIN
    text = _as_text(head[:4096])
    if _HTML.match(text):
        return HTML
    if _MHTML.match(head):
        return MHTML
    if _FODT.match(text):
        return ODT
    form = served or by_suffix
    if form in _SIGNED:
        wrong = f"is no {form.name}, or a damaged one" if head else "is empty"
        raise source.unreadable(wrong)
    # Without its braces it is another text that only goes by that name.
    return PLAIN if form is RTF and not start.startswith(b"{") else form


def _zipped(source: Source) -> Format:
    """The format of a zip archive, by what is in it."""
    # Imported here, as a plain text is opened without it.
    import zipfile

    by_suffix = _by_suffix(source.suffix)
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            kind = ""
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    kind = member.read(200).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        name = by_suffix.name if by_suffix in _SIGNED else "zip archive"
        raise source.unreadable(f"is a damaged {name}") from error
    if kind == EPUB.media_type or "META-INF/container.xml" in names:
        return EPUB
    if kind.startswith(ODT.media_type):
        return ODT
    if kind.startswith("application/vnd.oasis.opendocument"):
        raise source.unreadable("is an OpenDocument file, but not a text")
    if "word/document.xml" in names or ("[Content_Types].xml" in names and by_suffix is DOCX):
        return DOCX
    if "xl/workbook.xml" in names:
        raise source.unreadable("is an Excel workbook, not a text")
    if "ppt/presentation.xml" in names:
        raise source.unreadable("is a PowerPoint presentation, not a text")
    if by_suffix in _SIGNED:
        raise source.unreadable(f"is a zip archive, but no {by_suffix.name}")
    raise source.unreadable("is a zip archive: unpack it first")


def _as_text(head: bytes) -> str:
    """``head`` well enough decoded to look for tags."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8-sig", "replace")


def _by_media_type(media_type: str) -> Format | None:
    return next((form for form in FORMATS if form.media_type == media_type), None)


def _by_suffix(suffix: str) -> Format:
    return next((form for form in FORMATS if suffix in form.suffixes), PLAIN)
