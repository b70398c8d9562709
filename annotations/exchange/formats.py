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
    """The module whose ``write`` is its :data:`~annotations.exchange.rows.TableWriter`."""
    records: str = ""
    """The module whose ``write`` is its :data:`~annotations.exchange.bundle.Writer`."""
    folder: str = ""
    """The module whose ``write_folder`` is its :data:`~annotations.exchange.bundle.FolderWriter`:
    the format is a folder with a file for each document."""
    is_text: bool = True
    """Whether what is written is text, which a terminal can show."""
    reader: str = ""
    """Module and name of its :data:`~annotations.exchange.bundle.Reader`, parted by a colon."""

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
        if not self.table:
            raise InvalidError(f"{self.name} cannot hold a table")
        return cast(TableWriter, import_module(self.table).write)

    def record_writer(self) -> Writer:
        """The function that writes records in this format.

        Raises:
            InvalidError: The format takes no records.
        """
        if not self.records:
            raise InvalidError(f"{self.name} cannot be exported to")
        return cast("Writer", import_module(self.records).write)

    def folder_writer(self) -> FolderWriter:
        """The function that writes records to a folder in this format.

        Raises:
            InvalidError: The format is no folder.
        """
        if not self.folder:
            raise InvalidError(f"{self.name} is no folder")
        return cast("FolderWriter", import_module(self.folder).write_folder)

    def read(self, path: Path, report: LossReport) -> Iterator[Record]:
        """Yield the records of a file in this format.

        Raises:
            InvalidError: The format cannot be read.
            UnreadableFileError: The file is not in this format, or is damaged.
        """
        if not self.reader:
            raise InvalidError(f"{self.name} cannot be imported")
        module, _, name = self.reader.partition(":")
        reader = cast("Reader", getattr(import_module(module), name))
        return reader(path, report)


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(
            "csv",
            "comma-separated values",
            (".csv",),
            table="annotations.exchange.csv",
            reader="annotations.exchange.rowreader:read_separated",
        ),
        Format(
            "tsv",
            "tab-separated values",
            (".tsv", ".tab"),
            table="annotations.exchange.tsv",
            reader="annotations.exchange.rowreader:read_separated",
        ),
        Format(
            "json",
            "one JSON array of objects",
            (".json",),
            table="annotations.exchange.json",
            reader="annotations.exchange.rowreader:read_json",
        ),
        Format(
            "jsonl",
            "JSON Lines: one object a line",
            (".jsonl", ".ndjson"),
            table="annotations.exchange.jsonlines",
            reader="annotations.exchange.rowreader:read_json_lines",
        ),
        Format(
            "webannotation",
            "W3C Web Annotation (JSON-LD)",
            (".jsonld",),
            records="annotations.exchange.webannotation",
            reader="annotations.exchange.webannotation:read",
        ),
        Format(
            "refi",
            "REFI-QDA project",
            (".qdpx",),
            records="annotations.exchange.refi.project_writer",
            is_text=False,
            reader="annotations.exchange.refi.project_reader:read",
        ),
        Format(
            "codebook",
            "REFI-QDA codebook",
            (".qdc",),
            records="annotations.exchange.refi.codebook",
            reader="annotations.exchange.refi.codebook:read",
        ),
        Format(
            "markdown",
            "a folder of Markdown for Obsidian and Logseq",
            (".md",),
            folder="annotations.exchange.markdown",
            reader="annotations.exchange.markdown:read",
        ),
        Format(
            "html",
            "a report in one HTML file",
            (".html", ".htm"),
            records="annotations.exchange.htmlreport",
        ),
        Format(
            "xlsx",
            "XLSX, for spreadsheets",
            (".xlsx",),
            table="annotations.exchange.xlsx",
            is_text=False,
        ),
        Format(
            "sqlite",
            "a plain SQLite file, for pandas and Datasette",
            (".db", ".sqlite", ".sqlite3"),
            records="annotations.exchange.sqlitecopy",
            is_text=False,
        ),
        Format(
            "taguette",
            "Taguette: its file and CSV in, highlights CSV out",
            (".csv", ".sqlite3"),
            records="annotations.exchange.taguette",
            reader="annotations.exchange.taguette:read",
        ),
        Format(
            "taguette-codebook",
            "Taguette's codebook CSV",
            (".csv",),
            records="annotations.exchange.taguette_codebook",
            reader="annotations.exchange.taguette:read",
        ),
        Format(
            "qualcoder",
            "QualCoder project",
            (".qda",),
            reader="annotations.exchange.qualcoder:read",
        ),
        Format(
            "hypothesis",
            "Hypothesis: JSON, and CSV in",
            (".json",),
            records="annotations.exchange.hypothesis",
            reader="annotations.exchange.hypothesis:read",
        ),
        Format(
            "kindle",
            "Kindle: My Clippings.txt",
            (".txt",),
            reader="annotations.exchange.kindle:read",
        ),
        Format(
            "readwise",
            "Readwise CSV",
            (".csv",),
            reader="annotations.exchange.readwise:read",
        ),
        Format(
            "zotero",
            "Zotero: annotations as JSON, notes as HTML",
            (".json", ".html"),
            reader="annotations.exchange.zotero:read",
        ),
        Format(
            "bibtex",
            "BibTeX: the documents",
            (".bib",),
            records="annotations.exchange.bibtex",
            reader="annotations.exchange.bibtex:read",
        ),
        Format(
            "csl",
            "CSL-JSON: the documents",
            (".json",),
            records="annotations.exchange.csl",
            reader="annotations.exchange.csl:read",
        ),
        Format(
            "ris",
            "RIS: the documents",
            (".ris",),
            records="annotations.exchange.ris",
            reader="annotations.exchange.ris:read",
        ),
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


def format_for(path: Path, default: str = "csv") -> Format:
    """The format that the ending of ``path`` stands for, otherwise the ``default``."""
    ending = path.suffix.lower()
    fitting = (each for each in FORMATS.values() if each.writes and ending in each.suffixes)
    return next(fitting, FORMATS[default])
