"""What a highlight keeps of the text at its place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotations.errors import ConflictError, InvalidError, NotFoundError
from annotations.library.connection import Connection
from annotations.library.texts import Texts
from annotations.library.wording import quoted

CONTEXT = 32
"""Code points kept before and after a quote, to find it again in another text."""


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


def place(
    connection: Connection, document_id: str, start: int, end: int, revision: str = ""
) -> Place:
    """The place from ``start`` to ``end`` in a text of a document.

    Args:
        connection: where the texts are.
        document_id: of the document.
        start: in code points.
        end: of the same text.
        revision: the id of the text; empty: the current one.

    Raises:
        NotFoundError: there is no such document, or it is deleted.
        ConflictError: the document does not have that text any more.
        InvalidError: the span is empty or outside the text.
    """
    row = connection.one(
        "SELECT d.title, r.id, r.number, r.length FROM documents d LEFT JOIN revisions r "
        "ON r.document = d.id AND r.id = iif(:revision = '', d.revision, :revision) "
        "WHERE d.id = :document AND d.deleted_at IS NULL",
        {"document": document_id, "revision": revision},
    )
    if row is None:
        raise NotFoundError(f"no document has the id {document_id}")
    title, text_id, number, length = row
    if text_id is None:
        raise changed_meanwhile(title)
    if not 0 <= start < end <= length:
        raise InvalidError(
            f"{start} to {end} is no passage of the text, which goes from 0 to {length}"
        )
    first = max(0, start - CONTEXT)
    text = Texts(connection).slice(number, first, end + CONTEXT)
    quote = text[start - first : end - first]
    return Place(text_id, start, end, quote, text[: start - first], text[end - first :])


def changed_meanwhile(title: str) -> ConflictError:
    """What is said where a document has another text than the one that was looked at."""
    return ConflictError(f"the text of {quoted(title)} changed meanwhile: try again")
