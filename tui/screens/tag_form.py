"""What a codebook says of a tag: what it is for, when to use it, when not."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from annotations.model import Tag
from tui.screens.dialog import Dialog
from tui.widgets.field import Field

_FIELDS = {
    "description": "What it is for",
    "inclusion": "Include",
    "exclusion": "Exclude",
}


class TagForm(Dialog[Mapping[str, str]]):
    """Asks for the words on a tag; gives them by the names of the fields.

    Args:
        tag: The tag as it is.
    """

    DEFAULT_CSS = "TagForm Input { margin-bottom: 1; }"

    def __init__(self, tag: Tag) -> None:
        super().__init__(tag.path, "Enter save   Tab next   Esc leave")
        self._tag = tag

    def body(self) -> ComposeResult:
        """A field for each."""
        for name, label in _FIELDS.items():
            yield Static(label)
            yield Field(getattr(self._tag, name), id=name, select_on_focus=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss({name: self.query_one(f"#{name}", Input).value.strip() for name in _FIELDS})
