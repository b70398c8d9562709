"""OpenDocument text, zipped (ODT) or flat (FODT): our own walk over its paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.formats import archive
from annotations.formats.archive import Archive, joined
from annotations.formats.composer import Composer
from annotations.formats.dates import iso_date
from annotations.formats.detect import ODT
from annotations.formats.document import composed
from annotations.formats.formulas import flatten
from annotations.formats.markup import MarkupError, name_of, parse_xml, text_of, walk
from annotations.formats.odt_styles import OUTLINE, Styles
from annotations.formats.passages import Piece
from annotations.formats.pictures import in_place_of_picture
from annotations.formats.source import Source
from annotations.model import BlockKind, ImportedDocument, MarkKind, Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CONTENT, _STYLES, _META = "content.xml", "styles.xml", "meta.xml"
_MANIFEST = "META-INF/manifest.xml"
_OFFICE_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OBJECT = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}object"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SKIPPED_NAMES = (
    "tracked-changes annotation annotation-end forms script sequence-decls variable-decls "
    "user-field-decls title desc table-of-content-source illustration-index-source "
    "alphabetical-index-source bibliography-source note binary-data"
)
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
"""Elements that are not read where they stand; a note is read at the end."""
_COUNT = re.compile(r"[0-9]{1,6}")
_DEEPEST_OUTLINE = 10
_MOST_BLANKS = 1_000
_MOST_COLUMNS = 50


def read(source: Source) -> ImportedDocument:
    """The text of an OpenDocument file, with its notes and tables."""
    try:
        if source.head().startswith(b"PK"):
            with archive.opened(source) as members:
                if _MANIFEST in members and b"encryption-data" in members.read(_MANIFEST):
                    raise source.unreadable("is encrypted: save it without a password first")
                parts = [
                    parse_xml(members.read(name))
                    for name in (_CONTENT, _STYLES, _META)
                    if name == _CONTENT or name in members
                ]
                _gather_formulas(members, parts[0])
        else:
            parts = [parse_xml(source.whole())]
    except MarkupError as error:
        raise source.unreadable(str(error)) from error
    body = next(parts[0].iter(_OFFICE_TEXT), None)
    if body is None:
        raise source.unreadable("holds no text")
    flatten(body)
    pieces = _OdtBlocks(Styles(parts)).pieces(body)
    return composed(source, _metadata(parts), pieces, ODT.media_type)


def _gather_formulas(members: Archive, content: Element) -> None:
    """Put the formulas, which are files of their own, where they stand in the text."""
    for place in list(content.iter(_OBJECT)):
        name = joined("", f"{place.get(_LINK) or ''}/content.xml")
        if name in members:
            root = parse_xml(members.read(name))
            if name_of(root) == "math":
                place.append(root)


def _metadata(parts: list[Element]) -> Metadata:
    fields: dict[str, str] = {}
    for part in parts:
        meta = next((element for element in part.iter() if name_of(element) == "meta"), ())
        for element in meta:
            fields.setdefault(name_of(element), text_of(element))
    return Metadata(
        title=fields.get("title", ""),
        author=fields.get("initial-creator") or fields.get("creator", ""),
        published=iso_date(fields.get("creation-date") or fields.get("date", "")),
        language=fields.get("language", ""),
    )


@dataclass(slots=True)
class _List:
    """An open list: the name of its style, and the number of its last item."""

    style: str
    number: int = 0


class _OdtBlocks:
    """Walks the body of a text into a composer."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._composer = Composer()
        self._targets: frozenset[str] = frozenset()
        self._lists: list[_List] = []
        self._last: dict[tuple[str, int], int] = {}
        """The number of the last item of each style of list, at each depth."""
        self._outline: list[int] = []
        """The numbers of the last heading, the highest level's first."""
        self._new_item = False
        self._in_cell = 0
        """How many cells are open: paragraphs in them begin no block."""
        self._first_cell = True
        self._goes_on = False
        """Whether the next paragraph belongs to the block that is open."""
        self._notes: list[Element] = []

    def pieces(self, body: Element) -> list[Piece]:
        """The blocks of ``body``, its notes at the end."""
        links = (element.get(_LINK) or "" for element in body.iter(f"{_TEXT}a"))
        self._targets = frozenset(href[1:].partition("|")[0] for href in links if href[:1] == "#")
        self._walk(body)
        # A note may hold notes of its own: the list grows while it is worked through.
        for number, note in enumerate(self._notes, 1):
            self._composer.begin(BlockKind.PARAGRAPH)
            self._composer.anchor(f"note-{number}")
            self._composer.write(f"{_citation(note)} ")
            for part in note:
                if name_of(part) == "note-body":
                    self._goes_on = True
                    self._walk(part)
        return self._composer.finish()

    def _walk(self, root: Element) -> None:
        opened: list[tuple[Element, int]] = []
        for begins, element in walk(root, lambda child: name_of(child) in _SKIPPED):
            if begins:
                opened.append((element, self._begin(element)))
                self._write(element.text)
                continue
            if opened[-1][0] is element:
                self._end(*opened.pop())
            elif name_of(element) == "note":
                self._refer_to(element)
            if element is not root:
                self._write(element.tail)

    def _write(self, text: str | None) -> None:
        if text:
            self._composer.write(text)

    def _refer_to(self, note: Element) -> None:
        self._notes.append(note)
        self._composer.open_mark(MarkKind.FOOTNOTE, f"note-{len(self._notes)}")
        self._composer.write(_citation(note))
        self._composer.close_mark()

    def _begin(self, element: Element) -> int:
        """Open what ``element`` opens, and say how many marks that were."""
        name = name_of(element)
        composer = self._composer
        if name in ("p", "h"):
            self._begin_paragraph(name, element)
        elif name == "list":
            style = element.get(f"{_TEXT}style-name") or (
                self._lists[-1].style if self._lists else ""
            )
            self._begin_list(style, element)
        elif name == "list-item" and self._lists:
            current = self._lists[-1]
            current.number = _count(element.get(f"{_TEXT}start-value"), current.number + 1)
            self._last[current.style, len(self._lists)] = current.number
            self._new_item = True
        elif name == "table-row" and not self._in_cell:
            composer.begin(BlockKind.TABLE_ROW)
            self._first_cell = True
        elif name in ("table-cell", "covered-table-cell"):
            self._begin_cell(element)
        elif name == "s":
            composer.write_exactly(" " * min(_count(element.get(f"{_TEXT}c"), 1), _MOST_BLANKS))
        elif name == "tab":
            composer.write_exactly(" " if self._in_cell else "\t")
        elif name == "line-break":
            composer.break_line()
        elif name == "frame":
            composer.write(_description(element))
        elif name in ("bookmark", "bookmark-start", "reference-mark", "reference-mark-start"):
            place = element.get(f"{_TEXT}name") or ""
            if place in self._targets:
                composer.anchor(place)
        return self._open_marks(name, element)

    def _end(self, element: Element, marks: int) -> None:
        for _ in range(marks):
            self._composer.close_mark()
        name = name_of(element)
        if name in ("table-cell", "covered-table-cell"):
            self._in_cell -= 1
        elif name == "list":
            self._lists.pop()
        elif name == "list-item":
            self._new_item = False
        elif name in ("p", "h") and not self._in_cell and self._composer.kind is not BlockKind.CODE:
            self._composer.end()

    def _begin_paragraph(self, name: str, element: Element) -> None:
        composer = self._composer
        kind, level = self._styles.kind(element.get(f"{_TEXT}style-name") or "")
        if self._goes_on:
            self._goes_on = False
        elif self._in_cell:
            composer.write(" ")
        elif name == "h":
            level = _count(element.get(f"{_TEXT}outline-level"), 1)
            composer.begin(BlockKind.HEADING, level, self._heading_lead(element, level))
        elif self._new_item:
            self._begin_item()
        elif kind is composer.kind is BlockKind.CODE:
            # Each line of code is a paragraph.
            composer.break_line()
        else:
            composer.begin(kind, level)

    def _begin_list(self, style: str, element: Element) -> None:
        goes_on = element.get(f"{_TEXT}continue-numbering") == "true"
        goes_on = goes_on or element.get(f"{_TEXT}continue-list") is not None
        depth = len(self._lists) + 1
        before = self._styles.start(style, depth) - 1
        last = self._last.get((style, depth), before) if goes_on else before
        self._lists.append(_List(style, last))

    def _begin_item(self) -> None:
        self._new_item = False
        lead = f"{self._item_number() or '•'} "
        self._composer.begin(BlockKind.LIST_ITEM, len(self._lists), lead)

    def _item_number(self) -> str:
        counts = [opened.number for opened in self._lists]
        return self._styles.number(self._lists[-1].style, counts)

    def _heading_lead(self, element: Element, level: int) -> str:
        """The number of a heading, by the list that it is in or by the outline."""
        if element.get(f"{_TEXT}is-list-header") == "true":
            return ""
        if self._new_item:
            self._new_item = False
            number = self._item_number()
        else:
            shallow = min(level, _DEEPEST_OUTLINE)
            counts = [*self._outline, *[0] * shallow][:shallow]
            counts[-1] = _count(element.get(f"{_TEXT}start-value"), counts[-1] + 1)
            self._outline = counts
            number = self._styles.number(OUTLINE, counts)
        return f"{number} " if number else ""

    def _begin_cell(self, element: Element) -> None:
        self._in_cell += 1
        if self._in_cell > 1:
            return
        repeated = _count(element.get(f"{_TABLE}number-columns-repeated"), 1)
        for _ in range(min(repeated, _MOST_COLUMNS) - self._first_cell):
            self._composer.next_cell()
        self._first_cell = False

    def _open_marks(self, name: str, element: Element) -> int:
        if name == "span":
            kinds = self._styles.marks(element.get(f"{_TEXT}style-name") or "")
            for kind in kinds:
                self._composer.open_mark(kind)
            return len(kinds)
        if name == "a" and (href := element.get(_LINK)):
            target = f"#{href[1:].partition('|')[0]}" if href.startswith("#") else href
            self._composer.open_mark(MarkKind.LINK, target)
            return 1
        return 0


def _description(frame: Element) -> str:
    """What stands for the picture in a frame; nothing for a text box, which is read."""
    parts = {name_of(part): part for part in frame}
    described = next((parts[name] for name in ("desc", "title") if name in parts), None)
    if described is None or "text-box" in parts:
        return ""
    return in_place_of_picture(text_of(described))


def _citation(note: Element) -> str:
    return next((text_of(part) for part in note if name_of(part) == "note-citation"), "") or "*"


def _count(written: str | None, default: int) -> int:
    return int(written) if written and _COUNT.fullmatch(written) else default
