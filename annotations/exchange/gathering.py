"""Records document by document, for formats that need all highlights of one at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    ReplyRecord,
    TagRecord,
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A document with everything that was said of it."""

    document: DocumentRecord
    highlights: list[HighlightRecord] = field(default_factory=list)
    """In the order in which they came."""
    replies: list[ReplyRecord] = field(default_factory=list)


def by_document(
    records: Iterable[Record], tags: dict[str, TagRecord] | None = None
) -> Iterator[Gathered]:
    """Yield each document when all of its highlights have come.

    Args:
        records: What to gather.
        tags: Takes up the tags, by their paths.
    """
    current: Gathered | None = None
    for record in records:
        match record:
            case DocumentRecord():
                if current is not None:
                    yield current
                current = Gathered(record)
            case HighlightRecord() if current is not None:
                current.highlights.append(record)
            case ReplyRecord() if current is not None:
                current.replies.append(record)
            case TagRecord() if tags is not None:
                tags[record.path] = record
    if current is not None:
        yield current
