"""Giving a document another text, and its highlights their places in it.

Where the highlights go is found out while others may write; one short act then writes it. What was
changed meanwhile is placed in that act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from annotations.errors import ConflictError
from annotations.library import places
from annotations.library.carrying import Carrier, Standing, standing
from annotations.library.connection import Connection
from annotations.library.journal import Journal
from annotations.library.resettling import put
from annotations.library.storing import Stored, all_storable
from annotations.library.succession import Succession
from annotations.library.wording import counted, counts, quoted
from annotations.model import Metadata, Status, Tally

_LONG = 1 << 24
"""Code points of a text in which nothing but highlights is worth an alignment."""
_DISPLACED = "h.status <> 'placed' AND (p.highlight IS NOT NULL OR h.status = 'lost')"
"""What may be placed again. Of a place that an import found, no other is known."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the highlights of a document are to go."""

    document: str
    revision: str
    """The id of the text."""
    also: str
    """SQL: which of them."""
    carrier: Carrier
    found: list[Standing]
    carried: dict[str, Standing]
    where: Callable[[int], int]
    """Gives the place in the text of one in the document's current text."""


class Revising:
    """Revises documents."""

    def __init__(
        self,
        connection: Connection,
        journal: Journal,
        report: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare to revise.

        Args:
            connection: where the documents are.
            journal: of the library.
            report: called from time to time while highlights are placed; may raise, to stop.
        """
        self._connection = connection
        self._journal = journal
        self._report = report
        self._texts = Succession(connection)

    def revise(self, document: str, stored: Stored, about: Metadata) -> Tally | None:
        """Make a text that is in the library the current one of a document, as one act.

        Args:
            document: its id.
            stored: the text, of no document yet or an earlier one of this document.
            about: what the file says about itself; the document keeps what it says already, but
                for the facts of the file.

        Returns:
            What became of the highlights; None: it is the current text already, nothing was done.

        Raises:
            NotFoundError: there is no such document, or it is deleted.
            ConflictError: the text is another document's.
        """
        title, current = self._texts.current(document)
        if stored.id == current:
            return None
        plan = self._plan(document, stored.id)
        with self._journal.act("revise") as act:
            self._texts.hold(document, stored.id)
            places.carry(self._connection, document, stored.id, plan.where)
            tally = self._write(plan, act.at)
            self._texts.describe(document, all_storable(about))
            self._texts.turn(document, stored.id, act.at)
            act.summary = f"revised {quoted(title)}, {told(tally)}"
        return tally

    def link(self, older: str, newer: str) -> Tally:
        """Make a document that is a later state of another one a revision of it, as one act.

        The older one stays, with the highlights of both: those of the newer are where they were,
        its own are placed. The newer is gone; what it said of itself fills in what the older does
        not say, and its note comes behind the other's.

        Raises:
            NotFoundError: one of them is not there, or is deleted.
            ConflictError: they are the same document.
        """
        (title, _), (other, text) = self._texts.current(older), self._texts.current(newer)
        if older == newer:
            raise ConflictError(f"{quoted(title)} cannot be a revision of itself")
        plan = self._plan(older, text)
        with self._journal.act("link") as act:
            self._texts.still(newer, text)
            said = self._texts.said(newer)
            self._texts.take_texts(older, newer)
            tally = self._write(plan, act.at)
            places.carry(self._connection, older, text, plan.where)
            places.hand_over(self._connection, older, newer, text)
            self._texts.describe(older, said)
            self._texts.take_rest(older, newer)
            self._texts.turn(older, text, act.at)
            act.summary = f"made {quoted(other)} a revision of {quoted(title)}, {told(tally)}"
        return tally

    def place_again(self, document: str) -> Tally:
        """Place the highlights of a document that are moved or lost anew, as one act.

        Raises:
            NotFoundError: there is no such document, or it is deleted.
        """
        title, current = self._texts.current(document)
        plan = self._plan(document, current, _DISPLACED)
        with self._journal.act("reanchor") as act:
            self._texts.still(document, current)
            tally = self._write(plan, act.at)
            act.summary = f"placed highlights of {quoted(title)} again, {told(tally)}"
        return tally

    def _plan(self, document: str, revision: str, also: str = "true") -> _Plan:
        """Find out where the highlights of a document are in a text."""
        carrier = Carrier(self._connection, revision, self._report)
        found = standing(self._connection, document, also)
        carried = carrier.carry(found)
        where = self._where(carrier, document, revision, bool(found))
        self._report()
        return _Plan(document, revision, also, carrier, found, carried, where)

    def _where(
        self, carrier: Carrier, document: str, revision: str, aligned: bool
    ) -> Callable[[int], int]:
        """Where mere places of a document are in a text. Very long ones, which nothing else has
        aligned, are not aligned for their sake; in an empty one everything is at the start."""
        _, current = self._texts.current(document)
        shortest, longest = self._connection.all(
            "SELECT min(length), max(length) FROM revisions WHERE id IN (?, ?)", (current, revision)
        )[0]
        if not shortest:
            return lambda offset: 0
        if not aligned and longest > _LONG:
            return lambda offset: offset
        where = cache(partial(carrier.offset, current))
        for position in places.positions(self._connection, document):
            where(position)
        return where

    def _write(self, plan: _Plan, at: str) -> Tally:
        """Put the highlights of a document where they were carried, inside an act."""
        plan.carrier.hush()
        planned = {each.id: each for each in plan.found}
        present = standing(self._connection, plan.document, plan.also)
        changed = [each for each in present if planned.get(each.id) != each]
        carried = plan.carried | plan.carrier.carry(changed)
        put(self._connection, ((each, carried[each.id]) for each in present), at)
        count = Counter(carried[each.id].status for each in present)
        number, length = self._connection.all(
            "SELECT ordinal, length FROM revisions WHERE id = ?", (plan.revision,)
        )[0]
        return Tally(
            number, count[Status.PLACED], count[Status.MOVED], count[Status.LOST], length == 0
        )


def told(tally: Tally) -> str:
    """What became of the highlights, in words."""
    if tally.empty and tally.lost:
        return f"the text is empty now, and {counted(tally.lost, 'highlight')} lost"
    return counts(tally.placed, tally.moved, tally.lost)
