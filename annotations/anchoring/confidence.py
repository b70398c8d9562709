"""How sure a place is: from what is left of a quote and its context to a probability.

A logistic model, fitted to revisions of real texts and to texts with known changes, and tested on
others (``python -m benchmarks.anchoring FILE --calibration`` compares what it says with what was
right).
"""

from __future__ import annotations

import math

from annotations.anchoring.projection import Projection
from annotations.anchoring.tokens import information


def confidence(found: Projection, quote: str) -> float:
    """The probability that a place is right.

    Args:
        found: The place, and what speaks for it.
        quote: The words that are looked for.
    """
    known = [side for side in (found.before, found.after) if side is not None] or [0.0]
    best, worst = max(known), min(known)
    telling = math.log1p(information(quote))
    stretched = abs(math.log(max(found.growth, 0.05) / max(found.coverage, 0.05)))
    logit = (
        -5.2
        + 0.3 * found.coverage
        + 2.2 * best
        + 4.5 * worst
        + 2.0 * found.coverage * telling
        - 0.8 * stretched
    )
    return 1 / (1 + math.exp(-logit))
