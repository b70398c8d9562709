"""Keys as they are written and read."""

from __future__ import annotations

from collections.abc import Mapping

_DISPLAY: Mapping[str, str] = {
    "escape": "Esc",
    "space": "Space",
    "enter": "Enter",
    "tab": "Tab",
    "delete": "Del",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def key_name(key: str) -> str:
    """A key as a list of keys separated by commas can hold it."""
    return "comma" if key == "," else key


def key_label(key: str) -> str:
    """A key as people read it: ``ctrl+r`` is ``Ctrl+R``."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    label = _DISPLAY.get(last, last.capitalize() if len(last) > 1 or modifiers else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), label])
