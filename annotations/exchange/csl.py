"""CSL-JSON, which citation programs exchange: documents alone.

https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from annotations.errors import UnreadableFileError
from annotations.exchange.bundle import DocumentRecord, Record
from annotations.exchange.citation import Name, date_parts, joined, names
from annotations.exchange.jsonstream import elements, list_of, object_of, text_of
from annotations.exchange.references import documents, kind_named, named_by
from annotations.exchange.report import LossReport
from annotations.model import Metadata


def write(records: Iterable[Record], file: BinaryIO, report: LossReport) -> None:
    """Write an array with an item for each document."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    before = "[\n"
    for record in documents(records, report):
        file.write(f"{before}{encode(_item(record))}".encode())
        before = ",\n"
    file.write(b"[]\n" if before == "[\n" else b"\n]\n")


def _item(record: DocumentRecord) -> dict[str, object]:
    about = record.metadata
    authors = [
        {"family": name.family, "given": name.given} if name.given else {"literal": name.family}
        for name in names(about.author)
    ]
    parts = date_parts(about.published)
    issued = {"date-parts": [list(parts)]} if parts else {"literal": about.published}
    item: dict[str, object] = {
        "id": record.id or record.key,
        "type": kind_named(about.kind).csl,
        "title": about.title,
        "author": authors,
        "publisher": about.publisher,
        "issued": issued if about.published else None,
        "URL": about.source if "://" in about.source else "",
        "source": "" if "://" in about.source else about.source,
        "language": about.language,
        "genre": about.kind,
        "note": record.note,
    }
    return {name: value for name, value in item.items() if value}


def read(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield a document for each item.

    Raises:
        UnreadableFileError: It is no JSON, is cut short, or holds no items.
    """
    found = False
    for name, value in elements(path, {"items"}):
        item = object_of(value)
        title = text_of(item.get("title"))
        if name in ("", "items") and title:
            found = True
            yield _document(item, title)
        elif name in ("", "items"):
            report.add("items without a title", text_of(item.get("id")))
    if not found and not report:
        raise UnreadableFileError(f"{path.name} holds no items of CSL")


def _document(item: dict[str, object], title: str) -> DocumentRecord:
    authors = []
    for name in map(object_of, list_of(item.get("author"))):
        family, given = text_of(name.get("family")), text_of(name.get("given"))
        literal = text_of(name.get("literal")) or family or given
        authors.append(Name(literal, given if family else ""))
    doi = text_of(item.get("DOI"))
    source = text_of(item.get("URL")) or (f"https://doi.org/{doi}" if doi else "")
    key = text_of(item.get("id")) or title
    return DocumentRecord(
        key,
        Metadata(
            " ".join(title.split()),
            joined(tuple(authors)),
            text_of(item.get("publisher") or item.get("container-title")),
            _published(object_of(item.get("issued"))),
            text_of(item.get("language")),
            text_of(item.get("genre")) or named_by("csl", text_of(item.get("type"))),
            source or text_of(item.get("source")),
        ),
        note=text_of(item.get("note")),
        id=key,
    )


def _published(issued: dict[str, object]) -> str:
    parts = list_of(next(iter(list_of(issued.get("date-parts"))), None))
    digits = [text_of(part) for part in parts]
    if digits and all(each.isdigit() for each in digits):
        return "-".join(each.zfill(2) for each in digits[:3])
    return text_of(issued.get("literal") or issued.get("raw"))
