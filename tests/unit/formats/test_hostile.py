"""Files that were made to harm: bombs, entities, paths, depth, and things that are no files."""

from __future__ import annotations

import os
import threading
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from annotations.errors import UnreadableFileError
from annotations.formats import read as read_path
from annotations.formats import read_stream
from tests import sample_files as samples
from tests.sample_files import altered, member
from tests.unit.formats.reading import Read, read, refusal

ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
DEPTH = 10_000


def without_declaration(xml: bytes | str) -> str:
    text = xml.decode() if isinstance(xml, bytes) else xml
    return text.removeprefix('<?xml version="1.0"?>').removeprefix(
        '<?xml version="1.0" encoding="utf-8"?>'
    )


ARCHIVES = {
    "a.docx": (samples.docx(["Text."]), "word/document.xml"),
    "a.odt": (samples.odt(["Text."]), "content.xml"),
    "a.epub": (samples.epub([("One", ["Text."])]), "OEBPS/c1.xhtml"),
}


@pytest.mark.parametrize("name", ARCHIVES)
@pytest.mark.parametrize("declaration", [ENTITIES, OUTSIDE], ids=["nested", "outside"])
def test_entities_are_refused(name: str, declaration: str) -> None:
    archive, part = ARCHIVES[name]
    xml = without_declaration(member(archive, part)).replace("Text.", "&a;")
    message = refusal(altered(archive, part, declaration + xml), name)
    assert "entities" in message


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_member_that_unpacks_to_far_more_is_refused(name: str) -> None:
    archive, part = ARCHIVES[name]
    bomb = altered(archive, part, b"<x>" + b"a" * 30_000_000)
    assert len(bomb) < 100_000
    tracemalloc.start()
    message = refusal(bomb, name)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "unpacks to more" in message
    assert most < 10_000_000


def test_members_that_are_harmless_by_themselves_may_be_a_bomb_together() -> None:
    book = samples.epub([(f"Chapter {number}", ["a" * 3_900_000]) for number in range(10)])
    assert len(book) < 100_000
    assert "unpacks to more" in refusal(book, "a.epub")


def test_the_depth_of_xml_is_told_in_plain_words() -> None:
    nested = "<text:section>" * 300 + "<text:p>Deep.</text:p>" + "</text:section>" * 300
    assert refusal(samples.odt(["Text."], extra=nested), "a.odt") == "is nested too deeply"


def test_an_archive_of_very_many_members_is_refused() -> None:
    archive, _ = ARCHIVES["a.docx"]
    data = BytesIO(archive)
    with zipfile.ZipFile(data, "a") as members:
        for number in range(20_001):
            members.writestr(zipfile.ZipInfo(f"word/{number}"), b"")
    assert "files" in refusal(data.getvalue(), "a.docx")


def test_paths_that_climb_out_of_an_archive_reach_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xhtml"
    secret.write_text("<html><body><p>Secret.</p></body></html>")
    book = samples.epub([("One", ["Text."])])
    package = member(book, "OEBPS/book.opf").decode()
    for href in (f"../../..{secret}", str(secret), f"file://{secret}"):
        changed = altered(book, "OEBPS/book.opf", package.replace("c1.xhtml", href))
        assert "Secret" not in (refusal_or_text(changed))
    climbing = altered(book, "../../evil.xhtml", b"<p>Evil.</p>")
    assert "Text." in read(climbing, "a.epub").text
    assert not (tmp_path.parent / "evil.xhtml").exists()


def refusal_or_text(data: bytes) -> str:
    try:
        return read(data, "a.epub").text
    except UnreadableFileError as error:
        return str(error)


@pytest.mark.parametrize(
    "opening",
    ["<div>", "<blockquote>", "<ul><li>", "<b>", "<table><tr><td>", "<span>", "<pre>", "<font>"],
    ids=["div", "blockquote", "list", "bold", "table", "span", "pre", "font"],
)
def test_html_may_nest_without_end(opening: str) -> None:
    found = read(f"<!DOCTYPE html><p>Above.</p>{opening * DEPTH}Deep below.", "a.html")
    assert "Above." in found.text
    assert "Deep below." in found.text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", ">" * DEPTH + " deep"),
        ("a.md", "- " * DEPTH + "deep"),
        ("a.md", "[" * DEPTH + "deep" + "]" * DEPTH),
        ("a.md", "*" * DEPTH + "deep"),
        ("a.md", "\n".join(" " * n + "- x" for n in range(500))),
        ("a.rst", "\n".join(" " * n + "- x\n" for n in range(600))),
        ("a.rtf", r"{\rtf1 " + "{" * 9_000 + "deep" + "}" * 9_000 + "}"),
        ("a.txt", ">" * DEPTH + " deep"),
        ("a.txt", "(" * DEPTH),
    ],
    ids=range(9),
)
def test_other_markup_may_nest_too(name: str, text: str) -> None:
    assert read(text, name).text.strip()


def test_the_memory_that_depth_takes_is_bounded() -> None:
    nested = "\n".join("  " * level + "* x\n" for level in range(600))
    tracemalloc.start()
    found = read(nested, "a.rst")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.text.count("x") == 600
    assert found.notices == ("is nested too deeply: shown as plain text",)
    assert most < 10_000_000


def test_a_page_that_a_spine_names_often_is_read_once() -> None:
    book = samples.epub([("One", ["Text."])], "A title")
    package = samples.member(book, "OEBPS/book.opf").decode()
    often = package.replace("<spine>", "<spine>" + '<itemref idref="c1"/>' * 1_000)
    found = read(samples.altered(book, "OEBPS/book.opf", often), "a.epub")
    assert found.text.count("Text.") == 1


def test_numbers_of_lists_are_bounded() -> None:
    level = f'<w:lvl w:ilvl="77"/><w:lvl w:ilvl="0"><w:lvlText w:val="{"%1" * 20_000}"/></w:lvl>'
    numbering = (
        f'<w:numbering xmlns:w="{samples.WORD}"><w:abstractNum w:abstractNumId="0">{level}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    items = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:r><w:t>a</w:t></w:r></w:p>"
        for depth in ("0", "99999999999", "\u00b2", "-1")
    )
    archive = samples.altered(samples.docx(["One."], extra=items), "word/numbering.xml", numbering)
    assert len(read(archive, "a.docx").text) < 1_000


@pytest.mark.parametrize(
    "text",
    ["\n" * 500_000, "\f" * 5_000, "a\n\f" * 3_000, ("." * 100 + "\n") * 1_000 + "x"],
    ids=["line ends", "form feeds", "short pages", "dots"],
)
def test_texts_of_one_sign_take_no_longer(text: str) -> None:
    assert read(text, "a.txt").text == text


def test_groups_of_rtf_without_end_are_refused() -> None:
    assert "nested" in refusal(r"{\rtf1 " + "{" * 100_000, "a.rtf")


@pytest.mark.parametrize(
    ("name", "opening", "closing"),
    [
        ("a.docx", "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("a.odt", "<text:list><text:list-item>", "</text:list-item></text:list>"),
    ],
    ids=["docx", "odt"],
)
def test_xml_that_nests_without_end_is_refused(name: str, opening: str, closing: str) -> None:
    extra = opening * DEPTH + closing * DEPTH
    maker = samples.docx if name == "a.docx" else samples.odt
    assert refusal(maker(["Text."], extra=extra), name)


def test_scripts_styles_and_hidden_parts_are_no_text() -> None:
    found = read(
        "<html><head><script>bad()</script><style>p{}</style></head><body><p>Seen.</p>"
        "<script>bad()</script><noscript>bad</noscript><p style='display:none'>bad</p>"
        "<p hidden>bad</p><template>bad</template><svg><text>bad</text></svg>"
        "<iframe>bad</iframe><!-- bad --><p onclick='bad()'>Too.</p></body></html>",
        "a.html",
    )
    assert found.text == "Seen.\n\nToo.\n"


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableFileError, match="is a pipe, not a file"):
        read_path(pipe)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused(path: str) -> None:
    if not Path(path).exists():
        pytest.skip(f"there is no {path} here")
    with pytest.raises(UnreadableFileError, match="is a device, not a file"):
        read_path(path)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="No such file"):
        read_path(tmp_path / "missing.txt")
    with pytest.raises(UnreadableFileError, match="is a folder"):
        read_path(tmp_path)
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    with pytest.raises(UnreadableFileError, match="symbolic links"):
        read_path(loop)
    with pytest.raises(UnreadableFileError):
        read_path("nul\0byte")


def test_a_name_that_is_no_utf8_and_one_with_a_line_end(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    try:
        Path(name).write_text("Text.")
    except OSError:
        pytest.skip("this file system takes no such name")
    found = Read(read_path(name))
    assert found.metadata.path.endswith(r"caf\xe9.txt")
    assert found.metadata.title == r"caf\xe9"
    with pytest.raises(UnreadableFileError) as caught:
        read_path(tmp_path / "a\nb\x1b[2J.txt")
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "growing.txt"
    path.write_text(("Words. " * 200 + "\n\n") * 500)
    document = read_path(path)
    passages = iter(document.passages)
    next(passages)
    with path.open("a") as file:
        file.write("More.\n")
    with pytest.raises(UnreadableFileError, match="changed while it was read"):
        list(passages)


def test_a_file_that_vanishes_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Text.")
    document = read_path(path)
    path.unlink()
    with pytest.raises(UnreadableFileError, match="No such file"):
        list(document.passages)


def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Text.")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    with pytest.raises(UnreadableFileError, match="Permission denied"):
        read_path(path)


def test_standard_input_may_be_a_pipe() -> None:
    reading, writing = os.pipe()
    data = b"A paragraph.\n\n" * 20_000

    def write() -> None:
        with os.fdopen(writing, "wb") as stream:
            stream.write(data)

    writer = threading.Thread(target=write)
    writer.start()
    with os.fdopen(reading, "rb") as stream:
        document = read_stream(stream)
    writer.join()
    assert Read(document).text.encode() == data
    assert document.metadata.path == ""
