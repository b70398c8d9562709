"""``flor outline``, ``bookmarks`` and ``cite``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Flor


@pytest.fixture
def page(flor: Flor, tmp_path: Path) -> Path:
    """A document of two headings, in the library."""
    path = tmp_path / "page.md"
    path.write_text("## One\n\ntext\n\n### Two **x**\n\nmore\n", encoding="utf-8")
    assert flor("add", path).status == 0
    return path


def test_headings_are_indented_from_the_first_level_that_there_is(flor: Flor, page: Path) -> None:
    assert flor("outline", page).out == "0   One\n14    Two x\n"
    assert json.loads(flor("outline", page, "--json").out) == [
        {"start": 0, "level": 2, "title": "One"},
        {"start": 14, "level": 3, "title": "Two x"},
    ]
    assert flor("outline", "hegemony", "--json").status == 0


def test_bookmarks_are_put_and_taken_away(flor: Flor, page: Path) -> None:
    assert flor("bookmarks", page).out == ""
    flor("bookmarks", page, "--put", "14")
    assert flor("bookmarks", page, "--put", "14").out == "14  Two x more\n"
    rows = json.loads(flor("bookmarks", page, "--put", "8", "--json").out)
    assert [row["position"] for row in rows] == [8, 14]
    assert rows[0]["text"].startswith("text\n")
    assert flor("bookmarks", page, "--coder", "bob").out == ""
    assert flor("bookmarks", page, "--take", "8", "--take", "3").out.startswith("8 ")
    assert flor("bookmarks", page, "--take", "8").out == "14  Two x more\n"
    done = flor("bookmarks", page, "--put", "99")
    assert (done.status, done.err) == (1, "flor: the text has 34 characters, so no place 99\n")


def test_a_quote_is_cited_as_configured_or_as_one_says(
    flor: Flor, page: Path, tmp_path: Path
) -> None:
    flor("edit", page, "--title", "A page", "--author", "Doe, Jane", "--published", "2023")
    made = flor("highlight", page, "--quote", "text").out.strip()
    assert flor("cite", made).out == "“text” (Doe, Jane, A page, 2023)\n"
    assert "(Doe, J. (2023). A page." in flor("cite", made, "--style", "apa").out
    (tmp_path / "config.toml").write_text('citation = "apa"', encoding="utf-8")
    (row,) = json.loads(flor("cite", made, "--json").out)
    assert row["id"].startswith(made)
    assert row["text"].startswith("“text” (Doe, J. (2023).")
    assert flor("cite", "nothing").status == 1
