"""Which format a file is in: by what it holds, where its ending does not tell."""

from __future__ import annotations

import re
from pathlib import Path

from annotations.errors import UnreadableFileError
from annotations.exchange.formats import FORMATS, Format
from annotations.exchange.textfile import open_text, unreadable

_has_entry = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE).search
_LOOKED_AT = 1 << 16
"""Code points of a text file that are looked at."""


def detect(path: Path) -> Format:
    """The format to read ``path`` with.

    Raises:
        UnreadableFileError: It cannot be opened, or no format here is like it.
    """
    if path.is_dir():
        return _folder(path)
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise unreadable(path, error) from error
    if not start:
        raise UnreadableFileError(f"{path.name} is empty")
    name = _binary(path, start) or _text(path)
    if name is None:
        names = ", ".join(name for name, each in FORMATS.items() if each.reads)
        raise UnreadableFileError(
            f"{path.name} is in no format that is known: name it with --format ({names})"
        )
    return FORMATS[name]


def require_file(path: Path) -> None:
    """Refuse what can be read but once, such as a pipe.

    Raises:
        UnreadableFileError: It is neither a file nor a folder.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise UnreadableFileError(
            f"{path} is no file: save what it gives to one, or pipe it to flor import -"
        )


def _folder(path: Path) -> Format:
    if (path / "data.qda").exists():
        return FORMATS["qualcoder"]
    if any(path.glob("*.md")):
        return FORMATS["markdown"]
    raise UnreadableFileError(f"{path.resolve().name} is a folder without anything to import")


def _binary(path: Path, start: bytes) -> str | None:
    if start.startswith(b"SQLite format 3\0"):
        return _database(path)
    if start.startswith(b"PK"):
        return "refi"
    return None


def _database(path: Path) -> str:
    from annotations.exchange.foreign import open_foreign
    from annotations.exchange.report import LossReport

    with open_foreign(path, LossReport()) as file:
        for name, table in (("qualcoder", "code_text"), ("taguette", "projects")):
            if file.columns(table):
                return name
    raise UnreadableFileError(f"{path.name} is a database of no program that is known here")


def _text(path: Path) -> str | None:
    with open_text(path) as file:
        start = file.read(_LOOKED_AT)
    ending = path.suffix.lower()
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if ending in (".csv", ".tsv", ".tab"):
        return _table(start, ending)
    stripped = start.lstrip("\ufeff \t\r\n")
    if stripped[:1] in ("{", "["):
        return _json(stripped, ending)
    if "\n==========" in start:
        return "kindle"
    if "<!-- florilegium {" in start:
        return "markdown"
    if stripped.startswith("<"):
        return "codebook" if "<CodeBook" in stripped else "zotero"
    if _has_entry(start):
        return "bibtex"
    if stripped.startswith("TY  -"):
        return "ris"
    return _table(start, ending) if re.search("[,;\t]", stripped.partition("\n")[0]) else None


_BY_ENDING = {
    ".qdc": "codebook",
    ".jsonld": "webannotation",
    ".bib": "bibtex",
    ".ris": "ris",
    ".md": "markdown",
    ".markdown": "markdown",
}


def _table(start: str, ending: str) -> str:
    lines = start.lstrip("\ufeff").lower().split("\n", 2)
    header = lines[lines[0].startswith("sep=") and len(lines) > 1]
    names = {cell.strip().strip('"') for cell in re.split("[,;\t]", header)}
    if "highlight" in names and "book title" in names:
        return "readwise"
    if names & {"url", "uri"} and any(name.startswith(("quote", "exact")) for name in names):
        return "hypothesis"
    if {"id", "document", "tag", "content"} <= names:
        return "taguette"
    if "quote" not in names and "start" not in names and names & {"path", "tag", "name"}:
        return "taguette-codebook"
    return "tsv" if ending in (".tsv", ".tab") else "csv"


def _json(start: str, ending: str) -> str:
    if "anno.jsonld" in start or '"AnnotationCollection"' in start or '"AnnotationPage"' in start:
        return "webannotation"
    if '"annotationType"' in start or '"annotationText"' in start:
        return "zotero"
    if '"TextQuoteSelector"' in start or '"hidden"' in start or '"client_version"' in start:
        return "hypothesis"
    if '"issued"' in start or ('"type"' in start and '"quote"' not in start):
        return "csl"
    return "jsonl" if ending in (".jsonl", ".ndjson") or start.startswith("{") else "json"
