"""Typing a label: the page below shows one at every place that can be reached."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events

from annotations.model import Span

from .dialog import Overlay


class Jump(Overlay[tuple[Span, bool]]):
    """Asks for a label; gives the span that it names, and whether it was typed in capitals.

    Args:
        spans: By label.
    """

    def __init__(self, spans: Mapping[str, Span]) -> None:
        super().__init__()
        self.spans = spans
        """By label."""
        self._typed = ""
        self._extends = False

    def on_key(self, event: events.Key) -> None:
        """Take a letter of the label; anything else leaves."""
        event.stop()
        letter = event.character or ""
        if not letter.isalpha():
            self.dismiss(None)
            return
        self._extends = self._extends or letter.isupper()
        self._typed += letter.lower()
        if self._typed in self.spans:
            self.dismiss((self.spans[self._typed], self._extends))
        elif not any(label.startswith(self._typed) for label in self.spans):
            self.dismiss(None)
