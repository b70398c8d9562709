"""What changed between two wordings of a passage, word by word, for a person to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from annotations.anchoring.matching import match
from annotations.anchoring.tokens import tokenise


class Change(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of words on both sides. The old texts of all runs, joined, are the old wording; the new
    ones the new wording."""

    kind: Change
    old: str
    """Empty where something was added."""
    new: str
    """Empty where something was removed."""


def differences(old: str, new: str) -> list[Difference]:
    """The runs of words that stayed, went, came or were replaced, in order.

    Words are compared exactly, case and signs too; white space is part of the words' runs.
    """
    ours, theirs = _pieces(old), _pieces(new)
    runs = [*match(ours, theirs), None]
    found: list[Difference] = []
    old_at = new_at = 0
    for run in runs:
        old_to, new_to = (run.old, run.new) if run else (len(ours), len(theirs))
        found += _changed("".join(ours[old_at:old_to]), "".join(theirs[new_at:new_to]))
        if run:
            old_at, new_at = run.old + run.length, run.new + run.length
            same = "".join(ours[run.old : old_at])
            found.append(Difference(Change.SAME, same, same))
    return found


def _changed(old: str, new: str) -> Iterator[Difference]:
    if old and new:
        yield Difference(Change.REPLACED, old, new)
    elif old:
        yield Difference(Change.REMOVED, old, "")
    elif new:
        yield Difference(Change.ADDED, "", new)


def _pieces(text: str) -> list[str]:
    """The text cut into words, signs and stretches of white space, nothing left out."""
    pieces: list[str] = []
    at = 0
    for start, end in tokenise(text).spans:
        pieces += [text[at:start]] if start > at else []
        pieces.append(text[start:end])
        at = end
    return [*pieces, text[at:]] if at < len(text) else pieces
