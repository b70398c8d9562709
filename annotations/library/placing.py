"""What a highlight keeps of the text at its place."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.errors import InvalidError, NotFoundError
from annotations.library.connection import Connection
from annotations.library.texts import Texts

CONTEXT = 32
"""Code points kept before and after a quote, to find it again in another text."""

_AHEAD = 1 << 16
"""Code points read at once where many places of one text are asked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the current text of a document, and what stands there."""

    revision: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


class Placing:
    """Looks up places; good for one transaction, as it remembers the text it read last."""

    def __init__(self, connection: Connection, ahead: int = _AHEAD) -> None:
        """Prepare to look up.

        Args:
            connection: where the texts are.
            ahead: how many code points to read at least; 0 for a single place.
        """
        self._connection = connection
        self._texts = Texts(connection)
        self._ahead = ahead
        self._document = ""
        self._revision, self._number, self._length = "", 0, 0
        self._window, self._window_start = "", 0

    def at(self, document_id: str, start: int, end: int) -> Place:
        """The place from ``start`` to ``end`` in the current text of a document.

        Raises:
            NotFoundError: there is no such document, or it is deleted.
            InvalidError: the span is empty or outside the text.
        """
        if document_id != self._document:
            self._turn_to(document_id)
        if not 0 <= start < end <= self._length:
            raise InvalidError(
                f"{start} to {end} is no passage of the text, which goes from 0 to {self._length}"
            )
        first, last = max(0, start - CONTEXT), min(end + CONTEXT, self._length)
        if first < self._window_start or last > self._window_start + len(self._window):
            self._window = self._texts.slice(self._number, first, max(last, first + self._ahead))
            self._window_start = first
        text = self._window[first - self._window_start : last - self._window_start]
        quote = text[start - first : end - first]
        return Place(self._revision, start, end, quote, text[: start - first], text[end - first :])

    def _turn_to(self, document_id: str) -> None:
        row = self._connection.one(
            "SELECT r.id, r.number, r.length FROM documents d JOIN revisions r "
            "ON r.id = d.revision WHERE d.id = ? AND d.deleted_at IS NULL",
            (document_id,),
        )
        if row is None:
            raise NotFoundError(f"no document has the id {document_id}")
        self._document = document_id
        self._revision, self._number, self._length = row
        self._window, self._window_start = "", 0
