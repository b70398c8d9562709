"""The table of formats: what can be written and read, and by which module.

Modules are named, not imported, so that an export loads the one format that it writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from annotations.errors import InvalidError
from annotations.exchange.rows import TableWriter

if TYPE_CHECKING:
    from annotations.exchange.bundle import FolderWriter, Reader, Record, Writer
    from annotations.exchange.report import LossReport


@dataclass(frozen=True, slots=True)
class Format:
    """A format by the name that the command line and the screen call it."""

    name: str
    title: str
    """What it is, for a list to choose from."""
    suffixes: tuple[str, ...]
    """Endings of its files, with the dot."""
    table: str = ""
    """The function that is its :data:`~annotations.exchange.rows.TableWriter`, as module and name
    in this package, parted by a colon; as all that follow, empty where there is none."""
    records: str = ""
    """Its :data:`~annotations.exchange.bundle.Writer`."""
    folder: str = ""
    """Its :data:`~annotations.exchange.bundle.FolderWriter`: the format is a folder with a file for
    each document."""
    is_text: bool = True
    """Whether what is written is text, which a terminal can show."""
    reader: str = ""
    """Its :data:`~annotations.exchange.bundle.Reader`."""

    @property
    def writes(self) -> bool:
        """Whether it can be exported."""
        return bool(self.table or self.records or self.folder)

    @property
    def reads(self) -> bool:
        """Whether it can be imported."""
        return bool(self.reader)

    def table_writer(self) -> TableWriter:
        """The function that writes rows in this format.

        Raises:
            InvalidError: The format holds no table.
        """
        return cast(TableWriter, self._loaded(self.table, "cannot hold a table"))

    def record_writer(self) -> Writer:
        """The function that writes records in this format.

        Raises:
            InvalidError: The format takes no records.
        """
        return cast("Writer", self._loaded(self.records, "cannot be exported to"))

    def folder_writer(self) -> FolderWriter:
        """The function that writes records to a folder in this format.

        Raises:
            InvalidError: The format is no folder.
        """
        return cast("FolderWriter", self._loaded(self.folder, "is no folder"))

    def read(self, path: Path, report: LossReport) -> Iterator[Record]:
        """Yield the records of a file in this format.

        Raises:
            InvalidError: The format cannot be read.
            UnreadableFileError: The file is not in this format, or is damaged.
        """
        return cast("Reader", self._loaded(self.reader, "cannot be imported"))(path, report)

    def _loaded(self, place: str, lack: str) -> object:
        if not place:
            raise InvalidError(f"{self.name} {lack}")
        module, _, name = place.partition(":")
        return getattr(import_module(f"annotations.exchange.{module}"), name)


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(
            "csv",
            "comma-separated values",
            (".csv",),
            table="csv:write",
            reader="rowreader:read_separated",
        ),
        Format(
            "tsv",
            "tab-separated values",
            (".tsv", ".tab"),
            table="tsv:write",
            reader="rowreader:read_separated",
        ),
        Format(
            "json",
            "one JSON array of objects",
            (".json",),
            table="json:write",
            reader="rowreader:read_json",
        ),
        Format(
            "jsonl",
            "JSON Lines: one object a line",
            (".jsonl", ".ndjson"),
            table="jsonlines:write",
            reader="rowreader:read_json_lines",
        ),
        Format(
            "webannotation",
            "W3C Web Annotation (JSON-LD)",
            (".jsonld",),
            records="webannotation:write",
            reader="webannotation:read",
        ),
        Format(
            "refi",
            "REFI-QDA project",
            (".qdpx",),
            records="refi.project_writer:write",
            is_text=False,
            reader="refi.project_reader:read",
        ),
        Format(
            "codebook",
            "REFI-QDA codebook",
            (".qdc",),
            records="refi.codebook:write",
            reader="refi.codebook:read",
        ),
        Format(
            "markdown",
            "a folder of Markdown for Obsidian and Logseq",
            (".md",),
            folder="markdown:write_folder",
            reader="markdown:read",
        ),
        Format("html", "a report in one HTML file", (".html", ".htm"), records="htmlreport:write"),
        Format("xlsx", "XLSX, for spreadsheets", (".xlsx",), table="xlsx:write", is_text=False),
        Format(
            "sqlite",
            "a plain SQLite file, for pandas and Datasette",
            (".db", ".sqlite", ".sqlite3"),
            records="sqlitecopy:write",
            is_text=False,
        ),
        Format(
            "taguette",
            "Taguette: its file and CSV in, highlights CSV out",
            (".csv", ".sqlite3"),
            records="taguette:write",
            reader="taguette:read",
        ),
        Format(
            "taguette-codebook",
            "Taguette's codebook CSV",
            (".csv",),
            records="taguette_codebook:write",
            reader="taguette:read",
        ),
        Format("qualcoder", "QualCoder project", (".qda",), reader="qualcoder:read"),
        Format(
            "hypothesis",
            "Hypothesis: JSON, and CSV in",
            (".json",),
            records="hypothesis:write",
            reader="hypothesis:read",
        ),
        Format("kindle", "Kindle: My Clippings.txt", (".txt",), reader="kindle:read"),
        Format("readwise", "Readwise CSV", (".csv",), reader="readwise:read"),
        Format(
            "zotero",
            "Zotero: annotations as JSON, notes as HTML",
            (".json", ".html"),
            reader="zotero:read",
        ),
        Format(
            "bibtex",
            "BibTeX: the documents",
            (".bib",),
            records="bibtex:write",
            reader="bibtex:read",
        ),
        Format(
            "csl", "CSL-JSON: the documents", (".json",), records="csl:write", reader="csl:read"
        ),
        Format("ris", "RIS: the documents", (".ris",), records="ris:write", reader="ris:read"),
    )
}


def format_named(name: str) -> Format:
    """The format of that name.

    Raises:
        InvalidError: There is none.
    """
    try:
        return FORMATS[name]
    except KeyError:
        raise InvalidError(f"no format is called {name}; there are {', '.join(FORMATS)}") from None


def format_for(path: Path) -> Format:
    """The format that the ending of ``path`` stands for, otherwise CSV."""
    ending = path.suffix.lower()
    fitting = (each for each in FORMATS.values() if each.writes and ending in each.suffixes)
    return next(fitting, FORMATS["csv"])
