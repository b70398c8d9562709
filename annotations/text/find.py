"""Finding words and regular expressions in a text of any size, a slice at a time. Pure.

The matching lets other threads run (the module ``regex`` can, ``re`` cannot), so that a search in a
thread never holds up the keys; and it is stopped where an expression takes too long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from annotations.errors import InvalidError
from annotations.text.sieve import Sieve
from annotations.text.span_list import SpanList
from annotations.text.words import longer_by

if TYPE_CHECKING:
    from regex import Pattern

SECONDS_FOR_A_SLICE = 5.0
"""The time that an expression may take for a slice."""
OVERLAP = 4096
"""Code points of the next slice in which a match may end."""
_SMALLEST, _LARGEST = 65_536, 1_048_576
"""Code points of the first slice that is searched, and of the later ones, about."""
_CONTEXT = 64
"""Code points of the slice before that an expression may look back at."""
_BLANKS = re.compile(r"\s+")
_UNCLEAR = re.compile(r"[|(]|\\[^dDsSwWbBAZ.,:;!/?+*()\[\]{}^$|\\-]")
"""Alternatives, groups, and escapes that are neither a class, an anchor nor a sign."""
_PART = re.compile(
    r"\[\^?\]?(?:\\.|[^\]\\])*\][*+?{]?|\\.[*+?{]?|[.^$*+?]|\{[^}]*\}"
    r"|(?P<literal>(?:[^\\\[\].^$*+?{}|()](?![*?{]))+)|."
)
"""A class, an escape, an operator, or a run of letters that stand for themselves."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for."""

    pattern: Pattern[str]
    sieve: Sieve
    """Tells the texts that need not be searched."""
    slow: bool = False
    """An expression may look at the same text many times, so that other threads must run."""

    def may_match(self, text: str) -> bool:
        """Whether there can be a match in a text; much quicker than looking for it."""
        return self.sieve.passes(text.encode(errors="replace"), "utf-8")


def pattern(text: str, *, case: bool = False, regex: bool = False, word: bool = False) -> Wanted:
    """What to look for.

    Args:
        text: As it was typed. A blank in it stands for any white space, so that words are found
            across the line ends of a file.
        case: Whether capitals count.
        regex: Whether ``text`` is a regular expression.
        word: Whether only whole words are meant.

    Raises:
        InvalidError: It is no valid regular expression; the message says where.
    """
    # Imported where it is needed: the way to the first paint is not to pay for it.
    from regex import IGNORECASE, MULTILINE, error
    from regex import compile as compiled

    words = _BLANKS.split(text)
    expression = text if regex else r"\s+".join(map(re.escape, words))
    if word:
        before, after = (longer_by("" if regex else edge) for edge in (text[:1], text[-1:]))
        expression = f"(?:{expression})"
        expression = (before and f"(?<!{before})") + expression + (after and f"(?!{after})")
    try:
        found = compiled(expression, MULTILINE if case else MULTILINE | IGNORECASE)
    except error as wrong:
        raise InvalidError(f"no regular expression: {wrong}") from wrong
    needle = max(_literals(text) if regex else words, key=len, default="")
    return Wanted(found, Sieve(needle, case), regex)


def _literals(expression: str) -> list[str]:
    """Strings that every match of a regular expression contains, as far as that is plain to see."""
    if _UNCLEAR.search(expression):
        return []
    return [match["literal"] for match in _PART.finditer(expression) if match["literal"]]


def hits(wanted: Wanted, texts: Iterable[tuple[int, str]]) -> Iterator[SpanList]:
    """The places where a pattern matches, in lists that grow longer as the search goes on.

    A match may end in the slice after that in which it begins if that follows without a gap.
    Matches that are empty count for nothing.

    Args:
        wanted: What to look for.
        texts: Slices of the text, each with the position of its start. After an empty one comes a
            gap: what is before it is searched at once.

    Raises:
        InvalidError: The expression takes too long.
    """
    context, last, found_to = "", -1, 0
    for start, text, following in _with_following(_gathered(texts)):
        if start != last:
            context, found_to = "", start
        base, last = start - len(context), start + len(text)
        batch = SpanList()
        if wanted.may_match(text) or wanted.may_match(text[-OVERLAP:] + following):
            window = context + text + following
            batch = _in_window(wanted, window, base, max(start, found_to), last)
            found_to = batch[-1].end if batch else start
        context = text[-_CONTEXT:]
        yield batch


def _in_window(wanted: Wanted, window: str, base: int, begin: int, end: int) -> SpanList:
    """The matches that begin from ``begin`` to ``end``, in a window that begins at ``base``."""
    found = wanted.pattern.finditer(
        window, begin - base, concurrent=wanted.slow, timeout=SECONDS_FOR_A_SLICE
    )
    limit = end - base
    try:
        return SpanList(
            (base + first, base + last)
            for first, last in (match.span() for match in found)
            if first < last and first < limit
        )
    except TimeoutError:
        raise InvalidError("the expression takes too long: make it simpler") from None


def _gathered(texts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Slices joined, the first ones to small ones: the first hit is waited for, the last is not."""
    size, length, first, last = _SMALLEST, 0, 0, 0
    parts: list[str] = []
    for start, text in texts:
        if parts and (start != last or length >= size or not text):
            yield first, parts[0] if len(parts) == 1 else "".join(parts)
            size = min(size * 2, _LARGEST)
            parts, length = [], 0
        if not text:
            yield start, text
            continue
        if not parts:
            first = start
        parts.append(text)
        length += len(text)
        last = start + len(text)
    if parts:
        yield first, "".join(parts)


def _with_following(texts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """Each slice, with the beginning of the next one if that follows without a gap."""
    nothing: list[tuple[int, str] | None] = [None]
    held: tuple[int, str] | None = None
    for here in chain(texts, nothing):
        if held is not None:
            start, text = held
            follows = here is not None and here[0] == start + len(text)
            yield start, text, here[1][:OVERLAP] if here and follows else ""
        held = here
