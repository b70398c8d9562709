"""What a highlight keeps of the text at its place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotations.errors import ConflictError, InvalidError, NotFoundError
from annotations.library.connection import Connection
from annotations.library.texts import Texts
from annotations.library.wording import quoted

CONTEXT = 32
"""Code points kept before and after a quote, to find it again in another text."""

_AHEAD = 1 << 16
"""Code points read at once where many places of one text are asked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of a text, and its surroundings."""

    revision: str | None
    """The text's id; None: the library has never had it."""
    start: int
    end: int
    """The same as ``start`` where only the words are known."""
    quote: str
    prefix: str
    suffix: str

    @property
    def is_known(self) -> bool:
        """Whether it is a place in a text of the library, and not only words."""
        return self.revision is not None and self.start < self.end

    def kept(self, revision: str | None) -> Place:
        """This place, said to be in another text where it is in none."""
        return self if self.is_known else replace(self, revision=revision)


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
        self._asked = ("", "")
        self._revision, self._number, self._length = "", 0, 0
        self._window, self._window_start = "", 0

    def at(self, document_id: str, start: int, end: int, revision: str = "") -> Place:
        """The place from ``start`` to ``end`` in a text of a document.

        Args:
            document_id: of the document.
            start: in code points.
            end: of the same text.
            revision: the id of the text; empty: the current one.

        Raises:
            NotFoundError: there is no such document, or it is deleted.
            ConflictError: the document does not have that text any more.
            InvalidError: the span is empty or outside the text.
        """
        if (document_id, revision) != self._asked:
            self._turn_to(document_id, revision)
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

    def _turn_to(self, document_id: str, revision: str) -> None:
        row = self._connection.one(
            "SELECT d.title, r.id, r.number, r.length FROM documents d LEFT JOIN revisions r "
            "ON r.document = d.id AND r.id = iif(:revision = '', d.revision, :revision) "
            "WHERE d.id = :document AND d.deleted_at IS NULL",
            {"document": document_id, "revision": revision},
        )
        if row is None:
            raise NotFoundError(f"no document has the id {document_id}")
        title, *text = row
        if text[0] is None:
            raise changed_meanwhile(title)
        self._asked = (document_id, revision)
        self._revision, self._number, self._length = text
        self._window, self._window_start = "", 0


def changed_meanwhile(title: str) -> ConflictError:
    """What is said where a document has another text than the one that was looked at."""
    return ConflictError(f"the text of {quoted(title)} changed meanwhile: try again")
