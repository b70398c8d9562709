"""Giving a document another text, and its highlights their places in it.

Where the highlights go is found out while others may write; one short act then writes it. What was
changed meanwhile is placed in that act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import cache, partial

from annotations.errors import ConflictError, NotFoundError
from annotations.library import places
from annotations.library.carrying import Carrier, Standing, standing
from annotations.library.connection import Connection
from annotations.library.journal import Journal
from annotations.library.storing import Stored, all_storable
from annotations.library.stubs import MEDIA_TYPE
from annotations.library.wording import counted, counts, quoted
from annotations.model import Metadata, Status, Tally

_OF_THE_FILE = ("path", "media_type", "encoding")
"""What is true of the file that a text came from, whatever was said of the one before."""


_LONG = 1 << 24
"""Code points of a text in which nothing but highlights is worth an alignment."""


_DISPLACED = "h.status <> 'placed' AND (p.highlight IS NOT NULL OR h.status = 'lost')"
"""What may be placed again. Of a place that an import found, no other is known."""


_HAND_OVER_TEXTS = """
    UPDATE revisions SET document = :older, ordinal = ordinal +
        (SELECT max(ordinal) FROM revisions WHERE document = :older)
    WHERE document = :newer
"""
_HAND_OVER = (
    """
    UPDATE documents SET note = iif(note = '', '', note || char(10, 10)) ||
        (SELECT note FROM documents WHERE id = :newer)
    WHERE id = :older AND (SELECT note FROM documents WHERE id = :newer) NOT IN ('', note)
    """,
    "UPDATE highlights SET document = :older WHERE document = :newer",
    """
    INSERT OR IGNORE INTO folder_documents
    SELECT folder, :older, created_at FROM folder_documents WHERE document = :newer
    """,
    "DELETE FROM folder_documents WHERE document = :newer",
    "DELETE FROM reading_marks WHERE document = :newer",
    "DELETE FROM documents WHERE id = :newer",
)
"""What becomes of a document that turns out to be a later state of another one."""


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
        title, current = self._document(document)
        if stored.id == current:
            return None
        plan = self._plan(document, stored.id)
        with self._journal.act("revise") as act:
            self._hold(document, stored.id)
            places.carry(self._connection, document, stored.id, plan.where)
            tally = self._write(plan, act.at)
            self._describe(document, all_storable(about))
            self._turn(document, stored.id, act.at)
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
        (title, _), (other, text) = self._document(older), self._document(newer)
        if older == newer:
            raise ConflictError(f"{quoted(title)} cannot be a revision of itself")
        plan = self._plan(older, text)
        with self._journal.act("link") as act:
            self._still(newer, text)
            said = self._said(newer)
            self._connection.run(_HAND_OVER_TEXTS, {"older": older, "newer": newer})
            tally = self._write(plan, act.at)
            places.carry(self._connection, older, text, plan.where)
            places.hand_over(self._connection, older, newer, text)
            self._describe(older, said)
            for statement in _HAND_OVER:
                self._connection.run(statement, {"older": older, "newer": newer})
            self._turn(older, text, act.at)
            act.summary = f"made {quoted(other)} a revision of {quoted(title)}, {told(tally)}"
        return tally

    def place_again(self, document: str) -> Tally:
        """Place the highlights of a document that are moved or lost anew, as one act.

        Raises:
            NotFoundError: there is no such document, or it is deleted.
        """
        title, current = self._document(document)
        plan = self._plan(document, current, _DISPLACED)
        with self._journal.act("reanchor") as act:
            self._still(document, current)
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
        aligned, are not aligned for their sake."""
        _, current = self._document(document)
        longest = self._connection.value(
            "SELECT max(length) FROM revisions WHERE id IN (?, ?)", (current, revision)
        )
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

    def _still(self, document: str, revision: str) -> None:
        """Make sure, inside an act, that a document still has the text that was looked at."""
        title, current = self._document(document)
        if current != revision:
            raise ConflictError(f"{quoted(title)} was revised meanwhile: try again")

    def _document(self, document: str) -> tuple[str, str]:
        """The title of a document and the id of its text."""
        row = self._connection.one(
            "SELECT title, revision FROM documents WHERE id = ? AND deleted_at IS NULL", (document,)
        )
        if row is None:
            raise NotFoundError(f"no document has the id {document}")
        return row[0], row[1]

    def _hold(self, document: str, revision: str) -> None:
        """Make a text one of the document's, if it is not."""
        self._document(document)
        row = self._connection.one(
            "SELECT r.document, d.title, d.deleted_at FROM revisions r "
            "LEFT JOIN documents d ON d.id = r.document WHERE r.id = ?",
            (revision,),
        )
        holder, title, deleted_at = row or (None, "", None)
        if holder is None:
            self._connection.run(
                "UPDATE revisions SET document = :document, ordinal = (SELECT "
                "coalesce(max(ordinal), 0) + 1 FROM revisions WHERE document = :document) "
                "WHERE id = :revision",
                {"document": document, "revision": revision},
            )
        elif holder != document:
            which = "the deleted document" if deleted_at else "the document"
            raise ConflictError(
                f"this is the text of {which} {quoted(title)} ({holder[:8]}): "
                "link the two instead (flor revisions --link)"
            )

    def _said(self, document: str) -> Metadata:
        names = [field.name for field in fields(Metadata)]
        row = self._connection.all(
            f"SELECT {', '.join(names)} FROM documents WHERE id = ?", (document,)
        )[0]
        return Metadata(*row)

    def _describe(self, document: str, about: Metadata) -> None:
        """Let the document say what the file says and it does not, and the facts of the file."""
        said = self._said(document)
        waited = said.media_type == MEDIA_TYPE
        news = {
            field.name: value
            for field in fields(about)
            if field.name != "title"
            and (value := getattr(about, field.name)) not in ("", getattr(said, field.name))
            and (waited or field.name in _OF_THE_FILE or not getattr(said, field.name))
        }
        if news:
            settings = ", ".join(f"{name} = ?" for name in news)
            self._connection.run(
                f"UPDATE documents SET {settings} WHERE id = ?", (*news.values(), document)
            )

    def _turn(self, document: str, revision: str, at: str) -> None:
        """Make a text of the document its current one."""
        self._connection.run(
            "UPDATE documents SET revision = ?, updated_at = ? WHERE id = ?",
            (revision, at, document),
        )


def put(connection: Connection, carried: Iterable[tuple[Standing, Standing]], at: str) -> None:
    """Write where highlights are now, inside an act.

    Args:
        connection: where to.
        carried: where each was and where it will be.
        at: the time of the act.
    """
    places, settled, displaced = [], [], []
    for was, now in carried:
        if (was.here, was.status) != (now.here, now.status):
            here = now.here
            known = now.status is not Status.PLACED or was.status is not Status.PLACED
            places.append(
                (
                    *(here.revision, here.start, here.end, here.quote, here.prefix, here.suffix),
                    *(now.status, at if known else None, was.id),
                )
            )
        if now.before is None:
            settled += [(was.id,)] if was.before is not None else []
        elif now != was:
            place = now.before
            displaced.append(
                (
                    *(was.id, place.revision, place.start, place.end),
                    *(place.quote, place.prefix, place.suffix),
                    *(now.confidence, now.near, int(now.reviewed)),
                )
            )
    # What lies unchanged in its place has not been updated: nobody said anything new of it.
    connection.run_many(
        'UPDATE highlights SET revision = coalesce(?, revision), start = ?, "end" = ?, quote = ?, '
        "prefix = ?, suffix = ?, status = ?, updated_at = coalesce(?, updated_at) WHERE id = ?",
        places,
    )
    connection.run_many("DELETE FROM placements WHERE highlight = ?", settled)
    connection.run_many(
        "INSERT INTO placements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET revision = excluded.revision, start = excluded.start, "
        '"end" = excluded."end", quote = excluded.quote, prefix = excluded.prefix, '
        "suffix = excluded.suffix, confidence = excluded.confidence, near = excluded.near, "
        "reviewed = excluded.reviewed",
        displaced,
    )


def told(tally: Tally) -> str:
    """What became of the highlights, in words."""
    if tally.empty and tally.lost:
        return f"the text is empty now, and {counted(tally.lost, 'highlight')} lost"
    return counts(tally.placed, tally.moved, tally.lost)
