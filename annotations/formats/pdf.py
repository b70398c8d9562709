"""PDF: page by page through PDFium, laid out by our own rules.

PDFium is not safe in threads, so one lock guards every call into it; a document of any number of
pages streams through in windows, whose pages tell each other's running heads and habits.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from threading import RLock

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from annotations.errors import PasswordNeededError
from annotations.formats.dates import iso_date
from annotations.formats.detect import PDF
from annotations.formats.document import opening_heading
from annotations.formats.passages import Piece, gather, spaced
from annotations.formats.pdf_drawn import rules_of
from annotations.formats.pdf_layout import habits, regions, usual_gutter, without_running_heads
from annotations.formats.pdf_lines import Line
from annotations.formats.pdf_paragraphs import Entry, Paragraphs
from annotations.formats.pdf_tables import Rule
from annotations.formats.pdf_text import has_text, lines_of
from annotations.formats.source import Source
from annotations.model import ImportedDocument, Metadata

_WINDOW = 48
"""Pages that are looked at together."""
_FIRST_PIECES = 8
"""Blocks among which a title is looked for."""
_PAGES_TRIED = 32
"""A file of no more pages is known to be a scan before it is read."""
_PASSWORD_NEEDED = 4
"""PDFium's number for it (FPDF_ERR_PASSWORD)."""
_DEEPEST_OUTLINE = 6
_MOST_ENTRIES = 20_000
_NO_TITLE = re.compile(
    r"untitled|document|title|.*\.(?:docx?|odt|rtf|indd|qxd|tex|dvi|pdf|p65)",
    re.IGNORECASE,
)

_NO_TEXT = "has no text: if it is a scan, run text recognition over it"

_lock = RLock()


def read(source: Source) -> ImportedDocument:
    """The text of a PDF, streamed.

    Raises:
        UnreadableFileError: it is damaged, needs a password, or has no text, as a scan.
    """
    with _opened(source) as document:
        pages = len(document)
        tried = range(min(pages, _PAGES_TRIED))
        if pages == len(tried) and not any(_page_has_text(document, n) for n in tried):
            raise source.unreadable(_NO_TEXT)
        metadata = _metadata(document)
    pieces = _pieces(source)
    first = list(islice(pieces, _FIRST_PIECES))
    title = metadata.title or opening_heading(first) or source.stem
    described = replace(
        metadata,
        title=title,
        source=source.address,
        media_type=PDF.media_type,
        path=source.path,
    )
    return ImportedDocument(gather(spaced(chain(first, pieces))), described)


@contextmanager
def _opened(source: Source) -> Iterator[PdfDocument]:
    """The document in ``source``; whoever uses it holds the lock."""
    with source.open() as stream:
        try:
            with _lock:
                document = PdfDocument(stream, password=source.password or None)
        except PdfiumError as error:
            if error.err_code != _PASSWORD_NEEDED:
                raise source.unreadable("is a damaged PDF") from error
            wrong = "is not opened by this password" if source.password else "needs a password"
            raise PasswordNeededError(f"{source.name}: {wrong}") from error
        try:
            yield document
        finally:
            with _lock:
                document.close()


def _page_has_text(document: PdfDocument, number: int) -> bool:
    with _lock:
        try:
            page = document[number]
        except PdfiumError:
            return False
        try:
            return has_text(page)
        except PdfiumError:
            return False
        finally:
            page.close()


def _page(document: PdfDocument, number: int) -> tuple[list[Line], list[Rule]]:
    """The lines of a page and what is drawn on it; nothing of one that is damaged."""
    with _lock:
        try:
            page = document[number]
        except PdfiumError:
            return [], []
        try:
            lines, mirrored = lines_of(page)
            return lines, rules_of(page, mirrored=mirrored)
        except PdfiumError:
            return [], []
        finally:
            page.close()


def _pieces(source: Source) -> Iterator[Piece]:
    paragraphs = Paragraphs()
    found = False
    with _opened(source) as document:
        outline = _outline(document)
        for window in _windows(len(document)):
            found_lines, drawn = zip(*(_page(document, number) for number in window), strict=True)
            pages = without_running_heads(found_lines)
            usual, gutter = habits(pages), usual_gutter(pages)
            for lines in pages:
                paragraphs.learn(lines)
            for number, lines, rules in zip(window, pages, drawn, strict=True):
                label = _label(document, number)
                entries = outline.get(number, ())
                parts = regions(lines, gutter, rules)
                for piece in paragraphs.add_page(label, parts, usual, entries):
                    found = True
                    yield piece
    for piece in paragraphs.finish():
        found = True
        yield piece
    if not found:
        raise source.unreadable(_NO_TEXT)


def _windows(pages: int) -> Iterator[range]:
    """Runs of about equal length, so that the last is not too short to show its running heads."""
    count = -(-pages // _WINDOW)
    for number in range(count):
        yield range(number * pages // count, (number + 1) * pages // count)


def _label(document: PdfDocument, number: int) -> str:
    with _lock:
        try:
            label: str = document.get_page_label(number)
        except (PdfiumError, ValueError):
            label = ""
    return label or str(number + 1)


def _outline(document: PdfDocument) -> dict[int, list[Entry]]:
    """The file's own outline by page, counted from 0."""
    found: dict[int, list[Entry]] = {}
    with _lock:
        try:
            for bookmark in islice(document.get_toc(max_depth=_DEEPEST_OUTLINE), _MOST_ENTRIES):
                target = bookmark.get_dest()
                page = target.get_index() if target is not None else None
                title = " ".join(bookmark.get_title().split())
                if page is not None and title:
                    level = min(bookmark.level + 1, _DEEPEST_OUTLINE)
                    found.setdefault(page, []).append(Entry(title, level))
        except (PdfiumError, ValueError):
            return found
    return found


def _metadata(document: PdfDocument) -> Metadata:
    with _lock:
        try:
            fields: dict[str, str] = document.get_metadata_dict()
        except (PdfiumError, ValueError):
            fields = {}
        language = _language(document)
    title = " ".join(fields.get("Title", "").split())
    return Metadata(
        title="" if _NO_TITLE.fullmatch(title) else title,
        author=" ".join(fields.get("Author", "").split()),
        published=iso_date(fields.get("CreationDate", "").removeprefix("D:")[:8]),
        language=language,
    )


def _language(document: PdfDocument) -> str:
    size = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < size < 200:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFCatalog_GetLanguage(document, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
