"""A file read where it is looked at, without being imported: positions are bytes.

The file is cut in strides. Stretch ``i`` runs from the first good cut at or after the start of its
stride to that of the next: the end of a blank line, else of a line, else of a word, else of a
character. So a read anywhere costs no more than a stride, and no cut depends on what was read
before. It is read, not mapped: memory stays flat, and a file cut short is no bus error.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import stat
import tempfile
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import BinaryIO, NamedTuple

from annotations.errors import UnreadableFileError
from annotations.formats.encodings import Encoding, NotTextError, decode, detect
from annotations.model import Block
from annotations.text.blocks import plain_blocks, plain_marks
from annotations.text.symbols import visible
from tui.page.source import Stretch

STRIDE = 16_384
"""Bytes from one cut to the next, about: what is decoded and laid out in one go."""
_SAMPLE = 65_536
"""Bytes by which the encoding of a file is known before it has been read."""
_KEPT = 64
"""Stretches that are kept."""
_NEAR = 1024
"""Bytes in which a line is likely to end."""
_COUNTED = 64
"""Strides from one known count of code points to the next."""

_BLANK_LINE = re.compile(rb"(?:\r\n|\n|\r(?!\n))(?:[ \t]*(?:\r\n|\n|\r(?!\n)))+")
_LINE_END = re.compile(rb"\r\n|\n|\r(?!\n|\Z)")
_BLANK = re.compile(rb"[ \t]")
_CHARACTER = re.compile(rb"[^\x80-\xbf]")


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
        return self.lines.local_starts[line] + len(_decoded(before, self.encoding))

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


def _decoded(raw: bytes, encoding: str) -> str:
    """The canonical text of a run of bytes."""
    text = raw.decode(encoding, "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _lines(raw: bytes, encoding: str) -> _Lines:
    lines = _Lines([0], [0])
    for match in re.finditer(rb"\r\n|\n|\r", raw):
        length = len(raw[lines.byte_starts[-1] : match.start()].decode(encoding, "replace"))
        lines.byte_starts.append(match.end())
        lines.local_starts.append(lines.local_starts[-1] + length + 1)
    return lines


class Slice(NamedTuple):
    """A run of a file that has not been decoded."""

    start: int
    end: int
    raw: bytes
    encoding: str

    def decoded(self) -> FileStretch:
        """Its text, without blocks."""
        text = _decoded(self.raw, self.encoding)
        return FileStretch(self.start, self.end, text, (), (), self.raw, self.encoding)


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
        self._stride = stride
        self._stream = stream
        self._encoding = encoding
        self._skip = skip
        self._name = name
        self._size = max(os.fstat(stream.fileno()).st_size, skip)
        self._strides = max(-(-self._size // stride), 1)
        self._cache: OrderedDict[int, FileStretch] = OrderedDict()
        self._cut = lru_cache(maxsize=4 * _KEPT)(self._find_cut)
        self._counts = [0]
        self._lock = Lock()

    @property
    def size(self) -> int:
        """Bytes of the file when it was opened."""
        return self._size

    @property
    def encoding(self) -> str:
        """How it is decoded."""
        return self._encoding

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()

    def _read(self, start: int, end: int) -> bytes:
        try:
            with self._lock:
                self._stream.seek(start)
                return self._stream.read(end - start)
        except OSError as error:
            raise UnreadableFileError(
                f"{visible(self._name)}: cannot be read any more: {error.strerror}"
            ) from error

    def _find_cut(self, stride: int) -> tuple[int, bool]:
        """Where a stretch begins, and whether that is inside a line."""
        if stride <= 0:
            return self._skip, False
        start = stride * self._stride
        if start >= self._size:
            return self._size, False
        # One byte more on the left, so that a line end right at the stride's start is seen.
        window = self._read(start - 1, min(start + self._stride, self._size))
        for pattern in (_BLANK_LINE, _LINE_END):
            match = pattern.search(window, 0)
            while match and match.end() <= 1:
                match = pattern.search(window, match.end())
            if match and match.end() < len(window):
                return start - 1 + match.end(), False
        if blank := _BLANK.search(window, 1):
            return start - 1 + blank.end(), True
        character = _CHARACTER.search(window, 1) if self._encoding == "utf-8" else None
        cut = character.start() if character else 1 if self._encoding != "utf-8" else len(window)
        if window[cut - 1 : cut + 1] == b"\r\n":
            cut += 1
        return start - 1 + cut, True

    def _stride_of(self, position: int) -> int:
        """The number of the stretch that holds a byte."""
        stride = min(max(position, 0) // self._stride, self._strides - 1)
        if stride and self._cut(stride)[0] > min(position, self._size - 1):
            stride -= 1
        return stride

    def stretch(self, position: int) -> Stretch:
        """The stretch that holds a byte."""
        stride = self._stride_of(position)
        kept = self._cache.get(stride)
        if kept is None:
            kept = self._cache[stride] = self._load(stride)
            while len(self._cache) > _KEPT:
                self._cache.popitem(last=False)
        self._cache.move_to_end(stride)
        return kept

    def slices(self, position: int, size: int) -> Iterator[Slice]:
        """The text from a position to the end, and then from the start to there.

        Args:
            position: Where to begin, or a little before.
            size: Bytes of a slice, about; the first ones are smaller.
        """
        first = self._stride_of(position)
        origin = self._cut(first)[0]
        for start, end, stride, last in (
            (origin, self._size, first, self._strides),
            (self._skip, origin, 0, first),
        ):
            strides = 1
            while stride < last:
                stride = min(stride + strides, last)
                cut = end if stride == last else self._line_cut(stride)
                if start < cut:
                    yield Slice(start, cut, self._read(start, cut), self._encoding)
                start, strides = cut, min(strides * 2, max(size // self._stride, 1))

    def _line_cut(self, stride: int) -> int:
        """Where a slice may begin: at a line, which is found sooner than a paragraph; where there
        is none near the stride's start, as a stretch does."""
        start = stride * self._stride
        line_end = self._read(start - 1, start + min(_NEAR, self._stride)).find(b"\n")
        return start + line_end if line_end >= 0 else self._cut(stride)[0]

    def _load(self, stride: int) -> FileStretch:
        start, inside = self._cut(stride)
        end, _ = self._cut(stride + 1)
        raw = self._read(start, end)
        text = _decoded(raw, self._encoding)
        blocks = plain_blocks(text, opening=stride == 0) if text else ()
        blocks = blocks or (Block(0, len(text)),)
        if inside:
            blocks = (replace(blocks[0], continues=True), *blocks[1:])
        marks = plain_marks(text, blocks)
        return FileStretch(start, end, text, blocks, marks, raw, self._encoding)

    def offset(self, position: int) -> int:
        """The code points before a byte; reads all that has not been counted yet."""
        stretch = self.stretch(position)
        block = min(max(position, 0) // self._stride, self._strides - 1) // _COUNTED
        while len(self._counts) <= block:
            self._counts.append(self._counts[-1] + self._count(len(self._counts) - 1))
        start = self._cut(block * _COUNTED)[0]
        if start > stretch.start:
            block -= 1
            start = self._cut(block * _COUNTED)[0]
        before = len(_decoded(self._read(start, stretch.start), self._encoding))
        return self._counts[block] + before + stretch.local(position)

    def _count(self, block: int) -> int:
        """The code points from one known count to the next."""
        start, end = (self._cut(each * _COUNTED)[0] for each in (block, block + 1))
        return len(_decoded(self._read(start, end), self._encoding))

    def position(self, offset: int) -> int:
        """The byte of a code point; reads all that has not been counted yet."""
        while self._counts[-1] <= offset and len(self._counts) * _COUNTED < self._strides:
            self._counts.append(self._counts[-1] + self._count(len(self._counts) - 1))
        block = bisect_right(self._counts, offset) - 1
        left = offset - self._counts[block]
        position = self._cut(block * _COUNTED)[0]
        while True:
            stretch = self.stretch(position)
            if left < len(stretch.text) or stretch.end >= self._size:
                return stretch.position(min(left, len(stretch.text)))
            left -= len(stretch.text)
            position = stretch.end


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
        stream = path.open("rb")
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
        copy = stack.enter_context(tempfile.TemporaryFile())
        for text in decode(stream, encoding):
            copy.write(text.encode())
        copy.flush()
        stack.pop_all()
    return copy
