"""What changed between two wordings."""

from __future__ import annotations

import pytest

from annotations.anchoring import Change, Difference, differences


def test_words_that_went_came_and_changed() -> None:
    runs = differences("We shall act at once.", "We will, I hope, act.")
    assert runs == [
        Difference(Change.SAME, "We ", "We "),
        Difference(Change.REPLACED, "shall", "will, I hope,"),
        Difference(Change.SAME, " act", " act"),
        Difference(Change.REMOVED, " at once", ""),
        Difference(Change.SAME, ".", "."),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("", ""), ("", "new words"), ("old words", ""), ("a  b\n", "a b"), ("数据安全", "数据的安全")],
)
def test_the_runs_joined_are_the_wordings(old: str, new: str) -> None:
    runs = differences(old, new)
    assert "".join(run.old for run in runs) == old
    assert "".join(run.new for run in runs) == new


def test_capitals_and_white_space_are_differences() -> None:
    assert [run.kind for run in differences("the State", "the state")] == [
        Change.SAME,
        Change.REPLACED,
    ]
    assert differences("a b", "a\nb")[1] == Difference(Change.REPLACED, " ", "\n")
