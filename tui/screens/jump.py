"""Typing a label: the page below shows one at every place that can be reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import events

from annotations.model import Span
from tui.screens.dialog import Overlay


class Jump(Overlay[None]):
    """Takes a label.

    Args:
        spans: By label.
        then: Told at the end of the span whose label was typed, if one was, and whether it was in
            capitals.
    """

    def __init__(
        self, spans: Mapping[str, Span], then: Callable[[Span | None, bool], object]
    ) -> None:
        super().__init__()
        self.spans = spans
        """By label."""
        self._then = then
        self._typed = ""
        self._extends = False
        self._ended = False

    def on_key(self, event: events.Key) -> None:
        """Take a letter of the label; anything else leaves."""
        event.stop()
        if self._ended:
            # Typed on before this screen was gone: it is meant for the one below.
            self.app.simulate_key(event.key)
            return
        letter = event.character or ""
        self._extends = self._extends or letter.isupper()
        self._typed += letter.lower()
        found = self.spans.get(self._typed)
        if found or not any(label.startswith(self._typed) for label in self.spans if letter):
            self._ended = True
            self._then(found, self._extends)
            self.dismiss()
