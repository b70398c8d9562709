"""QualCoder: its codes, categories, coded text, annotations, memos and coders."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotations.errors import UnreadableFileError
from annotations.exchange import qualcoder
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    Selector,
    TagRecord,
)
from annotations.exchange.report import LossReport
from annotations.model import Metadata, Span

# The tables of version 3 that hold text; later versions add columns.
SCHEMA = """
CREATE TABLE project (databaseversion text, date text, memo text, about text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text,
    owner text, date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE code_image (imid integer primary key, id integer, cid integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer,
    memo text, owner text, date text);
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text,
    supercatid integer, unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text,
    pos0 integer, pos1 integer, owner text, date text, memo text, important integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text,
    date text, color text, unique(name));
INSERT INTO project VALUES ('v11', '2024-01-01 10:00:00', '', 'QualCoder 3.5');
INSERT INTO code_cat VALUES (1, 'risk', 'ann', '', 'about risk', NULL), (2, 'inner', 'ann', '',
    NULL, 1), (3, 'loop', '', '', '', 4), (4, 'pool', '', '', '', 3);
INSERT INTO code_name VALUES (1, 'tiers', 'levels', 2, 'ann', '', '#F00'),
    (2, 'tone', '', NULL, 'ann', '', '#FFE066'), (3, 'lost', '', 3, 'ann', '', '');
INSERT INTO source VALUES
    (1, 'one.txt', '😀 One two three.', NULL, 'a memo', 'ann', '', NULL, NULL),
    (2, 'pic', NULL, '/images/a.png', '', 'ann', '', NULL, NULL);
INSERT INTO code_text VALUES (1, 1, 1, 'One', 2, 5, 'ann', '2024-01-02 10:00:00', 'm1', NULL),
    (2, 2, 1, 'One', 2, 5, 'ann', '2024-01-02 11:00:00', 'm2', NULL),
    (3, 2, 1, 'One', 2, 5, 'ben', '2024-01-02 12:00:00', '', NULL),
    (4, 2, 1, 'two', 7, 10, 'ben', '2024-01-02 12:00:00', '', NULL),
    (5, 9, 1, 'gone', 700, 704, 'ben', '', '', NULL);
INSERT INTO annotation VALUES (1, 1, 10, 15, 'a thought', 'ann', '2024-01-03 10:00:00');
INSERT INTO code_image VALUES (1, 2, 1);
"""


def made(folder: Path, more: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    connection = sqlite3.connect(folder / "data.qda")
    connection.executescript(SCHEMA + more)
    connection.commit()
    connection.close()
    return folder


def read(path: Path) -> tuple[list[Record], LossReport]:
    report = LossReport()
    return list(qualcoder.read(path, report)), report


def test_everything_that_is_text_comes_in(tmp_path: Path) -> None:
    folder = made(tmp_path / "p.qda")
    records, report = read(folder)
    tags = {each.path: each for each in records if isinstance(each, TagRecord)}
    assert set(tags) >= {"risk", "risk/inner/tiers", "tone"}
    assert tags["risk"].description == "about risk"
    assert (tags["risk/inner/tiers"].description, tags["risk/inner/tiers"].colour) == (
        "levels",
        "#ff0000",
    )
    assert tags["tone"].colour == "yellow"
    (document,) = (each for each in records if isinstance(each, DocumentRecord))
    assert (document.metadata.title, document.note) == ("one.txt", "a memo")
    found = [each for each in records if isinstance(each, HighlightRecord)]
    assert [(each.coder, each.tags, each.note) for each in found] == [
        ("ann", ("risk/inner/tiers", "tone"), "m1\n\nm2"),
        ("ben", ("tone",), ""),
        ("ben", ("tone",), ""),
        ("ben", (), ""),
        ("ann", (), "a thought"),
    ]
    # The fourth counts UTF-16 units, as the words tell.
    assert [each.selector for each in found] == [
        Selector(Span(2, 5), quote="One"),
        Selector(Span(2, 5), quote="One"),
        Selector(Span(6, 9), quote="two"),
        Selector(quote="gone"),
        Selector(Span(10, 15), quote="three"),
    ]
    assert (found[0].created_at, found[0].updated_at) == (
        "2024-01-02T10:00:00Z",
        "2024-01-02T11:00:00Z",
    )
    assert report.summary() == (
        "1 area of pictures, 1 passage outside the text, "
        "1 code missing from the codebook, 1 source without a text"
    )


def test_codes_within_codes_and_the_bare_file(tmp_path: Path) -> None:
    more = (
        "ALTER TABLE code_name ADD supercid integer;"
        "INSERT INTO code_name VALUES (7, 'sub', '', NULL, '', '', '', 1), "
        "(8, 'a', '', NULL, '', '', '', 9), (9, 'b', '', NULL, '', '', '', 8);"
    )
    records, _ = read(made(tmp_path / "p.qda", more) / "data.qda")
    assert "risk/inner/tiers/sub" in [each.path for each in records if isinstance(each, TagRecord)]


def test_another_folder_or_schema(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="cannot read"):
        read(tmp_path)
    folder = made(tmp_path / "p.qda", "ALTER TABLE code_text RENAME COLUMN pos0 TO start;")
    with pytest.raises(UnreadableFileError, match="no column pos0"):
        read(folder)


def test_important_passages_get_a_star_and_the_project_memo_is_told_of(tmp_path: Path) -> None:
    more = (
        "UPDATE code_text SET important = 1 WHERE ctid = 2; UPDATE project SET memo = 'for what'; "
        "CREATE TABLE ris (risid integer, tag text, longtag text, value text); "
        "INSERT INTO ris VALUES (1, 'AU', 'author', 'Ann');"
    )
    records, report = read(made(tmp_path / "p.qda", more))
    found = [each for each in records if isinstance(each, HighlightRecord)]
    assert [each.starred for each in found if each.coder == "ann"] == [True, False]
    assert "1 memo on the project: for what" in report.lines()
    assert "1 reference to no source" in report.lines()


ABOUT = """
CREATE TABLE ris (risid integer, tag text, longtag text, value text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text,
    id integer, date text, owner text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text);
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer,
    pos1 integer, owner text, date text, memo text);
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);
INSERT INTO ris VALUES (7, 'TI', '', 'A study'), (7, 'AU', '', 'Ng, Ann'), (7, 'AU', '', 'Bo, C.'),
    (7, 'PY', '', '2021'), (7, 'TY', '', 'JOUR'), (7, 'UR', '', 'https://example.org/a');
UPDATE source SET risid = 7 WHERE id = 1;
INSERT INTO attribute VALUES (1, 'Language', 'file', 'en', 1, '', ''),
    (2, 'Wave', 'file', '2', 1, '', ''), (3, 'Age', 'case', '41', 1, '', ''),
    (4, 'Empty', 'file', '', 1, '', ''), (5, 'Ref_Authors', 'file', 'Ng Ann', 1, '', '');
INSERT INTO cases VALUES (1, 'Ada', 'a teacher', 'ann', '');
INSERT INTO case_text VALUES (1, 1, 1, 0, 17, 'ann', '', ''), (2, 1, 1, 2, 5, 'ann', '', 'here'),
    (3, 9, 1, 2, 5, 'ann', '', '');
INSERT INTO journal VALUES (1, 'Day one', 'It went well.', '2024-02-03 09:00:00', 'ann'),
    (2, 'Day two', NULL, '', '');
"""


def test_references_attributes_cases_and_the_journal_have_homes(tmp_path: Path) -> None:
    records, report = read(made(tmp_path / "p.qda", ABOUT))
    journal, document = (each for each in records if isinstance(each, DocumentRecord))
    about = document.metadata
    assert (about.title, about.author, about.published) == ("A study", "Ng, Ann; Bo, C.", "2021")
    assert (about.kind, about.language) == ("article", "en")
    assert about.source == "https://example.org/a"
    assert document.note == "a memo\n\nWave: 2"
    assert journal.metadata == Metadata("Day one", "ann", published="2024-02-03", kind="journal")
    assert [passage.text for passage in journal.passages or ()] == ["It went well."]
    tags = {each.path: each for each in records if isinstance(each, TagRecord)}
    assert tags["case/Ada"].description == "a teacher\n\nAge: 41"
    of_case = [
        each for each in records if isinstance(each, HighlightRecord) and each.tags == ("case/Ada",)
    ]
    assert [each.selector for each in of_case] == [None, Selector(Span(2, 5), quote="One")]
    assert of_case[1].note == "here"
    assert "1 passage of missing cases" in report.summary()
    for table in ("ris", "attribute", "cases", "case_text", "journal"):
        more = f"{ABOUT} ALTER TABLE {table} RENAME TO x; CREATE TABLE {table} (a); "
        _, report = read(made(tmp_path / table, more))
        assert f"of a version that is not known: {table}" in "\n".join(report.lines())


def test_codes_that_would_share_a_path_stay_apart(tmp_path: Path) -> None:
    """Names are compared without case here, and a slash parts them."""
    more = (
        "INSERT INTO code_name VALUES (11, 'Tone', 'loud', NULL, 'ann', '', ''),"
        "(12, 'risk/tiers', '', NULL, 'ann', '', ''), (13, 'risk', 'a code', NULL, '', '', '');"
        "INSERT INTO code_text VALUES (11, 11, 1, 'One', 2, 5, 'eve', '', '', NULL),"
        "(12, 2, 1, 'One', 2, 5, 'eve', '', '', NULL);"
    )
    # Not in a category of that name as a program would make it.
    more += "UPDATE code_cat SET supercatid = NULL WHERE catid = 2; "
    more += "UPDATE code_cat SET name = 'risk ' WHERE catid = 2;"
    records = list(qualcoder.read(made(tmp_path / "p.qda", more), LossReport()))
    tags = {each.path: each.description for each in records if isinstance(each, TagRecord)}
    assert tags["Tone"] == "loud"
    assert tags["tone (2)"] == ""
    assert {"risk/tiers", "risk/tiers (2)"} <= tags.keys()
    assert tags["risk"] == "about risk\n\na code"
    (eve,) = (each for each in records if isinstance(each, HighlightRecord) and each.coder == "eve")
    assert eve.tags == ("Tone", "tone (2)")
    assert "pool/loop/lost" in tags
