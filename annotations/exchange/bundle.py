"""What travels between this program and its neighbours: records.

A reader of a format yields records, a writer takes them; neither knows the library. Records come in
an order that can be streamed: a tag may come before its first use (a tag that nobody describes is
made when it is used), a document comes before its highlights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias

from annotations.exchange.report import LossReport
from annotations.model import Metadata, Passage, Span, Status
from annotations.text.offsets import Unit


class Selector(NamedTuple):
    """Where a highlight lies, in as many ways as the format says."""

    span: Span | None = None
    """Counted in ``unit``; None where the format gives no place."""
    unit: Unit = Unit.CODE_POINT
    quote: str = ""
    prefix: str = ""
    """What stands before the quote."""
    suffix: str = ""
    """What stands after the quote."""
    bounds: tuple[Selector, Selector] | None = None
    """Where the format says the words at its ends alone: it goes from the start of the first up to
    the start of the second."""

    @property
    def says_nothing(self) -> bool:
        """Whether it has neither a place nor words."""
        return self.span is None and not self.quote and self.bounds is None


@dataclass(frozen=True, slots=True)
class TagRecord:
    """An entry of a codebook."""

    path: str
    description: str = ""
    colour: str = ""
    id: str = ""
    """A UUID where the format keeps one, otherwise empty."""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document, with its text or without."""

    key: str
    """What the highlights of this bundle call it."""
    metadata: Metadata = field(default_factory=Metadata)
    passages: Iterable[Passage] | None = None
    """Its text, to be consumed once; None where the file holds no text."""
    note: str = ""
    id: str = ""
    """The id that it had in a library, where the format keeps one."""
    revision: str = ""
    """The SHA-256 of the canonical text, where the format keeps one."""


class HighlightRecord(NamedTuple):
    """A passage that somebody marked, with what they said of it."""

    document: str
    """The key of a :class:`DocumentRecord` that came before."""
    selector: Selector | None
    """None where it is about its document as a whole."""
    tags: tuple[str, ...] = ()
    note: str = ""
    colour: str = ""
    coder: str = ""
    id: str = ""
    """Whatever the format calls it, the same each time the same file is read."""
    created_at: str = ""
    """UTC, ISO 8601 with ``Z``; empty where unknown."""
    updated_at: str = ""
    status: Status = Status.PLACED
    starred: bool = False
    former: str = ""
    """What a moved highlight was on before, where that is known."""
    also: str = ""
    """Another ``id`` by which it is known here, if a file that says less of it came before."""
    exact: bool = False
    """Whether somebody changed it in the file, which has all that was said of it: then what is not
    there goes here too, if nothing was changed here since."""
    by_words: bool = False
    """Whether it may be known here under another id: then it is the highlight of its document that
    has the same words."""


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    """An answer to a highlight's note, or to another answer; may come before what it answers."""

    to: str
    """The ``id`` of a :class:`HighlightRecord` or of another reply."""
    text: str
    coder: str = ""
    created_at: str = ""
    id: str = ""


class Reading(Enum):
    """Nothing that comes in: a reader that has to look through much before it can say anything is
    at work, and can be stopped here."""

    ON = "on"


READING = Reading.ON


Record: TypeAlias = TagRecord | DocumentRecord | HighlightRecord | ReplyRecord | Reading


Reader: TypeAlias = Callable[[Path, LossReport], Iterator[Record]]
"""Yields the records of a file, telling the report what it had to leave.

Raises:
    FlorilegiumError: The file is cut short, is of another format, or is hostile.
"""

Writer: TypeAlias = Callable[[Iterable[Record], BinaryIO, LossReport], None]
"""Writes records to a binary file, telling the report what the format cannot hold."""

FolderWriter: TypeAlias = Callable[[Iterable[Record], Path, LossReport], None]
"""Writes records to the files of a folder, which is made where it is missing."""
