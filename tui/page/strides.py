"""A file cut in strides, where it lies on the disk: bytes, nothing decoded.

Stretch ``i`` runs from the first good cut at or after the start of its stride to that of the next:
the end of a blank line, else of a line, else of a word, else of a character. So a read anywhere
costs no more than a stride, and no cut depends on what was read before. The file is read, not
mapped: memory stays flat, and a file cut short is no bus error.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from threading import Lock
from typing import BinaryIO, NamedTuple

from annotations.errors import UnreadableFileError
from annotations.text.symbols import visible

STRIDE = 16_384
"""Bytes from one cut to the next, about: what is decoded and laid out in one go."""
_CUTS = 256
"""Cuts that are kept."""

_BLANK_LINE = re.compile(rb"(?:\r\n|\n|\r(?!\n))(?:[ \t]*(?:\r\n|\n|\r(?!\n)))+")
_LINE_END = re.compile(rb"\r\n|\n|\r(?!\n|\Z)")
_BLANK = re.compile(rb"[ \t]")
_CHARACTER = re.compile(rb"[^\x80-\xbf]")


class Cut(NamedTuple):
    """Where a stretch begins."""

    start: int
    inside: bool = False
    """Whether that is inside a line."""


class Strides:
    """The bytes of a file of plain text.

    Args:
        stream: The file, open for reading bytes; closed with :meth:`close`.
        encoding: UTF-8 or an encoding of one byte a character.
        skip: Bytes of the byte-order mark.
        name: What messages call the file.
        stride: Bytes from one cut to the next, about.
    """

    def __init__(
        self, stream: BinaryIO, encoding: str, skip: int, name: str, stride: int = STRIDE
    ) -> None:
        self._stream = stream
        self._name = name
        self._lock = Lock()
        self.encoding = encoding
        self.skip = skip
        self.stride = stride
        self.size = max(os.fstat(stream.fileno()).st_size, skip)
        """Bytes of the file when it was opened."""
        self.count = max(-(-self.size // stride), 1)
        self.cut = lru_cache(maxsize=_CUTS)(self._find_cut)
        """Where a stretch begins, by its number; past the last, the end."""

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()

    def read(self, start: int, end: int) -> bytes:
        """The bytes from one position to another; any thread may ask.

        Raises:
            UnreadableFileError: The file cannot be read any more.
        """
        try:
            with self._lock:
                self._stream.seek(start)
                return self._stream.read(end - start)
        except OSError as error:
            raise UnreadableFileError(
                f"{visible(self._name)}: cannot be read any more: {error.strerror}"
            ) from error

    def number(self, position: int) -> int:
        """The number of the stride in which a byte is."""
        return min(max(position, 0) // self.stride, self.count - 1)

    def holding(self, position: int) -> int:
        """The number of the stretch that holds a byte."""
        stride = self.number(position)
        if stride and self.cut(stride).start > min(position, self.size - 1):
            stride -= 1
        return stride

    def _find_cut(self, stride: int) -> Cut:
        if stride <= 0:
            return Cut(self.skip)
        start = stride * self.stride
        if start >= self.size:
            return Cut(self.size)
        # One byte more on the left, so that a line end right at the stride's start is seen.
        window = self.read(start - 1, min(start + self.stride, self.size))
        for pattern in (_BLANK_LINE, _LINE_END):
            match = pattern.search(window, 0)
            while match and match.end() <= 1:
                match = pattern.search(window, match.end())
            if match and match.end() < len(window):
                return Cut(start - 1 + match.end())
        if blank := _BLANK.search(window, 1):
            return Cut(start - 1 + blank.end(), inside=True)
        character = _CHARACTER.search(window, 1) if self.encoding == "utf-8" else None
        cut = character.start() if character else 1 if self.encoding != "utf-8" else len(window)
        if window[cut - 1 : cut + 1] == b"\r\n":
            cut += 1
        return Cut(start - 1 + cut, inside=True)
