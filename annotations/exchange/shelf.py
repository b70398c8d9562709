"""Which document of the library an imported one is, and making those that are missing."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from pathlib import PurePath

from annotations.exchange.bundle import DocumentRecord
from annotations.exchange.drawing import holds
from annotations.exchange.report import LossReport
from annotations.formats.dates import iso_date
from annotations.library.library import Library
from annotations.library.merging import Listed
from annotations.library.stubs import MEDIA_TYPE, folded, stub
from annotations.library.wording import plain_lines, single_line
from annotations.model import Document, ImportedDocument, Metadata

_FILLED = ("author", "publisher", "published", "language", "kind", "source")


class Catalogue:
    """The documents of a library by what they are known by."""

    def __init__(self, library: Library) -> None:
        self.ids: set[str] = set()
        self._index: dict[tuple[str, ...], str] = {}
        for listed in library.merging.listed():
            self.ids.add(listed.id)
            for name in _names(listed):
                self._index.setdefault(name, listed.id)

    def find(self, record: DocumentRecord) -> str | None:
        """The id of the document that a record means; None where it is not here."""
        about = record.metadata
        said = Listed(record.id, about.title, about.source, about.path, record.revision)
        if record.passages is not None:
            # Another text of the same title is another document.
            said = Listed(record.id, "", "", "", record.revision)
        return next(filter(None, map(self._index.get, _names(said))), None)


class Shelf:
    """The documents that records belong to, by the keys that their bundle uses.

    A document that comes with its text is known by its id or by that text, another one by its
    source, its title or the name of its file too. One whose text is nowhere becomes a stub as soon
    as something is said of it.
    """

    def __init__(self, library: Library, report: LossReport, named: Container[str]) -> None:
        """Prepare to take documents.

        Args:
            library: where they are.
            report: is told of what is otherwise here, and of documents that are missing.
            named: the keys of those of which highlights say something; only they are remembered.
        """
        self._library = library
        self._report = report
        self._named = named
        self._records: dict[str, DocumentRecord] = {}
        self._documents: dict[str, Document] = {}
        self._stubs: dict[str, str] = {}
        """The ids of those that were made here, by their sources."""
        self._catalogue = Catalogue(library)
        self._known = self._catalogue.ids
        self.added = 0
        """Documents that came with their text."""
        self.stubs = 0

    def announce(self, record: DocumentRecord) -> None:
        """Take note of a document, adding it where its text came along."""
        record = replace(record, metadata=self._tidied(record.metadata))
        found = self._catalogue.find(record)
        here = None if found is None else self._library.documents.get(found)
        if here is not None and (record.passages is None or here.media_type != MEDIA_TYPE):
            self._take(record, here)
        elif record.passages is not None:
            imported = ImportedDocument(record.passages, _titled(record))
            document = self._library.merging.add_document(imported, record.id)
            self.added += document.id not in self._known
            self._take(record, document)
        elif record.key in self._named:
            self._records[record.key] = record
        else:
            self._tell_missing(record)

    def document(self, key: str) -> Document:
        """A document in the library, which is made a stub of where it is missing."""
        found = self._documents.get(key)
        if found is None:
            record = self._records.get(key) or DocumentRecord(key, Metadata(title=key))
            found = self._documents[key] = self._take(record, self._stub(record))
        return found

    def _stub(self, record: DocumentRecord) -> Document:
        source = record.metadata.source
        # What a page is called changes, and without an id nothing else tells it from another.
        known = self._stubs.get(source) if source and not record.id else None
        if known is not None:
            return self._library.documents.get(known)
        made = self._library.merging.add_document(stub(_titled(record)), record.id)
        self.stubs += made.id not in self._known
        if source:
            self._stubs.setdefault(source, made.id)
        return made

    def finish(self) -> None:
        """Tell of documents whose text is not here, and of which nothing new was said."""
        for key, record in self._records.items():
            if key not in self._documents:
                self._tell_missing(record)

    def _tell_missing(self, record: DocumentRecord) -> None:
        self._report.add("documents missing from the library", record.metadata.title)

    def add_note(self, key: str, note: str) -> None:
        """Put a note behind the one that a document has, unless it is part of it."""
        self._documents[key] = self._noted(self.document(key), note)

    def _noted(self, here: Document, note: str) -> Document:
        note = plain_lines(note)
        if holds(here.note, note):
            return here
        joined = "\n\n".join(filter(None, (here.note, note)))
        return self._library.documents.edit(here.id, note=joined)

    def _tidied(self, about: Metadata) -> Metadata:
        """What is said of a document as the library keeps it: on one line, dates as dates."""
        said = {name: single_line(getattr(about, name)) for name in _FILLED}
        written = said["published"]
        said["published"] = iso_date(written)
        if written and not said["published"]:
            self._report.add("dates of publication not understood", written)
        return replace(about, **said)

    def _take(self, record: DocumentRecord, here: Document) -> Document:
        """Fill in what the library does not know of a document, and remember which one it is."""
        self._known.add(here.id)
        said = {name: getattr(record.metadata, name) for name in _FILLED}
        missing = {name: value for name, value in said.items() if value and not getattr(here, name)}
        if missing:
            here = self._library.documents.edit(here.id, **missing)
        for name, value in said.items():
            if value and value != getattr(here, name):
                self._report.add(f"documents whose {name} is another here", here.title)
        here = self._noted(here, record.note)
        if record.key in self._named:
            self._documents[record.key] = here
        return here


def _names(document: Listed) -> Iterator[tuple[str, ...]]:
    """By what a document is known, the surest first."""
    source, title = document.source.strip().rstrip("/"), folded(document.title)
    named = (
        ("id", document.id),
        ("revision", document.revision),
        ("source and title", source, title),
        ("source", source),
        ("title", title),
        ("title", folded(PurePath(document.path).stem)),
    )
    return (name for name in named if all(name))


def _titled(record: DocumentRecord) -> Metadata:
    about = record.metadata
    title = about.title or about.source or PurePath(about.path).stem or record.key
    return replace(about, title=title)
