"""Reading an import to its end and finding the places of its highlights, while nothing is written
and others may go on writing.

A place that was found counts if its text is still the document's when the import is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from annotations.errors import ImportCancelled
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Reading,
    Record,
    Selector,
)
from annotations.exchange.drawing import draw, joined, merged
from annotations.exchange.identity import id_apart, place_said
from annotations.exchange.placing import CountedText, Texts, place
from annotations.exchange.recognition import Recogniser
from annotations.exchange.report import LossReport
from annotations.exchange.shelf import Catalogue
from annotations.exchange.spool import Spool
from annotations.library.library import Library
from annotations.library.staging import Staged, Staging
from annotations.model import Status

_BATCH = 1_000
"""Highlights that are looked for at a time: bounds the memory."""

Progress = Callable[[int, int], bool]
"""Told how many highlights are done with, and how many there are, 0 as long as that is not known;
False stops the import."""


def stopped() -> ImportCancelled:
    """What ends an import that a progress stopped."""
    return ImportCancelled("the import was stopped: the library is as it was")


class Rehearsal:
    """Lays what a file says aside: its highlights, with the places that they will have, in a
    staging, everything else in a spool."""

    def __init__(
        self,
        library: Library,
        spool: Spool,
        staging: Staging,
        report: LossReport,
        progress: Progress | None,
    ) -> None:
        self._library = library
        self._spool = spool
        self._staging = staging
        self._report = report
        self._progress = progress
        self.unchanged = 0
        """Highlights of which the library knows everything."""
        self.named: set[str] = set()
        """What the file calls the documents of which its highlights say something."""
        self._count = 0
        self._catalogue = Catalogue(library)
        self._recogniser = Recogniser(library)
        self._texts = Texts(library.documents)
        # By the keys of the file: documents that are here already.
        self._here: dict[str, str] = {}
        self._coming: tuple[str, list[str]] = ("", [])
        self._waiting: list[HighlightRecord] = []

    def read(self, records: Iterable[Record]) -> None:
        """Read to the end.

        Raises:
            ImportCancelled: The progress returned False.
            UnreadableFileError: The reader met what it cannot read.
            UnwritableFileError: There is no room to lay the records aside.
        """
        for record in records:
            match record:
                case HighlightRecord(selector=None):
                    self.named.add(record.document)
                    self._spool.add(record)
                case HighlightRecord():
                    self.named.add(record.document)
                    if record.exact:
                        self._spool.add(record)
                    self._waiting.append(record)
                    if len(self._waiting) >= _BATCH:
                        self._flush()
                case DocumentRecord():
                    if record.passages is not None:
                        # Of the texts that come along, the last one alone is at hand.
                        self._flush()
                    self._announce(record)
                case Reading():
                    self._tell()
                case _:
                    self._spool.add(record)
        self._flush()

    def _announce(self, record: DocumentRecord) -> None:
        here = self._catalogue.find(record)
        if here is not None:
            self._here[record.key] = here
        if record.passages is None:
            self._spool.add(record)
            return
        self._spool.add(replace(record, passages=()))
        parts: list[str] = []
        for passage in record.passages:
            self._spool.add(passage)
            parts.append(passage.text)
        self._spool.add(None)
        self._coming = (record.key, parts)

    def _identified(self) -> Iterator[tuple[str, int, HighlightRecord]]:
        """The highlights that wait, with their ids and their numbers in the staging. Of several at
        different places to which the file gives one id, the first has it."""
        named = [
            (self._recogniser.id_of(record, self._here.get(record.document)), record)
            for record in self._waiting
        ]
        others: list[tuple[str, HighlightRecord]] = []
        for (own, record), number in zip(named, self._numbers(named), strict=True):
            if number:
                yield own, number, record
            else:
                self._report.add("highlights that had the id of another and got a new one", own)
                others.append((id_apart(own, record), record))
        for (own, record), number in zip(others, self._numbers(others), strict=True):
            yield own, number, record

    def _numbers(self, named: Iterable[tuple[str, HighlightRecord]]) -> list[int]:
        return self._staging.meet([(own, place_said(record)) for own, record in named])

    def _flush(self) -> None:
        """Lay the highlights aside that wait, each with its place."""
        drawn: dict[str, tuple[Staged, HighlightRecord]] = {}
        for own, number, record in self._identified():
            staged = draw(record, own, number, self._library.coder, self._report)
            if own in drawn:
                # One row a tag: the rows of a highlight share its id.
                before, record = drawn[own]
                staged = joined(before, staged, self._report)
            drawn[own] = staged, record
        ready: list[Staged] = []
        met = self._staging.take_out(staged.number for staged, _ in drawn.values())
        for own, before in met.items():
            staged, _ = drawn.pop(own)
            ready.append(joined(before, staged, self._report))
        for own, here in self._library.merging.highlights(drawn).items():
            if here.status is not Status.PLACED:
                continue  # it may find its place by what this file says
            staged, _ = drawn.pop(own)
            if merged(here, staged.highlight, self._report) == here:
                self.unchanged += 1
            else:
                ready.append(staged)
        by_document: dict[str, list[tuple[Staged, HighlightRecord]]] = {}
        for each in drawn.values():
            by_document.setdefault(each[1].document, []).append(each)
        for key, some in by_document.items():
            ready += self._placed(key, some)
        self._staging.add(ready)
        self._count += len(self._waiting)
        self._waiting.clear()
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None and not self._progress(self._count, 0):
            raise stopped()

    def _placed(self, key: str, some: list[tuple[Staged, HighlightRecord]]) -> Iterable[Staged]:
        found = self._text(key)
        if found is None:
            return [staged for staged, _ in some]
        revision, text = found
        drawn = [(staged, each.selector or Selector(), each.status) for staged, each in some]
        return place(text, revision, drawn, self._report)

    def _text(self, key: str) -> tuple[str, CountedText] | None:
        """The text that highlights with this key will lie in, and the id of its revision."""
        here = self._here.get(key)
        if here is not None:
            document = self._library.documents.get(here)
            text = self._texts.of(document)
            if text is not None:
                return document.revision, text
        coming, parts = self._coming
        if coming != key or not parts:
            return None
        if len(parts) > 1:
            parts[:] = ["".join(parts)]
        revision = hashlib.sha256(parts[0].encode("utf-8", "replace")).hexdigest()
        return revision, CountedText(parts[0])
