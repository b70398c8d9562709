"""The text of a revision, read a few passages at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.errors import InvalidError, NotFoundError
from annotations.library.connection import Connection
from annotations.model import Block, BlockKind, Mark, MarkKind, Passage

_TOGETHER = 200
"""Passages removed in one transaction, about 1.6 MB."""

_FROM = """
    FROM passages WHERE revision = :revision AND start >= coalesce(
        (SELECT max(start) FROM passages WHERE revision = :revision AND start <= :start), 0)
"""


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a document's outline."""

    start: int
    """Code points of the document before it."""
    level: int
    title: str


def pack_blocks(passage: Passage) -> str:
    """The blocks of ``passage`` as the library keeps them: JSON, offsets local to the passage."""
    # A kind needs no escaping, and a thousand documents have ten thousands of blocks.
    packed = [f'[{b.start},{b.end},"{b.kind}",{b.level},{b.continues:d}]' for b in passage.blocks]
    return f"[{','.join(packed)}]"


def pack_marks(passage: Passage) -> str:
    """The marks of ``passage`` as the library keeps them: JSON, offsets local to the passage."""
    if not passage.marks:
        return "[]"
    return json.dumps(
        [[m.start, m.end, m.kind, m.value] for m in passage.marks],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def unpack(start: int, text: str, blocks: str, marks: str) -> Passage:
    """The passage that was kept as :func:`pack_blocks` and :func:`pack_marks` say."""
    return Passage(
        start,
        text,
        tuple(
            Block(first, last, BlockKind(kind), level, bool(continues))
            for first, last, kind, level, continues in json.loads(blocks)
        ),
        tuple(
            Mark(first, last, MarkKind(kind), value)
            for first, last, kind, value in json.loads(marks)
        ),
    )


class Texts:
    """The texts of a library, each under the number of its revision."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def number(self, revision: str) -> int:
        """The number under which the text with SHA-256 ``revision`` is kept.

        Raises:
            NotFoundError: the library has no such text.
        """
        number = self._connection.value("SELECT number FROM revisions WHERE id = ?", (revision,))
        if number is None:
            raise NotFoundError(f"the library has no text {revision[:12]}")
        return int(number)

    def slice(self, revision: int, start: int, end: int) -> str:
        """The code points ``start`` to ``end``; what lies outside the text is left out."""
        parts = [
            text[max(0, start - at) : end - at]
            for at, text in self._connection.all(
                f"SELECT start, text {_FROM} AND start < :end ORDER BY start",
                {"revision": revision, "start": start, "end": end},
            )
        ]
        return "".join(parts)

    def whole(self, revision: str) -> str:
        """All of the text with SHA-256 ``revision``.

        Raises:
            NotFoundError: the library has no such text.
        """
        parts = self._connection.all(
            "SELECT text FROM passages WHERE revision = ? ORDER BY start", (self.number(revision),)
        )
        return "".join(part for (part,) in parts)

    def passages(self, revision: int, start: int = 0) -> Iterator[Passage]:
        """The passages from the one that holds ``start``, read as they are asked for."""
        for row in self._connection.stream(
            f"SELECT start, text, blocks, marks {_FROM} ORDER BY start",
            {"revision": revision, "start": start},
        ):
            yield unpack(*row)

    def passage_at(self, revision: int, offset: int) -> Passage:
        """The passage that holds the code point at ``offset``; the last one for the text's end.

        Raises:
            InvalidError: ``offset`` is outside the text.
        """
        row = self._connection.one(
            "SELECT start, text, blocks, marks FROM passages WHERE revision = ? AND start <= ? "
            "ORDER BY start DESC LIMIT 1",
            (revision, offset),
        )
        if row is None:
            if offset == 0:
                return Passage(0, "")
            raise InvalidError(f"position {offset} is outside the text")
        passage = unpack(*row)
        if offset > passage.end:
            raise InvalidError(
                f"position {offset} is outside the text, which ends at {passage.end}"
            )
        return passage

    def remove(self, revision: int) -> None:
        """Free a text that no document holds; one that a document has come to hold stays.

        In several transactions, so that other programs get in between; first it loses its id, so
        that what is left of it, should the machine stop, is taken for an unfinished import.
        """
        connection = self._connection
        with connection.transaction():
            unheld = connection.run(
                "UPDATE revisions SET id = NULL WHERE number = ? AND document IS NULL", (revision,)
            )
        if not unheld:
            return
        removed = _TOGETHER
        while removed == _TOGETHER:
            with connection.transaction():
                removed = connection.run(
                    "DELETE FROM passages WHERE number IN "
                    "(SELECT number FROM passages WHERE revision = ? LIMIT ?)",
                    (revision, _TOGETHER),
                )
        with connection.transaction():
            connection.run("DELETE FROM revisions WHERE number = ?", (revision,))

    def outline(self, revision: int) -> list[Heading]:
        """The headings in the order of the text."""
        return [
            Heading(*row)
            for row in self._connection.all(
                "SELECT start, level, title FROM outline WHERE revision = ? ORDER BY start",
                (revision,),
            )
        ]
