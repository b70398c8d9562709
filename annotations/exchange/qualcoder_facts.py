"""What a QualCoder project says of its sources and of the people in them, beside its codes:
references, attributes, cases and the journal.

A source takes the fields of its reference, and its attributes where they are called like a field;
other attributes become lines of its note. A case becomes a tag below ``case``, which describes it.
An entry of the journal becomes a document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotations.exchange import ris
from annotations.exchange.bundle import DocumentRecord, TagRecord
from annotations.exchange.foreign import ForeignFile, text
from annotations.exchange.report import LossReport
from annotations.exchange.texts import passages
from annotations.exchange.times import utc
from annotations.model import Metadata

_FIELDS = {"author", "publisher", "published", "language", "kind", "source"}
# What QualCoder makes of a reference when it is tied to a source.
_OF_REFERENCES = {
    "ref_authors": "author",
    "ref_year": "published",
    "ref_journal": "publisher",
    "ref_type": "kind",
    "ref_title": "title",
}


class ProjectFacts:
    """Reads the tables, which older versions lack."""

    def __init__(self, file: ForeignFile, report: LossReport) -> None:
        self._file = file
        self._report = report
        entries: dict[object, dict[str, list[str]]] = {}
        for number, tag, value in self._rows("ris", "risid", "tag", "value"):
            entries.setdefault(number, {}).setdefault(text(tag), []).append(text(value))
        self._references = {number: ris.document(entry) for number, entry in entries.items()}
        # The numbers of references by those of sources.
        ties = self._rows("source", "id", "risid") if entries else ()
        self._tied = {row[0]: row[1] for row in ties}
        loose = len(entries.keys() - self._tied.values())
        if loose:
            report.add("references to no source", count=loose)

    def _rows(
        self,
        table: str,
        *columns: str,
        where: str = "true",
        values: tuple[object, ...] = (),
        order: str = "rowid",
    ) -> Iterator[tuple[object, ...]]:
        """The rows of a table, in the order in which they were made; none where there is none."""
        there = self._file.columns(table)
        if there >= set(columns):
            return self._file.rows(
                f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY {order}", values
            )
        if there:
            self._report.add("tables of a version that is not known", table)
        return iter(())

    def metadata(self, source: object, name: str) -> tuple[Metadata, str]:
        """What is known of a source, and lines for its note."""
        reference = self._references.get(self._tied.get(source))
        about = reference.metadata if reference else Metadata(name)
        lines: list[str] = []
        for attribute, value in self._attributes("file", source):
            called = attribute.strip().lower()
            field = called if called in _FIELDS else _OF_REFERENCES.get(called, "")
            if not field:
                lines.append(f"{attribute}: {value}")
            elif not getattr(about, field) or (field == "title" and not reference):
                about = replace(about, **{field: value})
        return about if about.source else replace(about, source=name), "\n".join(lines)

    def _attributes(self, kind: str, number: object) -> list[tuple[str, str]]:
        rows = self._rows(
            "attribute", "name", "value", where="attr_type = ? AND id = ?", values=(kind, number)
        )
        return [(text(name), text(value)) for name, value in rows if text(value).strip()]

    def cases(self) -> Iterator[tuple[object, TagRecord]]:
        """Yield the numbers of the cases, and their tags."""
        for number, name, memo in list(self._rows("cases", "caseid", "name", "memo")):
            said = [f"{each}: {value}" for each, value in self._attributes("case", number)]
            about = "\n\n".join(filter(None, (text(memo).strip(), "\n".join(said))))
            parts = filter(None, map(str.strip, text(name).split("/")))
            yield number, TagRecord("/".join(("case", *parts)), about)

    def case_passages(self) -> Iterator[tuple[object, ...]]:
        """Yield the rows ``fid, id, caseid, pos0, pos1, memo, owner, date``, source by source."""
        columns = ("fid", "id", "caseid", "pos0", "pos1", "memo", "owner", "date")
        return self._rows(
            "case_text", *columns, where="typeof(fid) = 'integer'", order="fid, rowid"
        )

    def journal(self, project: str) -> Iterator[DocumentRecord]:
        """Yield the entries of the journal."""
        rows = self._rows("journal", "jid", "name", "jentry", "date", "owner")
        for number, name, entry, date, owner in rows:
            if text(entry).strip():
                day = utc(text(date))[:10]
                about = Metadata(text(name), text(owner), published=day, kind="journal")
                key = f"qualcoder/{project}/journal/{number}"
                yield DocumentRecord(key, about, passages(text(entry)))
