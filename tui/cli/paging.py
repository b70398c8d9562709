"""The page of a document as lines: ``flor show --page``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotations.model import Document
from tui.cli import output
from tui.desk import Desk
from tui.page.overlay import Decoration
from tui.page.palette import ANSI, DARK, HIGH_CONTRAST, LIGHT, Palette
from tui.page.printing import coloured, plain, printed_rows
from tui.settings import config_path, read_settings
from tui.texts import earlier_text

if TYPE_CHECKING:
    from annotations.library.library import Library

MEASURE = 72
"""Cells of a line where nobody says otherwise and the terminal is wide enough."""
_OF_THEMES = {"light": LIGHT, "sepia": LIGHT, "high-contrast": HIGH_CONTRAST, "ansi": ANSI}
"""The palette of each theme that is not dark."""
_MANY_COLOURS = {"truecolor", "24bit"}
"""What COLORTERM says where a terminal has more than sixteen colours."""


def print_page(
    library: Library,
    document: Document,
    width: int | None,
    visual: bool | None,
    revision: int | None = None,
) -> None:
    """Print a document wrapped as the screen wraps it.

    Highlights are coloured on a terminal that has colours; elsewhere the lines are plain.

    Args:
        library: where the document is.
        document: the document.
        width: cells of a line; None: the usual measure, as far as the terminal is as wide.
        visual: whether right-to-left text is put in the order of reading; None: as this coder has
            it in the reader.
        revision: the number of an earlier text, on which no highlight is painted; None: the
            current one.
    """
    desk = Desk(library)
    desk.open(document)
    source = desk.source()
    if revision is not None:
        source = earlier_text(library, document.id, revision)

    def decorations(start: int, end: int) -> Iterator[Decoration]:
        for each in desk.touching(start, end) if revision is None else ():
            yield Decoration(each.start, each.end, desk.colour(each))

    palette = _palette() if output.has_colours() else None
    turned = desk.turned if visual is None else visual
    for row in printed_rows(source, width or _usual_width(), decorations, turned):
        line = coloured(row, palette) if palette else plain(row)
        sys.stdout.write(f"{line}\n")


def _usual_width() -> int:
    return min(MEASURE, output.terminal_width() or MEASURE)


def _palette() -> Palette:
    """The colours of the theme that is configured, as far as the terminal has them."""
    if os.environ.get("COLORTERM", "") not in _MANY_COLOURS:
        return ANSI
    return _OF_THEMES.get(str(read_settings(config_path()).get("theme", "")), DARK)
