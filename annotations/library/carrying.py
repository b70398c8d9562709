"""Carrying highlights from one text of a document to another.

A highlight is carried from where a person last saw it: one that an earlier revision moved, and that
nobody has looked at since, starts again from its first place, so that mistakes do not add up. Only
where nothing is found from there is its present place tried.

Reads the library and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotations.anchoring import THRESHOLD, Alignment, Fragment, Placement, find_all
from annotations.anchoring.matching import unreported
from annotations.library.connection import Connection
from annotations.library.placing import CONTEXT, Place
from annotations.library.texts import Texts
from annotations.model import Span, Status


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a highlight is."""

    id: str
    status: Status
    here: Place
    before: Place | None = None
    """Where a person last saw it, if it has been moved or lost since."""
    confidence: float = 0.0
    near: int = 0
    reviewed: bool = False

    @property
    def origin(self) -> Place:
        """Where a person last saw it."""
        return self.before or self.here


_STANDING = """
    SELECT h.id, h.status, h.revision, h.start, h."end", h.quote, h.prefix, h.suffix,
           p.highlight, p.revision, p.start, p."end", p.quote, p.prefix, p.suffix,
           p.confidence, p.near, p.reviewed
    FROM highlights h LEFT JOIN placements p ON p.highlight = h.id WHERE h.document = ?
"""


def standing(connection: Connection, document: str, also: str = "true") -> list[Standing]:
    """Where the highlights of a document are, in the order of their places.

    Args:
        connection: where they are.
        document: its id.
        also: SQL, a further condition on a highlight ``h``.
    """
    found = []
    for row in connection.all(
        f'{_STANDING} AND {also} ORDER BY h.start, h."end", h.id', (document,)
    ):
        before = None if row[8] is None else Place(*row[9:15])
        rest = (0.0, 0, False) if row[8] is None else (row[15], row[16], bool(row[17]))
        found.append(Standing(row[0], Status(row[1]), Place(*row[2:8]), before, *rest))
    return found


class Carrier:
    """Carries highlights onto one text; remembers the texts, so that some can follow later."""

    def __init__(
        self, connection: Connection, revision: str, report: Callable[[], None] = unreported
    ) -> None:
        """Prepare to carry.

        Args:
            connection: where the texts are.
            revision: the id of the text to carry to.
            report: called many times a second; may raise, to stop.
        """
        self._texts = Texts(connection)
        self._revision = revision
        self._report = report
        self._new: str | None = None
        self._alignments: dict[str, Alignment] = {}

    def hush(self) -> None:
        """Report no more: what is carried from now on is little, and others wait for it."""
        self._report = unreported

    def carry(self, standings: Sequence[Standing]) -> dict[str, Standing]:
        """Where highlights will be, by id."""
        carried: dict[str, Standing] = {}
        by_text: dict[str | None, list[Standing]] = {}
        for each in standings:
            text = each.origin.revision if each.origin.is_known else None
            by_text.setdefault(text, []).append(each)
        for text, some in by_text.items():
            found = self._placements(text, [each.origin for each in some])
            for each, placement in zip(some, found, strict=True):
                carried[each.id] = self._settled(each, placement)
        return carried

    def offset(self, revision: str, offset: int) -> int:
        """Where what follows a place in another text stands in this one.

        Args:
            revision: the id of the other text.
            offset: code points of it.
        """
        return offset if revision == self._revision else self._alignment(revision).offset(offset)

    def _placements(self, revision: str | None, places: list[Place]) -> list[Placement]:
        if revision == self._revision:
            return [
                Placement(Status.PLACED, place.start, place.end, 1.0, place.quote)
                for place in places
            ]
        if revision is not None:
            spans = [Span(place.start, place.end) for place in places]
            return self._alignment(revision).place_all(spans)
        fragments = [Fragment(place.quote, place.prefix, place.suffix) for place in places]
        return find_all(self._text, fragments, report=self._tell)

    def _settled(self, standing: Standing, placement: Placement) -> Standing:
        """Where a highlight will be, given what was found from where a person last saw it."""
        status, confidence, origin = placement.status, placement.confidence, standing.origin
        if not placement.found:
            second = self._from_here(standing)
            if second is not None:
                placement, status, confidence = second, Status.MOVED, second.confidence
        found = placement.found and bool(origin.quote)
        if found and status is Status.PLACED:
            return Standing(standing.id, status, self._place(placement))
        return Standing(
            standing.id,
            status if found else Status.LOST,
            self._place(placement) if found else origin.kept(standing.here.revision),
            origin if origin.is_known else origin.kept(None),
            # As many digits as the journal writes.
            round(confidence, 4),
            placement.start,
            not found and standing.reviewed,
        )

    def _from_here(self, standing: Standing) -> Placement | None:
        """Where a highlight is that was moved before, found from where it is now."""
        here = standing.here
        if standing.status is not Status.MOVED or standing.before is None:
            return None
        if here.revision == self._revision or here.revision is None:
            return None
        found = self._alignment(here.revision).place(Span(here.start, here.end))
        both = found.confidence * standing.confidence
        if not found.found or both < THRESHOLD:
            return None
        return Placement(found.status, found.start, found.end, both, found.quote)

    def _place(self, placement: Placement) -> Place:
        start, end = placement.start, placement.end
        return Place(
            self._revision,
            start,
            end,
            self._text[start:end],
            self._text[max(0, start - CONTEXT) : start],
            self._text[end : end + CONTEXT],
        )

    def _tell(self) -> None:
        self._report()

    @property
    def _text(self) -> str:
        if self._new is None:
            self._new = self._texts.whole(self._revision)
        return self._new

    def _alignment(self, revision: str) -> Alignment:
        if revision not in self._alignments:
            old = self._texts.whole(revision)
            self._alignments[revision] = Alignment(old, self._text, self._tell)
        return self._alignments[revision]
