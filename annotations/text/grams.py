"""Grams: the runs of up to three characters of a word, by which a part of it is found wherever it
stands.

As tokens of an index they are hexadecimal, which no tokenizer cuts or folds.
"""

from __future__ import annotations

from functools import lru_cache
from operator import add

_LONGEST = 30
"""Characters of a word whose grams are remembered."""


def grams(text: str) -> set[str]:
    """The grams of all words of a text, whatever their case; a word ends at white space alone."""
    words = text.casefold().split()
    return set().union(*(_known(word) if len(word) <= _LONGEST else _cut(word) for word in words))


def _cut(word: str) -> tuple[str, ...]:
    ones = [char.encode().hex() for char in word]
    twos = list(map(add, ones, ones[1:]))
    return (*ones, *twos, *map(add, twos, ones[2:]))


# Titles and names share most of their words.
_known = lru_cache(maxsize=10_000)(_cut)


def covering(word: str) -> set[str]:
    """Grams that every text has in which a word, or a part of one, stands: as few as say most."""
    ones = [char.encode().hex() for char in word.casefold()]
    if len(ones) < 3:
        return {"".join(ones)}
    return set(map("".join, zip(ones, ones[1:], ones[2:], strict=False)))
