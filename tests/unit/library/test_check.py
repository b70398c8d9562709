from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from annotations.library.library import Library
from tests.unit.library.conftest import Open
from tests.unit.library.support import TEXT, imported


@pytest.fixture
def annotated(open_library: Open) -> Library:
    """Highlights short, long, nested and across passages, on two documents."""
    library = open_library()
    first = library.documents.add(imported(TEXT, "A second passage.\n", "The third.")).document
    second = library.documents.add(imported("Another text", title="Another")).document
    for start, end in ((0, 110), (3, 7), (80, 90), (82, 84), (0, 1), (108, 110)):
        library.highlights.add(first.id, start, end, tags=["a", "b"])
    library.highlights.add(second.id, 0, 12, tags=["a"])
    library.documents.delete([second.id])
    library.journal.undo()
    return library


def test_a_sound_library_has_no_problems(annotated: Library) -> None:
    assert annotated.check() == []


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("UPDATE highlights SET quote = 'mist' WHERE quote = 'must'", "quote is not the text at 3"),
        ("UPDATE highlights SET quote = quote || '!' WHERE start = 80", "is not the text at 80 to"),
        ('UPDATE highlights SET "end" = 9999 WHERE start = 108', "108 to 9999 is outside"),
        ('UPDATE highlights SET start = 5000, "end" = 5001 WHERE start = 108', "outside the text"),
        ("UPDATE highlights SET document = 'gone' WHERE start = 3", "refers to a row of documents"),
        ("DELETE FROM tags WHERE path = 'a'", "highlight_tags: row refers to a row of tags"),
        ("UPDATE passages SET text = upper(text) WHERE start = 0", "not the text that was added"),
        ("DELETE FROM passages WHERE start = 0", "a passage starts at"),
        ("UPDATE passages SET blocks = '[[0,3,\"paragraph\",0,0]]'", "do not tile the passage"),
        ("UPDATE passages SET blocks = 'nonsense'", "do not tile the passage"),
        ("UPDATE revisions SET length = 7 WHERE length = 12", "it has 12 code points, not 7"),
        ("UPDATE revisions SET document = NULL", "its text belongs to another document"),
        ("UPDATE tags SET folded = 'z' WHERE path = 'b'", "tag b: it is filed under another name"),
        ("UPDATE document_totals SET highlights = 9", "it has 6 highlights, not 9"),
        ("UPDATE tag_totals SET highlights = 2", "tag a: borne by 7 highlights, not 2"),
        ("DELETE FROM journal WHERE entity = 'tags'", "its journal has"),
        ("UPDATE journal SET after = '{'", "cannot be read"),
        ("UPDATE acts SET undoes = 77", "what it took back is not in the journal"),
    ],
)
def test_every_kind_of_damage_is_found(annotated: Library, damage: str, problem: str) -> None:
    with closing(sqlite3.connect(annotated.path)) as connection, connection:
        connection.execute(damage)
    problems = annotated.check()
    assert any(problem in line for line in problems), problems
    assert not any("\n" in line for line in problems)


@pytest.mark.parametrize("column", ["passages.text", "highlights.note", "acts.summary"])
def test_a_text_that_is_no_utf8_is_told(annotated: Library, column: str) -> None:
    table, name = column.split(".")
    with closing(sqlite3.connect(annotated.path)) as connection, connection:
        connection.execute(f"UPDATE {table} SET {name} = CAST(x'ff1b41' AS TEXT)")
    assert any(f"{name} holds bytes that are no characters" in each for each in annotated.check())


def test_many_problems_are_cut_short(open_library: Open) -> None:
    library = open_library()
    document = library.documents.add(imported("x" * 300)).document
    with library.journal.act("code"):
        for start in range(300):
            library.highlights.add(document.id, start, start + 1)
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("UPDATE highlights SET quote = 'y'")
    problems = library.check()
    assert len(problems) == 101
    assert problems[-1] == "... and more of the same"
