"""Two revisions of a text side by side: where a passage of the old one lies in the new one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotations.anchoring.confidence import confidence
from annotations.anchoring.matching import Report, unreported
from annotations.anchoring.placement import THRESHOLD, Placement, lost, settle
from annotations.anchoring.projection import CONTEXT, Projection, project
from annotations.anchoring.search import Fragment, find_in
from annotations.anchoring.seeds import Lookup
from annotations.anchoring.segments import Segment, coarse_segments, fine_segments
from annotations.anchoring.tokens import weight
from annotations.errors import InvalidError
from annotations.model import Span, Status

_NEAR = 4 * CONTEXT
_READ = 64
"""Code points of a line that tell where a mere place has gone."""


class Alignment:
    """An old and a new text, aligned; cheap to make, finer where passages are looked up.

    Args:
        old: The old text.
        new: The new one.
        report: Called while they are aligned and passages are placed.
    """

    def __init__(self, old: str, new: str, report: Report = unreported) -> None:
        self.old = old
        self.new = new
        self._report = report
        self._coarse = coarse_segments(old, new, report)
        self._starts = [segment.old_start for segment in self._coarse]
        self._new_starts = [segment.new_start for segment in self._coarse]
        self._fine: dict[int, list[Segment]] = {}
        self._lookup = Lookup(new)

    def segments(self, start: int, end: int) -> list[Segment]:
        """What corresponds to the old text from ``start`` to ``end``: tiles that cover it."""
        found: list[Segment] = []
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self._coarse) and self._coarse[index].old_start <= end:
            found += _touching(self._finest(index), start, end)
            index += 1
        return found

    def _finest(self, index: int) -> list[Segment]:
        """A coarse segment's words, or itself where they say no more."""
        coarse = self._coarse[index]
        if coarse.equal or coarse.old_start == coarse.old_end or coarse.new_start == coarse.new_end:
            return [coarse]
        if index not in self._fine:
            self._fine[index] = fine_segments(self.old, self.new, coarse, self._report)
        return self._fine[index]

    def place(self, span: Span) -> Placement:
        """Where a span of the old text lies in the new one.

        Raises:
            InvalidError: The span is empty or not inside the old text.
        """
        return self.place_all([span])[0]

    def place_all(self, spans: Iterable[Span]) -> list[Placement]:
        """Where each of many spans lies; much faster than one after another where many are lost.

        Raises:
            InvalidError: A span is empty or not inside the old text.
        """
        placements: list[Placement] = []
        missing: list[int] = []
        fragments: list[Fragment] = []
        for index, span in enumerate(spans):
            self._report()
            placements.append(self._in_place(span))
            # Of what became something else in its place there is no other one.
            if not placements[-1].found and placements[-1].confidence < THRESHOLD:
                missing.append(index)
                fragments.append(self._fragment(span, placements[-1].start))
        elsewhere = find_in(self._lookup, fragments, self._unclaimed, self._report)
        for index, moved in zip(missing, elsewhere, strict=True):
            if moved.status is not Status.LOST:
                placements[index] = replace(moved, status=Status.MOVED)
        return placements

    def offset(self, offset: int) -> int:
        """Where in the new text what follows a place in the old one now stands; what is gone, where
        it was."""
        segment = self._at(offset)
        if segment and not segment.similarity:
            line = self.old[offset : offset + _READ].rstrip().partition("\n")[0]
            found = self.place(Span(offset, offset + max(1, len(line))))
            if found.found:
                return found.start
        return self._along(segment, offset)

    def _at(self, offset: int) -> Segment | None:
        """The segment of what follows an offset; None at the end."""
        return next((s for s in self.segments(offset, offset) if offset < s.old_end), None)

    def _along(self, segment: Segment | None, offset: int) -> int:
        if segment is None:
            return len(self.new)
        share = (offset - segment.old_start) / (segment.old_end - segment.old_start)
        return segment.new_start + round(share * (segment.new_end - segment.new_start))

    def _in_place(self, span: Span) -> Placement:
        """What the alignment alone says."""
        if not 0 <= span.start < span.end <= len(self.old):
            raise InvalidError(
                f"there is no passage from {span.start} to {span.end} "
                f"in a text of {len(self.old)} characters"
            )
        quote = self.old[span.start : span.end]
        found = self._project(span)
        if found is None:
            return lost(self._along(self._at(span.start), span.start))
        return settle(self.new, found, quote, confidence(found, quote, aligned=True))

    def _fragment(self, span: Span, near: int) -> Fragment:
        return Fragment(
            self.old[span.start : span.end],
            self.old[max(0, span.start - CONTEXT) : span.start],
            self.old[span.end : span.end + CONTEXT],
            near,
        )

    def _unclaimed(self, fragment: Fragment, found: Projection) -> bool:
        """Whether most of a place is new: what other old text became is not the passage."""
        first = bisect_right(self._new_starts, found.start) - 1
        claimed, at = 0.0, max(0, first)
        while at < len(self._coarse) and self._coarse[at].new_start < found.end:
            fine = self._finest(at)
            low = bisect_right(fine, found.start, key=lambda segment: segment.new_end)
            high = bisect_left(fine, found.end, key=lambda segment: segment.new_start)
            for segment in fine[low:high]:
                start, end = max(segment.new_start, found.start), min(segment.new_end, found.end)
                if segment.similarity and start < end:
                    claimed += weight(self.new[start:end])
            at += 1
        return 2 * claimed <= weight(self.new[found.start : found.end])

    def _project(self, span: Span) -> Projection | None:
        """Where the alignment says that a span of the old text lies."""
        around = self.segments(max(0, span.start - _NEAR), min(len(self.old), span.end + _NEAR))
        return project(self.old, self.new, around, span)


def _touching(segments: Sequence[Segment], start: int, end: int) -> Sequence[Segment]:
    first = bisect_left(segments, start, key=lambda segment: segment.old_end)
    last = bisect_right(segments, end, key=lambda segment: segment.old_start)
    return segments[first:last]


def place_all(old: str, new: str, spans: Iterable[Span]) -> list[Placement]:
    """Where each span of an old text lies in a new one.

    Raises:
        InvalidError: A span is empty or not inside the old text.
    """
    return Alignment(old, new).place_all(spans)
