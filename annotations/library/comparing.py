"""What changed between two texts of a document, for a person to read. Pure.

The texts are aligned by lines and sentences first, so that words are compared only where something
changed, and a text of many megabytes is compared in the time that it takes to read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from annotations.anchoring import Alignment, Change, differences

_LONGEST = 1 << 18
"""Code points on a side up to which words are compared."""
_AROUND = 60
"""Code points of unchanged text shown on each side of a change."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words of two texts, with where it begins in each, in code points."""

    kind: Change
    old_start: int
    new_start: int
    old: str
    """Empty where something was added."""
    new: str
    """Empty where something was removed."""

    @property
    def tells(self) -> bool:
        """Whether words were changed, and not only the white space between them."""
        return self.kind is not Change.SAME and self.old.split() != self.new.split()


def compare(old: str, new: str) -> Iterator[Run]:
    """The runs of words that stayed, went, came or were replaced: they tile both texts."""
    old_at = new_at = 0
    for segment in Alignment(old, new).segments(0, len(old)):
        ours, theirs = old[old_at : segment.old_end], new[new_at : segment.new_end]
        if ours or theirs:
            yield from _runs(old_at, new_at, ours, theirs, equal=segment.equal and ours == theirs)
        old_at, new_at = segment.old_end, segment.new_end
    if old_at < len(old) or new_at < len(new):
        yield from _runs(old_at, new_at, old[old_at:], new[new_at:], equal=False)


def _runs(old_at: int, new_at: int, old: str, new: str, *, equal: bool) -> Iterator[Run]:
    if equal:
        yield Run(Change.SAME, old_at, new_at, old, new)
    elif not old or not new or max(len(old), len(new)) > _LONGEST:
        kind = Change.ADDED if not old else Change.REPLACED if new else Change.REMOVED
        yield Run(kind, old_at, new_at, old, new)
    else:
        for part in differences(old, new):
            yield Run(part.kind, old_at, new_at, part.old, part.new)
            old_at, new_at = old_at + len(part.old), new_at + len(part.new)


Hunk = list[Run]
"""Changes that stand together, with what is unchanged around and between them."""


def hunks(runs: Iterable[Run]) -> Iterator[Hunk]:
    """The places where words changed.

    White space that changed alone is taken for unchanged: a text whose lines are wrapped anew says
    the same.
    """
    hunk: Hunk = []
    gap = ""
    for run in runs:
        if run.tells:
            if gap:
                hunk.append(_same(run, gap if hunk else _end(gap)))
            hunk.append(run)
            gap = ""
            continue
        gap = (gap if hunk else gap[-_AROUND - 1 :]) + run.new
        if hunk and len(gap) > 2 * _AROUND:
            yield [*hunk, _same(run, _beginning(gap))]
            hunk = []
    if hunk:
        yield [*hunk, _same(hunk[-1], _beginning(gap))]


def _same(near: Run, text: str) -> Run:
    """Unchanged text beside a run."""
    return replace(near, kind=Change.SAME, old=text, new=text)


def _beginning(text: str) -> str:
    """The first whole words of a text."""
    if len(text) <= _AROUND:
        return text
    return text[: max(text.rfind(" ", 0, _AROUND), 0) or _AROUND]


def _end(text: str) -> str:
    """The last whole words of a text."""
    if len(text) <= _AROUND:
        return text
    return text[text.find(" ", len(text) - _AROUND - 1) + 1 :][-_AROUND:]
