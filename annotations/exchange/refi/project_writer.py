"""Writing a REFI-QDA project (``.qdpx``), as the records come.

The sources and the notes are gathered on disk, since the users and codes that the schema puts
before them are known only when all records have been seen.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    ReplyRecord,
    TagRecord,
)
from annotations.exchange.positions import is_same
from annotations.exchange.refi import codes
from annotations.exchange.refi.codes import as_guid, made_guid
from annotations.exchange.report import LossReport
from annotations.exchange.xmltext import XmlText
from annotations.model import Metadata, Status

VARIABLES = ("author", "publisher", "published", "language", "kind", "source")
"""The fields of a document that travel as variables of its source."""

_NAME = 100
"""Code points of the quote that name a selection: enough to recognise its place by."""

ORIGIN = "Florilegium"
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    f'<Project xmlns="urn:QDA-XML:project:1.0" name="{ORIGIN}" origin="{ORIGIN}">'
)


def write(records: Iterable[Record], file: BinaryIO, report: LossReport) -> None:
    """Write a project with its codebook, its sources in full, and notes."""
    with (
        ZipFile(file, "w", ZIP_DEFLATED) as archive,
        TemporaryFile() as sources,
        TemporaryFile() as notes,
    ):
        _Project(archive, sources, notes, report).write(records)


class _Project:
    def __init__(
        self, archive: ZipFile, sources: IO[bytes], notes: IO[bytes], report: LossReport
    ) -> None:
        self._archive = archive
        self._sources = sources
        self._notes = notes
        self._report = report
        self._xml = XmlText(report)
        self._codes = codes.CodeIds()
        self._users: dict[str, str] = {}
        self._variables: set[str] = set()
        self._document: DocumentRecord | None = None

    def write(self, records: Iterable[Record]) -> None:
        for record in records:
            match record:
                case TagRecord():
                    self._codes.add(record)
                case DocumentRecord():
                    self._end_source()
                    self._begin_source(record)
                case HighlightRecord():
                    self._selection(record)
                case ReplyRecord():
                    self._report.add("replies", record.text)
        self._end_source()
        self._assemble()

    def _assemble(self) -> None:
        xml = self._xml
        with self._archive.open("project.qde", "w") as file:
            file.write(_HEAD.encode())
            if self._users:
                users = (
                    f"<User{xml.attributes(guid=each, name=name)}/>"
                    for name, each in self._users.items()
                )
                file.write(f"<Users>{''.join(users)}</Users>\n".encode())
            if self._codes.tags:
                written = "\n".join(filter(None, codes.written(self._codes, xml)))
                file.write(f"<CodeBook><Codes>\n{written}\n</Codes></CodeBook>\n".encode())
            variables = "".join(
                f"<Variable{xml.attributes(guid=made_guid('variable', name), name=name)}"
                f' typeOfVariable="Text"/>'
                for name in VARIABLES
                if name in self._variables
            )
            if variables:
                file.write(f"<Variables>{variables}</Variables>\n".encode())
            for name, part in (("Sources", self._sources), ("Notes", self._notes)):
                if part.tell():
                    part.seek(0)
                    file.write(f"<{name}>\n".encode())
                    shutil.copyfileobj(part, file)
                    file.write(f"</{name}>\n".encode())
            file.write(b"</Project>\n")

    def _begin_source(self, record: DocumentRecord) -> None:
        own = as_guid(record.id or record.key)
        self._document = record
        with self._archive.open(f"sources/{own}.txt", "w") as text:
            for passage in record.passages or ():
                text.write(passage.text.encode())
        attributes = self._xml.attributes(
            guid=own, name=record.metadata.title, plainTextPath=f"internal://{own}.txt"
        )
        description = self._xml.element("Description", record.note)
        self._sources.write(f"<TextSource{attributes}>{description}\n".encode())

    def _end_source(self) -> None:
        record = self._document
        if record is None:
            return
        for name, value in _fields(record.metadata).items():
            if value:
                self._variables.add(name)
                self._sources.write(
                    f"<VariableValue><VariableRef"
                    f"{self._xml.attributes(targetGUID=made_guid('variable', name))}/>"
                    f"{self._xml.element('TextValue', value)}</VariableValue>\n".encode()
                )
        self._sources.write(b"</TextSource>\n")

    def _selection(self, record: HighlightRecord) -> None:
        selector = record.selector
        if selector is None or selector.span is None or record.status is Status.LOST:
            self._report.add("highlights without a place in the text", record.id)
            return
        if record.colour:
            self._report.add("colours of highlights", record.id)
        if record.status is Status.MOVED:
            self._report.add("states (moved)", record.id)
        if record.starred:
            self._report.add("stars", record.id)
        user = self._user(record.coder)
        attributes = self._xml.attributes(
            guid=as_guid(record.id),
            name=" ".join(selector.quote[:_NAME].split()),
            startPosition=str(selector.span.start),
            endPosition=str(selector.span.end),
            creatingUser=user,
            creationDateTime=record.created_at,
            modifiedDateTime=record.updated_at,
        )
        codings = "".join(self._coding(record, path, user) for path in record.tags)
        described, referred = self._said(record, selector.quote, user)
        self._sources.write(
            f"<PlainTextSelection{attributes}>{described}{codings}{referred}"
            "</PlainTextSelection>\n".encode()
        )

    def _said(self, record: HighlightRecord, quote: str, user: str) -> tuple[str, str]:
        """The note of a highlight as its description, which more programs show than notes; as a
        note where it could be taken for the words themselves, which some put there: also of blanks,
        whose selection has no name."""
        if record.note and (not quote.strip() or is_same(record.note, quote)):
            return "", self._note(record.id, record.note, user)
        return self._xml.element("Description", record.note), ""

    def _coding(self, record: HighlightRecord, path: str, user: str) -> str:
        code = self._codes.of(path)
        attributes = self._xml.attributes(
            guid=made_guid("coding", record.id, code),
            creatingUser=user,
            creationDateTime=record.created_at,
        )
        return f'<Coding{attributes}><CodeRef targetGUID="{code}"/></Coding>'

    def _note(self, about: str, text: str, user: str = "") -> str:
        """Keep a note for later; what refers to it."""
        own = made_guid("note", about)
        attributes = self._xml.attributes(guid=own, name="Note", creatingUser=user)
        body = self._xml.element("PlainTextContent", text)
        self._notes.write(f"<Note{attributes}>{body}</Note>\n".encode())
        return f'<NoteRef targetGUID="{own}"/>'

    def _user(self, coder: str) -> str:
        if not coder:
            return ""
        return self._users.setdefault(coder, made_guid("user", coder))


def _fields(about: Metadata) -> dict[str, str]:
    return {
        "author": about.author,
        "publisher": about.publisher,
        "published": about.published,
        "language": about.language,
        "kind": about.kind,
        "source": about.source,
    }
