"""What changed between two texts: runs that tile both, and the places where words changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring import Change
from annotations.library.comparing import compare, hunks

WORDS = ["a", "register", "of", "systems,", "kept\nin\n\nevery", "国家", "."]
PROSE = st.lists(st.sampled_from(WORDS), max_size=60)


@given(old=PROSE, new=PROSE)
def test_the_runs_tile_both_texts(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    runs = list(compare(before, after))
    assert "".join(run.old for run in runs) == before
    assert "".join(run.new for run in runs) == after
    for run in runs:
        assert before[run.old_start :].startswith(run.old)
        assert after[run.new_start :].startswith(run.new)
        assert (run.kind is Change.SAME) == (run.old == run.new)
    told = [run for hunk in hunks(runs) for run in hunk if run.kind is not Change.SAME]
    assert told == [run for run in runs if run.tells]


def test_changes_far_apart_are_places_of_their_own() -> None:
    middle = "Nothing was changed in here, however long one reads. " * 10
    old, new = f"One {middle} two three", f"Uno {middle} two tres"
    first, second = hunks(compare(old, new))
    assert [(run.old, run.new) for run in first if run.tells] == [("One", "Uno")]
    assert [(run.old, run.new) for run in second if run.tells] == [("three", "tres")]
    assert all(len(run.new) <= 120 for run in (*first, *second))
    near = hunks(compare("One, two, three", "Uno, two, tres"))
    assert len(list(near)) == 1


def test_lines_that_are_wrapped_anew_are_no_change() -> None:
    assert list(hunks(compare("one two three four", "one two\nthree  four"))) == []


def test_empty_texts() -> None:
    assert list(compare("", "")) == []
    assert [run.kind for run in compare("", "new")] == [Change.ADDED]
    assert [run.kind for run in compare("old", "")] == [Change.REMOVED]
