"""Where in a text a quote or a damaged fragment may lie: the first, rough step of a search.

Copies of a quote are looked up as they are. Of a damaged fragment short pieces (seeds) are looked
up; where many of them stand together, it may be. Many are looked up in one sweep over the text.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, permutations

from annotations.anchoring.matching import Report, unreported
from annotations.anchoring.tokens import is_unspaced

_LENGTH = 9
_UNSPACED_LENGTH = 4
"""Code points of a seed, in scripts with and without blanks between words."""
_SEEDS = 10
"""Seeds of a fragment, spread over it evenly."""
_HEADS = 3
"""Seeds of a quote that are looked up with many others: the rarest leads to its copies."""
COMMON = 48
"""What occurs more often than this says nothing of where a fragment is."""
_TOO_MANY = range(COMMON + 1)
"""What is known of a seed that was not looked up."""
_FEW = 0.15
"""A stretch with a smaller share of a fragment's seeds is no window."""
_PIECES = 40
"""Pieces of a fragment by which its windows are compared: more than are looked up in the text."""
_LEAST = 0.2
"""A window with a smaller share of them is none either."""
_MARGIN = 40
_LONG = 1000
"""Code points by which a window is wider than what was found, on each side: so many, and as many as
the fragment has, up to so many more."""
_APART = 1000
"""The most code points between the windows of a fragment's head and tail, in which new text was put
between them ..."""
_FEWEST = 2
"""... if each has so many seeds at least."""
_SWEEP = 100
"""From so many seeds on, one sweep over the text is cheaper than a search for each ..."""
_BLOCK = 1 << 20
"""... by blocks of so many code points, to hold the words of one alone."""

_PLAIN = dict(zip("\n\t\xa0‘’“”–—", "   ''\"\"--", strict=True))


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the text in which a fragment may lie."""

    start: int
    end: int
    share: float
    """0 to 1: how many of the fragment's pieces are in it."""


@dataclass(frozen=True, slots=True)
class _Cluster:
    """A place where seeds of a fragment stand together."""

    start: int
    end: int
    seeds: frozenset[int]
    """Where in the fragment they begin."""


class Lookup:
    """A text in which quotes and fragments are looked up."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[str, list[int]] = {}

    @cached_property
    def _flat(self) -> str:
        return _flat(self.text)

    def prepare(self, quotes: Iterable[str], fragments: Iterable[str], report: Report) -> None:
        """Look up the seeds of many quotes and fragments together: one sweep in place of many.

        Args:
            quotes: What will be looked for unchanged.
            fragments: What will be looked for changed.
            report: Called many times a second.
        """
        heads = (seed for each in quotes for _, seed in _heads(_flat(each)))
        seeds = (seed for each in fragments for _, seed in _seeds(_flat(each), _SEEDS))
        self._places([*heads, *seeds], report)

    def copies(self, quote: str) -> list[int]:
        """Where a quote stands unchanged: all places, or more than :data:`COMMON` of them."""
        if not quote:
            return []
        heads = _heads(_flat(quote))
        rare = [
            (start, places)
            for start, seed in heads
            if len(places := self._known.get(seed, _TOO_MANY)) <= COMMON
        ]
        if rare:
            start, places = min(rare, key=lambda each: len(each[1]))
            return [
                at - start
                for at in places
                if at >= start and self.text.startswith(quote, at - start)
            ]
        return _occurrences(self.text, quote)

    def windows(self, fragment: str, most: int) -> list[Window]:
        """The places where a fragment may lie, likeliest first.

        Args:
            fragment: A quote, perhaps with its context, perhaps changed since.
            most: How many places at most.
        """
        flat = _flat(fragment)
        seeds = _seeds(flat, _SEEDS)
        places = self._places(seed for _, seed in seeds)
        telling = {seed: found for seed, found in places.items() if len(found) <= COMMON}
        stretches = _dense(seeds, telling, len(fragment), len(self.text), most)
        if not stretches:
            return []
        pieces = [piece for _, piece in _seeds(flat, _PIECES)]
        found = [Window(*each, self._share(pieces, *each)) for each in stretches]
        return [window for window in found if window.share >= _LEAST]

    def _share(self, pieces: Sequence[str], start: int, end: int) -> float:
        here = self._flat[start:end]
        return sum(piece in here for piece in pieces) / max(1, len(pieces))

    def _places(self, seeds: Iterable[str], report: Report = unreported) -> dict[str, list[int]]:
        """Where each seed occurs, up to once more than is telling."""
        wanted = set(seeds)
        alike: defaultdict[tuple[int, bool], set[str]] = defaultdict(set)
        for seed in wanted:
            if seed not in self._known:
                alike[len(seed), seed.startswith(" ")].add(seed)
        for (length, _), new in alike.items():
            if len(new) < _SWEEP:
                for seed in new:
                    report()
                    self._known[seed] = _occurrences(self._flat, seed)
            else:
                self._known.update(_swept(self._flat, length, new, report))
        return {seed: self._known[seed] for seed in wanted}


def _flat(text: str) -> str:
    """The text with plain blanks, quotation marks and dashes; offsets stay."""
    for fancy, plain in _PLAIN.items():
        text = text.replace(fancy, plain)
    return text


def _heads(quote: str) -> list[tuple[int, str]]:
    """Seeds of a quote that lead to its copies: twice as long in all but the shortest, since they
    need not survive a change."""
    return _seeds(quote, _HEADS, 2 if len(quote) >= 4 * _LENGTH else 1)


def _seeds(fragment: str, most: int, times: int = 1) -> list[tuple[int, str]]:
    """Pieces of a fragment and where in it they begin; none of blanks alone.

    They begin with a blank where that leaves enough of them: only blanks need then be swept.
    """
    length = times * (_UNSPACED_LENGTH if is_unspaced(fragment) else _LENGTH)
    length = min(length, len(fragment))
    room = len(fragment) - length
    places: Sequence[int] = _blanks(fragment[: room + 1])
    if len(places) < most // 2:
        places = range(room + 1)
    last, count = len(places) - 1, min(most, len(places))
    starts = dict.fromkeys(places[last * k // max(1, count - 1)] for k in range(count))
    pieces = ((start, fragment[start : start + length]) for start in starts)
    return [(start, piece) for start, piece in pieces if piece.strip()]


def _blanks(text: str) -> list[int]:
    """Where they are."""
    return list(accumulate((len(word) + 1 for word in text.split(" ")), initial=-1))[1:-1]


def _occurrences(text: str, seed: str) -> list[int]:
    found: list[int] = []
    at = text.find(seed)
    while at >= 0 and len(found) <= COMMON:
        found.append(at)
        at = text.find(seed, at + 1)
    return found


def _swept(text: str, length: int, seeds: set[str], report: Report) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {seed: [] for seed in seeds}
    blank = all(seed.startswith(" ") for seed in seeds)
    for begin in range(0, len(text), _BLOCK):
        report()
        block = text[begin : begin + _BLOCK + length - 1]
        starts = _blanks(block) if blank else range(len(block) - length + 1)
        for at in [at for at in starts if block[at : at + length] in seeds]:
            places = found[block[at : at + length]]
            if len(places) <= COMMON:
                places.append(begin + at)
    return found


_Hit = tuple[int, str]
"""Where a fragment would begin, and the seed that says so."""


def _dense(
    seeds: Sequence[tuple[int, str]],
    places: Mapping[str, Sequence[int]],
    length: int,
    text_length: int,
    most: int,
) -> list[tuple[int, int]]:
    """The stretches with the most seeds, rare ones counting more; none overlaps a better one."""
    begins = {seed: start for start, seed in seeds}
    hits = sorted((at - start, seed) for start, seed in seeds for at in places.get(seed, ()))
    slack = length // 2 + _MARGIN
    least = math.ceil(_FEW * len(seeds))
    found: list[tuple[float, int, int]] = []
    for near in _parted(hits, slack):
        if len(near) >= least:
            found += _scored(near, slack, least, places)
    found.sort(key=lambda each: (-each[0], each[1]))
    chosen: list[_Cluster] = []
    margin = _MARGIN + min(length, _LONG)
    for _, low, high in found:
        if len(chosen) == most:
            break
        start, end = max(0, low - margin), min(text_length, high + length + margin)
        if all(
            end - margin <= c.start + margin or c.end - margin <= start + margin for c in chosen
        ):
            own = hits[bisect_left(hits, (low,)) : bisect_left(hits, (high + 1,))]
            chosen.append(_Cluster(start, end, frozenset(begins[seed] for _, seed in own)))
    return [(cluster.start, cluster.end) for cluster in [*_apart(chosen), *chosen]]


def _parted(hits: Sequence[_Hit], slack: int) -> Iterator[Sequence[_Hit]]:
    """Hits in order, parted where the next one is too far off to be of the same window."""
    first = 0
    for at in range(1, len(hits)):
        if hits[at][0] - hits[at - 1][0] > slack:
            yield hits[first:at]
            first = at
    yield hits[first:]


def _scored(
    hits: Sequence[_Hit], slack: int, least: int, places: Mapping[str, Sequence[int]]
) -> Iterator[tuple[float, int, int]]:
    """How telling the seeds within ``slack`` before each hit are, and the first and last of them;
    where there are ``least`` different ones."""
    inside: Counter[str] = Counter()
    score, first = 0.0, 0
    for begin, seed in hits:
        while begin - hits[first][0] > slack:
            gone = hits[first][1]
            inside[gone] -= 1
            if not inside[gone]:
                score -= 1 / len(places[gone])
                del inside[gone]
            first += 1
        if seed not in inside:
            score += 1 / len(places[seed])
        inside[seed] += 1
        if len(inside) >= least:
            yield score, hits[first][0], begin


def _apart(clusters: Sequence[_Cluster]) -> list[_Cluster]:
    """The likeliest place from a fragment's head to its tail, where more was put in between them
    than one place allows for; the words in between are no part of the fragment."""
    joined = [
        _Cluster(head.start, tail.end, seeds)
        for head, tail in permutations(clusters, 2)
        if head.start < tail.start <= head.end + _APART
        and len(seeds := _in_order(head.seeds, tail.seeds)) > max(len(head.seeds), len(tail.seeds))
    ]
    return [max(joined, key=lambda each: len(each.seeds))] if joined else []


def _in_order(head: Set[int], tail: Set[int]) -> frozenset[int]:
    """The most seeds that a fragment cut in two can have in both parts; none where a part has too
    few."""
    most: list[int] = []
    for cut in tail:
        left, right = [at for at in head if at < cut], [at for at in tail if at >= cut]
        if min(len(left), len(right)) >= _FEWEST:
            most = max(most, [*left, *right], key=len)
    return frozenset(most)
