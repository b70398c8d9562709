"""Moving the caret."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.widgets.page import Unit

if TYPE_CHECKING:
    from tui.screens.reader import Reader


def _by(unit: Unit, count: int) -> Callable[[Reader], None]:
    """A movement by so many units."""
    return lambda reader: reader.page.move(unit, count)


left = _by(Unit.CHARACTER, -1)
right = _by(Unit.CHARACTER, 1)
up = _by(Unit.ROW, -1)
down = _by(Unit.ROW, 1)
word_next = _by(Unit.WORD, 1)
word_back = _by(Unit.WORD, -1)
word_end = _by(Unit.WORD_END, 1)
sentence_next = _by(Unit.SENTENCE, 1)
sentence_back = _by(Unit.SENTENCE, -1)
paragraph_next = _by(Unit.PARAGRAPH, 1)
paragraph_back = _by(Unit.PARAGRAPH, -1)
line_start = _by(Unit.ROW_EDGE, -1)
line_end = _by(Unit.ROW_EDGE, 1)
half_down = _by(Unit.HALF_PAGE, 1)
half_up = _by(Unit.HALF_PAGE, -1)
page_down = _by(Unit.PAGE, 1)
page_up = _by(Unit.PAGE, -1)
top = _by(Unit.DOCUMENT, -1)
bottom = _by(Unit.DOCUMENT, 1)
