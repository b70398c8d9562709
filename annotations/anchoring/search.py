"""A quote in a text whose older form is unknown: found by its words and its surroundings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from annotations.anchoring.confidence import confidence
from annotations.anchoring.estimate import estimate
from annotations.anchoring.matching import Report, unreported
from annotations.anchoring.placement import THRESHOLD, Placement, lost, settle
from annotations.anchoring.projection import CONTEXT, Projection, project
from annotations.anchoring.seeds import COMMON, Lookup, Window
from annotations.anchoring.segments import Segment, difference, fine_segments, word_segments
from annotations.anchoring.tokens import Tokens, information, tokenise
from annotations.model import Span

_MOST = 4
"""How many places are looked at closely."""
_MANY = 10
"""From so many fragments on, their seeds are looked up together."""
_SURE = 0.95
"""With this confidence in an unchanged copy no changed one is looked for."""
_CHANGED = 0.8
"""With less confidence in a changed copy an unchanged one elsewhere is preferred to it."""
_DISTINCTIVE = 12
"""A quote of so many letters (and two words) is no coincidence: its copy is worth showing."""
_NEAR = 500
"""A place this far from where the passage is expected, in code points, has half the odds."""
_HOPE = 0.3
"""A window that a quick estimate gives less is not compared closely: damaged words alone would not
make a place of it."""
_RIVAL = 0.7
"""A window with less than this of the best one's share of pieces is not looked at, nor one with
less than one that holds a sure place."""


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


Filter = Callable[[Fragment, Projection], bool]
"""Whether a fragment may be placed there; refuses places that are known to be something else."""


@dataclass(frozen=True, slots=True)
class _Rated:
    """A place, how sure it is by itself, and its odds beside others."""

    found: Projection
    unchanged: bool
    confidence: float
    odds: float


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
    report: Report = unreported,
) -> list[Placement]:
    """Where each of many fragments lies; faster than one after another.

    Args:
        text: The text to search.
        fragments: What to look for.
        report: Called for each.
    """
    return find_in(Lookup(text), fragments, lambda _, __: True, report)


def find_in(
    lookup: Lookup, fragments: Sequence[Fragment], allowed: Filter, report: Report
) -> list[Placement]:
    """The same in a text that is searched again and again.

    Args:
        lookup: The text to search.
        fragments: What to look for.
        allowed: Which places may be taken for a quote that changed. An unchanged copy always may.
        report: Called for each.
    """
    near = [
        replace(each, prefix=each.prefix[-CONTEXT:], suffix=each.suffix[:CONTEXT])
        for each in fragments
    ]
    if len(near) >= _MANY:
        lookup.prepare([each.quote for each in near], [each.text for each in near], report)
    placements = []
    for each in near:
        report()
        placements.append(_find(lookup, each, allowed))
    return placements


def _find(lookup: Lookup, fragment: Fragment, allowed: Filter) -> Placement:
    rated = _rated_copies(lookup.text, fragment, _copies(lookup, fragment))
    surest = max((place.confidence for place in rated), default=0.0)
    # Beside a copy in the very same context there is nothing to look for.
    if surest < _SURE and not _stands(lookup.text, fragment):
        words = tokenise(fragment.text)
        windows = lookup.windows(fragment.text, _MOST)
        least = _RIVAL * max((window.share for window in windows), default=0.0)
        for window in windows:
            if window.share < least:
                continue
            found = _changed(lookup.text, fragment, words, window)
            if not found or not allowed(fragment, found):
                continue
            rated = _with(_rate(lookup.text, fragment, found), rated)
            if rated[-1].confidence >= _SURE:
                least = max(least, window.share)
    return _best(lookup.text, fragment, rated)


def _stands(text: str, fragment: Fragment) -> bool:
    """Whether a quote stands somewhere with all that is known to have stood around it."""
    return bool(fragment.prefix + fragment.suffix) and fragment.text in text


def _copies(lookup: Lookup, fragment: Fragment) -> list[int]:
    """Where a quote stands unchanged; of very many places, those in the very same context."""
    starts = lookup.copies(fragment.quote)
    if len(starts) > COMMON:
        starts = [at + len(fragment.prefix) for at in lookup.copies(fragment.text)]
    return starts if len(starts) <= COMMON else []


def _best(text: str, fragment: Fragment, rated: Sequence[_Rated]) -> Placement:
    """The likeliest place, if it is likely enough in view of the others."""
    if not rated:
        return lost(max(0, min(fragment.hint or 0, len(text))))
    total = sum(place.odds for place in rated)

    def sure(place: _Rated) -> float:
        own = place.confidence * place.odds / total
        return max(own, THRESHOLD) if place.unchanged and _distinctive(fragment.quote) else own

    best = max(rated, key=lambda place: place.odds)
    unchanged = [place for place in rated if place.unchanged]
    if not best.unchanged and unchanged and sure(best) < _CHANGED:
        copy = max(unchanged, key=lambda place: place.odds)
        best = copy if sure(copy) >= THRESHOLD else best
    return settle(text, best.found, fragment.quote, sure(best))


def _with(place: _Rated, rated: Sequence[_Rated]) -> list[_Rated]:
    """The places and one more; of those that overlap it only the likeliest, which comes last."""
    same = [each for each in rated if _same(each.found, place.found)]
    likeliest = max([*same, place], key=lambda each: (each.unchanged, each.confidence))
    return [*(each for each in rated if each not in same), likeliest]


def _same(one: Projection, other: Projection) -> bool:
    return one.start < other.end and other.start < one.end


def _distinctive(quote: str) -> bool:
    return information(quote) >= _DISTINCTIVE and len(tokenise(quote).keys) > 1


def _rate(text: str, fragment: Fragment, found: Projection) -> _Rated:
    unchanged = text[found.start : found.end] == fragment.quote
    sure = confidence(found, fragment.quote, aligned=False)
    near = 1.0
    if fragment.hint is not None:
        near = 1 / (1 + abs(found.start - fragment.hint) / _NEAR)
    return _Rated(found, unchanged, sure, near * sure / (1 - min(sure, 0.999)))


def _rated_copies(text: str, fragment: Fragment, starts: Sequence[int]) -> list[_Rated]:
    """The unchanged copies of a quote whose surroundings are most like its own."""

    def unlike(start: int) -> tuple[int, int]:
        end = start + len(fragment.quote)
        before = text[max(0, start - len(fragment.prefix)) : start]
        after = text[end : end + len(fragment.suffix)]
        distance = Indel.distance(fragment.prefix, before) + Indel.distance(fragment.suffix, after)
        return distance, abs(start - (fragment.hint or 0))

    likest = sorted(starts, key=unlike)[:_MOST]
    # Beside a copy in the very same context, one whose context only resembles it is no rival.
    if likest and fragment.prefix + fragment.suffix and not unlike(likest[0])[0]:
        likest = [start for start in likest if not unlike(start)[0]]
    return [_rate(text, fragment, _copy(text, fragment, start)) for start in likest]


def _copy(text: str, fragment: Fragment, start: int) -> Projection:
    """An unchanged copy of a quote, with what is left of its context there."""
    quote = fragment.span
    near, far = max(0, start - 2 * CONTEXT), start + len(quote) + 2 * CONTEXT
    old, new = fragment.text, text[near:far]
    here = Span(start - near, start - near + len(quote))
    found = project(
        old,
        new,
        [
            *fine_segments(old, new, difference(0, quote.start, 0, here.start)),
            Segment(quote.start, quote.end, here.start, here.end, 1.0, True),
            *fine_segments(old, new, difference(quote.end, len(old), here.end, len(new))),
        ],
        quote,
    )
    before, after = (found.before, found.after) if found else (None, None)
    return Projection(start, start + len(quote), 1.0, 1.0, 1.0, 1.0, before, after)


def _changed(text: str, fragment: Fragment, words: Tokens, window: Window) -> Projection | None:
    """The place of a quote inside a window; ``words`` are those of the quote in its context."""
    old, new = fragment.text, text[window.start : window.end]
    theirs = tokenise(new)
    hopeless = estimate(words, theirs, fragment.span, fragment.quote) < _HOPE
    if hopeless and fragment.quote not in new:
        return None
    whole = difference(0, len(old), 0, len(new))
    found = project(old, new, word_segments(old, new, whole, words, theirs), fragment.span)
    if not found:
        return None
    return replace(found, start=found.start + window.start, end=found.end + window.start)
