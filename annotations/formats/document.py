"""The last step that readers of whole documents share: from pieces and fields to a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from annotations.formats.passages import Piece, gather, spaced
from annotations.formats.source import Source
from annotations.model import BlockKind, ImportedDocument, Metadata

_TYPED = re.compile(
    r"(?:[•‣◦▪●○■□][\t ]|(?:[-–*·]|\(?(?:\d{1,3}|[a-z]|[ivxlc]{2,6})[.)]|\([A-Z]\))\t)(?=\S)"
)
"""A bullet, or what may be one or a number where a tab follows it."""
_OPENING = 5
"""How many blocks may stand before the heading that is the title."""

FOREIGN_FAILURES: tuple[type[Exception], ...] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
)
"""What libraries raise when they come upon a damaged file that their authors did not think of."""


def composed(
    source: Source,
    metadata: Metadata,
    pieces: Sequence[Piece],
    media_type: str,
    notices: Iterable[str] = (),
) -> ImportedDocument:
    """The document of ``pieces``; its title is what ``metadata`` says, or a heading, or the name.

    Args:
        source: where it comes from.
        metadata: what the file says of itself.
        pieces: its blocks, without the line ends between them.
        media_type: of the format.
        notices: what the reader of the file should know.
    """
    pieces = [_as_item(piece) for piece in pieces]
    described = replace(
        metadata,
        title=metadata.title or opening_heading(pieces) or source.stem,
        source=metadata.source or source.address,
        media_type=media_type,
        path=source.path,
    )
    return ImportedDocument(gather(spaced(pieces)), described, tuple(notices))


def _as_item(piece: Piece) -> Piece:
    """``piece``, as a list item if its bullet or number was typed rather than made by a list."""
    marker = _TYPED.match(piece.text) if piece.kind is BlockKind.PARAGRAPH else None
    if marker is None:
        return piece
    text = f"{marker[0][:-1]} {piece.text[marker.end() :]}"
    return replace(piece, text=text, kind=BlockKind.LIST_ITEM, level=1)


def opening_heading(pieces: Iterable[Piece]) -> str:
    """The text of the first heading of level 1, if it is near the beginning; or empty."""
    for piece in islice(pieces, _OPENING):
        if piece.kind is BlockKind.HEADING and piece.level == 1:
            return " ".join(piece.text.split())
    return ""
