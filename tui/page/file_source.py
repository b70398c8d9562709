"""A file read where it is looked at, without being imported: positions are bytes."""

from __future__ import annotations

import io
import os
import stat
import tempfile
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from annotations.errors import UnreadableFileError
from annotations.formats.encodings import Encoding, NotTextError, decode, detect
from annotations.model import Block
from annotations.text.blocks import plain_blocks, plain_marks
from annotations.text.symbols import visible
from tui.page.file_stretch import FileStretch, canonical
from tui.page.source import Stretch
from tui.page.strides import STRIDE, Strides

if TYPE_CHECKING:
    from tui.page.slices import Slice

_SAMPLE = 65_536
"""Bytes by which the encoding of a file is known before it has been read."""
_KEPT = 64
"""Stretches that are kept."""
_COUNTED = 64
"""Strides from one known count of code points to the next."""


class FileSource:
    """A file of plain text as it lies on the disk.

    Args:
        stream: The file, open for reading bytes; closed with :meth:`close`.
        encoding: UTF-8 or an encoding of one byte a character.
        skip: Bytes of the byte-order mark.
        name: What messages call the file.
        stride: Bytes from one cut to the next, about.
    """

    def __init__(
        self,
        stream: BinaryIO,
        encoding: str = "utf-8",
        skip: int = 0,
        name: str = "",
        stride: int = STRIDE,
    ) -> None:
        self._strides = Strides(stream, encoding, skip, name, stride)
        self._cache: OrderedDict[int, FileStretch] = OrderedDict()
        self._counts = [0]

    @property
    def size(self) -> int:
        """Bytes of the file when it was opened."""
        return self._strides.size

    @property
    def encoding(self) -> str:
        """How it is decoded."""
        return self._strides.encoding

    def close(self) -> None:
        """Let go of the file."""
        self._strides.close()

    def slices(self, position: int, size: int) -> Iterator[Slice]:
        """The file for a search: :func:`tui.page.slices.slices`."""
        from tui.page.slices import slices

        return slices(self._strides, position, size)

    def stretch(self, position: int) -> Stretch:
        """The stretch that holds a byte."""
        number = self._strides.holding(position)
        kept = self._cache.get(number)
        if kept is None:
            kept = self._cache[number] = self._load(number)
            while len(self._cache) > _KEPT:
                self._cache.popitem(last=False)
        self._cache.move_to_end(number)
        return kept

    def _load(self, number: int) -> FileStretch:
        start, inside = self._strides.cut(number)
        end = self._strides.cut(number + 1).start
        raw = self._strides.read(start, end)
        text = canonical(raw, self.encoding)
        blocks = plain_blocks(text, opening=number == 0) if text else ()
        blocks = blocks or (Block(0, len(text)),)
        if inside:
            blocks = (replace(blocks[0], continues=True), *blocks[1:])
        marks = plain_marks(text, blocks)
        return FileStretch(start, end, text, blocks, marks, raw, self.encoding)

    def offset(self, position: int) -> int:
        """The code points before a byte; reads all that has not been counted yet."""
        stretch = self.stretch(position)
        block = self._strides.number(position) // _COUNTED
        while len(self._counts) <= block:
            self._count_on()
        start = self._strides.cut(block * _COUNTED).start
        if start > stretch.start:
            block -= 1
            start = self._strides.cut(block * _COUNTED).start
        return self._counts[block] + self._length(start, stretch.start) + stretch.local(position)

    def position(self, offset: int) -> int:
        """The byte of a code point; reads all that has not been counted yet."""
        while self._counts[-1] <= offset and len(self._counts) * _COUNTED < self._strides.count:
            self._count_on()
        block = bisect_right(self._counts, offset) - 1
        left = offset - self._counts[block]
        position = self._strides.cut(block * _COUNTED).start
        while True:
            stretch = self.stretch(position)
            if left < len(stretch.text) or stretch.end >= self.size:
                return stretch.position(min(left, len(stretch.text)))
            left -= len(stretch.text)
            position = stretch.end

    def _count_on(self) -> None:
        """Count to one known count more."""
        block = len(self._counts) - 1
        start, end = (self._strides.cut(each * _COUNTED).start for each in (block, block + 1))
        self._counts.append(self._counts[-1] + self._length(start, end))

    def _length(self, start: int, end: int) -> int:
        """Code points from one cut to another."""
        return len(canonical(self._strides.read(start, end), self.encoding))


def open_file(path: Path, encoding: str = "") -> FileSource:
    """A file of text, ready to be shown.

    Only its beginning is looked at. A file in an encoding whose characters cannot be told apart
    from any byte on (UTF-16, GB 18030 and the like) is first copied as UTF-8.

    Args:
        path: The file.
        encoding: What the user says it is in; otherwise it is told from the beginning.

    Raises:
        UnreadableFileError: It is missing, no regular file, or no text.
    """
    try:
        stream = path.open("rb", buffering=0)
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            stream.close()
            raise UnreadableFileError(f"{visible(str(path))}: is no regular file")
    except OSError as error:
        raise UnreadableFileError(f"{visible(str(path))}: {error.strerror}") from error
    try:
        found = Encoding(encoding, errors="replace") if encoding else _sampled(stream)
        if _is_direct(found.name):
            return FileSource(stream, found.name, found.skip, str(path))
        with stream:
            return FileSource(_as_utf8(stream, found), name=str(path))
    except (NotTextError, LookupError) as error:
        stream.close()
        raise UnreadableFileError(f"{visible(str(path))}: {error}") from error


def _sampled(stream: BinaryIO) -> Encoding:
    """The encoding that the beginning of a file looks like."""
    head = stream.read(_SAMPLE)
    if len(head) == _SAMPLE:
        # The sample may end inside a character; a line end is the end of one in any encoding.
        head = head[: head.rfind(b"\n") + 1] or head
    return detect(io.BytesIO(head))


def _is_direct(encoding: str) -> bool:
    """Whether any byte tells whether a character begins at it."""
    try:
        high = bytes(range(0xA0, 0x100))
        return encoding == "utf-8" or len(high.decode(encoding, "replace")) == len(high)
    except UnicodeError:
        return False


def _as_utf8(stream: BinaryIO, encoding: Encoding) -> BinaryIO:
    with ExitStack() as stack:
        copy = stack.enter_context(tempfile.TemporaryFile(buffering=0))
        for text in decode(stream, encoding):
            copy.write(text.encode())
        stack.pop_all()
    return copy
