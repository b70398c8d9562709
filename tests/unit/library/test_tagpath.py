from __future__ import annotations

import pytest

from annotations.errors import InvalidError
from annotations.library.tagpath import LONGEST, clean, fold


@pytest.mark.parametrize(
    ("path", "cleaned"),
    [
        ("risk", "risk"),
        ("  risk \t level /  tiers ", "risk level/tiers"),
        ("風險/等級", "風險/等級"),
        ("می‌خواهم", "می‌خواهم"),
        ("a; b", "a; b"),
        ("❤\ufe0f/1", "❤\ufe0f/1"),
        ("x" * LONGEST, "x" * LONGEST),
    ],
)
def test_a_path_is_trimmed_and_folded(path: str, cleaned: str) -> None:
    assert clean(path) == cleaned


@pytest.mark.parametrize(
    "path",
    [
        *("", " ", "/", "/a", "a/", "a//b", "a/ /b"),
        *("x" * 10_000, "a\x00b", "a\x1b[2J", "\udce9"),
        *("\u0301\u0302", "a/\u0301", "\u200b" * LONGEST, "\u202e/b"),
    ],
)
def test_what_cannot_be_a_path_is_told_in_one_line(path: str) -> None:
    with pytest.raises(InvalidError) as caught:
        clean(path)
    assert len(str(caught.value)) < 200
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("one", "other"), [("Risk", "rISK"), ("STRASSE", "straße"), ("e\u0301", "É"), ("Σ", "ς")]
)
def test_paths_that_differ_in_case_alone_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_accents_make_a_difference() -> None:
    assert fold("résumé") != fold("resume")
