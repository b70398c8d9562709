"""How a highlight stands to its text."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How a highlight stands to the current text of its document."""

    PLACED = "placed"
    MOVED = "moved"
    LOST = "lost"
