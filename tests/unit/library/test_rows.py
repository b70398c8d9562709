from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from annotations.errors import NotFoundError
from annotations.library.library import Library
from annotations.model import HIGHLIGHT_COLUMNS as COLUMNS
from tests.unit.library.support import imported


@pytest.fixture
def annotated(library: Library) -> Library:
    for title in ("b; c", "a"):
        document = library.documents.add(imported(f"text of {title}", title=title)).document
        library.highlights.add(document.id, 5, 7, tags=["x", "a/b"], note="n")
        library.highlights.add(document.id, 0, 4)
    hidden = library.documents.add(imported("hidden")).document
    library.highlights.add(hidden.id, 0, 4, tags=["x"])
    library.documents.delete([hidden.id])
    return library


def named(row: tuple[object, ...]) -> dict[str, object]:
    return dict(zip(COLUMNS, row, strict=True))


def test_one_row_a_highlight(annotated: Library) -> None:
    rows = [named(row) for row in annotated.rows()]
    assert [(row["title"], row["start"], row["tags"]) for row in rows] == [
        ("a", 0, ()),
        ("a", 5, ("x", "a/b")),
        ("b; c", 0, ()),
        ("b; c", 5, ("x", "a/b")),
    ]
    highlight = annotated.highlights.get(str(rows[1]["id"]))
    for column in COLUMNS:
        if column not in ("title", "source"):
            assert rows[1][column] == getattr(highlight, column)


def test_one_row_a_tag(annotated: Library) -> None:
    rows = [named(row) for row in annotated.rows(by="tag")]
    assert [(row["title"], row["start"], row["tags"]) for row in rows] == [
        ("a", 0, ""),
        ("a", 5, "x"),
        ("a", 5, "a/b"),
        ("b; c", 0, ""),
        ("b; c", 5, "x"),
        ("b; c", 5, "a/b"),
    ]


def test_rows_of_one_document_and_one_tag(annotated: Library) -> None:
    document = annotated.documents.find("a").id
    assert [row[4] for row in annotated.rows(document=document)] == [0, 5]
    assert [row[2] for row in annotated.rows(tag="A/B")] == ["a", "b; c"]
    assert [row[7] for row in annotated.rows(by="tag", tag="a/b")] == ["a/b", "a/b"]
    assert [row[2] for row in annotated.rows(document=document, tag="x")] == ["a"]
    with pytest.raises(NotFoundError):
        annotated.rows(tag="absent")


def test_the_views_are_for_any_program(annotated: Library) -> None:
    with closing(sqlite3.connect(annotated.path)) as connection:
        cursor = connection.execute("SELECT * FROM annotations ORDER BY title, start, id")
        assert [name for name, *_ in cursor.description] == list(COLUMNS)
        rows = [(*row[:7], "; ".join(row[7]), *row[8:]) for row in annotated.rows()]
        assert cursor.fetchall() == rows
        counts = connection.execute("SELECT tag, highlights, documents FROM tag_counts").fetchall()
    assert counts == [("a/b", 2, 2), ("x", 2, 2)]
