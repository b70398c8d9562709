"""What a query means, once it is read: frozen values, no text positions, no storage.

One tree serves both languages. A *passages query* asks for highlights, a *search* for documents;
they differ in what a bare word stands for (:class:`Tagged` or :class:`Words`) and share the rest.
In a search, a term about highlights is true of a document that holds such a highlight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What a term ``name:value`` looks at."""

    TAG = "tag"
    TEXT = "text"
    """The highlight's quote."""
    NOTE = "note"
    CODER = "coder"
    COLOUR = "colour"
    STATUS = "status"
    MADE = "made"
    """When the highlight was made, UTC."""
    DOC = "doc"
    """The document's title, or its id, the beginning of its id, or its path."""
    AUTHOR = "author"
    PUBLISHER = "publisher"
    SOURCE = "source"
    KIND = "kind"
    LANGUAGE = "language"
    PUBLISHED = "published"


class Relation(StrEnum):
    """How the spans of two highlights of one document may lie to each other.

    A highlight stands in every relation but ``before`` and ``after`` to itself, since the
    relations are between tags on the text: a passage that bears both tags is where they overlap.
    """

    OVERLAPS = "overlaps"
    WITHIN = "within"
    CONTAINS = "contains"
    NEAR = "near"
    BEFORE = "before"
    AFTER = "after"


class Unit(StrEnum):
    """What a distance counts."""

    SENTENCES = "sentences"
    PARAGRAPHS = "paragraphs"


@dataclass(frozen=True, slots=True)
class Distance:
    """At most ``count`` sentence or paragraph borders between two spans; 0: in the same one."""

    count: int
    unit: Unit


DEFAULT_DISTANCE = Distance(1, Unit.PARAGRAPHS)
"""What ``near`` means without a distance: the same paragraph or the next."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """Bears the tag ``path``; with ``below``, one of its descendants (of ``""``: any tag)."""

    path: str
    below: bool = False


@dataclass(frozen=True, slots=True)
class Starred:
    """Bears a star."""


@dataclass(frozen=True, slots=True)
class Contains:
    """The field holds ``value``, whatever the case and accents."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Equals:
    """The field is ``value``, whatever the case."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class During:
    """The field's date lies from ``since`` to before ``until``.

    Both are ISO 8601 dates of any precision (year, month, day), or empty where that side is open.
    A date of less precision than the question (``2023`` for ``2023-05..``) counts as inside if
    a part of it is.
    """

    field: Field
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words that follow each other, in the text of a document or in what was written on it."""

    text: str
    open_ended: bool = False
    """Whether the last word may go on (``prefix*``)."""


@dataclass(frozen=True, slots=True)
class Near:
    """All of ``operands`` with at most ``distance`` words between the first and the last."""

    operands: tuple[Words, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Not:
    """What ``operand`` does not hold for."""

    operand: Query


@dataclass(frozen=True, slots=True)
class And:
    """What all of two or more ``operands`` hold for."""

    operands: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What one of two or more ``operands`` holds for."""

    operands: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Highlights of ``left`` that have one of ``right`` in ``relation`` in the same document."""

    left: Query
    relation: Relation
    right: Query
    distance: Distance | None = None
    """Only for ``near``; never ``None`` there."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All there is: the empty query."""


Term = Tagged | Starred | Contains | Equals | During | Words | Near | Everything
Query = Term | Not | And | Or | Related


def terms(query: Query) -> Iterator[Term]:
    """The leaves of ``query``, from left to right."""
    match query:
        case Not(operand):
            yield from terms(operand)
        case And(operands) | Or(operands):
            for operand in operands:
                yield from terms(operand)
        case Related(left, _, right, _):
            yield from terms(left)
            yield from terms(right)
        case _:
            yield query
