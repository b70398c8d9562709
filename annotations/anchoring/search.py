"""A quote in a text whose older form is unknown: found by its words and its surroundings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from annotations.anchoring.confidence import confidence
from annotations.anchoring.placement import THRESHOLD, Placement, lost, settle
from annotations.anchoring.projection import Projection, project
from annotations.anchoring.seeds import Window, windows
from annotations.anchoring.segments import Segment, fine_segments
from annotations.anchoring.tokens import information, tokenise
from annotations.model import Span

_MOST = 4
"""How many places are looked at closely."""
_DISTINCTIVE = 12
"""A quote of so many letters (and two words) is no coincidence: its copy is worth showing."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """What is known of a passage: its words, what stood around it, and perhaps where it was."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    hint: int | None = None
    """A code point offset near which the passage is expected."""

    @property
    def text(self) -> str:
        """The quote in its context."""
        return self.prefix + self.quote + self.suffix

    @property
    def span(self) -> Span:
        """Where in :attr:`text` the quote lies."""
        return Span(len(self.prefix), len(self.prefix) + len(self.quote))


def find_quote(
    text: str, quote: str, prefix: str = "", suffix: str = "", hint: int | None = None
) -> Placement:
    """Where a quote lies in a text, though either may have changed since.

    Args:
        text: The text to search.
        quote: The words of the passage.
        prefix: What stood before it, as far as is known; some 32 code points are enough.
        suffix: What stood after it.
        hint: The code point offset at which it was, where that is known: decides between places
            that are equally good.
    """
    return find_all(text, [Fragment(quote, prefix, suffix, hint)])[0]


def find_all(
    text: str,
    fragments: Sequence[Fragment],
    allowed: Callable[[Projection], bool] = lambda _: True,
) -> list[Placement]:
    """Where each fragment lies; ``allowed`` refuses places that are known to be something else."""
    places = windows(text, [fragment.text for fragment in fragments], _MOST)
    return [
        _best(text, fragment, found, allowed)
        for fragment, found in zip(fragments, places, strict=True)
    ]


def _best(
    text: str,
    fragment: Fragment,
    places: Iterable[Window],
    allowed: Callable[[Projection], bool],
) -> Placement:
    rated: list[tuple[float, Projection]] = []
    for window in places:
        found = _fit(text, fragment, window)
        if found and allowed(found):
            rated.append((confidence(found, fragment.quote), found))
    if not rated:
        return lost(fragment.hint or 0)
    odds = [min(p, 0.999) / (1 - min(p, 0.999)) for p, _ in rated]
    top = max(range(len(rated)), key=lambda k: odds[k])
    share = odds[top] / (1 + sum(odds))
    best = rated[top][1]
    if text[best.start : best.end] == fragment.quote and _distinctive(fragment.quote):
        share = max(share, THRESHOLD)
    return settle(text, best, fragment.quote, share)


def _distinctive(quote: str) -> bool:
    return information(quote) >= _DISTINCTIVE and len(tokenise(quote).keys) > 1


def _fit(text: str, fragment: Fragment, window: Window) -> Projection | None:
    """The place of the quote inside a window."""
    old, new = fragment.text, text[window.start : window.end]
    segments = fine_segments(old, new, Segment(0, len(old), 0, len(new), 0.0, False))
    found = project(old, new, segments, fragment.span)
    return found and replace(found, start=found.start + window.start, end=found.end + window.start)
