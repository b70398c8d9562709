"""REFI-QDA codebooks (``.qdc``): tags alone, with their descriptions and colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from annotations.errors import InvalidError, UnreadableFileError
from annotations.exchange import xmlstream
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, TagRecord
from annotations.exchange.refi import codes
from annotations.exchange.report import LossReport
from annotations.exchange.textfile import unreadable
from annotations.exchange.xmltext import XmlText

_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Florilegium">'
)


def write(records: Iterable[Record], file: BinaryIO, report: LossReport) -> None:
    """Write the tags, those of the codebook and those that highlights bear.

    Raises:
        InvalidError: There is none.
    """
    ids = codes.CodeIds()
    for record in records:
        match record:
            case TagRecord():
                ids.add(record)
            case HighlightRecord():
                report.add("highlights")
                for path in record.tags:
                    ids.of(path)
            case DocumentRecord():
                report.add("documents", record.metadata.title)
            case _:
                report.add("replies")
    if not ids.tags:
        raise InvalidError("there is no tag, and a REFI-QDA codebook has at least one")
    xml = XmlText(report)
    file.write(_HEAD.encode())
    body = "\n".join(filter(None, codes.written(ids, xml)))
    file.write(f"<Codes>\n{body}\n</Codes></CodeBook>\n".encode())


def read(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the tags of a codebook, in whatever namespace it is.

    Raises:
        UnreadableFileError: It is no XML, is cut short or hostile, or is no codebook.
    """
    try:
        yield from _read(path, report)
    except OSError as error:
        raise unreadable(path, error) from error


def _read(path: Path, report: LossReport) -> Iterator[Record]:
    is_codebook = False
    wanted, starts = ("Code", "Set"), ("CodeBook",)
    for event, element in xmlstream.elements(lambda: path.open("rb"), path.name, wanted, starts):
        if event == "start":
            is_codebook = True
        elif xmlstream.local(element) == "Set":
            report.add("sets of codes", element.get("name") or "")
        elif xmlstream.local(element) == "Code" and is_codebook:
            yield from codes.read(element, {}, report)
    if not is_codebook:
        raise UnreadableFileError(f"{path.name} is no REFI-QDA codebook")
