"""How sure a place is: from what is left of a quote and its context to a probability.

A logistic model. It was fitted to places in real revisions of policy texts and in texts of several
scripts with known changes, half of the texts at a time, each half checked on the other. On texts
that it had not seen at all, what it said and what was right:

=============  =================  =================
said           right, two texts   right, one quote
=============  =================  =================
0.50 to 0.60   0.68               0.61
0.60 to 0.70   0.81               0.78
0.70 to 0.80   0.95               0.88
0.80 to 0.90   0.94               0.92
0.90 to 0.99   0.99               0.99
0.99 to 1.00   1.00               1.00
=============  =================  =================

``python -m benchmarks.anchoring FILE`` prints the same for any file of revisions. The fit itself
gave an alignment twice the weight that it has here; but where real passages were rewritten, words
that they and their successors have in common lined up all too easily.
"""

from __future__ import annotations

import math

from annotations.anchoring.projection import Projection
from annotations.anchoring.tokens import information

_TELLING = 5.0
"""From ``exp(5)``, about 150 letters on, a longer quote tells no more."""
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
    telling = min(math.log1p(information(quote)), _TELLING)
    logit = (
        -9.1
        + 3.8 * found.standing
        + 2.6 * likeness
        + 0.4 * likeness * telling
        + 1.9 * found.ends
        + 1.7 * max(known)
        + 2.4 * max(known) * min(known)
        + 2.9 * aligned
    )
    return 1 / (1 + math.exp(-logit))
