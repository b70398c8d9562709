"""Other programs read what is written here: LibreOffice, Chromium, SQLite's own reader, pandas.

Each test is skipped where its program is not installed.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from annotations import open_library
from annotations.exchange.export import export
from annotations.exchange.rows import COLUMNS
from annotations.exchange.texts import passages
from annotations.model import ImportedDocument, Metadata

TEXT = '=1+1 is "no" formula, 2;3\n\n@here 😀 東京都: +4, -5.\n\n\tA tab <b>and</b> &amp; more.\n'
NOTES = ("=HYPERLINK(1)", 'two\nlines, with “quotes” and "these"', "", "007")
SECONDS = 120


def program(*names: str) -> str:
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    pytest.skip(f"{names[0]} is not installed")


def exported(folder: Path, name: str, ending: str, *, raw: bool = False) -> Path:
    """A file with four highlights, one note and two tags each."""
    folder.mkdir(exist_ok=True)
    path = folder / f"out.{ending}"
    with open_library(folder / "library.db", coder="ann") as library:
        library.documents.delete([each.id for each in library.documents.list()])
        imported = ImportedDocument(passages(TEXT), Metadata("=Title, “one”", language="en"))
        document = library.documents.add(imported).document.id
        for number, note in enumerate(NOTES):
            start = number * 12
            library.highlights.add(
                document, start, start + 12, tags=["risk/a; b", "tone"], note=note
            )
        export(library, path, format_name=name, raw=raw)
    return path


def quotes() -> list[str]:
    return [TEXT[start : start + 12] for start in range(0, 48, 12)]


def test_libreoffice_opens_the_spreadsheet_and_finds_no_formula(tmp_path: Path) -> None:
    office = program("soffice", "libreoffice")
    pytest.importorskip("xlsxwriter", reason="XLSX is an extra")
    path = exported(tmp_path, "xlsx", "xlsx", raw=True)
    # 44 is a comma, 34 a quotation mark, 76 UTF-8; true: quoted text cells; true: formulas shown.
    target = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,true"
    subprocess.run(
        [
            *(office, "--headless", f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"),
            *("--convert-to", target, "--outdir", str(tmp_path), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8", newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row["quote"] for row in rows] == quotes()
    assert [row["note"] for row in rows] == list(NOTES)
    assert {row["title"] for row in rows} == {"=Title, “one”"}


def test_chromium_shows_the_report(tmp_path: Path) -> None:
    browser = program("chromium", "chromium-browser", "google-chrome")
    path = exported(tmp_path, "html", "html")
    done = subprocess.run(
        [
            *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"),
            *(f"--user-data-dir={tmp_path / 'home'}", path.as_uri()),
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    page = done.stdout
    assert page.count("<mark") >= len(NOTES)
    assert "&lt;b&gt;and&lt;/b&gt; &amp;amp; more." in page
    anchors = set(re.findall(r'id="([^"]+)"', page))
    links = re.findall(r'href="#([^"]+)"', page)
    assert links
    assert set(links) <= anchors
    assert not re.findall(r'(?:src|href)="(?!#)', page)


def test_sqlite_reads_the_table(tmp_path: Path) -> None:
    shell = program("sqlite3")
    path = exported(tmp_path, "csv", "csv", raw=True)
    subprocess.run(
        [shell, str(tmp_path / "read.db"), ".mode csv", f".import {path} rows"],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    with closing(sqlite3.connect(tmp_path / "read.db")) as database:
        rows = database.execute("SELECT quote, note, tags FROM rows ORDER BY start + 0").fetchall()
    assert [quote for quote, _, _ in rows] == quotes()
    assert [note for _, note, _ in rows] == list(NOTES)
    assert {tags for _, _, tags in rows} == {r"risk/a\; b; tone"}


def test_pandas_reads_the_tables(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    path = exported(tmp_path, "csv", "csv", raw=True)
    frame = pandas.read_csv(path, keep_default_na=False, dtype={"note": str})
    assert tuple(frame.columns) == COLUMNS
    assert frame["quote"].tolist() == quotes()
    assert frame["note"].tolist() == list(NOTES)
    assert frame["start"].tolist() == [0, 12, 24, 36]
    lines = exported(tmp_path / "again", "jsonl", "jsonl")
    again = pandas.read_json(io.StringIO(lines.read_text(encoding="utf-8")), lines=True)
    assert again["tags"].tolist() == [["risk/a; b", "tone"]] * len(NOTES)
