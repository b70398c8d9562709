"""What BibTeX, CSL-JSON and RIS share: documents alone, and the words for their kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, TagRecord
from annotations.exchange.report import LossReport
from annotations.library.rows import TEXTS


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document in the words of each format."""

    name: str
    bibtex: str
    csl: str
    ris: str


_KINDS = (
    Kind("article", "article", "article-journal", "JOUR"),
    Kind("news", "article", "article-newspaper", "NEWS"),
    Kind("letter", "misc", "personal_communication", "PCOMM"),
    Kind("report", "techreport", "report", "RPRT"),
    Kind("book", "book", "book", "BOOK"),
    Kind("chapter", "incollection", "chapter", "CHAP"),
    Kind("thesis", "phdthesis", "thesis", "THES"),
    Kind("paper", "inproceedings", "paper-conference", "CONF"),
    Kind("web page", "online", "webpage", "ELEC"),
    Kind("speech", "misc", "speech", "GEN"),
    Kind("law", "misc", "legislation", "STAT"),
)
OTHER = Kind("", "misc", "document", "GEN")


def kind_named(name: str) -> Kind:
    """The last kind whose name is part of a document's own; :data:`OTHER` for the rest."""
    words = name.casefold()
    return next((kind for kind in reversed(_KINDS) if kind.name in words), OTHER)


def named_by(form: str, word: str) -> str:
    """Our name for a format's word, the first of several; empty where it means nothing here.

    Args:
        form: ``bibtex``, ``csl`` or ``ris``.
        word: As the format has it.
    """
    if word == getattr(OTHER, form):
        return ""
    return next((kind.name for kind in _KINDS if getattr(kind, form) == word), "")


def documents(records: Iterable[Record], report: LossReport) -> Iterator[DocumentRecord]:
    """The documents among records; the rest is reported."""
    for record in records:
        if isinstance(record, DocumentRecord):
            if record.passages is not None:
                report.add(TEXTS, record.metadata.title)
            yield record
        elif isinstance(record, TagRecord):
            report.add("tags", record.path)
        elif isinstance(record, HighlightRecord):
            report.add("highlights")
