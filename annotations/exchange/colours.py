"""The named highlight colours as ``#rrggbb``, for formats that know no names, and back."""

from __future__ import annotations

import re

_HEX = {
    "yellow": "#ffe066",
    "green": "#8fd694",
    "blue": "#8ec5ff",
    "pink": "#ff9ecf",
    "orange": "#ffb861",
    "purple": "#c9a7ff",
    "teal": "#7fd8d0",
    "red": "#ff8f87",
    "brown": "#c9a27c",
    "grey": "#c4c4c4",
}
# The colours that Zotero offers (annotations.js of its reader), by the names here.
_ZOTERO = {
    "#ffd400": "yellow",
    "#ff6666": "red",
    "#5fb236": "green",
    "#2ea8e5": "blue",
    "#a28ae5": "purple",
    "#e56eee": "pink",
    "#f19837": "orange",
    "#aaaaaa": "grey",
}
_NAMES = {value: name for name, value in _HEX.items()}
_is_hex = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})").fullmatch


def to_hex(colour: str) -> str:
    """A colour as ``#rrggbb``; empty where there is none."""
    return _HEX.get(colour, colour)


def from_hex(written: str) -> str:
    """A colour of ours for ``#rrggbb`` or ``#rgb``; empty where it is neither."""
    written = written.strip().lower()
    if not _is_hex(written):
        return ""
    if len(written) == 4:
        written = "#" + "".join(digit * 2 for digit in written[1:])
    return _NAMES.get(written, written)


def zotero_colour(written: str) -> str:
    """A colour of ours for one of Zotero's, which it writes as ``#rrggbb``."""
    return _ZOTERO.get(written.strip().lower()) or from_hex(written)
