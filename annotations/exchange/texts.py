"""Texts that other programs hold, as canonical text, and where their positions went."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from annotations.formats.passages import gather
from annotations.formats.plain import pieces
from annotations.model import Passage

_CHANGED = re.compile("\r\n|\r|\\A\ufeff")


class CanonicalText:
    """A text with ``\\n`` ends and without a byte-order mark, and the way to it."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw
        self._lost: list[int] = []
        if "\r" in raw or raw.startswith("\ufeff"):
            changes = list(_CHANGED.finditer(raw))
            # Where a code point is gone: after the first of two, at the mark itself.
            self._lost = [match.end() for match in changes if match[0] != "\r"]
            self.text = _CHANGED.sub(lambda m: "" if m[0] == "\ufeff" else "\n", raw)

    def place(self, raw_offset: int) -> int:
        """Where a place in the raw text (code points) lies in the canonical one."""
        return raw_offset - bisect_left(self._lost, raw_offset + 1)


def passages(text: str) -> Iterator[Passage]:
    """A whole canonical text in passages, its blocks found as in a plain text file."""
    return gather(pieces(iter((text,))))
