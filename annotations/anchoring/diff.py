"""What changed between two wordings of a passage, word by word, for a person to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

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

    Words are compared exactly, case and signs too, and so is the white space between them.
    """
    return list(_joined(_runs(old, new)))


def _runs(old: str, new: str) -> Iterator[Difference]:
    ours, theirs = tokenise(old).spans, tokenise(new).spans
    same = match([old[a:b] for a, b in ours], [new[a:b] for a, b in theirs])
    old_at = new_at = 0
    for run in same:
        for index in range(run.length):
            start, end = ours[run.old + index]
            new_start, new_end = theirs[run.new + index]
            yield from _changed(old[old_at:start], new[new_at:new_start])
            yield Difference(Change.SAME, old[start:end], new[new_start:new_end])
            old_at, new_at = end, new_end
    yield from _changed(old[old_at:], new[new_at:])


def _changed(old: str, new: str) -> Iterator[Difference]:
    """What stands between two words that stayed; the blanks at its edges may have stayed too."""
    head = _blanks(old, new)
    tail = _blanks(old[head:][::-1], new[head:][::-1])
    if head:
        yield Difference(Change.SAME, old[:head], new[:head])
    was, now = old[head : len(old) - tail], new[head : len(new) - tail]
    if was or now:
        yield Difference(_kind(was, now), was, now)
    if tail:
        yield Difference(Change.SAME, old[-tail:], new[-tail:])


def _kind(was: str, now: str) -> Change:
    if was == now:
        # Signs that are in no word, such as soft hyphens.
        return Change.SAME
    return Change.REPLACED if was and now else Change.REMOVED if was else Change.ADDED


def _blanks(one: str, other: str) -> int:
    """How many characters of white space two texts begin with alike."""
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours or not mine.isspace():
            break
        count += 1
    return count


def _joined(runs: Iterable[Difference]) -> Iterator[Difference]:
    for kind, group in groupby(runs, key=lambda run: run.kind):
        parts = list(group)
        yield Difference(kind, "".join(p.old for p in parts), "".join(p.new for p in parts))
