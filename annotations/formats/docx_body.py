"""What mammoth leaves out of a Word document's text, put where it reads it.

Numbers of lists and headings, formulas, what furigana stands over, descriptions of pictures: each
becomes a run of text. An initial that is a paragraph by itself goes into the one that it begins.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from annotations.formats.docx_numbering import Numbering
from annotations.formats.docx_outline import Outline
from annotations.formats.docx_styles import child_of, value_of
from annotations.formats.formulas import linear
from annotations.formats.markup import name_of
from annotations.formats.passages import Piece
from annotations.formats.pictures import in_place_of_picture
from annotations.model import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LABEL = "\ufdd0"
"""Stands before the number of a paragraph: no character of any text."""
CHUNK = "\ufdd1"
"""Stands before the identifier of a file that is part of the text, in a paragraph of its own."""

_COMPLETED_NAMES = (
    "oMath oMathPara ruby altChunk drawing framePr sdt fldSimple AlternateContent vanish cr br"
)
_COMPLETED = tuple(f"{{*}}{name}" for name in _COMPLETED_NAMES.split())
"""What other elements are put in the place of, in any namespace."""


def completed(body: bytes, root: Element, numbering: Numbering, outline: Outline) -> bytes:
    """The part ``word/document.xml`` with all of its text in runs.

    Args:
        body: the part.
        root: the same, parsed; it is changed.
        numbering: of the whole document.
        outline: so too.
    """
    namespace = str(root.tag).rpartition("}")[0] + "}"
    changed = False
    # Text boxes are written twice, for new programs and for old; mammoth reads the latter.
    unread = {each for box in root.iter("{*}Choice") for each in box.iter(f"{namespace}p")}
    for paragraph in root.iter(f"{namespace}p"):
        if paragraph not in unread and (label := numbering.label(paragraph)):
            has_properties = len(paragraph) > 0 and name_of(paragraph[0]) == "ppr"
            paragraph.insert(int(has_properties), _run(namespace, f"{LABEL}{label} "))
            changed = True
        if level := outline.level(paragraph):
            _set_style(namespace, paragraph, f"Heading{level}")
            changed = True
    for element in list(root.iter(*_COMPLETED)):
        changed |= _complete(namespace, element)
    return etree.tostring(root, encoding="utf-8") if changed else body


def _complete(namespace: str, element: Element) -> bool:
    """Put what mammoth reads in the place of ``element``; whether that was needed."""
    match name_of(element):
        case "vanish" if value_of(element, "val") not in ("0", "false"):
            run = _run_of(element)
            return run is not None and _replace(run, [])
        case "framepr" if element.get(f"{namespace}dropCap") in ("drop", "margin"):
            return _join_initial(element)
        case "omath":
            return _replace(element, [_run(namespace, linear(element))])
        case "omathpara":
            return _replace(element, [part for part in element if name_of(part) == "omath"])
        case "ruby":
            bases = [part for part in element if name_of(part) == "rubybase"]
            texts = (text for base in bases for text in base.iter())
            return _replace(element, [text for text in texts if name_of(text) == "t"])
        case "fldsimple":
            return _replace(element, list(element))
        case "sdt":
            inside = child_of(element, "sdtcontent")
            return _replace(element, [] if inside is None else list(inside))
        case "alternatecontent" if child_of(element, "fallback") is None:
            return _replace(element, list(element.iter(f"{namespace}txbxContent")))
        case "cr":
            return _replace(element, [etree.Element(f"{namespace}br")])
        case "br" if value_of(element, "type") in ("page", "column"):
            return _replace(element, [_text(namespace, " ")])
        case "altchunk":
            paragraph = etree.Element(f"{namespace}p")
            paragraph.append(_run(namespace, f"{CHUNK}{_relation(element)}"))
            return _replace(element, [paragraph])
        case "drawing" if words := _description(element):
            return _replace(element, [_text(namespace, words)])
    return False


def with_labels(piece: Piece) -> Piece:
    """``piece`` with the numbers that :func:`completed` put in, instead of mammoth's own."""
    text = piece.text
    cuts: list[tuple[int, int]] = []
    at = text.find(LABEL)
    while at >= 0:
        is_first = not cuts and piece.kind is BlockKind.LIST_ITEM
        cuts.append((0 if is_first else at, at + 1))
        at = text.find(LABEL, at + 1)
    for start, end in reversed(cuts):
        marks = tuple(
            replace(mark, start=_moved(mark.start, start, end), end=_moved(mark.end, start, end))
            for mark in piece.marks
        )
        piece = replace(piece, text=piece.text[:start] + piece.text[end:], marks=marks)
    return piece


def _moved(offset: int, start: int, end: int) -> int:
    """An offset after the characters from ``start`` to ``end`` have gone."""
    return offset - max(min(offset, end) - start, 0)


def _description(drawing: Element) -> str:
    """What stands for a picture; nothing for a text box, which is read."""
    parts = {name_of(part): part for part in drawing.iter()}
    properties = parts.get("docpr")
    if properties is None or "txbxcontent" in parts:
        return ""
    return in_place_of_picture(properties.get("descr") or properties.get("title"))


def _relation(element: Element) -> str:
    """The identifier of a relation, in either of the standard's two namespaces."""
    names = (str(key) for key in element.attrib if str(key).endswith("}id"))
    return element.get(next(names, "")) or ""


def _join_initial(frame: Element) -> bool:
    """Put the initial in the paragraph of ``frame`` before the paragraph after it, if it can."""
    paragraph = next((each for each in frame.iterancestors() if name_of(each) == "p"), None)
    following = None if paragraph is None else paragraph.getnext()
    if paragraph is None or following is None or name_of(following) != "p":
        return False
    place = int(len(following) > 0 and name_of(following[0]) == "ppr")
    following[place:place] = [part for part in paragraph if name_of(part) != "ppr"]
    return _replace(paragraph, [])


def _run_of(property_: Element) -> Element | None:
    """The run that a property of characters is of; None for a paragraph's mark or a style."""
    above = property_.getparent()
    run = None if above is None else above.getparent()
    return run if run is not None and name_of(run) == "r" else None


def _set_style(namespace: str, paragraph: Element, style: str) -> None:
    properties = child_of(paragraph, "ppr")
    if properties is None:
        properties = etree.Element(f"{namespace}pPr")
        paragraph.insert(0, properties)
    named = child_of(properties, "pstyle")
    if named is None:
        named = etree.Element(f"{namespace}pStyle")
        properties.insert(0, named)
    named.set(f"{namespace}val", style)


def _run(namespace: str, text: str) -> Element:
    run = etree.Element(f"{namespace}r")
    run.append(_text(namespace, text))
    return run


def _text(namespace: str, text: str) -> Element:
    written = etree.Element(f"{namespace}t")
    written.text = text
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return written


def _replace(element: Element, others: list[Element]) -> bool:
    """Put others in the place of an element; False where it has none."""
    parent = element.getparent()
    if parent is None:
        return False
    place = parent.index(element)
    parent.remove(element)
    for number, other in enumerate(others):
        parent.insert(place + number, other)
    return True
