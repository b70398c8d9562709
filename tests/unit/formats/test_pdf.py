"""PDF: reading order, paragraphs, and what a file says of itself."""

from __future__ import annotations

import random
import threading

import pytest

from annotations.formats import read_source
from annotations.formats.passages import LONGEST_BLOCK, spaced
from annotations.formats.pdf_layout import Habits, habits, regions, without_running_heads
from annotations.formats.pdf_lines import Line
from annotations.formats.pdf_paragraphs import Entry, Paragraphs
from annotations.formats.pdf_words import Vocabulary
from annotations.formats.source import from_bytes
from annotations.model import BlockKind, MarkKind
from annotations.text.bidi import levels, visual_order
from tests.sample_pdf import Setting, pdf
from tests.unit.formats.reading import Read, read, refusal

WORDS = (
    "we should uphold a people centered approach in developing artificial intelligence with the "
    "goal of increasing the wellbeing of humanity and on the premise of ensuring social security "
    "respecting the rights and interests of all countries under international law"
)


def set_by_hand(content: bytes, signs: bytes) -> bytes:
    """A page with this content, whose font F stands for other characters by ``signs``."""
    codes = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange %b endcmap" % signs
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(codes), codes),
    )
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % each for each in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Size 7/Root 1 0 R>>\n%%EOF"


def paragraphs(count: int, seed: int = 1) -> list[str]:
    """Prose of several sentences each, no two alike."""
    chance = random.Random(seed)
    return [
        " ".join(
            " ".join(chance.choices(WORDS.split(), k=chance.randrange(6, 22))).capitalize() + "."
            for _ in range(chance.randrange(2, 6))
        )
        for _ in range(count)
    ]


SETTINGS = {
    "ragged": Setting(),
    "justified": Setting(justified=True, indent=14, skip=0),
    "hyphenated": Setting(justified=True, hyphenated=True),
    "two columns": Setting(columns=2),
    "two justified columns": Setting(columns=2, justified=True, hyphenated=True, indent=12, skip=0),
}


class TestParagraphs:
    @pytest.mark.parametrize("name", SETTINGS)
    def test_known_paragraphs_come_out_whole(self, name: str) -> None:
        wanted = paragraphs(60)
        chapters = [("One", wanted[:30]), ("Two", wanted[30:])]
        found = read(pdf(chapters, SETTINGS[name]), "a.pdf")
        assert found.whole(wanted) >= 0.9
        assert [text for _, text in found.outline] == ["One", "Two"]
        assert "running head" not in found.text
        assert "Page" not in found.text

    def test_a_last_page_with_few_lines_keeps_its_columns(self) -> None:
        for count in range(40, 52, 2):
            wanted = paragraphs(count, seed=count)
            found = read(pdf([("", wanted)], Setting(columns=2, justified=True)), "a.pdf")
            assert found.whole(wanted) > 0.85
            assert not [text for kind, text in found.blocks if kind is BlockKind.TABLE_ROW]

    def test_the_hyphen_of_a_compound_stays_where_the_text_has_it(self) -> None:
        vocabulary = Vocabulary()
        vocabulary.learn(
            [line("the non-conformance of it", 700), line("a word that is divi-", 686)]
        )
        assert vocabulary.join("some non-", "conformance here") == "some non-conformance here"
        assert vocabulary.join("some inter\ufffe", "national law") == "some international law"
        assert vocabulary.join("of COVID-", "19 and") == "of COVID-19 and"
        assert vocabulary.join("the Anglo-", "Saxon") == "the Anglo-Saxon"
        assert vocabulary.join("人工", "智能") == "人工智能"

    def test_how_often_lines_end_with_a_hyphen_tells_what_it_is(self) -> None:
        full = [line("words of running text in a column", 700)]
        divides = [line("a word that is divi-", 686), line("ded here", 672)]
        seldom, often = Vocabulary(), Vocabulary()
        seldom.learn(full * 99)
        often.learn((full * 9 + divides) * 9)
        assert seldom.join("a self-", "hosted server") == "a self-hosted server"
        assert often.join("a self-", "hosted server") == "a selfhosted server"
        assert often.join("NOT BE LI-", "ABLE FOR") == "NOT BE LIABLE FOR"
        often.learn([line("GitHub, the well-known company", 700)])
        assert often.join("on Git-", "Hub or a well-") == "on GitHub or a well-"
        assert often.join("on Git-Hub or a well-", "known one") == "on Git-Hub or a well-known one"

    def test_korean_lines_end_at_blanks_or_inside_words(self) -> None:
        words = Vocabulary()
        words.learn(
            [line("그는 전 세계에서 안전하고 공정하게 사용되도록 보장하기 위해 협력을", 700)]
        )
        assert words.join("사용되도록 보장하기", "위해 협력을") == "사용되도록 보장하기 위해 협력을"
        assert words.join("그는 전 세계", "에서 안전하고") == "그는 전 세계에서 안전하고"
        assert words.join("국가", "와 기업") == "국가와 기업"
        assert words.join("국제기", "구의 설립") == "국제기 구의 설립"
        words.learn([line("와 기업 사이의 폭넓은", 686)])
        assert words.join("국제기", "구의 설립") == "국제기구의 설립"

    def test_pages_from_right_to_left_are_read_so(self) -> None:
        hebrew = "\u05d0\u05d1\u05d2\u05d3\u05d4 \u05d5\u05d6\u05d7\u05d8\u05d9"
        lines = [f"{hebrew} (Dog 7) {hebrew} {hebrew}", f"{hebrew} 2023 {hebrew} {hebrew}", hebrew]
        codes = {sign: number for number, sign in enumerate(sorted(set("".join(lines))), 33)}
        content = b""
        for row, text in enumerate(lines):
            seen = "".join(f"{codes[text[n]]:02x}" for n in visual_order(levels(text, 1)[1]))
            width = 6 * len(text)
            content += f"BT /F 10 Tf {380 - width} {300 - 12 * row} Td <{seen}> Tj ET\n".encode()
        signs = "".join(f"<{code:02x}><{ord(sign):04x}>" for sign, code in codes.items())
        signs = f"{len(codes)} beginbfchar {signs} endbfchar"
        page = set_by_hand(content, signs.encode()).replace(b"Helvetica", b"Courier")
        found = read(page, "a.pdf")
        assert [" ".join(text.split()) for _, text in found.blocks] == [" ".join(lines)]

    def test_an_index_is_read_column_by_column_an_entry_each(self) -> None:
        left = [f"{word}, {7 * n}, {7 * n + 2}–{7 * n + 4}" for n, word in enumerate("abcdefghij")]
        right = [f"{word}, {7 * n}" for n, word in enumerate("klmnopqrst")]
        lines = [
            line(text, 700 - 12 * row, left=start, right=start + 6 * len(text))
            for start, column in ((72, left), (320, right))
            for row, text in enumerate(column)
        ]
        found = Paragraphs()
        pieces = list(found.add_page("1", regions(lines), habits([lines])))
        assert [piece.text for piece in (*pieces, *found.finish())] == left + right

    def test_one_line_paragraphs_with_an_indent_stay_apart(self) -> None:
        lines = [
            line("Text that goes on and on and", 700),
            line("ends here.", 688, right=120),
            line("One line that fills the column to its end.", 676, left=86),
            line("Another that fills it likewise, and goes", 664, left=86),
            line("on.", 652, right=90),
        ]
        assert built(lines) == [
            "Text that goes on and on and ends here.",
            "One line that fills the column to its end.",
            "Another that fills it likewise, and goes on.",
        ]

    def test_a_centred_title_of_two_lines_is_one(self) -> None:
        lines = [
            line("A title that is set in two lines of", 760, left=100, right=500, size=16),
            line("Different Lengths", 740, left=220, right=381, size=16),
            *column(3, 72, 520),
        ]
        assert built(lines)[0] == "A title that is set in two lines of Different Lengths"

    def test_a_column_of_something_else_stays_beside_one_of_text(self) -> None:
        code = [line(f"x[{n}] = {n}", 700 - 12 * n, 310, 380) for n in range(20)]
        foot = line("A line that runs across both of the columns", 400, 72, 520)
        lines = [*column(20, 72, 296), *code, foot]
        assert len(regions(lines)) == 1
        left, right, across = regions(lines, usual=303.0)
        assert (left, across) == (column(20, 72, 296), [foot])
        assert right == code

    def test_a_heading_of_two_lines_is_one(self) -> None:
        lines = [
            line("2. Payroll, benefits", 700, right=200, size=14),
            line("and compensation", 683, right=180, size=14),
            line("Text that goes on and on and", 660),
        ]
        gathered = Paragraphs()
        entries = [Entry("Payroll, benefits and compensation", 1), Entry("Annex and", 2)]
        pieces = [*gathered.add_page("1", regions(lines), USUAL, entries), *gathered.finish()]
        assert [(piece.kind, piece.text) for piece in pieces] == [
            (BlockKind.HEADING, "2. Payroll, benefits and compensation"),
            (BlockKind.PARAGRAPH, "Text that goes on and on and"),
        ]

    def test_numbers_in_a_sentence_begin_no_item(self) -> None:
        lines = [
            line("It is liable neither for (i) use; nor for (ii) access to data;", 700),
            line("(iii) statements of others; nor for (iv) any other matter.", 688),
        ]
        assert built(lines) == [" ".join(each.text for each in lines)]


class TestFile:
    def test_metadata(self) -> None:
        found = read(pdf([("One", paragraphs(2))], title="A title"), "a.pdf").metadata
        assert (found.title, found.author, found.published) == (
            "A title",
            "Ann Author",
            "2023-10-30",
        )
        assert (found.language, found.media_type) == ("en", "application/pdf")

    @pytest.mark.parametrize("title", ["", "untitled", "Microsoft Word - draft.doc", "x.tex"])
    def test_a_title_that_says_nothing_is_left_for_the_heading(self, title: str) -> None:
        assert read(pdf([("One", paragraphs(2))], title=title), "a.pdf").metadata.title == "One"

    def test_pages_are_marked_even_inside_paragraphs(self) -> None:
        found = read(pdf([("", paragraphs(60))]), "a.pdf")
        labels = [value for _, value in found.marks(MarkKind.PAGE)]
        assert labels == [str(number + 1) for number in range(len(labels))]
        assert len(labels) > 3
        starts = [
            mark.start
            for passage in found.passages
            for mark in passage.marks
            if mark.kind is MarkKind.PAGE
        ]
        assert any(start > 0 for start in starts)

    def test_the_outline_of_the_file_decides_levels(self) -> None:
        chapters = [
            (name, paragraphs(8, seed)) for seed, name in enumerate(("One", "Two", "Three"))
        ]
        found = read(pdf(chapters, outline=True), "a.pdf")
        assert found.outline == [(1, "One"), (1, "Two"), (1, "Three")]

    def test_a_line_of_control_characters_is_no_line(self) -> None:
        signs = b"2 beginbfchar <41> <0020> <42> <0001> endbfchar"
        content = b"BT /F 12 Tf 50 300 Td (hello) Tj 0 -14 Td (BAB) Tj 0 -14 Td (world) Tj ET"
        assert read(set_by_hand(content, signs), "a.pdf").text == "hello world\n"

    def test_a_scan_says_so(self) -> None:
        assert "has no text: if it is a scan" in refusal(
            pdf([("", [""])], Setting(head="")), "a.pdf"
        )

    def test_a_password_is_asked_for(self) -> None:
        locked = pdf([("", paragraphs(2))], password="secret")
        assert refusal(locked, "a.pdf") == "needs a password"
        assert refusal(locked, "a.pdf", password="wrong") == "is not opened by this password"
        assert read(locked, "a.pdf", password="secret").whole(paragraphs(2)) == 1.0

    def test_many_pages_stream(self) -> None:
        document = read_source(from_bytes(pdf([("", paragraphs(3) * 120)]), "a.pdf"))
        first = next(iter(document.passages))
        assert len(first.text) < 20_000

    def test_several_threads_may_read_at_once(self) -> None:
        data = pdf([("One", paragraphs(30))])
        expected = read(data, "a.pdf").text
        texts: list[str] = []

        def run() -> None:
            texts.append(Read(read_source(from_bytes(data, "a.pdf"))).text)

        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert texts == [expected] * 4


def line(
    text: str, base: float, left: float = 72.0, right: float = 520.0, size: float = 10.0
) -> Line:
    return Line(text, left, right, base, size)


def column(count: int, left: float, right: float) -> list[Line]:
    """Full lines of running text below each other."""
    return [
        line(f"running text of line {number} at {left:g}", 700 - 12 * number, left, right)
        for number in range(count)
    ]


USUAL = Habits(10.0, 12.0)


def built(lines: list[Line]) -> list[str]:
    gathered = Paragraphs()
    return [
        piece.text
        for part in (gathered.add_page("1", regions(lines), USUAL), gathered.finish())
        for piece in part
    ]


class TestLayout:
    def test_habits(self) -> None:
        lines = [line("words " * 10, 700 - 12 * n) for n in range(20)]
        found = habits([[line("Head", 740, size=18), *lines, line("note", 400, size=7)]])
        assert found == Habits(10.0, 12.0)

    def test_columns_are_read_one_after_the_other(self) -> None:
        title = line("A title over both", 760, 72, 500)
        left, right = column(10, 72, 280), column(10, 310, 520)
        mixed = [part for pair in zip(left, right, strict=True) for part in pair]
        assert regions([title, *mixed]) == [[title], left, right]

    def test_three_columns(self) -> None:
        columns = [column(12, 50 + 170 * number, 200 + 170 * number) for number in range(3)]
        assert regions([part for lines in columns for part in lines]) == columns

    def test_rows_of_a_table_are_no_columns(self) -> None:
        rows = [(f"Country {n}", 700 - 12 * n) for n in range(12)]
        cells = [
            cell
            for name, base in rows
            for cell in (line(name, base, 72, 130), line("1.5", base, 400, 415))
        ]
        (found,) = regions(cells)
        assert [row.text for row in found][:2] == ["Country 0\t1.5", "Country 1\t1.5"]

    def test_running_heads_recur_numbers_aside(self) -> None:
        pages = [
            [
                line(f"Chapter {n}  Report", 800),
                line(f"Words {chr(97 + n)}", 700),
                line(f"- {n} -", 30),
            ]
            for n in range(4)
        ]
        assert [[part.text for part in page] for page in without_running_heads(pages)] == [
            [f"Words {chr(97 + n)}"] for n in range(4)
        ]

    def test_a_wider_gap_begins_a_paragraph(self) -> None:
        assert built([line("one", 700), line("two", 688), line("three", 670)]) == [
            "one two",
            "three",
        ]

    def test_an_indent_below_a_full_line_does(self) -> None:
        lines = [line("one", 700), line("Two", 688, left=84), line("three", 676)]
        assert built(lines) == ["one", "Two three"]

    def test_a_short_line_that_ends_a_sentence_does(self) -> None:
        lines = [line("one goes on", 700), line("end.", 688, right=140), line("Two goes on", 676)]
        assert built(lines) == ["one goes on end.", "Two goes on"]

    def test_a_bullet_with_hanging_lines_is_one(self) -> None:
        lines = [line("• one", 700), line("goes on", 688, left=84), line("• two", 676)]
        assert built(lines) == ["• one goes on", "• two"]

    def test_a_footnote_waits_for_the_paragraph_above_it(self) -> None:
        gathered = Paragraphs()
        first = [line("A sentence that goes", 700), line("1 The note.", 60, right=200, size=8)]
        second = [line("on overleaf.", 700)]
        pieces = [
            *gathered.add_page("1", regions(first), USUAL),
            *gathered.add_page("2", regions(second), USUAL),
            *gathered.finish(),
        ]
        assert [piece.text for piece in pieces] == [
            "A sentence that goes on overleaf.",
            "1 The note.",
        ]


def test_a_paragraph_without_an_end_is_handed_out_in_parts() -> None:
    lines = [
        line(f"word {number:05} and so on without a full stop", base=800_000 - 12.0 * number)
        for number in range(4_000)
    ]
    gathered = Paragraphs()
    found = list(gathered.add_page("1", [lines], Habits(size=10.0, leading=12.0)))
    found += gathered.finish()
    assert len(found) > 1
    assert [piece.continues for piece in found] == [False] + [True] * (len(found) - 1)
    assert all(len(piece.text) < LONGEST_BLOCK + 100 for piece in found)
    assert (
        "".join(piece.text for piece in spaced(found)).split()
        == " ".join(each.text for each in lines).split()
    )
