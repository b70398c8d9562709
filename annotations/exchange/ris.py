"""RIS, which reference managers and databases exchange: documents alone.

https://en.wikipedia.org/wiki/RIS_(file_format): a line a field, two characters, two blanks, a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from annotations.errors import UnreadableFileError
from annotations.exchange.bundle import DocumentRecord, Record
from annotations.exchange.citation import date_parts, joined, names
from annotations.exchange.references import documents, kind_named, named_by
from annotations.exchange.report import LossReport
from annotations.exchange.textfile import open_text
from annotations.model import Metadata

_FIELD = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)")
_DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?")
_DOI = re.compile(r"10\.\d{4,}/\S+")
_FURTHER = re.compile(r"\s*;\s*(?=https?://)")
"""Between several addresses in one field."""
_LONGEST = 1 << 24


def write(records: Iterable[Record], file: BinaryIO, report: LossReport) -> None:
    """Write an entry for each document."""
    for record in documents(records, report):
        about = record.metadata
        parts = [f"{part:02}" for part in date_parts(about.published)]
        date = "/".join([*parts, "", "", ""][:4]) if parts else ""
        fields = [
            ("TY", kind_named(about.kind).ris),
            *(("AU", name.turned) for name in names(about.author)),
            ("TI", about.title),
            ("PB", about.publisher),
            ("PY", parts[0] if parts else about.published),
            ("DA", date),
            ("UR" if "://" in about.source else "DP", about.source),
            ("LA", about.language),
            ("M3", about.kind),
            ("ID", record.id or record.key),
            # A field is one line: those of a note are entries of it.
            *(("N1", line) for line in record.note.split("\n") if line.strip()),
        ]
        lines = [f"{name}  - {' '.join(value.split())}" for name, value in fields if value]
        file.write("\r\n".join([*lines, "ER  - ", "", ""]).encode())


def read(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield a document for each entry.

    Raises:
        UnreadableFileError: It holds no entry, or ends inside one.
    """
    entry: dict[str, list[str]] = {}
    latest: list[str] = []
    found = False
    with open_text(path) as file:
        for number, line in enumerate(iter(lambda: file.readline(_LONGEST), ""), 1):
            match = _FIELD.match(line.lstrip("\ufeff").rstrip("\n"))
            if match is None:
                if line.strip() and latest:
                    latest[-1] += f" {line.strip()}"
                continue
            name, value = match[1], match[2].strip()
            if name != "ER":
                latest = entry.setdefault(name, [])
                latest.append(value)
                continue
            found = True
            read_entry = document(entry)
            if read_entry is None:
                report.add("entries without a title", f"line {number}")
            else:
                yield read_entry
            entry, latest = {}, []
    if entry:
        raise UnreadableFileError(f"{path.name} is cut short: its last entry does not end")
    if not found:
        raise UnreadableFileError(f"{path.name} holds no entries of RIS")


def document(entry: dict[str, list[str]]) -> DocumentRecord | None:
    """The document that an entry describes, by its fields; None where it has no title."""

    def first(*fields: str) -> str:
        return next((entry[name][0] for name in fields if entry.get(name)), "")

    title = first("TI", "T1", "CT", "BT")
    if not title:
        return None
    date = _DATE.match(first("DA", "PY", "Y1"))
    published = "-".join(part.zfill(2) for part in date.groups() if part) if date else ""
    # Publishers put it where the type of work should be.
    kind = first("M3")
    doi = _DOI.search(first("DO")) or _DOI.search(kind)
    address = _FURTHER.split(first("UR", "L1"))[0]
    source = address or (f"https://doi.org/{doi[0]}" if doi else first("DP"))
    authors = [
        name for field in ("AU", "A1") for each in entry.get(field, []) for name in names(each)
    ]
    key = first("ID") or title
    return DocumentRecord(
        key,
        Metadata(
            title,
            joined(tuple(authors)),
            first("PB", "JO", "JF", "T2"),
            published or first("PY"),
            first("LA"),
            named_by("ris", first("TY")) if not kind or _DOI.search(kind) else kind,
            source,
        ),
        note="\n".join(entry.get("N1", [])),
        id=key,
    )
