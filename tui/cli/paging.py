"""The page of a document as lines: ``flor show --page``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotations.model import Document
from tui.cli import output
from tui.desk import Desk
from tui.page.looks import Decoration
from tui.page.palette import DARK
from tui.page.printing import coloured, plain, printed_rows

if TYPE_CHECKING:
    from annotations.library.library import Library

MEASURE = 72
"""Cells of a line where nobody says otherwise and the terminal is wide enough."""


def print_page(library: Library, document: Document, width: int | None) -> None:
    """Print a document wrapped as the screen wraps it.

    Highlights are coloured on a terminal that has colours; elsewhere the lines are plain.

    Args:
        library: where the document is.
        document: the document.
        width: cells of a line; None: the usual measure, as far as the terminal is as wide.
    """
    desk = Desk(library)
    desk.open(document)

    def decorations(start: int, end: int) -> Iterator[Decoration]:
        for each in desk.touching(start, end):
            yield Decoration(each.start, each.end, desk.colour(each))

    for row in printed_rows(desk.source(), width or _usual_width(), decorations):
        line = coloured(row, DARK) if _has_colours() else plain(row)
        sys.stdout.write(f"{line}\n")


def _usual_width() -> int:
    return min(MEASURE, output.terminal_width() or MEASURE)


def _has_colours() -> bool:
    return (
        sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM", "") != "dumb"
    )
