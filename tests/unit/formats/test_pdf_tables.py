"""PDF: tables whose cells are wrapped, and line numbers in the margin."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from annotations.formats.pdf_layout import Habits, regions
from annotations.formats.pdf_lines import Line
from annotations.formats.pdf_numbers import Number, line_numbers
from annotations.formats.pdf_paragraphs import Paragraphs
from annotations.formats.pdf_tables import Rule
from annotations.model import BlockKind
from tests.sample_pdf import text_width
from tests.unit.formats.reading import read
from tests.unit.formats.test_pdf import WORDS, set_by_hand

ROWS = [
    [["Country"], ["Measure"], ["In force"]],
    [["Brazil"], ["General law on the", "protection of", "personal data"], ["2020"]],
    [["France"], ["Law on a digital", "republic"], ["October", "2016"]],
    [["South Africa and", "its neighbours"], ["Information act"], ["2021"]],
]
"""Cells as they are wrapped."""
WANTED = ["\t".join(" ".join(cell) for cell in row) for row in ROWS]
LEFTS = (72.0, 180.0, 300.0)


def laid(gap: float, *, middle: bool = False) -> list[Line]:
    """The lines of the table, 12 points apart in a cell, and ``gap`` more from row to row."""
    lines: list[Line] = []
    base = 700.0
    for row in ROWS:
        tall = max(map(len, row))
        for left, cell in zip(LEFTS, row, strict=True):
            down = 6.0 * (tall - len(cell)) if middle else 0.0
            for number, text in enumerate(cell):
                right = left + text_width(text, 10)
                lines.append(Line(text, left, right, base - down - 12 * number, 10.0))
        base -= 12 * tall + gap
    return lines


def blocks(lines: Sequence[Line], rules: Sequence[Rule] = ()) -> list[tuple[BlockKind, str]]:
    """What the reader makes of a page with these lines."""
    gathered = Paragraphs()
    parts = regions(lines, rules=rules)
    pieces = [*gathered.add_page("1", parts, Habits(10.0, 12.0)), *gathered.finish()]
    return [(piece.kind, piece.text) for piece in pieces]


def rows(lines: Sequence[Line], rules: Sequence[Rule] = ()) -> list[str]:
    return [text for kind, text in blocks(lines, rules) if kind is BlockKind.TABLE_ROW]


class TestTables:
    @pytest.mark.parametrize("gap", [4.0, 8.0])
    @pytest.mark.parametrize("middle", [False, True])
    def test_wider_gaps_part_rows(self, gap: float, middle: bool) -> None:
        assert rows(laid(gap, middle=middle)) == WANTED

    def test_words_that_would_have_fitted_part_rows_without_a_gap(self) -> None:
        assert rows(laid(0.0)) == WANTED

    def test_rules_part_rows_whatever_the_words(self) -> None:
        lines = [
            Line(text, left, left + text_width(text, 10), base, 10.0)
            for base, cells in (
                (700, ("Name", "Place")),
                (688, ("Ann Author", "Rome")),
                (676, ("Bob", "Oslo")),
                (664, ("Eve", "Bonn")),
            )
            for left, text in zip((72, 200), cells, strict=True)
        ]
        drawn = [Rule(y, 70, 300) for y in (710, 697, 673, 660)]
        assert rows(lines, drawn) == ["Name\tPlace", "Ann Author Bob\tRome Oslo", "Eve\tBonn"]
        short = [Rule(rule.y, 70, 100) for rule in drawn]
        assert len(rows(lines, short)) == 4

    def test_an_empty_cell_keeps_its_place(self) -> None:
        lines = [line for line in laid(6.0) if line.text not in ("Information act", "Brazil")]
        found = rows(lines)
        assert found[1] == WANTED[1].removeprefix("Brazil")
        assert found[3] == "South Africa and its neighbours\t\t2021"

    def test_text_around_a_table_is_none_of_it(self) -> None:
        full = "Running text that takes the whole width of the page, above it and below it too."
        above, below = Line(full, 72, 420, 730, 10.0), Line(full, 72, 420, 520, 10.0)
        last = Line("A last word.", 72, 130, 500, 10.0)
        found = blocks([above, *laid(4.0), below, last])
        assert [kind for kind, _ in found] == [
            BlockKind.PARAGRAPH,
            *[BlockKind.TABLE_ROW] * 4,
            BlockKind.PARAGRAPH,
            BlockKind.PARAGRAPH,
        ]

    def test_words_divided_in_a_cell_are_mended(self) -> None:
        lines = [
            Line(text, left, left + text_width(text, 10), base, 10.0)
            for text, left, base in (
                ("Term", 72, 700),
                ("Meaning", 200, 700),
                ("Data", 72, 680),
                ("what is proc-", 200, 680),
                ("essed", 200, 668),
                ("Law", 72, 648),
                ("what binds", 200, 648),
            )
        ]
        assert rows(lines) == ["Term\tMeaning", "Data\twhat is processed", "Law\twhat binds"]

    def test_exponents_are_no_rows(self) -> None:
        lines = [
            Line("Br(x) = { y in R", 72, 150, 700, 10.0),
            Line("n", 151, 155, 704, 7.0),
            Line("| d(x, y) < r } and so on", 170, 320, 700, 10.0),
            Line("n", 331, 335, 704, 7.0),
        ]
        assert not any("\n" in text for _, text in blocks(lines))

    def test_type_that_the_page_scales(self) -> None:
        content = "0.75 0 0 0.75 0 0 cm\n"
        for left, base, text in (
            (60, 500, "Country"),
            (180, 500, "Measure"),
            (60, 480, "Brazil"),
            (180, 480, "General law on"),
            (180, 468, "protection"),
            (60, 448, "France"),
            (180, 448, "Digital law"),
        ):
            content += f"BT /F 12 Tf {left} {base} Td ({text}) Tj ET\n"
        found = read(set_by_hand(content.encode(), b""), "a.pdf")
        assert [text for _, text in found.blocks] == [
            "Country\tMeasure",
            "Brazil\tGeneral law on protection",
            "France\tDigital law",
        ]


TEXTS = [
    "For example a developer",
    "may sign up for a plan",
    "Our users trust us",
    "with their work",
]


def numbered(values: Sequence[int], texts: Sequence[str]) -> list[Number]:
    return [
        Number(
            value, 50.0 - 5 * len(str(value)), 50.0, 700.0 - 12 * index, texts[index % len(texts)]
        )
        for index, value in enumerate(values)
    ]


class TestLineNumbers:
    @pytest.mark.parametrize("values", [range(1, 29), range(5, 40, 5), range(97, 104)])
    def test_numbers_beside_running_text(self, values: range) -> None:
        assert line_numbers(numbered(values, TEXTS)) == frozenset(range(len(values)))

    def test_numbers_beside_nothing(self) -> None:
        assert line_numbers(numbered(range(1, 30), ["", "", "A word"])) == frozenset(range(29))

    @pytest.mark.parametrize(
        ("values", "texts"),
        [
            (range(1, 20), ["Brazil", "China", "France"]),
            ([1, 4, 9, 12, 30, 31], TEXTS),
            (range(1, 4), TEXTS),
            (range(1, 6), [""]),
            ([2019] * 6, TEXTS),
        ],
    )
    def test_other_numbers_stay(self, values: Sequence[int], texts: Sequence[str]) -> None:
        assert line_numbers(numbered(values, texts)) == frozenset()

    @pytest.mark.parametrize("at", [45, 330])
    def test_they_are_left_out_of_the_text(self, at: int) -> None:
        words = WORDS.split()[:14]
        content = "".join(
            f"BT /F 10 Tf {x} {380 - 12 * number} Td ({text}) Tj ET\n"
            for number in range(12)
            for x, text in (
                (at, str(number + 1)),
                (62, " ".join(words[number:] + words[:number])),
            )
        )
        found = read(set_by_hand(content.encode(), b""), "a.pdf")
        (text,) = (text for _, text in found.blocks)
        assert text.split()[: len(words)] == words
        assert not any(map(str.isdigit, text))
