"""Bars and periods."""

from __future__ import annotations

from tui.bars import bar, periods


def test_a_bar_is_as_long_as_its_share() -> None:
    assert bar(8, 8, 4) == "████"
    assert bar(4, 8, 4) == "██"
    assert bar(5, 8, 4) == "██▌"
    assert bar(0, 8, 4) == ""


def test_what_is_not_nothing_can_be_seen() -> None:
    assert bar(1, 1_000_000, 4) == "▏"


def test_years_are_told_apart_where_there_is_room() -> None:
    assert periods({"": 2, "2019": 1, "2023": 4}, 5) == [("2019", 1), ("2023", 4), ("undated", 2)]


def test_many_years_are_put_together() -> None:
    years = {str(year): 1 for year in range(1990, 2024)}
    assert periods(years, 4) == [
        ("1990–99", 10),
        ("2000–09", 10),
        ("2010–19", 10),
        ("2020–29", 4),
    ]


def test_what_is_no_year_is_undated() -> None:
    assert periods({"abou": 1, "": 1, "٢٠٢٣": 1}, 9) == [("undated", 3)]
