"""Characters that a terminal or a file must not get, and what stands for them.

Each visible symbol is one cell wide and stands for one code point: offsets stay what they are.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

_BIDI: Final = {
    "\u061c": "⇐",
    "\u200e": "⇒",
    "\u200f": "⇐",
    "\u202a": "⇒",
    "\u202b": "⇐",
    "\u202c": "⇔",
    "\u202d": "⇒",
    "\u202e": "⇐",
    "\u2066": "⇒",
    "\u2067": "⇐",
    "\u2068": "⇔",
    "\u2069": "⇔",
}
"""Marks, embeddings, overrides and isolates: they could make a text read as another."""

_INVISIBLE: Final = {
    "\u00ad": "‧",
    "\u115f": "�",
    "\u1160": "�",
    "\u180e": "�",
    "\u200b": "¦",
    "\u2028": "↵",
    "\u2029": "¶",
    "\u2060": "⁀",
    "\u2061": "⁀",
    "\u2062": "⁀",
    "\u2063": "⁀",
    "\u2064": "⁀",
    "\u3164": "�",
    "\ufeff": "⁀",
    "\ufff9": "�",
    "\ufffa": "�",
    "\ufffb": "�",
    "\uffa0": "�",
}

SYMBOLS: Final = MappingProxyType(
    {chr(code): chr(0x2400 + code) for code in range(0x20)}
    | {"\x7f": "␡", "\x85": "␤"}
    | {chr(code): "�" for code in range(0x80, 0xA0) if code != 0x85}
    | _BIDI
    | _INVISIBLE
)
"""What is painted in place of each; tab and line feed too, where the layout leaves them in."""

_TABLE: Final = {ord(character): symbol for character, symbol in SYMBOLS.items()}
_UNSAFE: Final = re.compile(
    "[" + "".join(re.escape(each) for each in sorted(SYMBOLS)) + "\ud800-\udfff]"
)
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def has_unsafe(text: str) -> bool:
    """Whether any character needs a symbol."""
    return _UNSAFE.search(text) is not None


def visible(text: str) -> str:
    """The text, of the same length, with symbols for what a terminal must not get."""
    if not has_unsafe(text):
        return text
    return _SURROGATES.sub("�", text.translate(_TABLE))


def storable(text: str) -> str:
    """``text`` with ``\\udcff`` for each half character: a byte of a file name that is no UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def positions(text: str) -> list[int]:
    """Where the characters are that need a symbol."""
    return [match.start() for match in _UNSAFE.finditer(text)]
