"""Formats that show documents: Markdown, the HTML report, XLSX, the SQLite copy."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations import open_library
from annotations.errors import InvalidError, NotFoundError, UnreadableFileError
from annotations.exchange import htmlreport, markdown, sqlitecopy, xlsx
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    Selector,
    TagRecord,
)
from annotations.exchange.export import export
from annotations.exchange.incoming import import_file
from annotations.exchange.links import followed
from annotations.exchange.markdownfile import parse, render
from annotations.exchange.report import LossReport
from annotations.exchange.rows import COLUMNS, Row, Table
from annotations.exchange.texts import passages
from annotations.library.library import Library
from annotations.model import Metadata, Span, Status
from tui.desk import Desk

TEXT = "A heading\n\nThe first <b>sentence</b> & more.\n\nThe second\x1b[31m one.\n"
FIRST = HighlightRecord(
    "d1",
    Selector(Span(11, 20), quote="The first", prefix="A heading\n\n", suffix=" <b>"),
    ("risk/tiers", "with blank", "2020"),
    "a note\n\n<!-- florilegium {} -->\n\\<!-- and more",
    "yellow",
    "a--b",
    "h1",
    "2026-01-01T00:00:00Z",
    "2026-01-02T00:00:00Z",
)
SECOND = HighlightRecord("d1", Selector(Span(15, 40), quote=TEXT[15:40]), id="h2")
LOST = HighlightRecord("d1", Selector(quote="two\n\nlines "), id="h3", status=Status.LOST)


def records(*highlights: HighlightRecord) -> list[Record]:
    return [
        TagRecord("risk/tiers", "levels <i>", "teal"),
        DocumentRecord(
            "d1",
            Metadata('A "title": part 1/2', "An author", source="https://a.org/", language="en"),
            passages(TEXT),
            "about it",
            "d1",
        ),
        *highlights,
    ]


def written(folder: Path, *highlights: HighlightRecord) -> LossReport:
    report = LossReport()
    markdown.write_folder(records(*highlights), folder, report)
    return report


def read(path: Path) -> list[Record]:
    return list(markdown.read(path, LossReport()))


def test_markdown_comes_back_as_it_went(tmp_path: Path) -> None:
    report = written(tmp_path, FIRST, SECOND, LOST)
    assert report.summary() == "1 text of documents, 1 description of tags, 1 colour of tags"
    (path,) = tmp_path.iterdir()
    assert path.name == "A title part 1 2.md"
    document, *highlights = read(tmp_path)
    assert isinstance(document, DocumentRecord)
    expected = records()[1]
    assert isinstance(expected, DocumentRecord)
    assert document == replace(expected, key="d1", passages=None)
    assert highlights == [FIRST, SECOND, LOST]
    assert read(path)[1:] == highlights


def test_markdown_is_what_obsidian_and_logseq_read(tmp_path: Path) -> None:
    written(tmp_path, FIRST)
    text = next(tmp_path.iterdir()).read_text(encoding="utf-8")
    assert text.startswith('---\nflorilegium: "d1"\ntitle: "A \\"title\\": part 1/2"\n')
    assert (
        "\n> The first\n\n^flor-h1\n\n#risk/tiers #[[with blank]] #[[2020]] [11–20](flor:d1#h1)\n"
        in text
    )
    assert text.count("<!--") == text.count("-->") + 1  # the one that the note does not end


def test_odd_titles_are_front_matter_that_yaml_reads(tmp_path: Path) -> None:
    title = "a\x7f\x85\u2028\ufeff: 'b' \"c\" - # @ * \\n 😀"
    document = DocumentRecord("d1", Metadata(title, author="A\tB"), id="d1")
    markdown.write_folder([document], tmp_path, LossReport())
    (path,) = tmp_path.glob("*.md")
    text = path.read_text(encoding="utf-8")
    # https://yaml.org/spec/1.2.2/#51-character-set
    assert not re.search("[\x7f-\x9f\u2028\ufeff]", text.partition("\n---\n")[0])
    assert read(path)[0] == document


@pytest.mark.parametrize("tag", ["a]]b", "end]]", "a]]]b", "a]\\]b", "a]\\\\]]", "x]", "[[a]]"])
def test_brackets_in_tags_come_back(tmp_path: Path, tag: str) -> None:
    record = FIRST._replace(tags=(tag, "plain"))
    written(tmp_path, record)
    assert read(tmp_path)[1:] == [record]


@pytest.mark.parametrize("title", ["CON", "nul.txt", "Com1"])
def test_names_that_windows_keeps_for_devices_get_a_sign_before_them(
    tmp_path: Path, title: str
) -> None:
    document = DocumentRecord("d1", Metadata(title), id="d1")
    markdown.write_folder([document], tmp_path, LossReport())
    assert [path.name for path in tmp_path.iterdir()] == [f"_{title}.md"]


def test_lines_before_the_first_field_stay_where_they_are(tmp_path: Path) -> None:
    written(tmp_path, FIRST)
    (path,) = tmp_path.iterdir()
    text = path.read_text(encoding="utf-8")
    changed = text.replace("---\n", "---\n# mine\n# too\n", 1).replace(
        "\ntitle:", "\nown: 1\ntitle:"
    )
    path.write_text(changed, encoding="utf-8")
    written(tmp_path, FIRST._replace(note="another"))
    head = path.read_text(encoding="utf-8").partition("\n---\n")[0]
    assert head.startswith('---\n# mine\n# too\nflorilegium: "d1"\n')
    assert head.endswith("\nown: 1")


def test_a_highlight_whose_end_is_gone_takes_nothing_with_it(tmp_path: Path) -> None:
    written(tmp_path, FIRST, SECOND)
    path = next(tmp_path.iterdir())
    text = path.read_text(encoding="utf-8")
    ends = text.split("<!-- /florilegium -->\n")
    for damaged in (
        f"{ends[0]}<!-- /florilegium -->\n{ends[1]}{ends[2]}<!-- /florilegium -->\n",
        text.replace(ends[1] + "<!-- /florilegium -->\n", "\n") + '<!-- florilegium {"id": "h1',
    ):
        path.write_text(damaged, encoding="utf-8")
        report = LossReport()
        _, *highlights = markdown.read(path, report)
        assert highlights == [SECOND]
        assert report.summary() == "1 highlight without the mark of an end"


def test_what_the_user_wrote_stays(tmp_path: Path) -> None:
    written(tmp_path, FIRST, SECOND)
    path = next(tmp_path.iterdir())
    text = path.read_text(encoding="utf-8")
    end = "<!-- /florilegium -->\n"
    parts = text.split(end)
    mine = ["\nUnder the title.\n\n", "\nAfter the first.\n> My own quote.\n\n", "\nAt the end.\n"]
    head = parts[0].replace("---\nflorilegium", "---\naliases:\n  - mine\nflorilegium", 1)
    edited = end.join(
        [head, mine[0] + parts[1].lstrip("\n"), mine[1] + parts[2].lstrip("\n"), mine[2]]
    )
    renamed = tmp_path / "My name for it.md"
    path.unlink()
    renamed.write_text(edited, encoding="utf-8")
    written(tmp_path, FIRST, SECOND)
    assert [each.name for each in tmp_path.iterdir()] == [renamed.name]
    kept = renamed.read_text(encoding="utf-8")
    assert all(part in kept for part in mine)
    assert "aliases:\n  - mine\n" in kept
    # A highlight that went leaves what stood behind it, and a new one comes in its order.
    written(tmp_path, SECOND, LOST._replace(id="h9"))
    fewer = renamed.read_text(encoding="utf-8")
    assert all(part in fewer for part in mine)
    assert "> The first" not in fewer
    assert fewer.index("h2") < fewer.index("h9")


def test_a_file_in_which_nothing_changed_is_not_touched(tmp_path: Path) -> None:
    written(tmp_path, FIRST, SECOND)
    path = next(tmp_path.iterdir())
    before = path.stat().st_mtime_ns, path.read_bytes()
    written(tmp_path, FIRST, SECOND)
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before
    written(tmp_path, FIRST._replace(note="changed"), SECOND)
    assert "changed" in path.read_text(encoding="utf-8")


def test_a_note_edited_in_the_file_comes_in(tmp_path: Path) -> None:
    written(tmp_path, SECOND)
    path = next(tmp_path.iterdir())
    text = path.read_text(encoding="utf-8")
    link = "[15–40](flor:d1#h2)"
    path.write_text(text.replace(link, f"#added {link}\n\na thought"), encoding="utf-8")
    back = read(path)[1]
    assert isinstance(back, HighlightRecord)
    assert (back.tags, back.note) == (("added",), "a thought")


NOTE = st.text(st.sampled_from("ab \n<!->#^>\\é"), max_size=30).map(lambda text: text.strip("\n"))


@given(NOTE, NOTE.filter(bool))
@settings(max_examples=60)
def test_any_note_and_quote_come_back(tmp_path: Path, note: str, quote: str) -> None:
    folder = tmp_path / "md"
    highlight = HighlightRecord("d1", Selector(quote=quote), note=note, id="h")
    written(folder, highlight)
    assert read(folder)[1] == highlight


@given(st.text(st.sampled_from('a-:\n<!> {}"#'), max_size=60))
def test_a_file_that_is_not_ours_stays_what_it_is(text: str) -> None:
    parsed = parse(text)
    if not parsed.head:
        assert render(parsed) == text


def test_markdown_that_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# mine\n")
    with pytest.raises(UnreadableFileError, match="no highlights that Florilegium wrote"):
        read(path)
    with pytest.raises(InvalidError, match="is a file"):
        written(path, FIRST)


class _Checker(HTMLParser):
    """Finds what a report must not have, and what it must."""

    VOID = ("meta", "hr", "br")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.targets: set[str] = set()
        self.addresses: list[str] = []
        self.marked = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "img", "link", "iframe", "object")
        if tag not in self.VOID:
            self.open.append(tag)
        for name, said in attrs:
            assert not name.startswith("on")
            if name == "id":
                assert said not in self.ids
                self.ids.add(said or "")
            elif name == "href" and said:
                (self.targets.add(said[1:]) if said[0] == "#" else self.addresses.append(said))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "mark" in self.open:
            self.marked += data


def test_the_report_is_whole_and_holds_nothing_foreign() -> None:
    file, report = io.BytesIO(), LossReport()
    htmlreport.write(records(FIRST, SECOND, LOST), file, report)
    html = file.getvalue().decode()
    checker = _Checker()
    checker.feed(html)
    checker.close()
    assert checker.open == []
    assert checker.targets <= checker.ids
    assert checker.addresses == []
    assert checker.marked == TEXT[11:40]
    assert "\x1b" not in html
    assert "&lt;b&gt;sentence" in html
    assert "levels &lt;i&gt;" in html
    assert not report
    assert "http" not in re.sub(r"https://a\.org/|http-equiv", "", html)


def test_the_report_of_a_whole_text_and_of_none() -> None:
    whole = HighlightRecord("d1", Selector(Span(0, len(TEXT)), quote=TEXT), id="h")
    file = io.BytesIO()
    htmlreport.write(records(whole), file, LossReport())
    checker = _Checker()
    checker.feed(file.getvalue().decode())
    assert "".join(checker.marked.split()) == "".join(TEXT.replace("\x1b", "␛").split())
    empty = io.BytesIO()
    htmlreport.write([], empty, LossReport())
    assert empty.getvalue().endswith(b"</html>\n")


def test_every_paragraph_of_the_report_runs_in_its_own_direction() -> None:
    text = "مرحبا بالعالم (2023).\n\nAn English one.\n"
    note = HighlightRecord(
        "d", Selector(Span(0, 5), quote=text[:5]), ("وسم",), "ملاحظة: (a)", id="h"
    )
    file = io.BytesIO()
    htmlreport.write(
        [DocumentRecord("d", Metadata("عنوان"), passages(text)), note], file, LossReport()
    )
    html = file.getvalue().decode()
    assert '<p dir="auto"><mark' in html
    assert '<p dir="auto">An English one.</p>' in html
    assert '<p class="note" dir="auto">ملاحظة: (a)</p>' in html
    assert '<bdi class="tag">وسم</bdi>' in html


def sheet(data: bytes, number: int = 1) -> list[list[str]]:
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
    assert not root.findall(".//m:f", space)
    return [
        ["".join(cell.itertext()) for cell in row.findall("m:c", space)]
        for row in root.iterfind(".//m:row", space)
    ]


def test_xlsx_has_no_formula_and_says_what_is_too_long() -> None:
    pytest.importorskip("xlsxwriter")
    row: Row = ["h", "d", "=1+1", "http://a.org", 3, 9, "😀" * 20_000, ("a", "b"), *([""] * 7)]
    table = Table(COLUMNS, [row])
    file = io.BytesIO()
    xlsx.write(table, file)
    header, cells = sheet(file.getvalue())
    assert header == list(COLUMNS)
    assert cells[:6] == ["h", "d", "=1+1", "http://a.org", "3", "9"]
    assert cells[6] == "😀" * 16_383
    assert cells[7] == "a; b"
    assert table.report.summary() == "1 end of cells too long for a spreadsheet"
    empty = io.BytesIO()
    xlsx.write(Table(COLUMNS, []), empty)
    assert sheet(empty.getvalue()) == [list(COLUMNS)]


def test_the_copy_is_plain_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    report = LossReport()
    with path.open("wb") as file:
        sqlitecopy.write(records(FIRST, SECOND, LOST), file, report)
    assert not report
    connection = sqlite3.connect(path)
    rows = connection.execute(
        'SELECT substr(text, start + 1, "end" - start), quote FROM annotations '
        "JOIN documents ON documents.id = document WHERE status = 'placed'"
    ).fetchall()
    assert len(rows) == 2
    assert all(text == quote for text, quote in rows)
    assert connection.execute("SELECT tag, highlights FROM tag_counts").fetchall() == [
        ("2020", 1),
        ("risk/tiers", 1),
        ("with blank", 1),
    ]
    described = set(connection.execute('SELECT "table", "column" FROM about'))
    columns = connection.execute(
        "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c "
        "WHERE t.type = 'table' AND t.name <> 'about'"
    ).fetchall()
    assert described == {*columns, *((table, "") for table, _ in columns)}
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_what_the_user_changed_in_ours_stays_until_it_is_imported(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    with open_library(tmp_path / "library.db", coder="ann") as library:
        document = library.documents.list()[0].id
        first = library.highlights.add(document, 0, 5, note="a note")
        second = library.highlights.add(document, 10, 15, note="another")

        def write() -> LossReport:
            return export(library, folder, format_name="markdown", document=document)

        write()
        (path,) = folder.glob("*.md")
        edited = path.read_text(encoding="utf-8").replace("a note", "my own words")
        path.write_text(edited, encoding="utf-8")
        library.highlights.note(second.id, "changed here")
        assert "1 passage changed outside" in write().summary()
        content = path.read_text(encoding="utf-8")
        assert "my own words" in content
        assert "changed here" in content
        import_file(library, folder)
        assert library.highlights.get(first.id).note == "my own words"
        assert "changed in their file" not in write().summary()
        library.highlights.note(first.id, "and changed again")
        assert "changed in their file" not in write().summary()
        assert "and changed again" in path.read_text(encoding="utf-8")


def test_what_the_user_took_away_in_ours_goes_here_too(tmp_path: Path) -> None:
    with open_library(tmp_path / "library.db", coder="ann") as library:
        document = library.documents.list()[0].id
        first = library.highlights.add(document, 0, 5, tags=["Tone", "a]"], note="a note")
        second = library.highlights.add(document, 10, 15, tags=["tone"], note="another")
        export(library, tmp_path / "vault", format_name="markdown", document=document)
        (path,) = (tmp_path / "vault").glob("*.md")
        text = path.read_text(encoding="utf-8")
        text = text.replace("#Tone #[[a]]] ", "#added #[[a]]] ").replace("a note\n", "")
        path.write_text(text.replace("#tone ", "").replace("another", ""), encoding="utf-8")
        library.highlights.note(second.id, "changed here")
        assert import_file(library, path, dry_run=True)[1].updated == 1
        assert import_file(library, path)[1].updated == 1
        here = library.highlights.get(first.id)
        assert (here.tags, here.note) == (("added", "a]"), "")
        there = library.highlights.get(second.id)
        assert (there.tags, there.note) == (("Tone",), "changed here")
        assert str(import_file(library, path)[1]) == "nothing new"
        library.journal.undo()
        assert library.highlights.get(first.id).note == "a note"
        assert library.highlights.get(first.id).tags == ("Tone", "a]")
        assert library.check() == []


def test_what_stands_before_the_title_is_part_of_the_note(tmp_path: Path) -> None:
    with open_library(tmp_path / "library.db", coder="ann") as library:
        document = library.documents.list()[0].id
        export(library, tmp_path / "vault", format_name="markdown", document=document)
        (path,) = (tmp_path / "vault").glob("*.md")
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("# ", "An intro.\n\n# ", 1), encoding="utf-8")
        import_file(library, path)
        assert library.documents.get(document).note == "An intro."


def test_a_link_leads_back_to_its_place(library: Library, tmp_path: Path) -> None:
    document = library.documents.find("hegemony")
    highlight = library.highlights.add(document.id, 300, 340)
    export(library, tmp_path / "vault", format_name="markdown", document=document.id)
    (file,) = (tmp_path / "vault").iterdir()
    (written,) = re.findall(r"\((flor:[^)]*)\)", file.read_text(encoding="utf-8"))
    assert followed(library, written) == (library.documents.get(document.id), 300)
    desk = Desk(library)
    desk.open_first(written)
    assert desk.document is not None
    assert (desk.document.id, desk.position()) == (document.id, 300)
    library.highlights.remove([highlight.id])
    assert followed(library, written)[1] == 0
    with pytest.raises(NotFoundError, match="no document is called"):
        followed(library, "flor:nothing#at-all")
