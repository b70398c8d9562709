"""The texts that a document has had, and the highlights that changed their place with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from annotations.errors import InvalidError, NotFoundError
from annotations.library.connection import Connection, Row
from annotations.library.documents import Documents
from annotations.library.finding import UNSETTLED, pick
from annotations.library.journal import Journal
from annotations.library.listing import by_numbers
from annotations.library.placing import changed_meanwhile
from annotations.library.revising import Revising
from annotations.library.storing import Stored
from annotations.library.wording import quoted
from annotations.model import Displaced, Metadata, Revision, Tally

if TYPE_CHECKING:
    from annotations.library.comparing import Run

_LEAVE = (
    # Of what an import placed, and wrongly so, only the words are known.
    """
    UPDATE highlights SET start = 0, "end" = 0
    WHERE status = 'moved' AND id IN (SELECT id FROM picked)
        AND id NOT IN (SELECT highlight FROM placements)
    """,
    """
    UPDATE highlights SET (revision, start, "end", quote, prefix, suffix) = (
        SELECT coalesce(p.revision, highlights.revision), p.start, p."end", p.quote, p.prefix,
               p.suffix FROM placements p WHERE p.highlight = highlights.id)
    WHERE status = 'moved' AND id IN (
        SELECT highlight FROM placements WHERE highlight IN (SELECT id FROM picked))
    """,
    """
    INSERT INTO placements
    SELECT id, iif(start = "end", NULL, revision), start, "end", quote, prefix, suffix, 0.0, 0, 1
    FROM highlights WHERE id IN (SELECT id FROM picked)
    ON CONFLICT DO UPDATE SET reviewed = 1
    """,
    """
    UPDATE highlights SET status = 'lost', updated_at = :at
    WHERE id IN (SELECT id FROM picked) AND status <> 'lost'
    """,
)
"""What is done to the highlights in ``picked`` that have no place."""

Report = Callable[[], None]
"""Called from time to time; may raise, to stop."""


class Revisions:
    """Revisions of documents, and the review of what they did to highlights."""

    def __init__(self, connection: Connection, journal: Journal, documents: Documents) -> None:
        self._connection = connection
        self._journal = journal
        self._documents = documents

    def list(self, document_id: str) -> list[Revision]:
        """The texts of a document, the first one first.

        Raises:
            NotFoundError: there is no such document.
        """
        current = self._documents.get(document_id).revision
        rows = self._connection.all(
            "SELECT r.ordinal, r.id, r.length, r.made_at, r.id = :current, "
            "(SELECT count(*) FROM highlights WHERE document = :document AND revision = r.id) "
            "FROM revisions r WHERE r.document = :document ORDER BY r.ordinal",
            {"document": document_id, "current": current},
        )
        return [
            Revision(number, revision, length, made_at, bool(is_current), highlights)
            for number, revision, length, made_at, is_current, highlights in rows
        ]

    def current(self, document_id: str) -> int:
        """The number of the text that a document has now.

        Raises:
            NotFoundError: there is no such document.
        """
        number = self._connection.value(
            "SELECT r.ordinal FROM documents d JOIN revisions r ON r.id = d.revision "
            "WHERE d.id = ?",
            (document_id,),
        )
        if number is None:
            raise NotFoundError(f"no document has the id {document_id}")
        return int(number)

    def compare(self, document_id: str, old: int, new: int) -> Iterator[Run]:
        """What changed between two texts of a document: runs of words that tile both.

        Args:
            document_id: of the document.
            old: the number of one text.
            new: the number of the other.

        Raises:
            NotFoundError: there is no such document, or it has no such revision.
        """
        # Nothing else here aligns texts.
        from annotations.library.comparing import compare

        texts = [self._documents.text(document_id, revision=each) for each in (old, new)]
        return compare(*texts)

    def turn_to(self, document_id: str, number: int, report: Report = lambda: None) -> Tally | None:
        """Make an earlier text of a document, or a later one again, its current text.

        Returns:
            What became of the highlights; None: it was the current one.

        Raises:
            NotFoundError: there is no such document, or it has no such revision.
        """
        found = [each for each in self.list(document_id) if each.number == number]
        if not found:
            title = quoted(self._documents.get(document_id).title)
            raise NotFoundError(f"{title} has no revision {number}")
        stored = Stored(found[0].id, document_id, found[0].length)
        return Revising(self._connection, self._journal, report).revise(
            document_id, stored, Metadata(media_type="", encoding="")
        )

    def link(self, older_id: str, newer_id: str, report: Report = lambda: None) -> Tally:
        """Make a document that is a later state of another one a revision of it, as one act.

        See :meth:`annotations.library.revising.Revising.link`.

        Returns:
            What became of the highlights of the older one.

        Raises:
            NotFoundError: one of them is not there, or is deleted.
            ConflictError: they are the same document.
        """
        return Revising(self._connection, self._journal, report).link(older_id, newer_id)

    def place_again(self, document_id: str, report: Report = lambda: None) -> Tally:
        """Place the highlights of a document that are moved or lost anew, as one act: those too
        that were left without a place on purpose.

        Raises:
            NotFoundError: there is no such document, or it is deleted.
        """
        return Revising(self._connection, self._journal, report).place_again(document_id)

    def numbers(self, document_id: str) -> Numbers:
        """The numbers of the highlights of a document that are moved or lost and that nobody has
        looked at since, in the order of the current text: what a list of very many shows a window
        of, through :meth:`at`.
        """
        rows = self._connection.all(
            f"SELECT h.number {UNSETTLED} ORDER BY coalesce(p.near, h.start), h.number",
            (document_id,),
        )
        return [number for (number,) in rows]

    def sure(self, document_id: str, least: float) -> Ids:
        """The ids of those among them that are moved with at least this confidence, 0 to 1."""
        rows = self._connection.all(
            f"SELECT h.id {UNSETTLED} AND h.status = 'moved' AND p.confidence >= ?",
            (document_id, least),
        )
        return [each for (each,) in rows]

    def at(self, numbers: Iterable[int]) -> Cases:
        """What became of the highlights with these numbers, in their order; those that are gone
        are left out."""
        wanted = list(numbers)
        marks = ", ".join("?" * len(wanted))
        rows = self._connection.all(
            'SELECT h.id, coalesce(r.ordinal, 0), p.start, p."end", p.quote, p.prefix, p.suffix, '
            "p.confidence, p.near FROM highlights h JOIN placements p ON p.highlight = h.id "
            f"LEFT JOIN revisions r ON r.id = p.revision WHERE h.number IN ({marks})",
            wanted,
        )
        found: dict[str, Row] = {row[0]: row[1:] for row in rows}
        return [
            # An import found its place, or none: nothing is known of another one.
            Displaced(
                each, *found.get(each.id, (0, 0, 0, each.quote, each.prefix, each.suffix, 0.0, 0))
            )
            for each in by_numbers(self._connection, wanted)
        ]

    def former_quotes(self, document_id: str) -> dict[str, str]:
        """What the moved highlights of a document were on before, by their ids."""
        return dict(
            self._connection.all(
                "SELECT h.id, p.quote FROM highlights h INDEXED BY highlights_displaced "
                "JOIN placements p ON p.highlight = h.id "
                "WHERE h.document = ? AND h.status <> 'placed' AND h.status = 'moved'",
                (document_id,),
            )
        )

    def accept(self, ids: Iterable[str], *, revision: str = "") -> int:
        """Say that highlights that were moved are in the right place, as one act; how many.

        Args:
            ids: of the highlights.
            revision: the id of the text in which their places were looked at; empty: the current
                one.

        Raises:
            NotFoundError: one of them is not there; nothing was changed.
            ConflictError: their document has another text by now; nothing was changed.
            InvalidError: one of them is lost; nothing was changed.
        """
        with self._journal.act("accept") as act:
            names = self._pick(ids, revision)
            lost = self._connection.value(
                "SELECT quote FROM highlights "
                "WHERE id IN (SELECT id FROM picked) AND status = 'lost' LIMIT 1"
            )
            if lost is not None:
                raise InvalidError(f"{quoted(lost)} is lost: there is no place to accept")
            self._connection.run(
                "DELETE FROM placements WHERE highlight IN (SELECT id FROM picked)"
            )
            number = self._connection.run(
                "UPDATE highlights SET status = 'placed', updated_at = ? "
                "WHERE id IN (SELECT id FROM picked) AND status = 'moved'",
                (act.at,),
            )
            act.summary = f"accepted the place of {names}"
        return number

    def leave(self, ids: Iterable[str], *, revision: str = "") -> None:
        """Say that highlights have no place in the current text, as one act: they stay with the
        text that they were made on, and are not asked about again until there is another text.

        Args:
            ids: of the highlights.
            revision: the id of the text in which they were looked for; empty: the current one.

        Raises:
            NotFoundError: one of them is not there; nothing was changed.
            ConflictError: their document has another text by now; nothing was changed.
            InvalidError: one of them was neither moved nor lost; nothing was changed.
        """
        with self._journal.act("leave lost") as act:
            names = self._pick(ids, revision)
            placed = self._connection.value(
                "SELECT quote FROM highlights "
                "WHERE id IN (SELECT id FROM picked) AND status = 'placed' LIMIT 1"
            )
            if placed is not None:
                raise InvalidError(f"{quoted(placed)} is in its place: it was not moved")
            for statement in _LEAVE:
                self._connection.run(statement, {"at": act.at})
            act.summary = f"left {names} without a place"

    def _pick(self, ids: Iterable[str], revision: str) -> str:
        """Put highlights into ``picked``; what they are, for a sentence."""
        names = pick(self._connection, ids)
        changed = revision and self._connection.value(
            "SELECT d.title FROM picked JOIN highlights h ON h.id = picked.id "
            "JOIN documents d ON d.id = h.document WHERE d.revision <> ? LIMIT 1",
            (revision,),
        )
        if changed:
            raise changed_meanwhile(changed)
        return names


Numbers = list[int]
Ids = list[str]
Cases = list[Displaced]  # a class with a method called list cannot say so itself
