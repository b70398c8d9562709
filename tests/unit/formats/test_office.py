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


ALT_CHUNK = (
    '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:id="c"/>'
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

    def test_a_table_in_a_table_is_part_of_its_cell(self) -> None:
        def cell(text: str, more: str = "") -> str:
            return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p>{more}</w:tc>"

        inner = f"<w:tbl><w:tr>{cell('1')}{cell('2')}</w:tr></w:tbl><w:p/>"
        outer = f"<w:tbl><w:tr>{cell('a')}{cell('b', inner)}</w:tr></w:tbl>"
        framed = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
        found = read(samples.docx(["One."], extra=outer + framed), "a.docx")
        assert found.blocks[1:] == [(ROW, "a\tb 1 2"), (ROW, "1\t2")]

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

    NUMBERING = (
        f'<w:numbering xmlns:w="{samples.WORD}"><w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
        '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
        '<w:lvlText w:val="(%2)"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt '
        'w:val="upperRoman"/><w:lvlText w:val="%1.%3"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
        '<w:lvlText w:val="·"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride '
        'w:val="7"/></w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
        "</w:numbering>"
    )

    @staticmethod
    def listed(text: str, number: int, level: int = 0, style: str = "") -> str:
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        return (
            f'<w:p><w:pPr>{named}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
            f"</w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )

    def test_numbers_are_those_that_word_shows(self) -> None:
        extra = "".join(
            [
                self.listed("first", 1),
                self.listed("inner", 1, 1),
                self.listed("deep", 1, 2),
                self.listed("Heading", 1, 0, "Heading1"),
                "<w:p><w:r><w:t>Between.</w:t></w:r></w:p>",
                self.listed("goes on", 1),
                self.listed("starts anew", 2),
                self.listed("again inner", 2, 1),
                self.listed("bullet", 3),
            ]
        )
        found = read(
            altered(samples.docx(["One."], extra=extra), "word/numbering.xml", self.NUMBERING),
            "a.docx",
        )
        assert [text for _, text in found.blocks[1:]] == [
            "1. first",
            "(a) inner",
            "1.III deep",
            "2. Heading",
            "Between.",
            "3. goes on",
            "7. starts anew",
            "(a) again inner",
            "• bullet",
        ]

    def test_marks_stay_on_their_words_behind_a_number(self) -> None:
        extra = self.listed("a", 1).replace("<w:r><w:t>a", "<w:r><w:rPr><w:b/></w:rPr><w:t>a")
        found = read(
            altered(samples.docx([], extra=extra), "word/numbering.xml", self.NUMBERING), "a.docx"
        )
        assert found.blocks == [(ITEM, "1. a")]
        assert found.marks(MarkKind.STRONG) == [("a", "")]

    def test_formulas_and_what_furigana_stands_over(self) -> None:
        math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        extra = (
            f"<w:p><w:r><w:t>So </w:t></w:r><m:oMath {math}><m:r><m:t>E=m</m:t></m:r><m:sSup><m:e>"
            "<m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
            f"</w:p><w:p><m:oMathPara {math}><m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num>"
            "<m:den><m:r><m:t>c</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara></w:p>"
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>とう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東京"
            "</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
        )
        found = read(samples.docx(["One."], extra=extra), "a.docx")
        assert [text for _, text in found.blocks[1:]] == ["So E=mc^2", "(a+b)/c", "東京"]

    def test_pictures_are_described_and_initials_joined(self) -> None:
        extra = (
            '<w:p><w:r><w:t>See </w:t></w:r><w:r><w:drawing><docPr descr="Two  bars"/></w:drawing>'
            '</w:r></w:p><w:p><w:r><w:drawing><docPr descr="image1.png"/></w:drawing></w:r></w:p>'
            '<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr><w:r><w:t>O</w:t></w:r></w:p>'
            "<w:p><w:r><w:t>nce upon a time</w:t></w:r></w:p>"
        )
        found = read(samples.docx([], extra=extra), "a.docx")
        assert [text for _, text in found.blocks] == ["See [Two bars]", "Once upon a time"]

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.html", "<p>In the <b>chunk</b></p>"),
            ("a.rtf", r"{\rtf1 In the {\b chunk}}"),
            ("a.docx", samples.docx(["In the chunk"], extra=ALT_CHUNK)),
        ],
        ids=["html", "rtf", "docx"],
    )
    def test_parts_of_the_text_in_other_files(self, name: str, content: str | bytes) -> None:
        extra = f"{ALT_CHUNK}<w:p><w:r><w:t>After</w:t></w:r></w:p>"
        relations = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="c" Type="http://a/aFChunk" Target="/word/{name}"/></Relationships>'
        )
        data = altered(samples.docx(["Before"], extra=extra), f"word/{name}", content)
        data = altered(data, "word/_rels/document.xml.rels", relations)
        found = read(data, "a.docx")
        assert [text for _, text in found.blocks] == ["Before", "In the chunk", "After"]
        damaged = read(altered(data, f"word/{name}", b"PK\x03\x04"), "a.docx")
        assert [text for _, text in damaged.blocks] == ["Before", "After"]

    def test_what_stands_in_controls_fields_and_new_text_boxes_is_read(self) -> None:
        def run(text: str, properties: str = "") -> str:
            return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'

        box = (
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
            'markup-compatibility/2006"><mc:Choice><w:txbxContent><w:p>'
            f"{run('Boxed.')}</w:p></w:txbxContent></mc:Choice></mc:AlternateContent>"
        )
        tick = (
            '<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/'
            f'2010/wordml"/></w:sdtPr><w:sdtContent>{run("☒ yes ")}</w:sdtContent></w:sdt>'
        )
        extra = (
            f"<w:p>{tick}<w:fldSimple w:instr='DATE'>{run('3 May')}</w:fldSimple></w:p>"
            f"<w:p>{run('Above. ')}<w:r>{box}</w:r></w:p>"
            f"<w:p>{run('secret', '<w:rPr><w:vanish/></w:rPr>')}{run('One')}"
            f"<w:r><w:br w:type='page'/></w:r>{run('two')}<w:r><w:cr/></w:r>{run('three')}</w:p>"
        )
        found = read(samples.docx(["First."], extra=extra), "a.docx")
        assert found.blocks[1:] == [
            (PARAGRAPH, "☒ yes 3 May"),
            (PARAGRAPH, "Above."),
            (PARAGRAPH, "Boxed."),
            (VERSE, "One two\nthree"),
        ]

    def test_headings_are_those_of_the_outline_too(self) -> None:
        styles = (
            f'<w:styles xmlns:w="{samples.WORD}"><w:style w:type="paragraph" '
            'w:styleId="a"><w:name w:val="Chapter"/>'
            '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" '
            'w:styleId="b">'
            '<w:name w:val="Part"/><w:basedOn w:val="a"/></w:style></w:styles>'
        )

        def paragraph(properties: str, text: str) -> str:
            return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

        extra = (
            paragraph('<w:pStyle w:val="b"/>', "By a style")
            + paragraph('<w:outlineLvl w:val="2"/>', "By itself")
            + paragraph('<w:pStyle w:val="a"/><w:outlineLvl w:val="9"/>', "Body")
            + paragraph('<w:outlineLvl w:val="1"/>', "A clause. " * 30)
        )
        document = altered(samples.docx(["First."], extra=extra), "word/styles.xml", styles)
        found = read(document, "a.docx")
        assert found.outline == [(1, "By a style"), (3, "By itself")]
        assert len(found.blocks) == 5

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

    def test_numbers_of_lists_and_headings(self) -> None:
        extra = (
            '<text:h text:outline-level="1">Part</text:h><text:h text:outline-level="2">Section'
            '</text:h><text:list text:style-name="L"><text:list-item><text:p>one</text:p>'
            "<text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item>"
            '</text:list><text:p>Between.</text:p><text:list text:style-name="L" '
            'text:continue-numbering="true"><text:list-item><text:p>two</text:p></text:list-item>'
            '</text:list><text:list text:style-name="L"><text:list-item><text:p>anew</text:p>'
            "</text:list-item></text:list>"
        )
        styles = (
            '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I"/>'
            '<text:outline-level-style text:level="2" style:num-format="1" '
            'text:display-levels="2"/></text:outline-style><text:list-style style:name="L">'
            '<text:list-level-style-number text:level="1" style:num-format="1" '
            'style:num-suffix=")"/><text:list-level-style-number text:level="2" '
            'style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>'
            "</text:list-style></office:automatic-styles>"
        )
        sound = samples.odt([], extra=extra)
        content = member(sound, "content.xml").decode()
        numbered = content.replace("</office:automatic-styles>", styles)
        found = read(altered(sound, "content.xml", numbered), "a.odt")
        assert [text for _, text in found.blocks] == [
            "I Part",
            "I.1 Section",
            "1) one",
            "(a) inner",
            "Between.",
            "2) two",
            "1) anew",
        ]

    def test_pictures_are_described(self) -> None:
        extra = (
            '<text:p>See <draw:frame xmlns:draw="d" xmlns:svg="s"><draw:image/><svg:title>x'
            "</svg:title><svg:desc>Two bars</svg:desc></draw:frame></text:p>"
        )
        found = read(samples.odt([], extra=extra), "a.odt")
        assert found.blocks == [(PARAGRAPH, "See [Two bars]")]

    def test_an_encrypted_file_says_so(self) -> None:
        manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
        data = altered(samples.odt(["One."]), "META-INF/manifest.xml", manifest)
        assert refusal(data, "a.odt") == "is encrypted: save it without a password first"

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

    def test_formulas_code_and_pictures_of_the_flat_form(self) -> None:
        extra = (
            '<text:p>So <d:frame xmlns:d="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">'
            '<d:object><math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mi>x</mi><mn>2</mn>'
            "</msup></math></d:object><d:image><office:binary-data>aGFybQ==</office:binary-data>"
            "</d:image></d:frame> it is.</text:p>"
            '<text:p text:style-name="Preformatted_20_Text">def f():</text:p>'
            '<text:p text:style-name="Preformatted_20_Text"><text:s text:c="4"/>return</text:p>'
        )
        found = read(samples.odt(["One."], extra=extra), "a.odt")
        assert found.blocks[1:] == [(PARAGRAPH, "So x^2 it is."), (CODE, "def f():\n    return")]

    def test_formulas_in_files_of_their_own(self) -> None:
        extra = (
            '<text:p>So <d:object xmlns:d="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
            'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="./Object 1"/>.</text:p>'
        )
        formula = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>y</mi></math>'
        document = altered(samples.odt(["One."], extra=extra), "Object 1/content.xml", formula)
        assert read(document, "a.odt").blocks[-1] == (PARAGRAPH, "So y.")

    def test_what_inherits_from_a_title_is_none_but_by_hand(self) -> None:
        styles = (
            '<s:style xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
            's:family="paragraph" s:name="{}" s:parent-style-name="Title"/>'
        )
        extra = '<text:p text:style-name="{}">Ann Author</text:p>'
        common = f"<office:styles>{styles.format('Author')}</office:styles>"
        by_hand = f"<office:automatic-styles>{styles.format('P1')}</office:automatic-styles>"
        for name, kind in (("Author", PARAGRAPH), ("P1", HEADING)):
            document = samples.odt(["One."], extra=extra.format(name))
            content = member(document, "content.xml").decode()
            styled = content.replace("<office:body>", f"{common}{by_hand}<office:body>")
            found = read(altered(document, "content.xml", styled), "a.odt")
            assert found.blocks[-1] == (kind, "Ann Author")


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

    def test_items_that_stand_in_and_names_written_otherwise(self) -> None:
        data = samples.epub([("One", ["First."]), ("Two", ["Second."])])
        package = (
            member(data, "OEBPS/book.opf")
            .decode()
            .replace('id="c1" href="c1.xhtml"', 'id=" c1 " href="cafe\u0301.xhtml"')
            .replace('<itemref idref="c2"/>', '<itemref idref="odd"/><itemref idref="circle"/>')
            .replace(
                "</manifest>",
                '<item id="odd" href="odd.pdf" media-type="application/pdf" fallback="c2"/>'
                '<item id="circle" href="x" media-type="x/y" fallback="circle"/></manifest>',
            )
        )
        data = altered(data, "OEBPS/book.opf", package)
        found = read(altered(data, "OEBPS/caf\u00e9.xhtml", "<p>Coffee.</p>"), "a.epub")
        assert [text for _, text in found.blocks] == ["Coffee.", "Two", "Second."]

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
