"""How much of a passage still stands."""

from __future__ import annotations

import pytest

from annotations.anchoring.segments import difference, fine_segments
from annotations.anchoring.standing import standing
from annotations.model import Span


@pytest.mark.parametrize(
    ("old", "new", "share"),
    [
        ("the record is open to all", "the record is open to all", 1.0),
        ("the record is open to all", "the record is open\n  to all", 1.0),
        ("the “record” is open to all", 'the "record" is open to all', 1.0),
        ("the record is open to all", "the reoord is open to all", 1.0),
        ("the record is open to all", "THE RECORD IS OPEN TO ALL", 0.0),
        ("the record is open to all", "the record was closed to many", 0.0),
        ("the record is open to all", "each record is open or shut", 0.5),
        ("the record is open to all", "", 0.0),
        ("记录向公众开放", "记录不向公众开放", 5 / 7),
        (" ", "of blanks nothing is lost", 1.0),
    ],
)
def test_words_count_that_stand_three_in_a_row(old: str, new: str, share: float) -> None:
    segments = fine_segments(old, new, difference(0, len(old), 0, len(new)))
    assert standing(old, new, segments, Span(0, len(old))) == pytest.approx(share)


def test_a_run_may_go_on_beyond_the_passage() -> None:
    old, new = "is the fee due now", "is the fee due soon"
    segments = fine_segments(old, new, difference(0, len(old), 0, len(new)))
    assert standing(old, new, segments, Span(7, 14)) == 1.0
