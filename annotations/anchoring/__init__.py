"""Where a passage lies in a text that has changed. Pure functions: no storage, no screen.

With both texts at hand, :class:`Alignment` aligns them and carries spans over; where only the quote
and its surroundings are known, :func:`find_quote` searches. Either gives a :class:`Placement`.
"""

from annotations.anchoring.alignment import Alignment, place_all
from annotations.anchoring.diff import Change, Difference, differences
from annotations.anchoring.placement import THRESHOLD, Placement
from annotations.anchoring.search import Fragment, find_all, find_quote

__all__ = [
    "THRESHOLD",
    "Alignment",
    "Change",
    "Difference",
    "Fragment",
    "Placement",
    "differences",
    "find_all",
    "find_quote",
    "place_all",
]
