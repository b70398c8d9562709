"""BibTeX, as BibLaTeX understands it too: documents alone.

http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf: ``@type{key, field = {value}, ...}``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from annotations.errors import UnreadableFileError
from annotations.exchange.bibscanner import Entry, entries
from annotations.exchange.bundle import DocumentRecord, Record
from annotations.exchange.citation import Name, date_parts, joined, names
from annotations.exchange.latex import from_address, from_text, to_address, to_text
from annotations.exchange.references import documents, kind_named, named_by
from annotations.exchange.report import LossReport
from annotations.exchange.textfile import open_text
from annotations.model import Metadata

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_is_balanced = re.compile(r"[^{}]*").fullmatch
_word = re.compile(r"[a-z0-9]+").findall
_OF_THE_WHOLE = ("publisher", "journal", "organization", "date", "year", "month", "language")
_and = re.compile(r"\s+and\s+")


def write(records: Iterable[Record], file: BinaryIO, report: LossReport) -> None:
    """Write an entry for each document, under keys of author, year and title."""
    used: dict[str, int] = {}
    for record in documents(records, report):
        about = record.metadata
        parts = date_parts(about.published)
        authors = (
            name.turned if name.given else f"{{{name.family}}}" for name in names(about.author)
        )
        fields = {
            "title": f"{{{from_text(about.title)}}}",
            "author": " and ".join(
                f"{{{from_text(name[1:-1])}}}" if name.startswith("{") else from_text(name)
                for name in authors
            ),
            "publisher": from_text(about.publisher),
            "date": from_text(about.published),
            "year": str(parts[0]) if parts else "",
            "month": _MONTHS[parts[1] - 1] if len(parts) > 1 and 1 <= parts[1] <= 12 else "",
            **_source(about.source),
            "langid": about.language,
            "type": from_text(about.kind),
            "annote": from_text(record.note),
        }
        key = _key(about)
        used[key] = used.get(key, 0) + 1
        key += _suffix(used[key])
        body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        file.write(f"@{kind_named(about.kind).bibtex}{{{key},\n{body}}}\n\n".encode())


def _source(source: str) -> dict[str, str]:
    if "://" in source:
        return {"url": from_address(source)}
    return {"howpublished": from_text(source)}


def _key(about: Metadata) -> str:
    first = names(about.author)
    author = _ascii(first[0].family).split() if first else []
    year = date_parts(about.published)
    title = [word for word in _word(_ascii(about.title)) if len(word) > 3]
    parts = [author[-1] if author else "", str(year[0]) if year else "", *title[:1]]
    return "".join(_word("".join(parts))) or "document"


def _suffix(count: int) -> str:
    """Nothing for the first entry of a key, then ``a``, ``b`` ..."""
    suffix = ""
    count -= 1
    while count:
        count, letter = divmod(count - 1, 26)
        suffix = chr(ord("a") + letter) + suffix
    return suffix


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode().lower()


def read(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield a document for each entry.

    Raises:
        UnreadableFileError: It holds no entry, or ends inside one.
    """
    found = False
    with open_text(path) as file:
        for entry in _completed(entries(file, path.name, report)):
            found = True
            document = _document(entry)
            if document is None:
                report.add("entries without a title", entry.key)
            else:
                yield document
    if not found:
        raise UnreadableFileError(f"{path.name} holds no entries of BibTeX")


def _completed(found: Iterable[Entry]) -> Iterator[Entry]:
    """Entries with the fields that they take from the one that they are part of, which comes after
    them (``crossref``)."""
    waiting: dict[str, list[Entry]] = {}
    for entry in found:
        whole = entry.fields.get("crossref", "").strip().casefold()
        if whole:
            waiting.setdefault(whole, []).append(entry)
            continue
        for part in waiting.pop(entry.key.casefold(), []):
            given = {name: entry.fields[name] for name in _OF_THE_WHOLE if name in entry.fields}
            yield replace(part, fields={**given, **part.fields})
        yield entry
    for parts in waiting.values():
        yield from parts


def _document(entry: Entry) -> DocumentRecord | None:
    def first(*fields: str) -> str:
        return next((to_text(entry.fields[name]) for name in fields if entry.fields.get(name)), "")

    title = first("title")
    if not title:
        return None
    url, doi = (to_address(entry.fields.get(name, "")) for name in ("url", "doi"))
    source = url or (f"https://doi.org/{doi}" if doi else first("howpublished"))
    return DocumentRecord(
        entry.key or title,
        Metadata(
            title,
            joined(_authors(entry.fields.get("author", ""))),
            first("publisher", "journal", "journaltitle", "institution", "organization"),
            first("date") or _year_and_month(first("year"), first("month")),
            first("langid", "language"),
            first("type") or named_by("bibtex", entry.kind),
            source,
        ),
        note=first("annote", "annotation", "note"),
    )


def _authors(written: str) -> tuple[Name, ...]:
    found = []
    for part in _parted(written):
        name = part.strip()
        whole = name.startswith("{") and name.endswith("}") and _is_balanced(name[1:-1])
        text = to_text(name)
        if not text:
            continue
        family, comma, given = (half.strip() for half in text.partition(","))
        if whole or (not comma and " " not in text):
            found.append(Name(text))
        elif comma:
            found.append(Name(family, given))
        else:
            before, _, last = text.rpartition(" ")
            found.append(Name(last, before))
    return tuple(found)


def _parted(written: str) -> list[str]:
    """The authors, parted by ``and`` outside of braces."""
    parts: list[str] = []
    start = 0
    for match in _and.finditer(written):
        if written.count("{", start, match.start()) == written.count("}", start, match.start()):
            parts.append(written[start : match.start()])
            start = match.end()
    return [*parts, written[start:]]


def _year_and_month(year: str, month: str) -> str:
    if month[:3].lower() in _MONTHS and year.isdigit():
        return f"{year}-{_MONTHS.index(month[:3].lower()) + 1:02}"
    return f"{year}-{int(month):02}" if year.isdigit() and month.isdigit() else year
