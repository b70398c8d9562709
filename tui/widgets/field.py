"""A line to type in, in a place that what is typed never changes."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class Field(Input):
    """Textual's own, without a new layout of the whole screen at every key."""

    virtual_size = Reactive(Size(0, 0), layout=False)
