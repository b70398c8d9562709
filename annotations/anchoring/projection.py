"""A span of the old text carried over to the new one along corresponding segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from annotations.anchoring.segments import Segment
from annotations.anchoring.standing import standing
from annotations.anchoring.tokens import inside_word, weight
from annotations.model import Span
from annotations.text.graphemes import next_edge, snap

CONTEXT = 32
"""How many code points before and after a passage tell whether it is in its place."""
_FAR = 3 * CONTEXT
"""Context speaks the less for a passage the farther it is from it in the new text; from here on it
says nothing."""
_INSERTION = 0.05
"""What a character that was inserted between two parts of a passage counts against one that they
share ..."""
_MOST = 12.0
"""... up to this: so a stray word far away is left out, and a real part is not."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Where a span comes to lie, and what speaks for it."""

    start: int
    end: int
    coverage: float
    """0 to 1: how much of the quote is there still, by characters that are no white space."""
    growth: float
    """The length of the new passage over that of the quote, likewise."""
    standing: float
    """0 to 1: how much of it stands in runs of words, not word by word."""
    ends: float
    """How many of the quote's two ends are there still: 0, a half or 1."""
    before: float | None
    """0 to 1: how much of the context before is there still, next to the passage; ``None`` where
    none is known."""
    after: float | None
    """The same after it."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What is left of a segment inside the span."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    kept: float
    """Characters in common inside the span."""
    support: float
    """The same, and some of what the segment has beyond the span."""


def project(old: str, new: str, segments: Sequence[Segment], span: Span) -> Projection | None:
    """Carry a span over.

    Args:
        old: The old text, or as much of it as the segments speak of.
        new: The new text, likewise.
        segments: Tiles of both texts in order, over the span and its context.
        span: What to carry over, in ``old``; not empty.

    Returns:
        ``None`` where nothing of the span is left.
    """
    unchanged = next((s for s in segments if s.equal and _holds(s, span)), None)
    if unchanged:
        shift = unchanged.new_start - unchanged.old_start
        start, end = span.start + shift, span.end + shift
        coverage = growth = stands = ends = 1.0
    else:
        parts = _densest(_parts(old, new, segments, span), new)
        if not parts:
            return None
        start, end = _whole_words(old, new, span, *_edges(old, new, segments, span, parts))
        total = weight(old[span.start : span.end]) or 1.0
        coverage = min(1.0, sum(part.kept for part in parts) / total)
        growth = weight(new[start:end]) / total
        stands = standing(old, new, segments, span)
        ends = _ends(old, parts, span)
        whole = _unchanged(new, old[span.start : span.end], start, end)
        if whole is not None:
            start, end = whole, whole + len(span)
            coverage = growth = stands = ends = 1.0
    before = Span(max(0, span.start - CONTEXT), span.start)
    after = Span(span.end, min(len(old), span.end + CONTEXT))
    return Projection(
        start,
        end,
        coverage,
        growth,
        stands,
        ends,
        _context(old, segments, before, start),
        _context(old, segments, after, end),
    )


def _unchanged(new: str, quote: str, start: int, end: int) -> int | None:
    """Where a quote stands unchanged after all, at the edge of a place or inside it: its words
    farther off are others, or its last word is the beginning of another one now."""
    size = len(quote)
    before = new.rfind(quote, max(0, start - size + 1), start + size - 1)
    after = new.find(quote, start, end + size - 1)
    copies = [at for at in (before, after) if at >= 0]
    return max(copies, key=lambda at: min(at + size, end) - max(at, start), default=None)


def _holds(segment: Segment, span: Span) -> bool:
    return segment.old_start <= span.start and span.end <= segment.old_end


def _parts(old: str, new: str, segments: Sequence[Segment], span: Span) -> list[_Part]:
    return [part for segment in segments if (part := _part(old, new, segment, span))]


def _part(old: str, new: str, segment: Segment, span: Span) -> _Part | None:
    start, end = max(segment.old_start, span.start), min(segment.old_end, span.end)
    if start >= end or not segment.similarity:
        return None
    new_start, new_end, share = _carried(old, new, segment, start, end)
    if 2 * share <= 1:
        return None
    kept = weight(old[start:end]) * share
    beyond = weight(old[max(segment.old_start, span.start - CONTEXT) : start])
    beyond += weight(old[end : min(segment.old_end, span.end + CONTEXT)])
    return _Part(start, end, new_start, new_end, kept, kept + beyond * segment.similarity)


def _carried(old: str, new: str, segment: Segment, start: int, end: int) -> tuple[int, int, float]:
    """Where a piece of a segment starts and ends in the new text, and the share of its characters
    that it keeps there."""
    shift = segment.new_start - segment.old_start
    if segment.equal:
        return start + shift, end + shift, 1.0
    if (start, end) == (segment.old_start, segment.old_end):
        return segment.new_start, segment.new_end, segment.similarity
    codes = Indel.opcodes(
        old[segment.old_start : segment.old_end], new[segment.new_start : segment.new_end]
    )
    low, high = start - segment.old_start, end - segment.old_start
    same = [
        (first, last, code.dest_start - code.src_start)
        for code in codes
        if code.tag == "equal"
        and (first := max(low, code.src_start)) < (last := min(high, code.src_end))
    ]
    if not same:
        return segment.new_start, segment.new_start, 0.0
    new_start = segment.new_start + same[0][0] + same[0][2]
    new_end = segment.new_start + same[-1][1] + same[-1][2]
    return new_start, new_end, sum(last - first for first, last, _ in same) / (high - low)


def _densest(parts: Sequence[_Part], new: str) -> Sequence[_Part]:
    """The parts from one to another that share most for what was inserted between them."""
    best, best_range = 0.0, (0, 0)
    score, first = 0.0, 0
    for index, part in enumerate(parts):
        if index:
            inserted = weight(new[parts[index - 1].new_end : part.new_start])
            score -= min(_INSERTION * inserted, _MOST)
        if score <= 0:
            score, first = 0.0, index
        score += part.support
        if score > best:
            best, best_range = score, (first, index + 1)
    return parts[slice(*best_range)]


def _ends(old: str, parts: Sequence[_Part], span: Span) -> float:
    first = not old[span.start : parts[0].old_start].strip()
    last = not old[parts[-1].old_end : span.end].strip()
    return (first + last) / 2


def _edges(
    old: str, new: str, segments: Sequence[Segment], span: Span, parts: Sequence[_Part]
) -> tuple[int, int]:
    """Where the passage starts and ends: with what now stands for the quote's first and last
    words."""
    first, last = parts[0], parts[-1]
    head = [s for s in segments if s.old_end <= first.old_start and s.old_end > span.start]
    tail = [s for s in segments if s.old_start >= last.old_end and s.old_start < span.end]
    start = _replacement(old, new, head, span, first.new_start, at_start=True)
    return start, _replacement(old, new, tail, span, last.new_end, at_start=False)


def _replacement(
    old: str,
    new: str,
    replaced: Sequence[Segment],
    span: Span,
    edge: int,
    *,
    at_start: bool,
) -> int:
    """The edge of the passage when the quote begins or ends with words that were replaced."""
    if not replaced:
        return edge
    head = old[max(span.start, replaced[0].old_start) : min(span.end, replaced[-1].old_end)]
    outside = old[replaced[0].old_start : span.start] + old[span.end : replaced[-1].old_end]
    now = new[replaced[0].new_start : replaced[-1].new_end]
    if not head.strip() or outside.strip() or weight(now) > 2 * weight(head) + 8:
        return edge
    if at_start:
        return edge - len(now.lstrip())
    return edge + len(now.rstrip())


def _whole_words(old: str, new: str, span: Span, start: int, end: int) -> tuple[int, int]:
    """Edges at the edges of words where the quote had them there; never inside a character."""
    if not inside_word(old, span.start):
        while inside_word(new, start):
            start -= 1
    if not inside_word(old, span.end):
        while inside_word(new, end):
            end += 1
    start = snap(new, start)
    return start, end if snap(new, end) == end else next_edge(new, end)


def _context(old: str, segments: Sequence[Segment], around: Span, new_edge: int) -> float | None:
    """How much of the old text in ``around`` is still there, near an edge of the new passage."""
    total = weight(old[around.start : around.end])
    if not total:
        return None
    kept = 0.0
    for segment in segments:
        start, end = max(segment.old_start, around.start), min(segment.old_end, around.end)
        distance = max(new_edge - segment.new_end, segment.new_start - new_edge)
        if start < end and segment.similarity and distance < _FAR:
            nearness = 1 - max(0, distance) / _FAR
            kept += weight(old[start:end]) * segment.similarity * nearness
    return kept / total
