"""What travels between this program and its neighbours: records, and a report of what was lost.

A reader of a format yields records, a writer takes them; neither knows the library. Records come in
an order that can be streamed: a tag may come before its first use (a tag that nobody describes is
made when it is used), a document comes before its highlights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

from annotations.model import Metadata, Passage, Span, Status
from annotations.text.offsets import Unit


@dataclass(frozen=True, slots=True)
class Selector:
    """Where a highlight lies, in as many ways as the format says."""

    span: Span | None = None
    """Counted in ``unit``; None where the format gives no place."""
    unit: Unit = Unit.CODE_POINT
    quote: str = ""
    prefix: str = ""
    """What stands before the quote."""
    suffix: str = ""
    """What stands after the quote."""


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


@dataclass(frozen=True, slots=True)
class HighlightRecord:
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


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    """An answer to a highlight's note, or to another answer; may come before what it answers."""

    to: str
    """The ``id`` of a :class:`HighlightRecord` or of another reply."""
    text: str
    coder: str = ""
    created_at: str = ""
    id: str = ""


Record: TypeAlias = TagRecord | DocumentRecord | HighlightRecord | ReplyRecord


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that did not come across."""

    what: str
    """In the plural, without a number: ``colours of tags``."""
    count: int
    examples: tuple[str, ...]


class LossReport:
    """Counts what a format could not hold, or what in a file could not be read, by kind.

    It fills while records stream by and is complete when they have all been consumed.
    """

    EXAMPLES = 3
    """How many instances of a kind are kept to be shown."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._examples: dict[str, list[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._counts)

    def add(self, what: str, example: str = "", count: int = 1) -> None:
        """Count ``what`` (a plural: ``colours of tags``); ``example`` names the instance."""
        self._counts[what] = self._counts.get(what, 0) + count
        examples = self._examples.setdefault(what, [])
        if example and len(examples) < self.EXAMPLES:
            shown = shorten(example)
            if shown not in examples:
                examples.append(shown)

    @property
    def losses(self) -> tuple[Loss, ...]:
        """All kinds, in the order in which they were first met."""
        return tuple(
            Loss(what, count, tuple(self._examples[what])) for what, count in self._counts.items()
        )

    def summary(self) -> str:
        """All kinds in one line, without examples; empty where nothing was lost."""
        return ", ".join(f"{count} {what}" for what, count in self._counts.items())

    def lines(self) -> list[str]:
        """One line a kind, with examples: what ``--report`` writes."""
        return [
            f"{loss.count} {loss.what}" + (f": {'; '.join(loss.examples)}" if loss.examples else "")
            for loss in self.losses
        ]


def shorten(text: str, width: int = 60) -> str:
    """``text`` on one line, without control characters, cut to ``width`` code points."""
    flat = " ".join(text[: width * 8].split())
    printable = "".join(character if character.isprintable() else "�" for character in flat)
    return printable if len(printable) <= width else printable[: width - 1] + "…"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A stream of records with the report that fills while it is consumed."""

    records: Iterator[Record]
    report: LossReport


Reader: TypeAlias = Callable[[Path, LossReport], Iterator[Record]]
"""Yields the records of a file, telling the report what it had to leave.

Raises:
    FlorilegiumError: The file is cut short, is of another format, or is hostile.
"""

Writer: TypeAlias = Callable[[Iterable[Record], BinaryIO, LossReport], None]
"""Writes records to a binary file, telling the report what the format cannot hold."""
