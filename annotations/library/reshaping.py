"""Moving the edges of highlights, cutting one in two, making one of several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, astuple
from typing import TYPE_CHECKING

from annotations.errors import InvalidError
from annotations.library.clock import new_id
from annotations.library.finding import Finding
from annotations.library.listing import insert
from annotations.library.wording import counted, quoted, quoted_end
from annotations.model import Highlight, Status

if TYPE_CHECKING:
    from annotations.library.placing import Place


class Reshaping(Finding):
    """The acts that change where highlights lie."""

    def move(self, highlight_id: str, start: int, end: int, *, revision: str = "") -> Highlight:
        """Put the edges of a highlight elsewhere in the current text of its document.

        Args:
            highlight_id: of the highlight.
            start: in code points.
            end: of the same text.
            revision: the id of the text that was looked at; empty: the current one.

        Raises:
            NotFoundError: there is no such highlight.
            ConflictError: the document has another text than the one that was looked at.
            InvalidError: the span is empty or outside the text.
        """
        with self._journal.act("move") as act:
            before = self.get(highlight_id)
            self._still(before, revision)
            place = self._place(before.document, start, end)
            self._put(before, place, act.at)
            act.summary = _edges_moved(before.quote, place.quote)
        return self.get(before.id)

    def split(
        self, highlight_id: str, offset: int, *, revision: str = ""
    ) -> tuple[Highlight, Highlight]:
        """Cut a highlight in two before the code point at ``offset``.

        The first part is the highlight as it was, with its note; the second is a new one with the
        same tags, colour and star. ``revision`` is the id of the text that was looked at; empty:
        the current one.

        Raises:
            NotFoundError: there is no such highlight.
            ConflictError: the document has another text than the one that was looked at.
            InvalidError: ``offset`` is not inside it, or it is lost.
        """
        with self._journal.act("split") as act:
            before = self.get(highlight_id)
            self._still(before, revision)
            if before.status is Status.LOST or not before.start < offset < before.end:
                raise InvalidError(f"position {offset} is not inside {quoted(before.quote)}")
            self._put(before, self._place(before.document, before.start, offset), act.at)
            rest = self._place(before.document, offset, before.end)
            second = before._replace(
                **asdict(rest),
                id=new_id(),
                note="",
                coder=act.coder,
                created_at=act.at,
                updated_at=act.at,
            )
            insert(self._connection, second, self._codebook.ensure(before.tags))
            act.summary = f"cut {quoted(before.quote)} in two"
        return self.get(before.id), second

    def join(self, highlight_ids: Iterable[str]) -> Highlight:
        """Make one highlight of several of one document, from the first start to the last end.

        The first of them in the text stays, with the tags of all, in their order, and their notes,
        parted by a blank line; the others are removed.

        Raises:
            NotFoundError: one of them is not there.
            InvalidError: they are fewer than two, of several documents, or one is lost.
        """
        with self._journal.act("join") as act:
            parts = [self.get(each) for each in dict.fromkeys(highlight_ids)]
            parts.sort(key=lambda part: (part.start, part.end, part.id))
            if len(parts) < 2:
                raise InvalidError("one highlight alone cannot be joined")
            if len({part.document for part in parts}) > 1:
                raise InvalidError("highlights of several documents cannot be joined")
            if any(part.status is Status.LOST for part in parts):
                raise InvalidError("a highlight that lost its place cannot be joined")
            first, *others = parts
            end = max(part.end for part in parts)
            place = self._place(first.document, first.start, end)
            self._put(first, place, act.at)
            note = "\n\n".join(part.note for part in parts if part.note)
            self._connection.run(
                "UPDATE highlights SET note = ? WHERE id = ? AND note <> ?", (note, first.id, note)
            )
            for part in others:
                self._connection.run(
                    "INSERT OR IGNORE INTO highlight_tags SELECT :first, tag, position + "
                    "(SELECT coalesce(max(position) + 1, 0) FROM highlight_tags "
                    "WHERE highlight = :first), coder, created_at "
                    "FROM highlight_tags WHERE highlight = :part",
                    {"first": first.id, "part": part.id},
                )
            self._drop(part.id for part in others)
            act.summary = f"joined {counted(len(parts), 'highlight')} to {quoted(place.quote)}"
        return self.get(first.id)

    def remove(self, ids: Iterable[str]) -> None:
        """Remove highlights, as one act.

        Raises:
            NotFoundError: a highlight is not there; nothing was changed.
        """
        with self._journal.act("remove") as act:
            act.summary = f"removed {self._drop(ids)}"

    def _drop(self, ids: Iterable[str]) -> str:
        """Remove highlights; what they are, for a sentence."""
        names = self._pick(ids)
        for table in ("highlight_tags", "placements"):
            self._connection.run(f"DELETE FROM {table} WHERE highlight IN (SELECT id FROM picked)")
        self._connection.run("DELETE FROM highlights WHERE id IN (SELECT id FROM picked)")
        return names

    def _still(self, highlight: Highlight, revision: str) -> None:
        """Make sure that a highlight's document has the text that was looked at, if one was."""
        if revision:
            from annotations.library.succession import Succession

            Succession(self._connection).still(highlight.document, revision)

    def _place(self, document_id: str, start: int, end: int, revision: str = "") -> Place:
        """As :func:`~annotations.library.placing.place`."""
        # Who only reads highlights does not load it.
        from annotations.library.placing import place

        return place(self._connection, document_id, start, end, revision)

    def _put(self, highlight: Highlight, place: Place, at: str) -> None:
        """Set where a highlight lies, if that is news; somebody has looked at it then."""
        self._connection.run("DELETE FROM placements WHERE highlight = ?", (highlight.id,))
        self._connection.run(
            'UPDATE highlights SET revision = ?, start = ?, "end" = ?, quote = ?, prefix = ?, '
            "suffix = ?, status = ?, updated_at = ? WHERE id = ? "
            'AND (revision, start, "end", status) IS NOT (?, ?, ?, ?)',
            (
                *astuple(place),
                *(Status.PLACED, at, highlight.id),
                *(place.revision, place.start, place.end, Status.PLACED),
            ),
        )


def _edges_moved(before: str, after: str) -> str:
    """The sentence for a quote that has become another; long ones may begin alike."""
    was, now = quoted(before), quoted(after)
    if was != now:
        return f"moved the edges of {was} to {now}"
    if before != after:
        return f"moved the end of {was} to {quoted_end(after)}"
    return f"moved {was} to another place"
