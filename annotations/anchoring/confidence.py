"""How sure a place is: from what is left of a quote and its context to a probability.

A logistic model, fitted to places in real revisions of policies, handbooks, laws and manuals in
several scripts, and at half weight to texts with known changes. On revisions of other texts, what
it said and what was right by an alignment of words (read by eye, most of what that calls wrong
among the surer ones is the passage after all, moved and changed at once):

=============  =================  =================
said           right, two texts   right, one quote
=============  =================  =================
0.50 to 0.70   0.80               0.67
0.70 to 0.80   0.64               0.84
0.80 to 0.90   0.71               0.90
0.90 to 0.99   0.79               0.99
0.99 to 1.00   0.99               1.00
=============  =================  =================

``python -m benchmarks.anchoring FILE`` prints the same for any file of revisions.
"""

from __future__ import annotations

import math

from annotations.anchoring.projection import Projection
from annotations.anchoring.tokens import information

_TELLING = 6.0
"""From ``exp(6)``, about 400 letters on, what stands of a longer quote tells no more."""
_UNKNOWN = 0.6
"""What a context counts that nobody recorded: there is none to differ from."""


def confidence(found: Projection, quote: str, *, aligned: bool) -> float:
    """The probability that a place is right, if nothing else competes with it.

    Args:
        found: The place, and what speaks for it.
        quote: The words that are looked for.
        aligned: Whether the place follows from an alignment of two whole texts, which is good
            evidence by itself, or was searched for.
    """
    known = [side for side in (found.before, found.after) if side is not None] or [_UNKNOWN]
    # What is left of the quote counts less the more other words stand between.
    density = min(1.0, found.coverage / max(found.growth, 0.05))
    likeness = math.sqrt(found.coverage * density)
    telling = min(math.log1p(found.standing * information(quote)), _TELLING)
    logit = (
        -9.3
        + 3.3 * found.standing
        + 0.36 * telling
        + 4.3 * likeness
        + 1.0 * found.ends
        + 1.6 * max(known)
        + 2.7 * max(known) * min(known)
        + 3.0 * aligned
    )
    return 1 / (1 + math.exp(-logit))
