"""A line to type in, in a place that what is typed never changes."""

from __future__ import annotations

from textual.events import Key
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class Field(Input):
    """Textual's own, without a new layout of the whole screen at every key."""

    virtual_size = Reactive(Size(0, 0), layout=False)

    async def _on_key(self, event: Key) -> None:
        """A chord with Alt is a command: terminals send the letter along, which is not typed."""
        if event.key.startswith("alt+"):
            event.prevent_default()
