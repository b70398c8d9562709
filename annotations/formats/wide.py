"""UTF-16 and UTF-32 without a byte-order mark, told by their bytes."""

from __future__ import annotations

import codecs
import unicodedata

_FEWEST = 8
"""Code points from which characters prove something."""
_MOST = 8_000
"""Bytes that are looked at: these prove it."""
_UNWRITTEN = frozenset({"Cc", "Cn", "Co", "Cs"})
"""Categories of what no text holds, but for a few controls."""
_BLANKS = "\t\n\f\r"
_MARKS = frozenset(" \n\u3000\u3001\u3002\uff0c")
"""What texts of any length hold: read with the bytes the wrong way round, other characters."""


def wide_by_nuls(head: bytes) -> str:
    """The encoding of a text most of whose bytes, on one side of each character, are NUL.

    That is UTF-16 in Latin letters, and UTF-32.

    Args:
        head: the beginning of a file.

    Returns:
        Python's name of it, or an empty string.
    """
    quads, pairs = len(head) // 4, len(head) // 2
    if pairs < 4:
        return ""
    of_quad = [head[place : 4 * quads : 4].count(0) for place in range(4)]
    of_pair = [head[place : 2 * pairs : 2].count(0) for place in range(2)]
    shown = {
        "utf-32-le": min(of_quad[2:]) > 0.9 * quads and of_quad[0] < 0.02 * quads,
        "utf-32-be": min(of_quad[:2]) > 0.9 * quads and of_quad[3] < 0.02 * quads,
        "utf-16-le": of_pair[1] > 0.6 * pairs and of_pair[0] < 0.02 * pairs,
        "utf-16-be": of_pair[0] > 0.6 * pairs and of_pair[1] < 0.02 * pairs,
    }
    name = next((name for name, is_shown in shown.items() if is_shown), "")
    if not name:
        return ""
    text = _decoded(head, name)
    return name if 20 * _unwritten(text) < len(text) else ""


def wide_by_characters(head: bytes) -> str:
    """UTF-16 of any script: all of its characters are such as texts hold.

    In other bytes every tenth pair or so is a character that nobody writes. Pairs of ASCII are not
    told from ideographs by this: ask only for what is known to be no UTF-8.

    Args:
        head: as for :func:`wide_by_nuls`.

    Returns:
        As for :func:`wide_by_nuls`.
    """
    if 0 not in head:
        return ""
    marks = {}
    for name in ("utf-16-le", "utf-16-be"):
        text = _decoded(head, name)
        if len(text) >= _FEWEST and not _unwritten(text):
            marks[name] = sum(c in _MARKS for c in text)
    best = max(marks, key=marks.__getitem__, default="")
    return best if best and marks[best] else ""


def _decoded(head: bytes, name: str) -> str:
    """The beginning of ``head`` in an encoding; empty if it is not in it."""
    try:
        return codecs.getincrementaldecoder(name)().decode(head[:_MOST])
    except UnicodeDecodeError:
        return ""


def _unwritten(text: str) -> int:
    """How many of its characters no text holds."""
    return sum(c not in _BLANKS and unicodedata.category(c) in _UNWRITTEN for c in text)
