"""How much of a passage still stands in a changed text: the first evidence of a place.

Words that two texts have in common one by one line up by chance wherever a passage was replaced by
another on the same subject. Runs of several in a row do not: only they count.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotations.anchoring.segments import Segment
from annotations.anchoring.tokens import plain, tokenise
from annotations.model import Span

RUN = 3
"""The least number of words and signs in a row that are no coincidence."""
_NEAR = 48
"""How many code points beyond a passage a run is looked at."""
_WORD = 4
"""A shorter word with another letter is another word ..."""
_DAMAGED = 0.75
"""... and so is a longer one with a smaller share of its letters left."""


def standing(old: str, new: str, segments: Sequence[Segment], span: Span) -> float:
    """The share of a passage's words and signs that stand in runs, 0 to 1.

    A run may go on beyond the passage. A word in other capitals is another word; one with a letter
    or two changed, as by bad recognition, is the same; other forms of the same letters, quotation
    marks, dashes and white space say nothing.

    Args:
        old: The old text, or as much of it as the segments speak of.
        new: The new text, likewise.
        segments: Tiles of both texts in order, over the span and what is near it.
        span: The passage, in ``old``.
    """
    words = tokenise(old, max(0, span.start - _NEAR), span.end + _NEAR).spans
    own = [span.start < end and start < span.end for start, end in words]
    kept = begun = at = 0
    for segment in segments:
        first = at
        while at < len(words) and words[at][0] < segment.old_end:
            at += 1
        if _stands(old, new, segment) or (at == first and _blank(old, new, segment)):
            continue
        kept += sum(own[begun:first]) if first - begun >= RUN else 0
        begun = at
    kept += sum(own[begun:at]) if at - begun >= RUN else 0
    return kept / sum(own) if any(own) else 1.0


def _stands(old: str, new: str, segment: Segment) -> bool:
    if segment.equal or not segment.similarity:
        return segment.equal
    ours = old[segment.old_start : segment.old_end]
    if segment.similarity < 1:
        return segment.similarity >= _DAMAGED and len(ours.strip()) >= _WORD
    return plain(ours) == plain(new[segment.new_start : segment.new_end])


def _blank(old: str, new: str, segment: Segment) -> bool:
    """Whether there is nothing but white space on both sides."""
    return not (
        old[segment.old_start : segment.old_end].strip()
        or new[segment.new_start : segment.new_end].strip()
    )
