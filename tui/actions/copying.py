"""Copying what is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.exchange.citation import cited
from tui.clipboard import copy as copy_text

if TYPE_CHECKING:
    from tui.screens.reader import Reader


def copy(reader: Reader) -> None:
    """Copy the selection, the highlight or the sentence, with its citation."""
    desk = reader.desk
    spot = None if reader.page.selection else reader.spot
    quote = reader.page.text(spot.span if spot else reader.target)
    text = cited(quote, desk.document, reader.citation) if desk.document else quote
    copied = copy_text(text, reader.app.copy_to_clipboard)
    left_out = f"; {copied.left_out:,} characters at the end did not fit" if copied.left_out else ""
    citation = " with its citation" if desk.document else ""
    reader.say(f"Copied{citation}, by {copied.way}{left_out}")
