"""The examples of searches find the document that they are made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.library.library import Library
from annotations.model import ImportedDocument, Metadata, Passage
from annotations.query.examples import examples


@pytest.mark.parametrize(
    "title",
    ["Global AI Governance", "Fog", "人工智能治理", "not and or", "a:b “c” (d) *", "…"],
)
def test_each_finds_its_document(tmp_path: Path, title: str) -> None:
    with Library(tmp_path / "library.flor", "ann") as library:
        metadata = Metadata(title=title, published="2023-10-18")
        document = library.documents.add(ImportedDocument([Passage(0, "x")], metadata)).document
        library.highlights.add(document.id, 0, 1, tags=["data security"])
        made = list(examples(document, "data security"))
        assert len(made) >= 2
        for each in made:
            assert list(library.search.documents(each.query)), each.query


def test_all_forms_are_shown(tmp_path: Path) -> None:
    with Library(tmp_path / "library.flor", "ann") as library:
        metadata = Metadata(title="Global AI Governance", published="2023")
        document = library.documents.add(ImportedDocument([Passage(0, "x")], metadata)).document
    assert [each.query for each in examples(document, "risk")] == [
        "global", "glob*", "global and governance", "NEAR(global governance, 20)", '"global ai"',
        "published:2023..", "tag:risk",
    ]  # fmt: skip
