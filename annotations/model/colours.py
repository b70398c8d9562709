"""The colours of highlights."""

from __future__ import annotations

COLOURS: tuple[str, ...] = (
    "yellow",
    "green",
    "blue",
    "pink",
    "orange",
    "purple",
    "teal",
    "red",
    "brown",
    "grey",
)
"""The named highlight colours; themes give each a shade in which text on it stays readable."""
