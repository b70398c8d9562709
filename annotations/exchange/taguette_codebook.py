"""Taguette's codebook as CSV: tags with descriptions and how often they are used."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, TagRecord
from annotations.exchange.csv import guarded
from annotations.exchange.report import LossReport

_COLUMNS = ("tag", "description", "number of highlights", "number of documents")


def write(records: Iterable[Record], file: BinaryIO, report: LossReport) -> None:
    """Write the tags, those of the codebook and those that highlights bear, in order."""
    descriptions: dict[str, str] = {}
    highlights: dict[str, int] = {}
    documents: dict[str, set[str]] = {}
    for record in records:
        if isinstance(record, TagRecord):
            descriptions[record.path] = record.description
            if record.colour:
                report.add("colours of tags", record.path)
        elif isinstance(record, DocumentRecord):
            report.add("documents", record.metadata.title)
        elif isinstance(record, HighlightRecord):
            report.add("highlights")
            for path in record.tags:
                descriptions.setdefault(path, "")
                highlights[path] = highlights.get(path, 0) + 1
                documents.setdefault(path, set()).add(record.document)
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    for path in sorted(descriptions):
        counts = (highlights.get(path, 0), len(documents.get(path, ())))
        writer.writerow([guarded(path), guarded(descriptions[path]), *counts])
    file.write(table.getvalue().encode())
