"""A stretch of a file: bytes as positions, code points as local offsets. Pure."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tui.page.source import Stretch


class _Lines(NamedTuple):
    """Where the lines of a stretch begin, in bytes and in code points."""

    byte_starts: list[int]
    local_starts: list[int]


@dataclass(frozen=True)
class FileStretch(Stretch):
    """A stretch of a file; its characters take one byte or more."""

    raw: bytes = b""
    encoding: str = "utf-8"

    @cached_property
    def lines(self) -> _Lines | None:
        """Where the lines begin; None where every character is one byte."""
        return None if len(self.text) == len(self.raw) else _lines(self.raw, self.encoding)

    @property
    def is_even(self) -> bool:
        """Whether every character is one byte."""
        return self.lines is None

    def position(self, local: int) -> int:
        """The byte at which a character begins."""
        if local >= len(self.text):
            return self.end
        if self.lines is None:
            return self.start + local
        line = bisect_right(self.lines.local_starts, local) - 1
        first = self.lines.local_starts[line]
        byte = self.lines.byte_starts[line]
        return self.start + byte + self._bytes_of(line, self.text[first:local])

    def local(self, position: int) -> int:
        """The character that the byte belongs to."""
        if position >= self.end:
            return len(self.text)
        byte = min(max(position - self.start, 0), len(self.raw))
        if self.lines is None:
            return byte
        line = bisect_right(self.lines.byte_starts, byte) - 1
        before = self.raw[self.lines.byte_starts[line] : byte]
        return self.lines.local_starts[line] + len(canonical(before, self.encoding))

    def _bytes_of(self, line: int, text: str) -> int:
        """The bytes of the first characters of a line, damaged ones counted as they are."""
        if "\ufffd" not in text:
            return len(text.encode(self.encoding))
        first = self.lines.byte_starts[line] if self.lines else 0
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        seen = 0
        for number in range(first, len(self.raw)):
            read = len(decoder.decode(self.raw[number : number + 1]))
            # A byte that cannot follow ends the damaged character before it and begins another.
            begun = len(decoder.getstate()[0])
            if begun == 0 and seen + read - 1 >= len(text):
                return number - first
            seen += read
            if seen >= len(text):
                return number + 1 - begun - first
        return len(self.raw) - first


def canonical(raw: bytes, encoding: str) -> str:
    """The canonical text of a run of bytes; U+FFFD stands for what cannot be decoded."""
    text = raw.decode(encoding, "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _lines(raw: bytes, encoding: str) -> _Lines:
    lines = _Lines([0], [0])
    for match in re.finditer(rb"\r\n|\n|\r", raw):
        length = len(raw[lines.byte_starts[-1] : match.start()].decode(encoding, "replace"))
        lines.byte_starts.append(match.end())
        lines.local_starts.append(lines.local_starts[-1] + length + 1)
    return lines
