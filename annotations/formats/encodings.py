"""From bytes to canonical text: which encoding a file is in, and decoding it in pieces.

The order is: what the user says, a byte-order mark, UTF-8 if the whole file is, and only then a
guess, which the reader of the file is told of. Memory stays flat: a gigabyte is decoded in pieces.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from annotations.formats.wide import wide_by_characters, wide_by_nuls

PIECE = 262_144
"""Bytes that are decoded at once."""
_SAMPLE = 32_768
"""Bytes that a guess is made from."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Codecs of Python that are no encodings of texts, or that can yield halves of characters.
_NO_ENCODINGS = frozenset(
    {"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
)
# What these names are taken for, since they are used for the larger set (WHATWG Encoding, 4.2).
_AS_BROWSERS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_SWITCHES = (
    ("iso2022_jp_2", re.compile(rb"\x1b\$(?:[@B]|\(D)")),
    ("iso2022_kr", re.compile(rb"\x1b\$\)C")),
)
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\b\t\n\v\f\r\x1b"))
_LEADS = bytes(range(0xC2, 0xF5))
"""The bytes that begin a character of more than one byte in UTF-8."""


class NotTextError(ValueError):
    """The bytes are no text in any encoding."""


class UnknownEncodingError(ValueError):
    """There is no encoding of that name."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file are to be decoded."""

    name: str
    """As Python calls it, in its short form: ``utf-8``, ``cp1252``."""
    skip: int = 0
    """Bytes of the byte-order mark."""
    notice: str = ""
    """What the reader of the file should know of it, or empty."""
    errors: str = "strict"


def lookup(name: str) -> str:
    """The codec's own name for the encoding that the user calls ``name``.

    Raises:
        UnknownEncodingError: it is no encoding of texts.
    """
    try:
        found = codecs.lookup(name).name
        "".encode(found)
    except (LookupError, ValueError, TypeError) as error:
        raise UnknownEncodingError(f"there is no encoding {name!r}") from error
    if found.replace("_", "-") in _NO_ENCODINGS:
        raise UnknownEncodingError(f"there is no encoding {name!r}")
    return found


def declared(name: str, head: bytes) -> Encoding:
    """The encoding that the user names; its byte-order mark, if the file has one, is skipped."""
    found = lookup(name)
    for mark, marked in _BYTE_ORDER_MARKS:
        family = found in (marked, marked[:-3], "utf-8-sig")
        if head.startswith(mark) and family:
            return Encoding(marked, len(mark), errors="replace")
    return Encoding(found.removesuffix("-sig"), errors="replace")


def detect(stream: BinaryIO, hint: str = "") -> Encoding:
    """The encoding of the bytes in ``stream``, all of which are read.

    Args:
        stream: at its start.
        hint: what the bytes say, or a server says, that they are in. UTF-8 that holds more than
            ASCII is believed before it: saved pages often go on declaring what they once were.

    Raises:
        NotTextError: they are no text.
    """
    head = stream.read(PIECE)
    for mark, name in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            notice = "" if name == "utf-8" else f"read as {name}"
            return Encoding(name, len(mark), notice, "replace")
    if name := wide_by_nuls(head) or _escaped(head):
        return Encoding(name, 0, f"read as {name}", "replace")
    survey = _Survey()
    survey.feed(head)
    while piece := stream.read(PIECE):
        survey.feed(piece)
    survey.finish()
    is_binary = survey.is_binary(head)
    if (is_binary or survey.is_other) and (name := wide_by_characters(head)):
        return Encoding(name, 0, f"read as {name}", "replace")
    if is_binary:
        raise NotTextError("is binary, not a text")
    if not survey.wrong:
        return Encoding("utf-8")
    if survey.is_damaged_utf8:
        notice = "read as utf-8; bytes that are no utf-8 are shown as \ufffd"
        return Encoding("utf-8", 0, notice, "replace")
    try:
        name = lookup(_AS_BROWSERS.get(hint.lower(), hint)) if hint else ""
    except UnknownEncodingError:
        name = ""
    # That it is no UTF is known by now, whatever it says.
    if name and not name.startswith("utf"):
        return Encoding(name, 0, f"read as {name}", "replace")
    # Imported here, as its patterns take a while to compile and few files need them.
    from annotations.formats.guess import guess

    name = guess(bytes(survey.sample))
    return Encoding(name, 0, f"read as {name}, which is a guess", "replace")


def decode(stream: BinaryIO, encoding: Encoding) -> Iterator[str]:
    """Canonical text in pieces: ``\\n`` line ends, no byte-order mark.

    Raises:
        NotTextError: the bytes are not in this encoding.
    """
    stream.seek(encoding.skip)
    inner = codecs.getincrementaldecoder(encoding.name)(encoding.errors)
    decoder = io.IncrementalNewlineDecoder(inner, translate=True)
    try:
        while piece := stream.read(PIECE):
            if text := decoder.decode(piece):
                yield _whole(text)
        if text := decoder.decode(b"", final=True):
            yield _whole(text)
    except UnicodeError as error:
        raise NotTextError(f"is no {encoding.name}: {error}") from error


def _whole(text: str) -> str:
    """``text`` without halves of surrogate pairs, which a few decoders let through."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _escaped(head: bytes) -> str:
    """The encoding that switches sets of characters by escape sequences (ISO 2022); or empty."""
    for name, sign in _SWITCHES:
        if sign.search(head):
            try:
                codecs.getincrementaldecoder(name)().decode(head)
            except UnicodeDecodeError:
                continue
            return name
    return ""


class _Survey:
    """What one pass over the bytes finds: whether they are UTF-8, and a sample for a guess."""

    def __init__(self) -> None:
        self.wrong = 0
        """Bytes that are no UTF-8; about, once there are some."""
        self.sample = bytearray()
        self._multibyte = 0
        self._cut_at_end = False
        self._strict = codecs.getincrementaldecoder("utf-8")("strict")

    def feed(self, piece: bytes) -> None:
        if piece.isascii() and not self._strict.getstate()[0]:
            return
        self._multibyte += len(piece) - len(piece.translate(None, _LEADS))
        self._take_sample(piece)
        if not self.wrong:
            try:
                self._strict.decode(piece)
            except UnicodeDecodeError:
                self._strict.reset()
                self.wrong += 1
        if self.wrong:
            self.wrong += piece.decode("utf-8", "replace").count("\ufffd")

    def _take_sample(self, piece: bytes) -> None:
        """Keep the lines that are not ASCII, until there are enough."""
        position = 0
        while len(self.sample) < _SAMPLE and (high := _HIGH.search(piece, position)):
            start = max(piece.rfind(b"\n", position, high.start()) + 1, high.start() - _SAMPLE)
            end = piece.find(b"\n", high.end()) + 1 or len(piece)
            self.sample += piece[start : min(end, start + _SAMPLE)]
            position = end

    def finish(self) -> None:
        if not self.wrong and self._strict.getstate()[0]:
            self.wrong = 1
            self._cut_at_end = True

    @property
    def is_other(self) -> bool:
        """Whether it is in another encoding than UTF-8."""
        return bool(self.wrong) and not self.is_damaged_utf8

    @property
    def is_damaged_utf8(self) -> bool:
        """Whether it is UTF-8 but for a few bytes, or for a character cut off at the end."""
        if self._cut_at_end:
            return self._multibyte > 1
        return self._multibyte >= 20 * self.wrong

    def is_binary(self, head: bytes) -> bool:
        """Whether there are more control characters than a text, however odd, would have."""
        controls = len(head) - len(head.translate(None, _CONTROLS))
        allowed = 0.02 if self.is_other else 0.3
        return controls > allowed * len(head)
