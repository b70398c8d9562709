"""Whether a passage may be in a stretch of text at all: a quick look before a close one.

One longest common subsequence of words, read as if all that it matches were the passage. That is
generous: what it says is hardly ever less than what the words say when they are compared closely.
"""

from __future__ import annotations

from rapidfuzz.distance import LCSseq

from annotations.anchoring.confidence import confidence
from annotations.anchoring.projection import Projection
from annotations.anchoring.standing import RUN
from annotations.anchoring.tokens import Tokens
from annotations.model import Span

_FEW = 3 * RUN
"""Of fewer words nothing is said: one that is damaged leaves no run."""


def estimate(ours: Tokens, theirs: Tokens, span: Span, quote: str) -> float:
    """At most about so sure is the best place of a quote that changed.

    Args:
        ours: The words of the quote in its context.
        theirs: Those of the stretch.
        span: Where the quote lies in what ``ours`` counts.
        quote: The quote.
    """
    matched = [0] * len(ours.keys)
    for code in LCSseq.opcodes(ours.keys, theirs.keys):
        if code.tag == "equal":
            length = code.src_end - code.src_start
            matched[code.src_start : code.src_end] = [length] * length
    # Before the quote, in it and after it.
    whole, kept = [0, 0, 0], [0, 0, 0]
    words = stand = 0
    for (start, end), run in zip(ours.spans, matched, strict=True):
        part = (end > span.start) + (start >= span.end)
        whole[part] += end - start
        kept[part] += end - start if run else 0
        words += part == 1
        stand += part == 1 and run >= RUN
    if words < _FEW:
        return 1.0
    if not kept[1]:
        return 0.0
    before, coverage, after = (k / w if w else None for k, w in zip(kept, whole, strict=True))
    found = Projection(0, 0, coverage or 0.0, coverage or 0.0, stand / words, 1.0, before, after)
    return confidence(found, quote, aligned=False)
