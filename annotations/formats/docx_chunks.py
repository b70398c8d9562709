"""Files of other formats that a Word document holds as parts of its text (``w:altChunk``).

Word itself turns them into paragraphs when it next saves the document (ECMA-376, part 1, 17.17.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from annotations.errors import UnreadableFileError
from annotations.formats.archive import Archive, joined
from annotations.formats.docx_body import CHUNK
from annotations.formats.markup import MarkupError, parse_xml
from annotations.formats.passages import Piece
from annotations.formats.source import Source, from_bytes
from annotations.model import ImportedDocument

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RELATIONS = "word/_rels/document.xml.rels"
_BODY = "word/document.xml"


def chunks_in(source: Source, members: Archive) -> dict[str, Source]:
    """The files that are parts of the text, by the identifiers of their relations."""
    if _RELATIONS not in members:
        return {}
    try:
        relations = parse_xml(members.read(_RELATIONS))
    except MarkupError:
        return {}
    paths = {each.get("Id") or "": _path(each) for each in relations if _is_chunk(each)}
    return {
        identity: from_bytes(members.read(path), f"{source.name}: {path}")
        for identity, path in paths.items()
        if path in members
    }


def _is_chunk(relation: Element) -> bool:
    return (relation.get("Type") or "").endswith("/aFChunk")


def _path(relation: Element) -> str:
    return joined(_BODY, relation.get("Target") or "")


def with_chunks(
    pieces: Iterable[Piece],
    chunks: dict[str, Source],
    read: Callable[[Source], ImportedDocument],
) -> Iterator[Piece]:
    """``pieces`` with the text of each chunk in its place; one that cannot be read is left out."""
    # One place each is enough: a hostile file might name the same chunk in a million.
    waiting = dict(chunks)
    for piece in pieces:
        if not piece.text.startswith(CHUNK):
            yield piece
        elif chunk := waiting.pop(piece.text.removeprefix(CHUNK), None):
            try:
                yield from _pieces(read(chunk))
            except UnreadableFileError:
                continue


def _pieces(document: ImportedDocument) -> Iterator[Piece]:
    """The blocks of ``document``, without the line ends between them."""
    for passage in document.passages:
        for block in passage.blocks:
            text = passage.text[block.start : block.end].rstrip("\n")
            marks = tuple(
                mark.within(block.start, block.end)
                for mark in passage.marks
                if block.start <= mark.start and mark.end - block.start <= len(text)
            )
            yield Piece(text, block.kind, block.level, marks, block.continues)
