"""The blocks of plain text as people get it."""

from __future__ import annotations

import random
import textwrap

import pytest

from annotations.model import BlockKind, MarkKind
from annotations.text.blocks import plain_blocks, plain_marks
from tests.shared import ROOT

PARAGRAPH, HEADING, ITEM = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM
VERSE, QUOTATION, ROW = BlockKind.VERSE, BlockKind.QUOTATION, BlockKind.TABLE_ROW

PROSE = (
    "The governance of artificial intelligence, a common task faced by all countries in the world, "
    "bears on the future of humanity. As global peace and development faces challenges, all "
    "countries should commit to a vision of common, comprehensive and cooperative security."
)
LETTER = (
    "I would be grateful if you could have the present letter and its annex circulated as a "
    "document of the General Assembly, under agenda items 15, 19 (a), 94, 106 and 108."
)


def blocks(text: str, *, opening: bool = False) -> list[tuple[BlockKind, str]]:
    """Kind and text of each block, and a check that they tile the text."""
    found = plain_blocks(text, opening=opening)
    assert [b.start for b in found] == [0, *(b.end for b in found)][: len(found)]
    assert not text or found[-1].end == len(text)
    return [(b.kind, text[b.start : b.end].strip()) for b in found]


def seed(number: str) -> str:
    path = next((ROOT / "seeds").glob(f"{number}_*.txt"))
    return path.read_text(encoding="utf-8")


def kinds(text: str, *, opening: bool = False) -> list[BlockKind]:
    return [kind for kind, _ in blocks(text, opening=opening)]


class TestSeeds:
    def test_000_is_thirteen_paragraphs(self) -> None:
        found = blocks(seed("000"), opening=True)
        assert [kind for kind, _ in found] == [PARAGRAPH] * 13
        assert all("\n" not in text for _, text in found)

    def test_001_flows_over_its_page_break(self) -> None:
        found = blocks(seed("001"), opening=True)
        cut = [text for _, text in found if "We also\n\noppose creating barriers" in text]
        assert len(cut) == 1
        assert cut[0].startswith("We should uphold the principles of mutual respect")
        assert cut[0].endswith("unilateral coercive measures.")
        assert sum("\n" in text for _, text in found) == 3

    def test_001_keeps_the_lines_of_its_head_and_signature(self) -> None:
        found = blocks(seed("001"), opening=True)
        verses = [text for kind, text in found if kind is VERSE]
        assert verses[0] == "Distr.: General\n30 October 2023"
        assert verses[1].startswith("(Signed) **Zhang Jun**\nAmbassador")
        assert verses[1].endswith("China to the United Nations")
        assert len(verses) == 2

    def test_001_has_the_headings_that_stand_over_prose(self) -> None:
        headings = [text for kind, text in blocks(seed("001"), opening=True) if kind is HEADING]
        assert [text[:23] for text in headings] == [
            "Letter dated 23 October",
            "Global AI Governance In",
        ]

    def test_002_has_one_paragraph_a_line_below_its_title(self) -> None:
        text = seed("002")
        found = blocks(text, opening=True)
        assert [part for _, part in found] == text.strip().split("\n")
        assert [kind for kind, _ in found] == [HEADING] + [PARAGRAPH] * 12

    @pytest.mark.parametrize(
        ("number", "title", "count"),
        [("003", "Xi, Putin want", 12), ("004", "Secretary-General", 11)],
    )
    def test_003_and_004_have_their_headline_as_title(
        self, number: str, title: str, count: int
    ) -> None:
        found = blocks(seed(number), opening=True)
        headings = [text for kind, text in found if kind is HEADING]
        assert len(found) == count
        assert len(headings) == 1
        assert headings[0].startswith(title)


class TestWrapping:
    @pytest.mark.parametrize("width", [50, 65, 72, 78, 100])
    def test_hard_wrapped_paragraphs_are_whole(self, width: int) -> None:
        wanted = [textwrap.fill(PROSE, width), textwrap.fill(LETTER, width)] * 3
        assert blocks("\n\n".join(wanted)) == [(PARAGRAPH, text) for text in wanted]

    def test_one_wrapped_paragraph_alone_is_whole(self) -> None:
        text = textwrap.fill(PROSE, 70)
        assert blocks(text) == [(PARAGRAPH, text)]

    def test_two_lines_are_one_paragraph_where_the_document_is_wrapped(self) -> None:
        two = "The Initiative was successfully convened on 17 and 18 October of\n2023 in Beijing."
        text = f"{textwrap.fill(PROSE, 66)}\n\n{two}"
        assert blocks(text)[1] == (PARAGRAPH, two)

    def test_two_lines_of_which_the_first_is_indented(self) -> None:
        text = (
            "     Reaffirming international law, in particular the Charter of the United\nNations,"
        )
        assert kinds(text) == [PARAGRAPH]

    def test_indented_first_lines_begin_paragraphs(self) -> None:
        one = textwrap.fill(PROSE, 70, initial_indent="    ")
        two = textwrap.fill(LETTER, 70, initial_indent="    ")
        assert [text for _, text in blocks(f"{one}\n{two}")] == [one.strip(), two.strip()]

    def test_a_short_last_line_ends_a_paragraph_without_a_blank_line(self) -> None:
        one = textwrap.fill(PROSE + " So be it, for the good of everybody.", 70)
        two = textwrap.fill(LETTER, 70)
        assert len(one.split("\n")[-1]) < 60
        assert [text for _, text in blocks(f"{one}\n{two}")] == [one, two]

    def test_indented_quotations_are_reflowed(self) -> None:
        inner = textwrap.fill(PROSE, 60, initial_indent="     ", subsequent_indent="     ")
        text = f"{textwrap.fill(LETTER, 72)}\n\n{inner}\n\n{textwrap.fill(LETTER, 72)}"
        assert kinds(text) == [PARAGRAPH] * 3

    def test_chinese_is_filled_to_its_own_measure(self) -> None:
        line = "人工智能是人类发展新领域当前全球人工智能技术快速发展对经济社会发展产生深远影响"
        text = f"{line[:30]}\n{line[5:35]}\n{line[2:32]}\n发展。"
        assert kinds(text) == [PARAGRAPH]

    def test_the_measure_of_wide_characters_is_in_cells(self) -> None:
        text = (
            "国連は2023年に「Governing AI for Humanity」と題する報告書を発表し、これ\n"
            "らの問題を詳細に論じるとともに、大規模モデルの開発と展開を監督する\n"
            "新しい国際機関の設立を提案した。"
        )
        assert kinds(text) == [PARAGRAPH]
        korean = (
            "유엔은 2023년에 Governing AI for Humanity라는\n"
            "제목의 보고서를 발표하여 이러한 문제를 자세히\n"
            "다루고, 대규모 모델의 개발과 배포를 감독하였다."
        )
        assert kinds(korean) == [PARAGRAPH]

    def test_lines_of_wide_characters_are_a_paragraph_each(self) -> None:
        line = "人工知能のガバナンスは、今日の国際社会が直面する最も重要な課題の一つである。" * 2
        assert kinds(f"{line}\n\u3000{line}\n短い。") == [PARAGRAPH] * 3

    def test_long_lines_are_a_paragraph_each(self) -> None:
        assert [text for _, text in blocks(f"{PROSE}\n{LETTER}\nShort end.")] == [
            PROSE,
            LETTER,
            "Short end.",
        ]

    def test_dialogue_of_short_sentences_is_a_paragraph_a_line(self) -> None:
        text = "“Hello,” she said.\n“Good day,” he replied.\n“And to you!”\n“Thank you.”"
        assert kinds(text) == [PARAGRAPH] * 4

    def test_mail_wrapped_at_forty(self) -> None:
        text = (
            "The quick brown fox jumps over the lazy\ndog while the farmer looks on with some\n"
            "dismay at what has become of his quiet\nmorning."
        )
        assert kinds(text) == [PARAGRAPH]

    def test_a_log_is_a_line_a_block(self) -> None:
        text = "\n".join(f"2024-01-{n % 28:02} INFO worker {n * 7919} is ready" for n in range(200))
        assert len(blocks(text)) == 200

    def test_lines_that_are_nearly_even_are_prose(self) -> None:
        text = (
            "So far the scene, but it called for a corresponding treatment in the\n"
            "dresses. In the opera no one is in the height of any fashion.\n"
            "Macheath and certain Ladies of the Town alone keep company with\n"
            "lords and gentlemen, and even then there must have been an\n"
            "apparent distinction. Here it was essential to keep."
        )
        assert blocks(text) == [(PARAGRAPH, text)]

    def test_paragraphs_in_a_book_of_verse(self) -> None:
        stanza = "Hark! from the winds a voice of woe,\nThe wild Atlantic in its flow"
        prose = textwrap.fill(PROSE, 70)
        two = (
            "And who is not moved by music? Who ever despises music, says Martin\n"
            "Luther, I am displeased with him."
        )
        text = "\n\n".join([*[stanza] * 60, *[prose] * 9, two])
        assert blocks(text)[-1] == (PARAGRAPH, two)


class TestLeftAlone:
    def test_what_is_set_at_the_right_or_under_a_column(self) -> None:
        right = f"{'63rd plenary meeting':>76}\n{'21 March 2024':>76}"
        head = f"{'':20}General Assembly{'':24}Distr.: General\n{'':60}1 April 2024"
        prose = textwrap.fill(PROSE, 76)
        assert kinds(f"{head}\n\n{prose}\n\n{prose}\n\n{right}") == [
            VERSE,
            PARAGRAPH,
            PARAGRAPH,
            VERSE,
        ]

    def test_a_table_of_contents_with_leaders(self) -> None:
        text = (
            "   1.  Introduction  . . . . . . . . . . . . . .   4\n"
            "   2.  Filtering Examples  . . . . . . . . . . .   5\n"
            "     2.1.  Purposes of Blocking  . . . . . . . .   8"
        )
        assert blocks(text) == [(VERSE, text.strip())]

    def test_verse(self) -> None:
        text = (
            "Shall I compare thee to a summer’s day?\n"
            "Thou art more lovely and more temperate:\n"
            "Rough winds do shake the darling buds of May,\n"
            "And summer’s lease hath all too short a date;"
        )
        assert blocks(text) == [(VERSE, text)]
        assert kinds(f"{textwrap.fill(PROSE, 72)}\n\n{text}")[1] is VERSE

    def test_an_address(self) -> None:
        text = "Permanent Mission\n350 East 35th Street\nNew York, NY 10016"
        assert blocks(text) == [(VERSE, text)]

    def test_a_table_drawn_with_blanks(self) -> None:
        text = "Country      2019    2020\nBrazil        1.2     -3.9\nChina         6.0      2.2"
        assert blocks(text) == [(VERSE, text)]

    def test_a_table_drawn_with_strokes(self) -> None:
        text = "+----+----+\n| a  | b  |\n+----+----+\n| 1  | 2  |\n+----+----+"
        assert blocks(text) == [(VERSE, text)]

    def test_a_table_with_tabs_is_a_block_a_row(self) -> None:
        assert blocks("a\tb\tc\n1\t2\t3\n4\t5\t6") == [
            (ROW, "a\tb\tc"),
            (ROW, "1\t2\t3"),
            (ROW, "4\t5\t6"),
        ]


class TestLists:
    def test_items_with_hanging_lines(self) -> None:
        text = "- one is a rather long item that goes on\n  below\n- two\n- three"
        assert [kind for kind, _ in blocks(text)] == [ITEM] * 3

    def test_numbered_items_apart(self) -> None:
        assert kinds("1. First.\n\n2. Second.\n\n(c) Third.\n\niv) Fourth.") == [ITEM] * 4

    def test_items_of_the_united_nations_hang_the_other_way(self) -> None:
        text = (
            "        1.      Urges Member States to ensure increased representation of\n"
            "women at all decision-making levels in national, regional and\n"
            "international institutions and mechanisms for the prevention,\n"
            "management, and resolution of conflict;\n\n"
            "                (a)     To take into account;"
        )
        found = plain_blocks(text)
        assert [(block.kind, block.level) for block in found] == [(ITEM, 1), (ITEM, 2)]

    def test_numbers_of_several_levels(self) -> None:
        text = (
            "2.1 This Agreement begins on the date above and goes on for three (3) years.\n"
            "2.2 Either party may end it.\n"
            "2.3 Notice must be given in writing, and takes effect on the day after it has\n"
            "been received."
        )
        assert kinds(text) == [ITEM] * 3
        assert kinds("12.03.2021 was a day") == [PARAGRAPH]

    def test_a_bullet_needs_no_line_that_announces_it(self) -> None:
        assert kinds("Lists\n    • First\n    • Second") == [PARAGRAPH, ITEM, ITEM]

    def test_the_bullets_of_internet_standards(self) -> None:
        text = (
            "   o  Stateless filters block\n      by headers.\n\n   o  Others do not.\n\no tempora"
        )
        assert kinds(text) == [ITEM, ITEM, PARAGRAPH]

    def test_depth_by_indent(self) -> None:
        found = plain_blocks("- a\n  - b\n    - c\n- d")
        assert [block.level for block in found] == [1, 2, 3, 1]

    def test_items_that_a_line_announces(self) -> None:
        assert kinds("We call for the following:\n- peace\n- bread") == [PARAGRAPH, ITEM, ITEM]

    def test_a_wrapped_line_that_begins_like_an_item_is_none(self) -> None:
        text = (
            "The first meeting of the committee was attended by the members for\n"
            "12. Of these were the most eager to see that it came to an end in\n"
            "time for dinner, and the others were of the same mind as they were."
        )
        assert kinds(text) == [PARAGRAPH]

    @pytest.mark.parametrize("text", ["* * *", "-----", "A. Smith went home.", "1990. A year."])
    def test_what_is_no_item(self, text: str) -> None:
        assert kinds(text) == [PARAGRAPH]


class TestMail:
    TEXT = (
        "Dear all,\n\nOn Monday she wrote:\n"
        "> We should gradually establish and improve relevant laws and rules,\n"
        "> and ensure personal privacy and data security.\n"
        ">\n"
        ">> Who said so?\n"
        "\nI agree.\n"
    )

    def test_quotes_have_their_depth(self) -> None:
        found = plain_blocks(self.TEXT)
        quotes = [block for block in found if block.kind is QUOTATION]
        assert [block.level for block in quotes] == [1, 2]
        assert "rules,\n> and ensure" in self.TEXT[quotes[0].start : quotes[0].end]

    def test_quote_marks_are_markup(self) -> None:
        marks = plain_marks(self.TEXT, plain_blocks(self.TEXT))
        assert [self.TEXT[m.start : m.end] for m in marks] == ["> ", "> ", ">", ">> "]
        assert all(mark.kind is MarkKind.MARKUP for mark in marks)

    def test_a_prompt_is_no_quote(self) -> None:
        assert QUOTATION not in kinds(">>> print(1)\n1\n>>> print(2)\n2")


class TestHeadings:
    def test_underlined(self) -> None:
        text = f"The Title\n=========\n{PROSE}\n\nA part\n------\n\n{PROSE}"
        found = plain_blocks(text)
        assert [(b.kind, b.level) for b in found] == [
            (HEADING, 1),
            (PARAGRAPH, 0),
            (HEADING, 2),
            (PARAGRAPH, 0),
        ]
        marks = plain_marks(text, found)
        assert [text[m.start : m.end] for m in marks] == ["\n=========", "\n------"]

    @pytest.mark.parametrize(
        "line", ["Chapter 1", "CHAPTER IV. THE END", "Annex II", "Section 3: Scope", "INTRODUCTION"]
    )
    def test_by_their_looks(self, line: str) -> None:
        assert kinds(f"{PROSE}\n\n{line}\n\n{PROSE}") == [PARAGRAPH, HEADING, PARAGRAPH]

    def test_numbered_sections(self) -> None:
        text = f"1. Background\n\n{PROSE}\n\n1.1 Scope\n\n{PROSE}\n\n2. Method\n\n{PROSE}"
        found = [b for b in plain_blocks(text) if b.kind is HEADING]
        assert [block.level for block in found] == [2, 3, 2]

    def test_sections_that_are_divided_need_no_prose_below(self) -> None:
        text = "4. Evaluation\n\n4.1 Criteria\n\n4.1.1 Whom does it reach?\n\n   A short line."
        found = [b for b in plain_blocks(text) if b.kind is HEADING]
        assert [block.level for block in found] == [2, 3, 4]

    def test_lines_that_stand_out_of_indented_text(self) -> None:
        prose = textwrap.indent(textwrap.fill(PROSE, 66), "   ")
        text = "\n\n".join([*[prose] * 8, "Abstract", "   Two lines.", "   A line", "and this"])
        assert [t for kind, t in blocks(text) if kind is HEADING] == ["Abstract"]

    def test_number_signs(self) -> None:
        text = f"# Notes\n\n{PROSE}\n\n## A part\n\nShort."
        found = plain_blocks(text)
        assert [(b.kind, b.level) for b in found if b.kind is HEADING] == [
            (HEADING, 1),
            (HEADING, 2),
        ]
        assert [text[m.start : m.end] for m in plain_marks(text, found)] == ["# ", "## "]

    def test_comments_of_a_program_are_no_headings(self) -> None:
        assert HEADING not in kinds("# Part one\n\nx = 1\n\n# Part two\ny = 2\n")

    def test_a_chinese_title(self) -> None:
        prose = (
            "人工智能是人类发展新领域。当前，全球人工智能技术快速发展，对经济社会"
            "发展和人类文明进步产生深远影响，给世界带来巨大机遇。"
        )
        found = blocks(f"全球人工智能治理倡议\n\n{prose}\n", opening=True)
        assert found[0] == (HEADING, "全球人工智能治理倡议")

    def test_chapters_in_other_languages(self) -> None:
        for line, level in (
            ("第一章 相遇", 2),
            ("第12回：出発", 2),
            ("第三卷", 1),
            ("제2장 만남", 2),
            ("الفصل الأول: البداية", 2),
            ("Глава 3. Встреча", 2),
            ("Chapitre IV", 2),
            ("Teil 2", 1),
        ):
            text = f"{PROSE}\n\n{line}\n\n{PROSE}"
            assert [(b.kind, b.level) for b in plain_blocks(text)][1] == (HEADING, level), line
        assert kinds(
            "第一章说的是他们怎样相遇，又怎样离别，一言难尽，而且没有人知道为什么要这样写"
        ) == [PARAGRAPH]

    def test_chapters_of_a_novel_with_a_paragraph_a_line(self) -> None:
        found = kinds(
            "第一章 相遇\n\u3000\u3000冬夜很冷。\n\u3000\u3000“谁？”\n\u3000\u3000没有人。"
        )
        assert found == [HEADING, PARAGRAPH, PARAGRAPH, PARAGRAPH]

    def test_capitals_over_the_indented_text_of_a_manual(self) -> None:
        text = "\n\n".join(
            f"{word}\n       what it is\n\n       and more"
            for word in ("NAME", "FILES", "SEE ALSO")
        )
        assert kinds(text) == [HEADING, PARAGRAPH, PARAGRAPH] * 3
        assert kinds(text[:60]) == [VERSE, PARAGRAPH, VERSE]

    def test_capitals_are_the_title_over_another_line(self) -> None:
        found = blocks(f"INTERVIEW WITH JANE ROE\n\nConducted by John Doe\n\n{PROSE}", opening=True)
        assert found[0] == (HEADING, "INTERVIEW WITH JANE ROE")

    def test_an_arabic_title_over_short_paragraphs(self) -> None:
        prose = (
            "تعد حوكمة الذكاء الاصطناعي من أهم القضايا التي تواجه المجتمع الدولي اليوم، "
            "إذ تتطلب تعاونا واسعا بين الدول."
        )
        title = "حوكمة الذكاء الاصطناعي في العالم العربي"
        assert blocks(f"{title}\n\n{prose}\n", opening=True)[0] == (HEADING, title)

    @pytest.mark.parametrize(
        "line",
        [
            "Annex to the letter",
            "and so on",
            "Friday, March 1, 2024",
            "He said nothing.",
            "Dear Mr Smith",
            "https://example.org/A/B",
            "Yours sincerely",
        ],
    )
    def test_other_short_lines_are_none(self, line: str) -> None:
        assert HEADING not in kinds(f"{PROSE}\n\n{line}\n\n{PROSE}")

    def test_the_last_line_of_verse_is_none(self) -> None:
        assert HEADING not in kinds("One line\nTwo lines\n\nThree Lines Here", opening=True)


class TestRunningHeads:
    FOOT, HEAD = (
        "Barnes, et al.    Informational    [Page {}]",
        "RFC 7754    Filtering    March 2016",
    )

    def text(self, *pages: str) -> str:
        """The pages with a foot at each one's end and a head at each one's beginning."""
        parts = [pages[0]]
        for number, page in enumerate(pages[1:], 1):
            parts += [f"\n\n\n{self.FOOT.format(number)}\n\f\n{self.HEAD}\n\n\n", page]
        return "".join(parts)

    def test_they_belong_to_the_page_break(self) -> None:
        text = self.text(PROSE, LETTER, PROSE, LETTER)
        assert kinds(text) == [PARAGRAPH, *[BlockKind.PAGE_BREAK, PARAGRAPH] * 3]
        marks = plain_marks(text, plain_blocks(text))
        assert [text[m.start : m.end].strip() for m in marks] == [
            part for number in (1, 2, 3) for part in (self.FOOT.format(number), self.HEAD)
        ]

    def test_a_paragraph_goes_on_behind_them(self) -> None:
        cut = f"{PROSE[:-1]} and some other groups that", "obstruct the others. An end."
        text = self.text(PROSE, LETTER, *cut)
        found = plain_blocks(text)
        last = found[-1]
        assert text[last.start : last.end].startswith(cut[0])
        assert last.end == len(text)
        hidden = [m for m in plain_marks(text, found) if last.start <= m.start]
        assert [text[m.start : m.end] for m in hidden] == [
            f"{self.FOOT.format(3)}\n\f\n{self.HEAD}\n\n\n"
        ]

    def test_lines_that_do_not_recur_stay(self) -> None:
        text = "\n\f\n".join([PROSE, LETTER, PROSE[:90], LETTER[:80]])
        assert plain_marks(text, plain_blocks(text)) == ()


class TestOddities:
    def test_nothing(self) -> None:
        assert plain_blocks("") == ()

    def test_only_line_ends(self) -> None:
        assert blocks("\n" * 50) == [(PARAGRAPH, "")]

    def test_leading_blank_lines_belong_to_the_first_block(self) -> None:
        assert plain_blocks("\n\n\nText.")[0].start == 0

    def test_a_form_feed_between_paragraphs(self) -> None:
        text = "One ends here.\n\f\nTwo begins.\n\fThree begins."
        found = plain_blocks(text)
        assert [b.kind for b in found] == [
            PARAGRAPH,
            BlockKind.PAGE_BREAK,
            PARAGRAPH,
            BlockKind.PAGE_BREAK,
            PARAGRAPH,
        ]
        assert text[found[-1].start :] == "Three begins."

    @pytest.mark.parametrize("gap", ["\n\n", "\n\n\n\n", "\n\f", "\n\n\f\n"])
    def test_a_page_break_inside_a_sentence(self, gap: str) -> None:
        text = f"{PROSE[:-1]} and some other groups that{gap}obstruct the others. An end."
        assert blocks(text) == [(PARAGRAPH, text)]

    @pytest.mark.parametrize(
        ("above", "below"),
        [
            ("Too short", "to be cut"),
            (PROSE, "and so on, though the sentence above has ended"),
            (PROSE[:-1], "A capital begins something else."),
            (PROSE[:-1], "a) an item of a list"),
        ],
    )
    def test_what_is_no_page_break(self, above: str, below: str) -> None:
        assert len(blocks(f"{above}\n\n{below}")) == 2

    @pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029", "\x0b", "\x1c", "\t", "\0"])
    def test_other_separators_end_no_line(self, character: str) -> None:
        text = f"One part{character}and another of the same line."
        assert blocks(text) == [(PARAGRAPH, text)]

    def test_any_text_is_tiled(self) -> None:
        chance = random.Random(3)
        parts = [
            "\n",
            "\n\n",
            " ",
            "\t",
            "\f",
            "- ",
            "> ",
            "1. ",
            "word ",
            "Word. ",
            "===\n",
            "语",
            "a" * 90,
        ]
        for _ in range(400):
            text = "".join(chance.choices(parts, k=chance.randrange(60)))
            found = plain_blocks(text, opening=chance.random() < 0.5)
            assert [b.start for b in found] == [0, *(b.end for b in found)][: len(found)]
            assert all(b.start < b.end for b in found)
            assert not text or found[-1].end == len(text)
            for mark in plain_marks(text, found):
                assert any(b.start <= mark.start < mark.end <= b.end for b in found)
