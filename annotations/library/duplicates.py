"""Documents that are nearly the same: a draft and the final text, two scans of one report.

Of each text a sketch is kept (see :mod:`annotations.text.likeness`), made when it is first asked
for, so that asking again costs little. A text that is exactly another's is refused on the way in.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from annotations.library.connection import Connection
from annotations.library.documents import Documents
from annotations.model import Document
from annotations.text import likeness

_TOGETHER = 200
"""Sketches that are written in one transaction."""

Progress = Callable[[int, int], object]
"""Told how many texts are done, of how many; may raise, to stop."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two documents that are nearly the same."""

    older: Document
    """The one that was added first."""
    newer: Document
    resemblance: float
    """About the share of their shingles that both have: at least :data:`likeness.ALIKE`."""


class Duplicates:
    """Looks for documents that are nearly the same."""

    def __init__(self, connection: Connection, documents: Documents) -> None:
        self._connection = connection
        self._documents = documents

    def find(self, progress: Progress = lambda done, total: None) -> list[Alike]:
        """Each document that is nearly the same as one added before it, with that of these which is
        most like it; the likest first.

        Takes as long as reading the texts that came since it was last asked.

        Args:
            progress: Told of the texts that are read.
        """
        unsaved = dict(self._sketch(progress))
        rows = self._connection.all(
            "SELECT d.id, v.number, s.sketch FROM documents d "
            "JOIN revisions v ON v.id = d.revision LEFT JOIN sketches s ON s.revision = v.number "
            "WHERE d.deleted_at IS NULL AND v.length > 0 ORDER BY d.added_at, d.id"
        )
        ids = [row[0] for row in rows]
        sketches = [_unpacked(row[2] or unsaved.get(row[1], b"")) for row in rows]
        found = [
            Alike(self._documents.get(ids[older]), self._documents.get(ids[newer]), share)
            for newer, (share, older) in _closest(sketches).items()
        ]
        return sorted(found, key=lambda each: -each.resemblance)

    def _sketch(self, progress: Progress) -> Iterator[tuple[int, bytes]]:
        """Make the sketches that are missing; those that a read-only library cannot keep."""
        numbers = [
            number
            for (number,) in self._connection.all(
                "SELECT v.number FROM documents d JOIN revisions v ON v.id = d.revision "
                "WHERE d.deleted_at IS NULL AND v.length > 0 "
                "AND NOT EXISTS (SELECT 1 FROM sketches s WHERE s.revision = v.number) "
                "ORDER BY v.number"
            )
        ]
        waiting = iter(numbers)
        done = 0
        while window := list(islice(waiting, _TOGETHER)):
            made = []
            for number in window:
                progress(done, len(numbers))
                made.append((number, likeness.sketch(self._texts(number)).tobytes()))
                done += 1
            if self._connection.read_only:
                yield from made
            else:
                self._keep(made)

    def _keep(self, made: Sequence[tuple[int, bytes]]) -> None:
        with self._connection.transaction():
            # Another program may have freed a text meanwhile, or sketched it.
            self._connection.run_many(
                "INSERT OR IGNORE INTO sketches SELECT number, ? FROM revisions WHERE number = ?",
                [(sketch, number) for number, sketch in made],
            )

    def _texts(self, number: int) -> Iterator[str]:
        rows = self._connection.stream(
            "SELECT text FROM passages WHERE revision = ? ORDER BY start", (number,)
        )
        return (text for (text,) in rows)


def _unpacked(sketch: bytes) -> array[int]:
    return array("H", sketch or array("H", [0xFFFF] * likeness.BINS).tobytes())


def _closest(sketches: Sequence[array[int]]) -> dict[int, tuple[float, int]]:
    """For each sketch that is like an earlier one, how much, and the index of the likest."""
    closest: dict[int, tuple[float, int]] = {}
    for pairs in likeness.candidates(sketches):
        for older, newer in pairs:
            known = closest.get(newer)
            if known is not None and known[1] == older:
                continue
            share = likeness.resemblance(sketches[older], sketches[newer])
            if share >= likeness.ALIKE and (known is None or share > known[0]):
                closest[newer] = share, older
    return closest
