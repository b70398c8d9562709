"""Word, OpenDocument and EPUB files."""

from __future__ import annotations

import pytest

from annotations.model import BlockKind, MarkKind
from tests import sample_files as samples
from tests.sample_files import altered, member
from tests.unit.formats.reading import read, refusal

PARAGRAPH, HEADING, ITEM = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM
QUOTATION, ROW, CODE, VERSE = (
    BlockKind.QUOTATION,
    BlockKind.TABLE_ROW,
    BlockKind.CODE,
    BlockKind.VERSE,
)


class TestDocx:
    def test_text_and_metadata(self) -> None:
        found = read(samples.docx(["One.", "Two & <three>."], "A title"), "a.docx")
        assert found.blocks == [
            (HEADING, "A title"),
            (PARAGRAPH, "One."),
            (PARAGRAPH, "Two & <three>."),
        ]
        metadata = found.metadata
        assert (metadata.title, metadata.author) == ("A title", "Ann Author")
        assert metadata.published == "2023-10-30"

    def test_marks_tables_and_line_breaks(self) -> None:
        extra = (
            "<w:p><w:r><w:t>A </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r>"
            "<w:r><w:rPr><w:i/></w:rPr><w:t xml:space='preserve'> slanted</w:t></w:r></w:p>"
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2"
            "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>"
        )
        found = read(samples.docx(["One."], extra=extra), "a.docx")
        assert found.blocks[1:] == [(PARAGRAPH, "A bold slanted"), (ROW, "1\t2"), (VERSE, "a\nb")]
        assert found.marks(MarkKind.STRONG) == [("bold", "")]
        assert found.marks(MarkKind.EMPHASIS) == [("slanted", "")]

    def test_notes(self) -> None:
        extra = '<w:p><w:r><w:t>Claim</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        notes = (
            f'<w:footnotes xmlns:w="{samples.WORD}"><w:footnote w:id="2"><w:p><w:r><w:t>The note.'
            "</w:t></w:r></w:p></w:footnote></w:footnotes>"
        )
        found = read(
            altered(samples.docx(["One."], extra=extra), "word/footnotes.xml", notes), "a.docx"
        )
        assert found.blocks[1:] == [(PARAGRAPH, "Claim[1]"), (ITEM, "1. The note.")]
        ((_, place),) = found.marks(MarkKind.FOOTNOTE)
        assert (("1. The note.", place) in found.marks(MarkKind.ANCHOR)) or (
            ("The note.", place) in found.marks(MarkKind.ANCHOR)
        )

    def test_an_empty_document(self) -> None:
        assert read(samples.docx([]), "a.docx").text == ""

    def test_what_is_damaged_or_no_word_document(self) -> None:
        sound = samples.docx(["One."])
        assert "damaged" in refusal(altered(sound, "word/document.xml", "<w:oops"), "a.docx")
        assert "damaged" in refusal(sound[: len(sound) // 2], "a.docx")
        assert "Excel" in refusal(samples.zipped({"xl/workbook.xml": "<x/>"}), "a.docx")
        assert "no Word document" in refusal(samples.zipped({"x.txt": "x"}), "a.docx")
        assert "no Word document" in refusal(b"Plain words.", "a.docx")


class TestOdt:
    def test_text_and_metadata(self) -> None:
        found = read(samples.odt(["One.", "Two & <three>."], "A title"), "a.odt")
        assert found.blocks == [
            (HEADING, "A title"),
            (PARAGRAPH, "One."),
            (PARAGRAPH, "Two & <three>."),
        ]
        metadata = found.metadata
        assert (metadata.title, metadata.author) == ("A title", "Ann Author")
        assert (metadata.published, metadata.language) == ("2023-10-30", "en")

    def test_marks_blanks_and_links(self) -> None:
        extra = (
            '<text:p>A <text:span text:style-name="T1">bold</text:span><text:s text:c="2"/>word'
            '<text:line-break/>and <text:a xlink:href="http://u.v/">link</text:a></text:p>'
        )
        found = read(samples.odt(["One."], extra=extra), "a.odt")
        assert found.blocks[1] == (VERSE, "A bold  word\nand link")
        assert found.marks(MarkKind.STRONG) == [("bold", "")]
        assert found.marks(MarkKind.LINK) == [("link", "http://u.v/")]

    def test_lists_tables_and_notes(self) -> None:
        extra = (
            "<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>deep"
            "</text:p></text:list-item></text:list></text:list-item></text:list><table:table>"
            "<table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p>"
            '</table:table-cell><table:table-cell table:number-columns-repeated="2"/>'
            "<table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>"
            "<text:p>Claim<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>The note.</text:p></text:note-body></text:note>.</text:p>"
            "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        )
        found = read(samples.odt(["One."], extra=extra), "a.odt")
        assert found.blocks[1:] == [
            (ITEM, "• one"),
            (ITEM, "• deep"),
            (ROW, "a b\t\t\tc"),
            (PARAGRAPH, "Claim1."),
            (PARAGRAPH, "1 The note."),
        ]
        assert found.levels(ITEM) == [1, 2]
        assert found.marks(MarkKind.FOOTNOTE) == [("1", "note-1")]
        assert found.marks(MarkKind.ANCHOR) == [("1 The note.", "note-1")]

    def test_the_flat_form(self) -> None:
        content = member(samples.odt(["One."]), "content.xml").decode()
        flat = content.replace("document-content", "document")
        assert read(flat, "a.fodt").text == "One.\n"

    def test_repetition_is_bounded(self) -> None:
        extra = (
            '<text:p>x<text:s text:c="999999999999999999999"/>y</text:p><table:table>'
            '<table:table-row><table:table-cell table:number-columns-repeated="999999"/>'
            "<table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>"
        )
        assert len(read(samples.odt(["One."], extra=extra), "a.odt").text) < 2_000

    def test_what_is_damaged_or_no_text(self) -> None:
        sound = samples.odt(["One."])
        assert "damaged" in refusal(altered(sound, "content.xml", "<office:oops"), "a.odt")
        assert "no text" in refusal(altered(sound, "content.xml", "<x/>"), "a.odt")
        sheet = altered(sound, "mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        assert "not a text" in refusal(sheet, "a.odt")


class TestEpub:
    BOOK = samples.epub([("One", ["First.", "Second."]), ("Two", ["Third."])], "A title")

    def test_spine_and_metadata(self) -> None:
        found = read(self.BOOK, "a.epub")
        assert [text for _, text in found.blocks] == ["One", "First.", "Second.", "Two", "Third."]
        metadata = found.metadata
        assert (metadata.title, metadata.author) == ("A title", "Ann Author")
        assert (metadata.published, metadata.language) == ("2023-10-30", "en")

    def test_the_order_of_the_spine_decides(self) -> None:
        package = member(self.BOOK, "OEBPS/book.opf").decode()
        swapped = package.replace(
            '<itemref idref="c1"/><itemref idref="c2"/>',
            '<itemref idref="c2"/><itemref idref="c1"/>',
        )
        found = read(altered(self.BOOK, "OEBPS/book.opf", swapped), "a.epub")
        assert [text for _, text in found.blocks][:2] == ["Two", "Third."]

    def test_the_contents_are_the_outline(self) -> None:
        nav = (
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
            '<body><nav epub:type="toc"><ol><li><a href="c1.xhtml">Part One</a><ol><li>'
            '<a href="c1.xhtml#s">A section</a></li><li><a href="c2.xhtml#t">Two</a></li></ol></li>'
            '<li><a href="gone.xhtml">Gone</a></li></ol></nav></body></html>'
        )
        first = (
            '<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>One</h1><p>First.</p>'
            '<p id="s">A section</p><p>More.</p></body></html>'
        )
        second = (
            '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Before.</p><p id="t">'
            f"{'Long text. ' * 40}</p></body></html>"
        )
        book = altered(self.BOOK, "OEBPS/nav.xhtml", nav)
        book = altered(altered(book, "OEBPS/c1.xhtml", first), "OEBPS/c2.xhtml", second)
        found = read(book, "a.epub")
        assert found.outline == [(1, "One"), (2, "A section"), (2, "Two")]
        assert found.blocks[5:7] == [(HEADING, "Two"), (PARAGRAPH, ("Long text. " * 40).strip())]

    def test_the_contents_of_an_old_book(self) -> None:
        ncx = (
            '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>One'
            '</text></navLabel><content src="c1.xhtml"/><navPoint><navLabel><text>Two</text>'
            '</navLabel><content src="c2.xhtml"/></navPoint></navPoint></navMap></ncx>'
        )
        package = member(self.BOOK, "OEBPS/book.opf").decode()
        old = package.replace(
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
            '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
        ).replace("<spine>", '<spine toc="ncx">')
        book = altered(altered(self.BOOK, "OEBPS/book.opf", old), "OEBPS/toc.ncx", ncx)
        assert read(book, "a.epub").outline == [(1, "One"), (2, "Two")]

    def test_links_and_notes_between_chapters(self) -> None:
        first = (
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
            '<body><p>Claim<a epub:type="noteref" href="c2.xhtml#n1">1</a>, '
            '<a href="c2.xhtml">later</a>, <a href="http://u.v/">away</a></p></body></html>'
        )
        second = (
            '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Two</p>'
            '<p id="n1">The note.</p></body></html>'
        )
        book = altered(altered(self.BOOK, "OEBPS/c1.xhtml", first), "OEBPS/c2.xhtml", second)
        found = read(book, "a.epub")
        assert found.marks(MarkKind.FOOTNOTE) == [("1", "OEBPS/c2.xhtml#n1")]
        assert found.marks(MarkKind.LINK) == [
            ("later", "#OEBPS/c2.xhtml"),
            ("away", "http://u.v/"),
        ]
        assert ("The note.", "OEBPS/c2.xhtml#n1") in found.marks(MarkKind.ANCHOR)

    def test_chapters_that_are_no_xml(self) -> None:
        broken = "<html><body><p>One&nbsp;two<br>three<p>Four &mdash; five</body>"
        found = read(altered(self.BOOK, "OEBPS/c1.xhtml", broken), "a.epub")
        assert "One\u00a0two\nthree" in found.text
        assert "Four — five" in found.text

    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("META-INF/container.xml", "<x", "damaged"),
            ("META-INF/container.xml", "<x/>", "package"),
            ("OEBPS/book.opf", "<x", "damaged"),
            ("OEBPS/book.opf", "<x/>", "no chapters"),
            (
                "META-INF/encryption.xml",
                '<encryption><CipherReference URI="OEBPS/c1.xhtml"/></encryption>',
                "DRM",
            ),
        ],
    )
    def test_what_cannot_be_read(self, name: str, content: str, reason: str) -> None:
        assert reason in refusal(altered(self.BOOK, name, content), "a.epub")

    def test_a_missing_chapter_is_passed_over(self) -> None:
        package = member(self.BOOK, "OEBPS/book.opf").decode()
        changed = package.replace("c1.xhtml", "missing.xhtml")
        found = read(altered(self.BOOK, "OEBPS/book.opf", changed), "a.epub")
        assert [text for _, text in found.blocks] == ["Two", "Third."]
