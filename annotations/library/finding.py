"""Finding highlights: by id, in order, in a window of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from annotations.errors import AmbiguousError, NotFoundError
from annotations.library.connection import Connection
from annotations.library.journal import Journal
from annotations.library.listing import COLUMNS, by_numbers, highlight_of, in_order
from annotations.library.wording import counted, quoted
from annotations.model import Highlight, Status

if TYPE_CHECKING:
    from annotations.library.codebook import Codebook

_WINDOW = 500
"""Numbers in one question."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Highlights of about a length, and the index by which those near a place are found."""

    index: str
    longer: int
    """Code points, which they are longer than."""
    most: int | None
    """Code points that they have at most."""

    def near(self, start: str) -> str:
        """SQL: a highlight ``h`` is one of them, and may reach ``start``, also SQL."""
        terms = []
        if self.most is not None:
            terms += [f"h.start > {start} - {self.most}", f'h."end" - h.start <= {self.most}']
        if self.longer:
            terms.append(f'h."end" - h.start > {self.longer}')
        return " AND ".join(terms)


REACHES = (
    Reach("highlights_place", 0, 2_000),
    Reach("highlights_middle", 2_000, 20_000),
    Reach("highlights_long", 20_000, None),
)
"""The many short highlights start near what they touch; those of pages and of chapters, which start
further off, have indexes of their own."""

# The planner would take the first index for all. What most that are near fail by is asked first.
_TOUCHING = " UNION ALL ".join(
    f"SELECT {COLUMNS} FROM highlights h INDEXED BY {reach.index} "
    'WHERE h.document = :document AND h.start < :end AND h."end" > :start '
    f"AND {reach.near(':start')} AND h.status <> 'lost'"
    for reach in REACHES
)
_by_place = attrgetter("start", "end", "id")


UNSETTLED = """
    FROM highlights h INDEXED BY highlights_displaced LEFT JOIN placements p ON p.highlight = h.id
    WHERE h.document = ? AND h.status <> 'placed' AND coalesce(p.reviewed, 0) = 0
"""
"""SQL: the highlights ``h`` of a document that were moved or lost and that nobody has looked at."""


class Finding:
    """The highlights of a library. Positions are code points of the document's canonical text.

    Args:
        connection: where they are.
        journal: writes down what is done to them.
        codebook: gives the tags of the library, which the way to the first picture does not load.
    """

    def __init__(
        self, connection: Connection, journal: Journal, codebook: Callable[[], Codebook]
    ) -> None:
        self._connection = connection
        self._journal = journal
        self._open_codebook = codebook

    @property
    def _codebook(self) -> Codebook:
        return self._open_codebook()

    def get(self, ref: str) -> Highlight:
        """The highlight whose id is ``ref``, or alone begins with it.

        Raises:
            NotFoundError: there is none.
            AmbiguousError: there are several.
        """
        prefix = ref.strip().lower()
        rows = self._connection.all(
            f"SELECT {COLUMNS} FROM highlights h WHERE h.id >= ? AND h.id < ? LIMIT 2",
            (prefix, f"{prefix}g"),  # g is past every digit of an id
        )
        if not rows or not prefix:
            raise NotFoundError(f"no highlight has the id {quoted(ref)}")
        if len(rows) > 1:
            raise AmbiguousError(f"several highlights have ids that begin with {prefix}")
        return highlight_of(rows[0])

    def list(self, document: str | None = None, tag: str | None = None) -> Iterator[Highlight]:
        """The highlights in order of document title, start and id, read as they are asked for.

        Args:
            document: only those of the document with this id.
            tag: only those that bear the tag at this path.

        Raises:
            NotFoundError: there is no such tag.
        """
        tag_id = None if tag is None else self._codebook.get(tag).id
        return map(highlight_of, in_order(self._connection, COLUMNS, document=document, tag=tag_id))

    def touching(self, document_id: str, start: int, end: int) -> Matches:
        """The highlights that share a code point with ``start`` to ``end``, in order of start.

        An empty window stands for the code point at ``start``. Lost highlights touch nothing.
        """
        rows = self._connection.all(
            _TOUCHING, {"document": document_id, "start": start, "end": max(end, start + 1)}
        )
        # SQLite would sort each part by itself, and merge them.
        return sorted(map(highlight_of, rows), key=_by_place)

    def places(self, document_id: str) -> Places:
        """Where the highlights of a document lie in its text, in order: number, start, end of
        each; the lost ones lie nowhere.

        Read from the index alone: what a list of very many shows a window of, through :meth:`at`.
        """
        lost = set(self.lost(document_id))
        rows = self._connection.all(
            'SELECT number, start, "end" FROM highlights INDEXED BY highlights_place '
            'WHERE document = ? ORDER BY start, "end", number',
            (document_id,),
        )
        return [(number, start, end) for number, start, end in rows if number not in lost]

    def lost(self, document_id: str) -> Numbers:
        """The numbers of the highlights of a document that have no place in its text, in the order
        of the places that they had."""
        rows = self._connection.all(
            "SELECT number FROM highlights INDEXED BY highlights_displaced "
            "WHERE document = ? AND status <> 'placed' AND status = 'lost' ORDER BY start, number",
            (document_id,),
        )
        return [number for (number,) in rows]

    def unsettled(self, document_id: str) -> Unsettled:
        """How many highlights of a document are moved, and how many lost, that nobody has looked at
        since: for :meth:`annotations.library.revisions.Revisions.numbers` to name."""
        rows = self._connection.all(
            f"SELECT h.status, count(*) {UNSETTLED} GROUP BY 1 ORDER BY 1 DESC", (document_id,)
        )
        return {Status(status): number for status, number in rows}

    def at(self, numbers: Iterable[int]) -> Matches:
        """The highlights with these numbers, in their order; those that are gone are left out."""
        return by_numbers(self._connection, [*numbers])

    def ids(self, numbers: Iterable[int]) -> Ids:
        """The ids of the highlights with these numbers; those that are gone are left out."""
        ids: Ids = []
        rest = iter(numbers)
        while window := list(islice(rest, _WINDOW)):
            marks = ", ".join("?" * len(window))
            rows = self._connection.all(
                f"SELECT id FROM highlights WHERE number IN ({marks})", window
            )
            ids += [highlight_id for (highlight_id,) in rows]
        return ids

    def _pick(self, ids: Iterable[str]) -> str:
        return pick(self._connection, ids)


def pick(connection: Connection, ids: Iterable[str]) -> str:
    """Put the ids of highlights into the table ``picked``; what they are, for a sentence.

    Raises:
        NotFoundError: a highlight is not there.
    """
    connection.pick(ids)
    missing = connection.value(
        "SELECT id FROM picked WHERE id NOT IN (SELECT id FROM highlights) LIMIT 1"
    )
    if missing is not None:
        raise NotFoundError(f"no highlight has the id {quoted(missing)}")
    number = connection.value("SELECT count(*) FROM picked")
    if number != 1:
        return counted(number, "highlight")
    quote: str = connection.value(
        "SELECT quote FROM highlights WHERE id IN (SELECT id FROM picked)"
    )
    return quoted(quote)


Places = list[tuple[int, int, int]]
Numbers = list[int]
Ids = list[str]
Unsettled = dict[Status, int]
Matches = list[Highlight]  # a class with a method called list cannot say so itself
