"""The line of a dialog that says what its keys do, which the mouse presses too."""

from __future__ import annotations

import re

from textual.content import Content
from textual.events import Click
from textual.widgets import Static

_NAMES = {
    "Esc": "escape",
    "PgUp": "pageup",
    "↑": "up",
    "↓": "down",
    "→": "right",
    "*": "asterisk",
}
"""Names of keys that are not the words of the line in small letters."""
_PART = re.compile(r"(\S+)(?: \S+)*")


def key_called(label: str) -> str:
    """Textual's name of a key as people read it."""
    return _NAMES.get(label, label.lower())


class KeyLine(Static):
    """Keys with what they do, three blanks between them.

    Args:
        keys: Any text: ``Enter take   Esc leave``.
    """

    DEFAULT_CSS = "KeyLine { pointer: pointer; }"

    def __init__(self, keys: str) -> None:
        super().__init__(Content(keys), id="keys")
        self._parts = list(_PART.finditer(keys))

    def on_click(self, event: Click) -> None:
        """Press the key that one clicked on, or on whose words."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for part in self._parts:
            # The line is never wrapped where a dialog has its width, and cells are characters.
            if offset.y == 0 and part.start() <= offset.x < part.end():
                self.app.simulate_key(key_called(part[1]))
