"""Terms: what a text is cut into so that words in it can be found.

In scripts with blanks between words a term is a word, folded (:mod:`annotations.text.folding`).
In scripts without, and in Hangul, whose words take endings without a blank, each character is one:
a word is then found as a run of its characters, of any length, wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from annotations.text.folding import fold

_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0edf"  # Thai, Lao
    "\u1000-\u103f\u1050-\u108f\u1780-\u17d3"  # Myanmar, Khmer
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b"  # ideographs and their signs
    "\u3041-\u3096\u3099-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"  # kana
    "\u1100-\u11ff\u3105-\u312f\u3131-\u318e\ua960-\ua97c\uac00-\ud7fb"  # Hangul, Bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_RARE_UNSPACED = "\U00020000-\U0003ffff"
"""Ideographs outside Unicode's first plane. Apart: with them, a class is many times as slow."""

_MARKS = (
    "\u0900-\u0963\u0966-\u096f\u0971-\u09f1\u09f4-\u09f9\u09fc-\u0aef\u0af2-\u0b6f"
    "\u0b71-\u0bf2\u0bfb-\u0c7e\u0c80-\u0d78\u0d7a-\u0df3\u0df5-\u0dff"
    "\u0f18-\u0f19\u0f20-\u0f33\u0f35\u0f37\u0f39\u0f3e-\u0f84"
    "\u1a17-\u1a1d\u1a20-\u1a7f\u1b00-\u1b44"
    "\ua802-\ua827\ua82c-\ua835\ua83a-\ua873\ua878-\ua8cd\ua8d0-\ua8d1\ua9b3-\ua9c0"
)
"""Vowel signs and other marks that belong to their word: Indic, Tibetan and their kin."""

_ALL_UNSPACED = _UNSPACED + _RARE_UNSPACED
"""Characters that are terms by themselves, as the inside of a regular expression's class."""

_LETTER = rf"(?:[^\W_{_ALL_UNSPACED}]|[{_MARKS}])"
"""A character of a word."""

_GAP = rf"(?:(?!{_LETTER})[^{_ALL_UNSPACED}])"
"""A character of no term."""


@cache
def _unspaced_runs() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Pairs: what finds one such character, and what parts a text by runs of them."""
    return [
        (re.compile(f"[{characters}]"), re.compile(f"([{characters}]+)"))
        for characters in (_UNSPACED, _RARE_UNSPACED)
    ]


@cache
def _strays() -> re.Pattern[str]:
    """Characters of no term that the index takes for one: those that are newer than what it knows
    of Unicode, as most emoji are, and those of private use."""
    return re.compile(rf"[^\0-\x7f\w{_MARKS}{_ALL_UNSPACED}]+")


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(_LETTER)


@cache
def _terms() -> re.Pattern[str]:
    return re.compile(f"{_LETTER}+|[{_ALL_UNSPACED}]")


@lru_cache(maxsize=32)
def _terms_beyond(number: int, is_ascii: bool) -> re.Pattern[str]:
    """What begins with more terms than a number."""
    term = "[a-z0-9]++" if is_ascii else rf"(?:{_LETTER}++|[{_ALL_UNSPACED}])"
    gap = r"[\W_]*+" if is_ascii else f"{_GAP}*+"
    return re.compile(f"(?:{gap}{term}){{{number + 1}}}")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(f"{_LETTER}+")


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(f"{_GAP}*")


def spread(text: str) -> str:
    """``text``, folded, with its terms apart: what is indexed, and what is looked for."""
    folded = fold(text)
    if folded.isascii():
        return folded
    folded = _strays().sub(" ", folded)
    for one, runs in _unspaced_runs():
        if one.search(folded):
            parts = runs.split(folded)
            parts[1::2] = [f" {' '.join(run)} " for run in parts[1::2]]
            folded = "".join(parts)
    return folded


def has_words(text: str) -> bool:
    """Whether some of it is in a script that puts blanks between words."""
    return _letter().search(text) is not None


def terms(text: str) -> list[str]:
    """The terms of ``text``, folded, in order."""
    return _terms().findall(fold(text))


def is_open(text: str) -> bool:
    """Whether the last word of ``text`` may go on: a character that is a term by itself may not."""
    return _letter().match(terms(text)[-1]) is not None


def has_more_terms(folded: str, start: int, end: int, number: int) -> bool:
    """Whether more terms than a number lie in ``start`` to ``end`` of a folded text."""
    # A term has a character at least.
    if end - start <= number:
        return False
    return bool(_terms_beyond(number, folded.isascii()).match(folded, start, end))


class Run:
    """Terms one after the other, to be found in folded text."""

    def __init__(self, text: str, *, open_ended: bool = False) -> None:
        """Args:
            text: Words, not folded.
            open_ended: Whether the last word may go on; what it goes on with is part of a find.

        Raises:
            ValueError: ``text`` holds no term.
        """
        wanted = terms(text)
        if not wanted:
            raise ValueError(f"{text!r} holds no term")
        unspaced = [not _letter().match(term) for term in wanted]
        self._first = first = wanted[0]
        self._is_word = not unspaced[0]
        self._ends = unspaced[-1]
        self._goes_on = open_ended and not unspaced[-1]
        # What letters are takes a pattern milliseconds to learn: this one knows the most of them,
        # and finds more than there is in texts that are not ASCII. That none stands before is asked
        # behind the first word: a pattern that begins with plain characters is searched for many
        # times as fast as one that begins with a condition.
        letter = "[a-z0-9]" if first.isascii() else r"(?:(?=[\0-\u0e00])[^\W_])"
        parts = [re.escape(first), f"(?<!{letter}{re.escape(first)})" if self._is_word else ""]
        for index, term in enumerate(wanted[1:], 1):
            # Between two words there has to be something; next to an ideograph, nothing need be.
            some = "*" if unspaced[index - 1] or unspaced[index] else "+"
            parts.append(rf"((?:_|[^\w{re.escape(term[0])}]){some}+){re.escape(term)}")
        end = "[a-z0-9]*" if self._goes_on else "" if self._ends else "(?![a-z0-9])"
        self._pattern = re.compile("".join(parts) + end)

    def spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where the terms are, as offsets in ``folded``; finds do not overlap."""
        # Most words are in few texts, and this is told several times as fast.
        if self._first not in folded:
            return iter(())
        if not folded.isascii():
            return self._checked(folded)
        return (found.span() for found in self._pattern.finditer(folded))

    def _checked(self, folded: str) -> Iterator[tuple[int, int]]:
        """Those finds of the pattern that are one in any script."""
        letter, at = _letter(), 0
        while found := self._pattern.search(folded, at):
            start, end = found.span()
            at = start + 1
            if self._is_word and start and letter.match(folded, start - 1):
                continue
            if self._goes_on and (rest := _letters().match(folded, end)):
                end = rest.end()
            elif not self._ends and letter.match(folded, end):
                continue
            if all(_gap().fullmatch(folded, *gap) for gap in found.regs[1:]):
                at = end
                yield start, end
