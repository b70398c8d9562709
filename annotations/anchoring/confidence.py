"""How sure a place is: from what is left of a quote and its context to a probability.

A logistic model, fitted to places in real revisions of policies, handbooks, laws, manuals and books
in several scripts. Those say little of passages whose first or last word was replaced: what the
ends count was set by hand. On 1,015 passages of other texts, in several languages and scripts, what
it said and what was right by an alignment of words (read by eye, most of what that calls wrong
among the surer ones is the passage after all, moved and changed at once):

=============  =================  =================
said           right, two texts   right, one quote
=============  =================  =================
0.50 to 0.70   0.77               0.87
0.70 to 0.80   0.69               0.96
0.80 to 0.90   0.81               0.94
0.90 to 0.99   0.95               0.99
0.99 to 1.00   1.00               1.00
=============  =================  =================

``python -m benchmarks.anchoring FILE`` prints the same for any file of revisions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from annotations.anchoring.projection import Projection
from annotations.anchoring.tokens import information

_TELLING = 6.0
"""From ``exp(6)``, about 400 letters on, what stands of a longer quote tells no more."""
_UNKNOWN = 0.6
"""What a context counts that nobody recorded: there is none to differ from."""


@dataclass(frozen=True, slots=True)
class _Weights:
    """What each piece of evidence counts, in log odds."""

    base: float
    standing: float
    telling: float
    likeness: float
    ends: float
    context: float
    contexts: float
    """For both sides at once."""


_ALIGNED = _Weights(-6.3, 4.43, 0.53, 0.0, 3.0, 0.0, 2.85)
"""Where whole texts are aligned, what was put into a passage says nothing: its ends are known."""
_SEARCHED = _Weights(-9.16, 3.1, 0.69, 2.45, 1.5, 1.33, 2.72)


def confidence(found: Projection, quote: str, *, aligned: bool) -> float:
    """The probability that a place is right, if nothing else competes with it.

    Args:
        found: The place, and what speaks for it.
        quote: The words that are looked for.
        aligned: Whether the place follows from an alignment of two whole texts, which is good
            evidence by itself, or was searched for.
    """
    weights = _ALIGNED if aligned else _SEARCHED
    known = [side for side in (found.before, found.after) if side is not None] or [_UNKNOWN]
    # What is left of the quote counts less the more other words stand between.
    density = min(1.0, found.coverage / max(found.growth, 0.05))
    logit = (
        weights.base
        + weights.standing * found.standing
        + weights.telling * min(math.log1p(found.standing * information(quote)), _TELLING)
        + weights.likeness * math.sqrt(found.coverage * density)
        + weights.ends * found.ends
        + weights.context * max(known)
        + weights.contexts * max(known) * min(known)
    )
    return 1 / (1 + math.exp(-logit))
