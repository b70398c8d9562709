"""How long a text takes to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.page.file_source import open_file
from tui.page.pace import Pace
from tui.page.source import Stretch


def minutes(text: str) -> float:
    stretch = Stretch(0, len(text), text, ())
    return Pace().minutes(stretch, len(text))


def test_words_and_ideographs_take_time_and_blanks_take_none() -> None:
    assert minutes("word " * 2280) == pytest.approx(10)
    assert minutes("人工智能" * 255) == pytest.approx(4, abs=0.01)
    assert minutes("\n" * 400_000) == 0
    assert minutes("word " * 2280 + " " * 100_000) == pytest.approx(10)
    assert minutes("") == 0


def test_the_positions_of_a_file_are_bytes_and_of_what_was_seen_the_average_counts(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("人工智能\n\n" * 10_000 + "\n" * 140_000, encoding="utf-8")
    source = open_file(path)
    pace = Pace()
    whole = 40_000 / 255
    assert pace.minutes(source.stretch(0), source.size) == pytest.approx(2 * whole, rel=0.1)
    blank = source.stretch(source.size * 3 // 4)
    assert pace.minutes(blank, source.size) == pytest.approx(whole, rel=0.1)
    assert pace.minutes(blank, source.size) == pace.minutes(source.stretch(0), source.size)
