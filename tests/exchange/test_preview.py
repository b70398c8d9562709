"""The beginning of an export is what the export begins with, and little is read for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations import open_library
from annotations.errors import QuerySyntaxError
from annotations.exchange.export import export
from annotations.exchange.formats import FORMATS
from annotations.exchange.preview import preview
from annotations.exchange.texts import passages
from annotations.library.library import Library
from annotations.model import ImportedDocument, Metadata, Passage
from tests.unit.library.support import highlight_all


def made(path: Path, highlights: int = 30, sentences: int = 30) -> tuple[Library, str]:
    library = open_library(path / "library.db", coder="ann")
    library.documents.delete([document.id for document in library.documents.list()])
    text = "".join(f"Sentence number {number}. " for number in range(sentences))
    imported = ImportedDocument(passages(text), Metadata("=Doc"))
    document = library.documents.add(imported).document.id
    spots = [(document, number * 10, number * 10 + 9) for number in range(highlights)]
    highlight_all(library, spots, ["risk/new"])
    return library, document


@pytest.mark.parametrize(
    "name", [each.name for each in FORMATS.values() if each.writes and not each.folder]
)
def test_it_is_how_the_export_begins(tmp_path: Path, name: str) -> None:
    library, document = made(tmp_path)
    found = preview(library, name, document=document, lines=3)
    shown = name if found.is_itself else "csv"
    export(library, tmp_path / "out", format_name=shown, document=document)
    expected = (tmp_path / "out").read_bytes().decode().splitlines()[:3]
    assert list(found.lines) == expected
    assert found.highlights == 30


def test_a_folder_shows_its_first_file(tmp_path: Path) -> None:
    library, document = made(tmp_path)
    found = preview(library, "markdown", document=document)
    assert found.lines[0] == "---"
    assert f'florilegium: "{document}"' in found.lines


def test_a_query_counts_what_it_finds_and_tags_have_rows(tmp_path: Path) -> None:
    library, _ = made(tmp_path)
    found = preview(library, "csv", query="text:number", by="tag")
    assert 0 < found.highlights < 30
    assert ",tag," in found.lines[0]
    assert "'=Doc" in found.lines[1]
    assert "'=Doc" not in preview(library, "csv", raw=True).lines[1]
    with pytest.raises(QuerySyntaxError):
        preview(library, "csv", query="(")


def test_a_long_text_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, document = made(tmp_path, sentences=20_000)
    read = []
    whole = library.documents.passages

    def watched(document_id: str, start: int = 0) -> Iterator[Passage]:
        for passage in whole(document_id, start):
            read.append(passage)
            yield passage

    monkeypatch.setattr(library.documents, "passages", watched)
    preview(library, "hypothesis", document=document)
    assert len(read) <= 1
    assert sum(1 for _ in whole(document)) > 1


@pytest.mark.parametrize("name", ["csv", "webannotation", "xlsx", "markdown"])
def test_an_export_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path, name: str) -> None:
    class StoppedError(Exception):
        pass

    library, document = made(tmp_path)
    target = tmp_path / "out"
    told: list[int] = []

    def stop(count: int) -> None:
        told.append(count)
        if count:
            raise StoppedError

    with pytest.raises(StoppedError):
        export(library, target, format_name=name, document=document, progress=stop)
    assert told[-1] > 0
    assert not target.exists() or not any(target.iterdir())
    told.clear()
    export(library, target, format_name=name, document=document, progress=told.append)
    assert told == sorted(told)
    assert target.exists()
