"""How far two places of a text are apart, in sentences or paragraphs."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import deque
from dataclasses import dataclass
from functools import cache

from annotations.errors import NotFoundError
from annotations.library.connection import Connection
from annotations.library.texts import Texts
from annotations.model import BlockKind
from annotations.query.nodes import Distance, Unit
from annotations.text.boundaries import sentences

_RECENT = 8
"""Passages kept at hand: places are asked for from the front to the back."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A passage: where it lies, and where sentences or paragraphs begin in it."""

    revision: int
    start: int
    end: int
    borders: tuple[int, ...]


class Closeness:
    """Decides whether places of a text are at most a distance apart.

    A border is where a sentence or paragraph begins. A place is in the same one as another before
    it if no border lies between them, nor at the second.
    """

    def __init__(self, connection: Connection, distance: Distance) -> None:
        self._connection = connection
        self._distance = distance
        self._number = cache(Texts(connection).number)
        self._recent: deque[_Stretch] = deque(maxlen=_RECENT)

    def __call__(self, revision: str, end: int, start: int) -> bool:
        """Whether what ends at ``end`` is near what starts at ``start`` in the text ``revision``.

        Reads on from ``end`` until there are too many borders, however far ``start`` is.
        """
        number = self._number(revision)
        left = self._distance.count
        at = end
        while at <= start:
            stretch = self._stretch(number, at)
            first = bisect_left(stretch.borders, at)
            left -= bisect_left(stretch.borders, start + 1, first) - first
            if left < 0:
                return False
            at = stretch.end
        return True

    def _stretch(self, revision: int, offset: int) -> _Stretch:
        for stretch in self._recent:
            if stretch.revision == revision and stretch.start <= offset < stretch.end:
                return stretch
        stretch = self._read(revision, offset)
        self._recent.append(stretch)
        return stretch

    def _read(self, revision: int, offset: int) -> _Stretch:
        row = self._connection.one(
            "SELECT start, text, blocks FROM passages WHERE revision = ? AND start <= ? "
            "ORDER BY start DESC LIMIT 1",
            (revision, offset),
        )
        if row is None or offset >= row[0] + len(row[1]):
            raise NotFoundError(f"the library has no text at position {offset} of a highlight's")
        start, text, blocks = row
        borders: list[int] = []
        for first, last, kind, _, continues in json.loads(blocks):
            if kind == BlockKind.PAGE_BREAK:
                continue
            if self._distance.unit is Unit.PARAGRAPHS:
                borders += [] if continues else [start + first]
            else:
                found = sentences(text[first:last])
                borders += [start + first + each for each, _ in found[bool(continues) :]]
        return _Stretch(revision, start, start + len(text), tuple(borders))
