"""What anchoring answers: where a passage lies in a text, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.anchoring.projection import Projection
from annotations.model import Span, Status

THRESHOLD = 0.5
"""The least confidence with which a passage is given a place: below it, it is lost.

A confidence is the estimated probability that the place is right (see
:mod:`annotations.anchoring.confidence`): a passage is placed where that is likelier than not, and a
person looks at all that moved."""
STANDING = 0.4
"""A changed passage has a place where at least this share of it stands there in runs of words: what
has become something else for the most part is another passage, however well it fits where the old
one was."""
_IN_PLACE = 0.5
"""The least share of the context, on one side, with which an unchanged quote is in its place."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a passage lies in a text."""

    status: Status
    """PLACED: the quote is unchanged, character for character, and in its place. MOVED: it was
    changed or stands elsewhere, the confidence is at least :data:`THRESHOLD`, and at least
    :data:`STANDING` of it is left. LOST: not to be found so; nothing is guessed."""
    start: int
    """The first code point; of a lost passage, where the text around it was, if that is known."""
    end: int
    """The code point after the last; of a lost passage, the same as ``start``."""
    confidence: float
    """0 to 1: how likely the place is right; of a lost passage, the best that was considered."""
    quote: str
    """The text from ``start`` to ``end``; empty for a lost passage."""

    @property
    def span(self) -> Span:
        """``start`` to ``end``."""
        return Span(self.start, self.end)

    @property
    def found(self) -> bool:
        """Whether the passage has a place at all."""
        return self.status is not Status.LOST


def settle(text: str, found: Projection, quote: str, confidence: float) -> Placement:
    """The placement of a quote at a place that was found, if one may be that sure of it."""
    if confidence < THRESHOLD or found.start >= found.end:
        return lost(found.start, confidence)
    here = text[found.start : found.end]
    if here != quote and found.standing < STANDING:
        return lost(found.start, confidence)
    known = [side for side in (found.before, found.after) if side is not None]
    in_place = max(known, default=1.0) >= _IN_PLACE
    status = Status.PLACED if here == quote and in_place else Status.MOVED
    return Placement(status, found.start, found.end, confidence, here)


def lost(near: int = 0, confidence: float = 0.0) -> Placement:
    """The placement of a passage that is not to be found, which once stood about ``near``."""
    return Placement(Status.LOST, near, near, confidence, "")
