"""The index of a book: short lines in columns, each an entry that ends with its pages. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotations.formats.pdf_lines import Line

_PAGES = r"\d{1,4}[a-z]?(?:[-–]\d{1,4})?(?:n\.? ?\d*)?"
_ENTRY = re.compile(rf"[^.!?]*[^\W\d][^.!?]*, {_PAGES}(?:[,;] {_PAGES})*[,;]?")
_LONGEST = 200
"""Code points of an entry."""
_SHARE = 0.6
"""Of the lines that name pages, at least."""
_FEWEST = 8


def is_entry(text: str) -> bool:
    """Whether a line names something and, after a comma, its pages."""
    return len(text) <= _LONGEST and _ENTRY.fullmatch(text) is not None


def is_index(lines: Sequence[Line]) -> bool:
    """Whether most of ``lines`` are entries."""
    found = sum(is_entry(line.text) for line in lines)
    return len(lines) >= _FEWEST and found >= _SHARE * len(lines)
