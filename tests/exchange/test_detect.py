"""A file is known by what it holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotations import open_library
from annotations.errors import UnreadableFileError
from annotations.exchange.detect import detect
from annotations.exchange.formats import FORMATS, format_for
from annotations.exchange.incoming import import_file
from tests.property.test_readers import READERS, sample

# These have no content of their own to be known by: their endings tell.
ENDINGS = {"tsv": ".tsv", "json": ".json", "jsonl": ".jsonl"}


@pytest.mark.parametrize("name", READERS)
def test_every_format_is_recognised(name: str, tmp_path: Path) -> None:
    for ending in (FORMATS[name].suffixes[0], ENDINGS.get(name, "")):
        path = tmp_path / f"file{ending}"
        path.write_bytes(sample(name))
        if ending or name not in ENDINGS:
            assert detect(path).name == name


@pytest.mark.parametrize(
    ("held", "named"),
    [
        *[("json", "kindle"), ("webannotation", "hypothesis"), ("csl", "hypothesis")],
        *[("zotero", "webannotation"), ("codebook", "zotero"), ("json", "webannotation")],
    ],
)
def test_a_file_in_which_nothing_is_sound_is_refused(held: str, named: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(sample(held))
    with (
        open_library(tmp_path / "library.db") as library,
        pytest.raises(UnreadableFileError, match="file holds n"),
    ):
        import_file(library, path, format_name=named)


def test_tables_are_known_by_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for columns, name in {
        "Created at,Author,Page,URL,Group,Type,Quote/description,Comment,Tags": "hypothesis",
        "Highlight,Book Title,Book Author": "readwise",
        "id,document,tag,content": "taguette",
        "tag,description,number of highlights": "taguette-codebook",
        "path,description,colour": "taguette-codebook",
        "id;document;quote": "csv",
        "document,start,end": "csv",
    }.items():
        path.write_text(f"{columns}\n")
        assert detect(path).name == name


def test_a_folder_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="without anything to import"):
        detect(tmp_path)
    (tmp_path / "a.md").write_bytes(sample("markdown"))
    assert detect(tmp_path).name == "markdown"
    (tmp_path / "data.qda").write_bytes(sample("qualcoder"))
    assert detect(tmp_path).name == "qualcoder"


def test_the_ending_of_a_path_chooses_what_is_written() -> None:
    chosen = {
        ending: format_for(Path(f"x{ending}")).name
        for ending in (".csv", ".TSV", ".json", ".html", ".db", ".qdpx", ".qdc", ".bib", ".txt", "")
    }
    assert chosen == {
        ".csv": "csv",
        ".TSV": "tsv",
        ".json": "json",
        ".html": "html",
        ".db": "sqlite",
        ".qdpx": "refi",
        ".qdc": "codebook",
        ".bib": "bibtex",
        ".txt": "csv",
        "": "csv",
    }


def test_what_is_no_file_of_another_program_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with open_library(tmp_path / "library.db") as library:
        for name, message in {"pipe": "is no file", "library.db": "of no program"}.items():
            with pytest.raises(UnreadableFileError, match=message):
                import_file(library, tmp_path / name)
