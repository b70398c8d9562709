"""The texts that a document has had, and what became of its highlights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.model.highlights import Highlight


@dataclass(frozen=True, slots=True)
class Revision:
    """One of the texts that a document has had."""

    number: int
    """Its place among them, from 1."""
    id: str
    """The SHA-256 of the canonical text, hexadecimal."""
    length: int
    """Code points."""
    made_at: str
    current: bool
    """Whether it is the text that the document has now."""
    highlights: int
    """How many highlights lie in it: on an earlier one, those that are lost."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the highlights of a document that got another text."""

    revision: int
    """The number of that text among the document's."""
    placed: int = 0
    moved: int = 0
    lost: int = 0
    empty: bool = False
    """Whether there is nothing in that text."""


@dataclass(frozen=True, slots=True)
class Displaced:
    """A highlight that is moved or lost and that nobody has looked at since."""

    highlight: Highlight
    """As it is now; a lost one keeps the place that it had."""
    revision: int
    """The number of the text in which it was before; 0: a text that the library never had."""
    start: int
    """Where it was in that text."""
    end: int
    quote: str
    """What it was on."""
    prefix: str
    suffix: str
    confidence: float
    """How likely the new place is right; of a lost one, the best that was considered. 0 to 1; 0
    where an import placed it, and it is not known."""
    near: int
    """Where in the current text it is; of a lost one, what stood around it, as far as is known."""
