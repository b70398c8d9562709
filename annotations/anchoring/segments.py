"""Two texts cut into corresponding segments, coarsely at first and finely where it is asked for.

Lines, then in large differences sentences, are compared as wholes: a text of 10 MB in which little
changed is aligned in a fraction of a second. The words of a difference are compared only when a
passage touches it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from annotations.anchoring.matching import Report, Run, match, unreported
from annotations.anchoring.tokens import Tokens, is_unspaced, tokenise

_LINE = re.compile(r"[^\n]*\n\s*|[^\n]+")
_SENTENCE = re.compile(
    r"(?:[^.!?…。！？؟।]++|[.!?…](?!\s))+(?:[.!?…]\s+|[。！？؟।]+\s*)?|[.!?…]\s+|[。！？؟।]+\s*"
)
_LARGE = 1 << 10
"""A difference with more code points on a side has its sentences compared before its words."""
_LONGEST = 1 << 24
"""A difference with more code points on a side does not have its words compared ..."""
_LOPSIDED = 64
"""... nor one that is large and on one side so many times longer than on the other: what little
there is to place is found by searching."""
_HUGE = 1 << 20
"""A difference with more on both sides ..."""
_SAMPLES = 64
"""... has its words compared only if of so many samples from the one side ..."""
_SAMPLE = 24
"""... so many code points long, half as many in a script without blanks, ..."""
_KNOWN = 8
"""... so many occur on the other."""
_MANY = 1 << 11
"""A difference of more lines or sentences, all repeated, is compared line by line nevertheless."""
_ENDLESS = 1 << 20
"""A longer line or sentence is compared as it is: its words would fill the memory."""
_ALIKE = 0.6
"""The least share of common characters at which replaced words count as the same, altered."""
_ALTERED = 400
"""The longest replaced stretch, in code points, that is looked at so."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the old text and what stands for it in the new one; either may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    similarity: float
    """1: the same but for what :func:`~annotations.anchoring.tokens.fold` takes away; between 0
    and 1: altered, with that share of common characters; 0: nothing in common."""
    equal: bool
    """Whether both sides are the same, character for character."""


def coarse_segments(old: str, new: str, report: Report = unreported) -> list[Segment]:
    """Segments that tile both texts: equal ones, and differences of whole lines or sentences."""
    segments: list[Segment] = []
    for line in _tiles(old, new, difference(0, len(old), 0, len(new)), _LINE, report):
        large = min(line.old_end - line.old_start, line.new_end - line.new_start) > _LARGE
        finer = large and not line.equal
        segments += _tiles(old, new, line, _SENTENCE, report) if finer else [line]
    return segments


def fine_segments(
    old: str, new: str, coarse: Segment, report: Report = unreported
) -> list[Segment]:
    """The words of a difference: segments that tile it; itself where it is too large for that."""
    sides = coarse.old_end - coarse.old_start, coarse.new_end - coarse.new_start
    if max(sides) > min(_LONGEST, _LOPSIDED * (min(sides) + _LARGE)):
        return [coarse]
    if min(sides) > _HUGE and _unrelated(old, new, coarse):
        return [coarse]
    ours = tokenise(old, coarse.old_start, coarse.old_end)
    theirs = tokenise(new, coarse.new_start, coarse.new_end)
    return word_segments(old, new, coarse, ours, theirs, report)


def word_segments(
    old: str,
    new: str,
    coarse: Segment,
    ours: Tokens,
    theirs: Tokens,
    report: Report = unreported,
) -> list[Segment]:
    """The same of words that are known: those of a difference in the old and the new text."""
    runs = match(ours.keys, theirs.keys, report=report)
    return [
        segment if segment.similarity else _altered(old, new, segment)
        for segment in _tiled(old, new, coarse, ours.spans, theirs.spans, runs)
    ]


def _unrelated(old: str, new: str, coarse: Segment) -> bool:
    """Whether two large stretches have next to nothing in common, at a glance."""
    step = (coarse.old_end - coarse.old_start) // _SAMPLES
    known = 0
    for at in range(coarse.old_start, coarse.old_end - step, step):
        line = old[at : at + step].strip().partition("\n")[0]
        sample = line[: _SAMPLE // 2 if is_unspaced(line[:_SAMPLE]) else _SAMPLE]
        known += bool(sample) and new.find(sample, coarse.new_start, coarse.new_end) >= 0
        if known >= _KNOWN:
            return False
    return True


def difference(old_start: int, old_end: int, new_start: int, new_end: int) -> Segment:
    """A segment of which nothing is known but that its ends correspond."""
    return Segment(old_start, old_end, new_start, new_end, 0.0, False)


def _tiles(
    old: str, new: str, within: Segment, unit: re.Pattern[str], report: Report
) -> list[Segment]:
    """The segments of a difference when lines or sentences are compared."""
    ours = [m.span() for m in unit.finditer(old, within.old_start, within.old_end)]
    theirs = [m.span() for m in unit.finditer(new, within.new_start, within.new_end)]
    runs = match(_keys(old, ours), _keys(new, theirs), (1, 2), _MANY, report)
    return [
        segment if segment.equal else difference(*_edges(segment))
        for segment in _tiled(old, new, within, ours, theirs, runs)
    ]


def _keys(text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    units = (text[start:end] for start, end in spans)
    return [" ".join(unit.split()) if len(unit) < _ENDLESS else unit for unit in units]


def _edges(segment: Segment) -> tuple[int, int, int, int]:
    return segment.old_start, segment.old_end, segment.new_start, segment.new_end


def _tiled(
    old: str,
    new: str,
    within: Segment,
    ours: Sequence[tuple[int, int]],
    theirs: Sequence[tuple[int, int]],
    runs: Iterable[Run],
) -> Iterator[Segment]:
    """What was matched and what lies between, without a hole."""
    old_at, new_at = within.old_start, within.new_start
    for run in runs:
        for part in _parts(old, new, run, ours, theirs):
            if part.old_start > old_at or part.new_start > new_at:
                yield _between(old, new, old_at, part.old_start, new_at, part.new_start)
            yield part
            old_at, new_at = part.old_end, part.new_end
    if within.old_end > old_at or within.new_end > new_at:
        yield _between(old, new, old_at, within.old_end, new_at, within.new_end)


def _parts(
    old: str,
    new: str,
    run: Run,
    ours: Sequence[tuple[int, int]],
    theirs: Sequence[tuple[int, int]],
) -> Iterator[Segment]:
    """A run as few segments as possible: halved until a part is equal or a single unit."""
    todo = [run]
    while todo:
        part = todo.pop()
        old_start, old_end = ours[part.old][0], ours[part.old + part.length - 1][1]
        new_start, new_end = theirs[part.new][0], theirs[part.new + part.length - 1][1]
        equal = old[old_start:old_end] == new[new_start:new_end]
        if equal or part.length == 1:
            yield Segment(old_start, old_end, new_start, new_end, 1.0, equal)
        else:
            half = part.length // 2
            todo.append(Run(part.old + half, part.new + half, part.length - half))
            todo.append(Run(part.old, part.new, half))


def _between(
    old: str, new: str, old_start: int, old_end: int, new_start: int, new_end: int
) -> Segment:
    """What lies between two matches: a difference, or the same white space."""
    equal = old[old_start:old_end] == new[new_start:new_end]
    return Segment(old_start, old_end, new_start, new_end, float(equal), equal)


def _altered(old: str, new: str, segment: Segment) -> Segment:
    """The difference with its similarity, where the words are the same but for some letters."""
    ours, theirs = (
        old[segment.old_start : segment.old_end],
        new[segment.new_start : segment.new_end],
    )
    if not ours.strip() or not theirs.strip() or max(len(ours), len(theirs)) > _ALTERED:
        return segment
    similarity = Indel.normalized_similarity(ours, theirs, score_cutoff=_ALIKE)
    return Segment(*_edges(segment), similarity, False) if similarity else segment
