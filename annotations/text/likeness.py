"""How alike two texts are, told from a small sketch of each. Pure.

The resemblance of two texts is the share of their shingles, runs of :data:`SHINGLE` terms, that
both have: Broder, "On the resemblance and containment of documents" (1997). A sketch keeps the
least hash of the shingles in each of :data:`BINS` bins of their hashes, of which two texts share
about as large a part as of their shingles: Li, Owen and Zhang, "One Permutation Hashing" (2012),
whose estimate for texts that leave bins empty is used. Its standard error is at most 0.05. Pairs
that may be alike are those that share a band of :data:`BAND` bins: Indyk and Motwani, "Approximate
Nearest Neighbors" (1998); with these figures it misses one in 250 pairs at the threshold, and
hardly any above it.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence

from annotations.text.terms import terms

SHINGLE = 5
"""Terms."""
BINS = 128
BAND = 3
ALIKE = 0.5
"""The resemblance from which on texts are nearly the same: as in Broder, Glassman, Manasse and
Zweig, "Syntactic Clustering of the Web" (1997)."""

_BIN_BITS = BINS.bit_length() - 1
_EMPTY = 0xFFFF
_MIX = 0x9E3779B1
"""Spreads what a checksum, which is linear, leaves in order (Knuth, vol. 3, 6.4)."""

Sketch = Sequence[int]


def sketch(texts: Iterable[str]) -> array[int]:
    """The sketch of a text, 16 bits for each of :data:`BINS` bins.

    Args:
        texts: The text in parts, none of which ends within a word.
    """
    least: dict[int, int] = {}
    before: list[str] = []
    for text in texts:
        words = before + terms(text)
        for value in sorted([*_hashes(words), *least.values()], reverse=True):
            least[value & (BINS - 1)] = value
        before = words[-(SHINGLE - 1) :]
    if not least and before:
        # A text of fewer terms is one shingle.
        value = _hash(before)
        least = {value & (BINS - 1): value}
    return array(
        "H",
        (
            min(least[place] >> _BIN_BITS & 0xFFFF, _EMPTY - 1) if place in least else _EMPTY
            for place in range(BINS)
        ),
    )


def _hashes(words: Sequence[str]) -> list[int]:
    """The hashes of the shingles."""
    return [_hash(run) for run in zip(*(words[at:] for at in range(SHINGLE)), strict=False)]


def _hash(words: Iterable[str]) -> int:
    return zlib.crc32(" ".join(words).encode()) * _MIX & 0xFFFFFFFF


def resemblance(one: Sketch, other: Sketch) -> float:
    """The share of their shingles that two texts have in common, about: 0 to 1."""
    same = sum(a == b for a, b in zip(one, other, strict=True) if a != _EMPTY)
    empty = sum(a == b == _EMPTY for a, b in zip(one, other, strict=True))
    return same / (BINS - empty) if empty < BINS else 0.0


def candidates(sketches: Sequence[Sketch]) -> Iterator[set[tuple[int, int]]]:
    """Pairs of texts that may be alike, as indices, the smaller first; a set for each band.

    Of the texts that share a band, each is paired with the first and with the one before: texts
    that are all alike do not become as many pairs as there are.
    """
    for start in range(0, BINS - BAND + 1, BAND):
        last: dict[tuple[int, ...], tuple[int, int]] = {}
        pairs: set[tuple[int, int]] = set()
        for index, each in enumerate(sketches):
            band = tuple(_filled(each, start))
            if not band:
                continue
            first, before = last.get(band, (index, index))
            if before != index:
                pairs |= {(first, index), (before, index)}
            last[band] = first, index
        yield pairs


def _filled(each: Sketch, start: int) -> Iterator[int]:
    """The values of a band; a bin that is empty takes that of the next one which is not, and how
    far that is: Shrivastava and Li, "Densifying One Permutation Hashing" (2014)."""
    for place in range(start, start + BAND):
        for far in range(BINS):
            value = each[(place + far) % BINS]
            if value != _EMPTY:
                yield value + (far << 16)
                break
