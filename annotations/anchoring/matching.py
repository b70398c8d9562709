"""Where two sequences agree, in order: the common ground of every alignment here.

What occurs once in both is the surest anchor (patience diff, Bram Cohen), first runs of several
elements, so that a common word does not tie a removed passage to an unrelated one. What lies
between the anchors is small and gets a longest common subsequence from rapidfuzz. A large stretch
without any anchor, because it repeats itself or has nothing in common, is walked in windows, and
left unmatched where even that would take long: the time is about linear.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

_CELLS = 1 << 22
"""The largest product of two lengths that gets one longest common subsequence: about 10 ms."""
_SMALL = 24 * 24
"""A stretch with a smaller product needs no anchors: little can go wrong in it."""
_ALIKE = 0.7
"""With at least this share of the longer side in common a stretch needs none either ..."""
_CLEAR = 1 << 18
"""... if the product of its lengths is no larger."""
_WINDOW = 512
"""Elements of each side that are compared at once in a stretch without anchors."""
_WALK = 100_000
"""The most elements of a side that are walked so: about half a second. In a longer stretch only the
longest grams are anchors: of short ones many agree by chance."""
_DEPTH = 24
"""How often a stretch between anchors is anchored anew."""


Report = Callable[[], None]
"""Called many times a second while something long goes on; may raise, to stop it."""


def unreported() -> None:
    """Nobody asks how far it is."""


@dataclass(frozen=True, slots=True)
class Run:
    """``length`` elements that are the same from ``old`` and from ``new`` on."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What is still to be compared: indices into both sequences, ends exclusive."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    depth: int = 0

    @property
    def longest(self) -> int:
        return max(self.old_end - self.old_start, self.new_end - self.new_start)

    @property
    def cells(self) -> int:
        return (self.old_end - self.old_start) * (self.new_end - self.new_start)


def match(
    old: Sequence[str],
    new: Sequence[str],
    grams: Sequence[int] = (6, 2),
    least: int = 0,
    report: Report = unreported,
) -> list[Run]:
    """The runs that two sequences share, in increasing order on both sides.

    Args:
        old: Any strings: lines, sentences, words.
        new: The same, of the other text.
        grams: How many elements in a row make an anchor, tried in this order.
        least: A stretch without anchors of fewer elements on both sides is left unmatched, for a
            finer comparison.
        report: Called between stretches.
    """
    runs: list[Run] = []
    todo = [_Stretch(0, len(old), 0, len(new))]
    while todo:
        report()
        stretch = todo.pop()
        stretch = _trim(old, new, stretch, runs)
        if not stretch.cells or _unlike(old, new, stretch):
            continue
        if not least and (alike := _alike(old, new, stretch)):
            runs.extend(alike)
            continue
        anchors: list[Run] = []
        if stretch.depth < _DEPTH and (stretch.cells > _SMALL or least):
            for size in grams[:1] if stretch.longest > _WALK else grams:
                if anchors := _anchors(old, new, stretch, size):
                    break
        if anchors:
            todo.extend(_between(anchors, stretch))
            runs.extend(anchors)
        elif stretch.longest >= least:
            runs.extend(_subsequence(old, new, stretch))
    runs.sort(key=lambda run: run.old)
    return _joined(runs)


def _trim(old: Sequence[str], new: Sequence[str], s: _Stretch, runs: list[Run]) -> _Stretch:
    """Move the elements at which both sides begin and end alike to ``runs``."""
    head, longest = 0, min(s.old_end - s.old_start, s.new_end - s.new_start)
    while head < longest and old[s.old_start + head] == new[s.new_start + head]:
        head += 1
    tail = 0
    while tail < longest - head and old[s.old_end - 1 - tail] == new[s.new_end - 1 - tail]:
        tail += 1
    if head:
        runs.append(Run(s.old_start, s.new_start, head))
    if tail:
        runs.append(Run(s.old_end - tail, s.new_end - tail, tail))
    return _Stretch(
        s.old_start + head, s.old_end - tail, s.new_start + head, s.new_end - tail, s.depth
    )


def _unlike(old: Sequence[str], new: Sequence[str], s: _Stretch) -> bool:
    """Whether two sides have nothing at all in common."""
    return set(old[s.old_start : s.old_end]).isdisjoint(new[s.new_start : s.new_end])


def _alike(old: Sequence[str], new: Sequence[str], s: _Stretch) -> list[Run]:
    """A longest common subsequence of what is mostly the same: nothing in it is a coincidence."""
    if not _SMALL < s.cells <= _CLEAR:
        return []
    ours, theirs = old[s.old_start : s.old_end], new[s.new_start : s.new_end]
    share = LCSseq.normalized_similarity(ours, theirs, score_cutoff=_ALIKE)
    return _longest(old, new, s) if share else []


def _anchors(old: Sequence[str], new: Sequence[str], s: _Stretch, size: int) -> list[Run]:
    """The grams that occur once on each side, as far as their order agrees, grown and not
    overlapping."""
    if min(s.old_end - s.old_start, s.new_end - s.new_start) < size:
        return []
    here = _once(old, s.old_start, s.old_end, size)
    there = _once(new, s.new_start, s.new_end, size, here)
    pairs = [
        (here[gram], at)
        for gram, at in there.items()
        # Texts are small beside the hashes, yet a chance agreement must not become an anchor.
        if old[here[gram] : here[gram] + size] == new[at : at + size]
    ]
    pairs.sort()
    anchors: list[Run] = []
    old_free, new_free = s.old_start, s.new_start
    for old_at, new_at in _increasing(pairs):
        if old_at < old_free or new_at < new_free:
            continue
        length = size
        while (
            old_at + length < s.old_end
            and new_at + length < s.new_end
            and old[old_at + length] == new[new_at + length]
        ):
            length += 1
        anchors.append(Run(old_at, new_at, length))
        old_free, new_free = old_at + length, new_at + length
    return anchors


def _once(
    items: Sequence[str], start: int, end: int, size: int, wanted: Container[int] | None = None
) -> dict[int, int]:
    """Where the grams that occur a single time begin, by their hashes, in order of their places; of
    those that are wanted."""
    places: dict[int, int] = {}
    again: list[int] = []
    grams = zip(*(items[start + k : end] for k in range(size)), strict=False)
    for at, gram in enumerate(map(hash, grams), start):
        if (wanted is None or gram in wanted) and places.setdefault(gram, at) != at:
            again.append(gram)
    for gram in again:
        places.pop(gram, None)
    return places


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of pairs, sorted by the first, whose seconds increase."""
    seconds = [second for _, second in pairs]
    if seconds == sorted(seconds):
        return pairs
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        at = bisect_left(tails, second)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [second]
        ends[at : at + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _between(anchors: list[Run], s: _Stretch) -> list[_Stretch]:
    """The stretches before, between and after anchors."""
    stretches: list[_Stretch] = []
    old_at, new_at = s.old_start, s.new_start
    for anchor in anchors:
        stretches.append(_Stretch(old_at, anchor.old, new_at, anchor.new, s.depth + 1))
        old_at, new_at = anchor.old + anchor.length, anchor.new + anchor.length
    stretches.append(_Stretch(old_at, s.old_end, new_at, s.new_end, s.depth + 1))
    return stretches


def _subsequence(old: Sequence[str], new: Sequence[str], s: _Stretch) -> list[Run]:
    """A longest common subsequence; of a large stretch, one of each pair of windows in turn."""
    if s.cells <= _CELLS:
        return _longest(old, new, s)
    runs: list[Run] = []
    if s.longest > _WALK:
        return runs
    old_at, new_at = s.old_start, s.new_start
    while old_at < s.old_end and new_at < s.new_end:
        old_end, new_end = min(old_at + _WINDOW, s.old_end), min(new_at + _WINDOW, s.new_end)
        found = _longest(old, new, _Stretch(old_at, old_end, new_at, new_end))
        runs += found
        if found:
            old_at, new_at = found[-1].old + found[-1].length, found[-1].new + found[-1].length
        else:
            old_at, new_at = old_end, new_end
    return runs


def _longest(old: Sequence[str], new: Sequence[str], s: _Stretch) -> list[Run]:
    """A longest common subsequence, as runs."""
    codes = LCSseq.opcodes(old[s.old_start : s.old_end], new[s.new_start : s.new_end])
    return [
        Run(s.old_start + op.src_start, s.new_start + op.dest_start, op.src_end - op.src_start)
        for op in codes
        if op.tag == "equal"
    ]


def _joined(runs: list[Run]) -> list[Run]:
    """The same with runs that follow each other on both sides made one."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (last.old + last.length, last.new + last.length) == (run.old, run.new):
            joined[-1] = Run(last.old, last.new, last.length + run.length)
        else:
            joined.append(run)
    return joined
