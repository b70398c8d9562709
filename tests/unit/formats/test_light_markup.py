"""Markdown, reStructuredText and RTF."""

from __future__ import annotations

import pytest

from annotations.model import BlockKind, MarkKind
from tests import sample_files as samples
from tests.unit.formats.reading import Read, read

PARAGRAPH, HEADING, ITEM = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM
QUOTATION, ROW, CODE, VERSE = (
    BlockKind.QUOTATION,
    BlockKind.TABLE_ROW,
    BlockKind.CODE,
    BlockKind.VERSE,
)


def shown(found: Read) -> str:
    """The text as a page shows it, its markup left out."""
    out = ""
    for passage in found.passages:
        hidden = [False] * len(passage.text)
        for mark in passage.marks:
            if mark.kind is MarkKind.MARKUP:
                hidden[mark.start : mark.end] = [True] * (mark.end - mark.start)
        out += "".join(c for c, hide in zip(passage.text, hidden, strict=True) if not hide)
    return out


class TestMarkdown:
    def test_the_source_is_the_text(self) -> None:
        text = "# Title #\n\nA *b* **c** `d`\n\n- e\n- f\n"
        assert read(text, "a.md").text == text

    def test_blocks(self) -> None:
        text = (
            "Head\n====\n\nPara\ngoes on\n\n> quoted\n> on\n\n1. one\n   on\n2. two\n   - deep\n\n"
            "```py\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n***\n\n    indented\n"
        )
        found = read(text, "a.md")
        assert [kind for kind, _ in found.blocks] == [
            *(HEADING, PARAGRAPH, QUOTATION, ITEM, ITEM, ITEM, CODE, ROW, ROW, PARAGRAPH, CODE),
        ]
        assert found.levels(ITEM) == [1, 1, 2]
        assert shown(found).startswith("Head\n\nPara\ngoes on\n\nquoted\non\n\n1. one")

    def test_markup_is_hidden_and_the_rest_marked(self) -> None:
        found = read(
            "## The *big* **bold __x__** `` c`d `` [li*n*k](<a b> 'T') ![pic](p.png) <http://u.v/>\n"
            "\\*no\\* a&amp;b ~~old~~ [ref][r] [r] [no]\n\n[r]: http://w.x 'T'\n",
            "a.md",
        )
        assert found.marks(MarkKind.EMPHASIS) == [("big", ""), ("n", "")]
        assert found.marks(MarkKind.STRONG) == [("bold __x__", ""), ("x", "")]
        assert found.marks(MarkKind.CODE) == [(" c`d ", "")]
        assert [value for _, value in found.marks(MarkKind.LINK)] == [
            *("a%20b", "http://u.v/", "http://w.x", "http://w.x"),
        ]
        assert shown(found) == (
            "The big bold x  c`d  link pic http://u.v/\n*no* a&amp;b old ref r [no]\n\n\n"
        )

    @pytest.mark.parametrize("prefix", ["", "> "])
    def test_the_rule_of_a_table_is_hidden(self, prefix: str) -> None:
        lines = ["| a | b |", "|:--|---|", "| 1 | *2* |"]
        found = read("\n".join(prefix + line for line in lines) + "\n", "a.md")
        assert shown(found) == "| a | b |\n| 1 | 2 |\n"
        assert [kind for kind, _ in found.blocks] == [ROW, ROW]

    def test_marks_over_the_lines_of_a_quotation(self) -> None:
        found = read("> a *b\n> c* d\n", "a.md")
        assert found.marks(MarkKind.EMPHASIS) == [("b\n> c", "")]
        assert shown(found) == "a b\nc d\n"

    def test_headings_have_the_names_that_links_point_to(self) -> None:
        found = read(
            "# The *First*, `x`\n\n## Part\n\nPart\n----\n\n# 第二章 山\n",
            "a.md",
        )
        assert found.marks(MarkKind.ANCHOR) == [
            ("The *First*, `x`", "the-first-x"),
            ("Part", "part"),
            ("Part", "part-1"),
            ("第二章 山", "第二章-山"),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "Roses are red,\\\nviolets are blue,  \nand so on",
            "| Roses are red,\n| violets are blue",
            "+-----+-----+\n| One | Two |\n+-----+-----+",
            "  Brazil      1990  12 %\n  Chad        1991   3 %",
        ],
    )
    def test_lines_that_the_author_broke_keep_their_ends(self, text: str) -> None:
        assert read(f"A paragraph\nthat flows.\n\n{text}\n", "a.md").blocks == [
            (PARAGRAPH, "A paragraph\nthat flows."),
            (BlockKind.VERSE, text.strip()),
        ]

    def test_definitions(self) -> None:
        found = read("A term\n:   What it *means*,\n    at length.\n:   And more.\n", "a.md")
        assert found.blocks == [
            (PARAGRAPH, "A term"),
            (ITEM, ":   What it *means*,\n    at length."),
            (ITEM, ":   And more."),
        ]
        assert found.marks(MarkKind.EMPHASIS) == [("means", "")]

    def test_footnotes(self) -> None:
        found = read("Claim.[^1]\n\n[^1]: The *note*.\n", "a.md")
        assert found.marks(MarkKind.FOOTNOTE) == [("1", "1")]
        assert found.marks(MarkKind.ANCHOR) == [("[^1]: The *note*.", "1")]
        assert shown(found) == "Claim.1\n\n1 The note.\n"

    @pytest.mark.parametrize(
        ("matter", "title", "author", "published"),
        [
            (
                '---\ntitle: "A: b"\nauthor: Ann\ndate: 2023-10-30\n---\n',
                "A: b",
                "Ann",
                "2023-10-30",
            ),
            ("---\ntitle: T # x\nauthors:\n  - Ann\n  - 'Bob'\n---\n", "T", "Ann; Bob", ""),
            ('---\nauthors: [Ann, "B, C"]\n...\n', "Head", "Ann; B, C", ""),
            ("+++\ntitle = 'T'\nauthor = ['A']\ndate = 2023-10-30\n+++\n", "T", "A", "2023-10-30"),
        ],
        ids=["scalars", "items", "brackets", "toml"],
    )
    def test_front_matter(self, matter: str, title: str, author: str, published: str) -> None:
        found = read(f"{matter}# Head\n", "a.md")
        metadata = found.metadata
        assert (metadata.title, metadata.author, metadata.published) == (title, author, published)
        assert shown(found) == "Head\n"
        assert found.text == f"{matter}# Head\n"

    @pytest.mark.parametrize("text", ["---\nNo fields here.\n---\n", "---\n", "---\ntitle: x\n"])
    def test_what_is_no_front_matter(self, text: str) -> None:
        found = read(text, "a.md")
        assert found.text == text
        assert found.metadata.title in ("a.md", "No fields here.", "title: x")

    def test_the_first_heading_is_the_title(self) -> None:
        assert read("# The *big* one\n", "a.md").metadata.title == "The big one"

    def test_offsets_beyond_the_basic_plane(self) -> None:
        found = read("😀 *é́* **語**\r\n\r\n- 😀 `x`\r\n", "a.md")
        assert found.marks(MarkKind.EMPHASIS, MarkKind.STRONG, MarkKind.CODE) == [
            *(("é́", ""), ("語", ""), ("x", "")),
        ]


class TestRst:
    def test_blocks_and_marks(self) -> None:
        found = read(
            "=====\nTitle\n=====\n\n:Author: Ann\n:Date: 2023-10-30\n\nPara with *em*, **strong**, "
            "``code``,\na `link <http://u.v>`_ and a note [1]_.\n\nPart\n====\n\n- one\n\n"
            "  - deep\n\n"
            "#. first\n#. second\n\n  Quoted.\n\n::\n\n  x = 1\n    y\n\n| verse\n| lines\n\n"
            "=== ===\na   b\n=== ===\n1   2\n=== ===\n\n.. [1] The note.\n\n.. comment\n",
            "a.rst",
        )
        assert [kind for kind, _ in found.blocks] == [
            *(HEADING, PARAGRAPH, PARAGRAPH, PARAGRAPH, HEADING, ITEM, ITEM, ITEM, ITEM, QUOTATION),
            *(CODE, VERSE, ROW, ROW, PARAGRAPH),
        ]
        assert found.outline == [(1, "Title"), (2, "Part")]
        assert (CODE, "x = 1\n  y") in found.blocks
        assert (VERSE, "verse\nlines") in found.blocks
        assert found.marks(MarkKind.EMPHASIS, MarkKind.STRONG, MarkKind.CODE) == [
            *(("em", ""), ("strong", ""), ("code", "")),
        ]
        assert found.marks(MarkKind.LINK) == [("link", "http://u.v")]
        note = found.marks(MarkKind.FOOTNOTE)[0][1]
        assert found.marks(MarkKind.ANCHOR) == [("1 The note.", note)]
        assert (found.metadata.author, found.metadata.published) == ("Ann", "2023-10-30")

    @pytest.mark.parametrize("directive", ["include", "raw", "csv-table"])
    def test_no_other_file_is_read(self, directive: str) -> None:
        option = "\n   :file: /etc/hostname" if directive != "include" else ""
        argument = "/etc/hostname" if directive == "include" else "html"
        found = read(f"Before.\n\n.. {directive}:: {argument}{option}\n\nAfter.\n", "a.rst")
        assert [text for _, text in found.blocks] == ["Before.", "After."]

    def test_all_that_is_in_a_cell_is_one(self) -> None:
        table = (
            "+-------+-----------+\n| Fruit | - bright  |\n|       | - sweet   |\n"
            "|       |           |\n|       | 1. first  |\n+-------+-----------+\n"
            "| Nuts  | ::        |\n|       |           |\n|       |   a code  |\n"
            "+-------+-----------+\n"
        )
        assert read(table, "a.rst").blocks == [
            (ROW, "Fruit\tbright sweet first"),
            (ROW, "Nuts\ta code"),
        ]

    def test_mistakes_are_passed_over(self) -> None:
        found = read("*open\n\n`x <\n\nPart\n==\n\n.. nonsense::\n\n|s| [x]_\n", "a.rst")
        assert "*open" in found.text
        assert "Part" in found.text

    def test_a_line_of_any_length(self) -> None:
        assert len(read("word " * 20_000, "a.rst").text) == 100_000

    @pytest.mark.parametrize("mark", ["*", "**", "`", "``", "|", "_`"])
    def test_marks_without_end_are_text(self, mark: str) -> None:
        found = read(f"*A* b and {mark}c d. " + f"word {mark}x " * 50, "a.rst")
        assert found.marks(MarkKind.EMPHASIS) == [("A", "")]
        assert found.text.count(f"{mark}x") == 50
        assert not found.notices

    def test_too_many_marks_without_end_make_a_file_plain(self) -> None:
        assert "shown as plain text" in read("*b " * 4_000, "a.rst").notices[0]

    def test_what_other_programs_add_to_it_is_read_too(self) -> None:
        found = read(
            ".. versionadded:: 1.2 The *thing*.\n\n"
            ".. py:function:: open(path)\n   :async:\n\n   See :py:func:`~os.open`.\n\n"
            ".. code-block:: python\n   :linenos:\n   :caption: Listing\n\n   def f():\n"
            "       pass\n\n.. toctree::\n\n   one\n   two\n\n.. index:: unseen\n\n"
            "And :ref:`a title <place>`.\n",
            "a.rst",
        )
        assert found.blocks == [
            (BlockKind.PARAGRAPH, "versionadded 1.2 The thing."),
            (BlockKind.PARAGRAPH, "py:function open(path)"),
            (BlockKind.PARAGRAPH, "See open."),
            (BlockKind.PARAGRAPH, "Listing"),
            (BlockKind.CODE, "def f():\n    pass"),
            (BlockKind.CODE, "one\ntwo"),
            (BlockKind.PARAGRAPH, "And a title."),
        ]

    def test_what_cannot_be_parsed_stands_as_its_source(self) -> None:
        found = read(
            "===  ==\nbad table\n===\n\nNo such_ place, |name|, [#note]_; a good_ one.\n\n.. _good:"
            "\n\nHere.\n\n.. note:: Mind this.\n\n.. image:: a.png\n   :alt: A boat\n",
            "a.rst",
        )
        assert found.blocks == [
            (BlockKind.CODE, "===  ==\nbad table\n==="),
            (BlockKind.PARAGRAPH, "No such_ place, |name|, [#note]_; a good one."),
            (BlockKind.PARAGRAPH, "Here."),
            (BlockKind.PARAGRAPH, "Note: Mind this."),
            (BlockKind.PARAGRAPH, "[A boat]"),
        ]
        assert ("good", "#good") in found.marks(MarkKind.LINK)


class TestRtf:
    @staticmethod
    def rtf(body: str) -> Read:
        fonts = r"{\fonttbl{\f0 Times;}{\f1\fcharset204 Cyr;}{\f2\fcharset2 Symbol;}}"
        return read(rf"{{\rtf1\ansi\ansicpg1252\deff0{fonts}{body}}}", "a.rtf")

    def test_a_note_that_old_readers_may_pass_over(self) -> None:
        found = self.rtf(
            r"Text{\super\chftn}{\*\footnote\chftn\~\plain\pard {\pard A note.\par}} goes on.\par"
        )
        assert found.blocks == [(PARAGRAPH, "Text1 goes on."), (PARAGRAPH, "1 \u00a0A note.")]

    def test_tables_in_cells_are_read_once(self) -> None:
        found = self.rtf(
            r"\trowd\pard\intbl\itap2 In A\nestcell In B\nestcell"
            r"{\*\nesttableprops\trowd\nestrow}{\nonesttables FALLBACK\par}"
            r"\pard\intbl\itap1 after\cell Next\cell\row"
        )
        assert found.blocks == [(ROW, "In A In B after\tNext")]

    def test_a_star_inside_a_group_says_nothing(self) -> None:
        assert self.rtf(r"{\i0\*\cs7 The quick fox.}\par").text == "The quick fox.\n"

    def test_a_numbered_heading_is_a_heading(self) -> None:
        found = self.rtf(
            r"{\listtext 1.\tab}\pard\plain \ls1\ilvl0\outlinelevel0 One\par\pard\plain \ilvl0"
            r"\outlinelevel1 Two\par"
        )
        assert found.outline == [(1, "1. One"), (2, "Two")]

    def test_numbers_come_before_the_reset_of_the_paragraph(self) -> None:
        found = self.rtf(
            r"{\listtext\pard\plain 1.\tab}\pard\plain \ls3 One\par "
            r"{\listtext\pard\plain a.\tab}\pard\plain \ls3\ilvl1 Two\par "
            r"\pard\plain Three\par"
        )
        assert found.blocks == [
            (ITEM, "1. One"),
            (ITEM, "a. Two"),
            (PARAGRAPH, "Three"),
        ]

    def test_paragraphs_and_characters(self) -> None:
        found = self.rtf(
            "Caf\\'e9 \\u8220?x\\u8221? {\\f1\\'cf\\'f0} \\u-10179?\\u-8704?\\~\\{\\}\\\\ "
            "a\\emdash b\r\n"
            "c\\line d\\par\\uc2\\u233\\'c3\\'a9!\\par"
        )
        assert found.text == "Café “x” Пр 😀\u00a0{}\\ a—bc\nd\n\né!\n"

    def test_marks(self) -> None:
        found = self.rtf(
            r"A {\b bold} {\i slanted {\b both}} \b on\b0  off {\v hidden}{\field{\*\fldinst "
            r'{HYPERLINK "http://u.v/"}}{\fldrslt{\ul link}}}\par'
        )
        assert found.text == "A bold slanted both on off link\n"
        assert found.marks(MarkKind.STRONG) == [("bold", ""), ("both", ""), ("on", "")]
        assert found.marks(MarkKind.LINK) == [("link", "http://u.v/")]

    def test_headings_by_style_and_by_level(self) -> None:
        found = self.rtf(
            r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 \'dcberschrift 1;}{\s2 heading 2;}}"
            r"\pard\s1 One\par\pard\s2 Two\par\pard\outlinelevel2 Three\par\pard Body\par"
        )
        assert found.outline == [(1, "One"), (2, "Two"), (3, "Three")]

    def test_tables_lists_and_notes(self) -> None:
        found = self.rtf(
            r"\trowd\cellx1\cellx2\intbl a\par more\cell b\cell\row\intbl 1\cell 2\cell\row\pard "
            r"{\listtext\f2\'b7\tab}\ls1\ilvl0 one\par{\listtext 2.\tab}\ls1\ilvl1 two\par\pard "
            r"{\listtext\f2\u-3844\'fc\tab}\ls1\ilvl0 three\par\pard "
            r"Claim{\super\chftn{\footnote\pard{\super\chftn} The note.}}.\par"
        )
        assert found.blocks == [
            (ROW, "a more\tb"),
            (ROW, "1\t2"),
            (ITEM, "• one"),
            (ITEM, "2. two"),
            (ITEM, "• three"),
            (PARAGRAPH, "Claim1."),
            (PARAGRAPH, "1 The note."),
        ]
        assert found.levels(ITEM) == [1, 2, 1]
        assert found.marks(MarkKind.FOOTNOTE) == [("1", "note-1")]

    def test_what_is_not_on_the_page_is_left_out(self) -> None:
        found = self.rtf(
            r"{\header head}{\footer foot}{\*\generator x;}{\pict\pngblip 89504e47}{\*\new odd}"
            r"\bin5 {{{{{Seen.\par{\info{\comment no}}{\*\template t}"
        )
        assert found.text == "Seen.\n"

    def test_titles_and_markers_that_were_typed(self) -> None:
        found = self.rtf(
            r"{\stylesheet{\s5 Title;}{\s6 Subtitle;}}{\pard\s5 The title\par}"
            r"{\pard\s6 Below\par}\bullet\tab First\par 2.\tab Second\par 3. May\par"
        )
        assert found.outline == [(1, "The title")]
        assert found.blocks[1:] == [
            (PARAGRAPH, "Below"),
            (ITEM, "• First"),
            (ITEM, "2. Second"),
            (PARAGRAPH, "3. May"),
        ]

    def test_metadata(self) -> None:
        found = read(samples.rtf(["Text."], "A title"), "a.rtf").metadata
        assert (found.title, found.author) == ("A title", "Ann Author")
        dated = self.rtf(r"{\info{\creatim\yr2023\mo10\dy30}}Text.\par").metadata
        assert dated.published == "2023-10-30"
