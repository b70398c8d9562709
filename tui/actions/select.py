"""Selecting text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.screens.reader import Reader


def toggle(reader: Reader) -> None:
    """Start a selection at the caret, or drop the one there is."""
    reader.page.toggle_selection()
    reader.refresh_lines()


def sentence(reader: Reader) -> None:
    """Select the sentence, or one more."""
    reader.page.select_sentence()


def paragraph(reader: Reader) -> None:
    """Select the paragraph, or one more."""
    reader.page.select_paragraph()


def drop(reader: Reader) -> None:
    """Drop the selection."""
    reader.page.drop_selection()
    reader.refresh_lines()
