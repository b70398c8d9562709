"""Reading an import to its end and finding the places of its highlights, while nothing is written
and others may go on writing.

What is found out is taken as foreseen: it counts if it still holds when the import is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from annotations.errors import ImportCancelled
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    ReplyRecord,
    Selector,
)
from annotations.exchange.identity import highlight_id
from annotations.exchange.placing import CountedText, Foreseen, Placer, spots
from annotations.exchange.report import LossReport
from annotations.exchange.shelf import Catalogue
from annotations.exchange.spool import Seen, Spool
from annotations.library.library import Library

_BATCH = 1_000
"""Highlights that are looked for at a time: bounds the memory."""

Progress = Callable[[int, int], bool]
"""Told how many highlights are done with, and how many there are, 0 as long as that is not known;
False stops the import."""


class Rehearsal:
    """Lays the records of a file aside, with the places that their highlights will have."""

    def __init__(self, library: Library, spool: Spool, progress: Progress | None) -> None:
        self.highlights = 0
        """How many there are."""
        self._library = library
        self._spool = spool
        self._progress = progress
        self._catalogue = Catalogue(library)
        self._placer = Placer(library.documents, LossReport())
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
                case HighlightRecord():
                    self._waiting.append(record)
                    if len(self._waiting) >= _BATCH:
                        self._flush()
                case ReplyRecord():
                    self._spool.add(Seen(record))
                case DocumentRecord():
                    self._flush()
                    self._announce(record)
                case _:
                    self._flush()
                    self._spool.add(Seen(record))
        self._flush()

    def _announce(self, record: DocumentRecord) -> None:
        here = self._catalogue.find(record)
        if here is not None:
            self._here[record.key] = here
        if record.passages is None:
            self._spool.add(Seen(record))
            return
        self._spool.add(Seen(replace(record, passages=())))
        parts: list[str] = []
        for passage in record.passages:
            self._spool.add(passage)
            parts.append(passage.text)
        self._spool.add(None)
        self._coming = (record.key, parts)

    def _flush(self) -> None:
        by_document: dict[str, list[HighlightRecord]] = {}
        for record in self._waiting:
            by_document.setdefault(record.document, []).append(record)
        here = self._library.merging.highlights(map(highlight_id, self._waiting))
        for key, some in by_document.items():
            new = [each.selector for each in some if highlight_id(each) not in here]
            foreseen = iter(self._foresee(key, [each for each in new if each is not None]))
            for record in some:
                is_placed = record.selector is None or highlight_id(record) in here
                self._spool.add(Seen(record, None if is_placed else next(foreseen)))
        self.highlights += len(self._waiting)
        self._waiting.clear()
        if self._progress is not None and not self._progress(self.highlights, 0):
            raise ImportCancelled("the import was stopped: the library is as it was")

    def _foresee(self, key: str, selectors: list[Selector]) -> Sequence[Foreseen | None]:
        found = self._text(key) if selectors else None
        if found is None:
            return [None] * len(selectors)
        revision, text = found
        return [Foreseen(revision, spot) for spot in spots(text, selectors)]

    def _text(self, key: str) -> tuple[str, CountedText] | None:
        """The text that highlights with this key will lie in, and the id of its revision."""
        here = self._here.get(key)
        text = None if here is None else self._placer.text(here)
        if here is not None and text is not None:
            return self._library.documents.get(here).revision, text
        coming, parts = self._coming
        if coming != key or not parts:
            return None
        if len(parts) > 1:
            parts[:] = ["".join(parts)]
        revision = hashlib.sha256(parts[0].encode("utf-8", "replace")).hexdigest()
        return revision, CountedText(parts[0])
