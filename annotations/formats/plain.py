"""Plain text, of any size: decoded in pieces, cut where a block ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from annotations.formats import encodings
from annotations.formats.encodings import Encoding, NotTextError, UnknownEncodingError
from annotations.formats.opening import opening_metadata
from annotations.formats.passages import LONGEST_BLOCK, Piece, blank_before, gather
from annotations.formats.source import Source
from annotations.model import Block, ImportedDocument, Mark, Passage
from annotations.text.blocks import plain_blocks, plain_marks

_STRETCH = 131_072
"""Code points in which blocks are looked for at once."""
_TITLE_STRETCH = 16_384
"""Code points of the beginning that the title is looked for in."""
_DECLARATION = re.compile(rb"(?:charset|coding):?[ =]\s*\"?([a-z0-9][\w.:-]+)", re.IGNORECASE)
_DECLARED_BEFORE = 4_096
"""Bytes."""


def read(source: Source) -> ImportedDocument:
    """The text in ``source``, streamed."""
    encoding = find_encoding(source, source.charset or _declared(source))
    start = "".join(_text(source, encoding, _TITLE_STRETCH))
    found = opening_metadata(start)
    metadata = replace(
        found,
        title=found.title or source.stem,
        source=source.address,
        media_type="text/plain",
        path=source.path,
        encoding=encoding.name,
    )
    notices = (encoding.notice,) if encoding.notice else ()
    return ImportedDocument(_passages(source, encoding), metadata, notices)


def _declared(source: Source) -> str:
    """What the first lines say that the text is in, as mail, editors and Project Gutenberg do."""
    match = _DECLARATION.search(source.head()[:_DECLARED_BEFORE])
    return match[1].decode("ascii") if match else ""


def find_encoding(source: Source, hint: str = "") -> Encoding:
    """The encoding that the user named, or the one that the bytes are in.

    Args:
        source: the bytes.
        hint: what they declare themselves to be in.

    Raises:
        UnreadableFileError: the bytes are no text, or there is no such encoding.
    """
    try:
        with source.open() as stream:
            if source.encoding:
                return encodings.declared(source.encoding, stream.read(4))
            return encodings.detect(stream, hint)
    except (NotTextError, UnknownEncodingError) as error:
        raise source.unreadable(str(error)) from error


def read_text(source: Source, hint: str = "") -> tuple[str, Encoding]:
    """The canonical text as a whole, for markup that cannot be streamed.

    Args:
        source: the bytes.
        hint: what they declare themselves to be in.
    """
    source.require_small()
    encoding = find_encoding(source, hint)
    return "".join(_text(source, encoding)), encoding


def _text(source: Source, encoding: Encoding, limit: int = 0) -> Iterator[str]:
    """The canonical text in pieces; the first ``limit`` code points alone if it is above 0."""
    try:
        with source.open() as stream:
            taken = 0
            for text in encodings.decode(stream, encoding):
                yield text[: limit - taken] if limit else text
                taken += len(text)
                if limit and taken >= limit:
                    return
    except NotTextError as error:
        raise source.unreadable(str(error)) from error


def _passages(source: Source, encoding: Encoding) -> Iterator[Passage]:
    return gather(pieces(_text(source, encoding)))


def pieces(texts: Iterator[str]) -> Iterator[Piece]:
    """The blocks of the text that ``texts`` joined are, with flat memory.

    Args:
        texts: parts of canonical text, cut anywhere.
    """
    opening = True
    cut: Block | None = None
    buffer = ""
    for text in texts:
        buffer += text
        while len(buffer) >= _STRETCH:
            blocks = _blocks(buffer, opening=opening, cut=cut)
            whole = blocks[: _settled(buffer, blocks)]
            if whole:
                yield from _pieces(buffer, whole)
                place = whole[-1].end
                cut = None
            else:
                place = blank_before(buffer, LONGEST_BLOCK)
                cut = replace(blocks[0], end=place)
                yield from _pieces(buffer, (cut,))
            buffer = buffer[place:]
            opening = False
    if buffer:
        yield from _pieces(buffer, _blocks(buffer, opening=opening, cut=cut))


def _blocks(buffer: str, *, opening: bool, cut: Block | None) -> tuple[Block, ...]:
    """The blocks of ``buffer``; the first goes on with ``cut``, if a block was cut before it."""
    blocks = plain_blocks(buffer, opening=opening)
    if cut is None:
        return blocks
    first = replace(blocks[0], kind=cut.kind, level=cut.level, continues=True)
    return (first, *blocks[1:])


def _settled(buffer: str, blocks: tuple[Block, ...]) -> int:
    """How many of ``blocks`` stay as they are, whatever follows ``buffer``.

    A stanza is judged as a whole, so those in the last one are open; without a blank line, only
    the last block is.
    """
    last_stanza = buffer.rstrip("\n").rfind("\n\n")
    if last_stanza < 0:
        return len(blocks) - 1
    return sum(block.end <= last_stanza + 2 for block in blocks[:-1])


def _pieces(text: str, blocks: tuple[Block, ...]) -> Iterator[Piece]:
    """The pieces that ``blocks`` cut from ``text``, with the marks in them."""
    marks = iter(plain_marks(text, blocks))
    mark = next(marks, None)
    for block in blocks:
        inside: list[Mark] = []
        while mark is not None and mark.end <= block.end:
            inside.append(mark.within(block.start, block.end))
            mark = next(marks, None)
        part = text[block.start : block.end]
        yield Piece(part, block.kind, block.level, tuple(inside), block.continues)
