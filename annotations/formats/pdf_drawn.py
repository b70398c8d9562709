"""What is drawn on a PDF page that may part the rows of a table: rules, frames, shades."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

from annotations.formats.pdf_tables import Rule

_MOST_OBJECTS = 5_000
"""Of a page that are looked at: more are a drawing."""
_SHORTEST = 12.0
"""Points that a rule is long at least; cells have theirs one by one."""


def rules_of(page: PdfPage, *, mirrored: bool) -> list[Rule]:
    """The upper and lower edges of what is drawn on ``page``; none of a page that is turned.

    Args:
        page: of a document.
        mirrored: whether they are wanted as in a mirror, as the page's lines are.
    """
    if page.get_rotation():
        return []
    edges = tuple(ctypes.c_float() for _ in range(4))
    left, bottom, right, top = edges
    found: set[Rule] = set()
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(drawn, *edges) or right.value - left.value < _SHORTEST:
            continue
        start, end = left.value, right.value
        if mirrored:
            start, end = -end, -start
        found |= {Rule(y.value, start, end) for y in (bottom, top)}
    return sorted(found)
