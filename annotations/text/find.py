"""Finding words and regular expressions in a text of any size, a slice at a time. Pure.

The matching lets other threads run (the module ``regex`` can, ``re`` cannot), so that a search in a
thread never holds up the keys; and it is stopped where an expression takes too long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from annotations.errors import InvalidError
from annotations.model import Span

if TYPE_CHECKING:
    from regex import Pattern

Text = TypeVar("Text", str, bytes)

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

_LIKE_ASCII = {"i": ("\u0130", "\u0131"), "s": ("\u017f",), "k": ("\u212a",)}
"""The letters beyond ASCII that are equal to one of ASCII where capitals do not count."""
_BEGINNING = 4096
"""Characters in which the letters are counted."""
_RARE = 2
"""How often a letter may be among them to be rare."""
_TRIES = 1000
"""Places of a rare letter that are looked at before it counts as common after all."""
_LONG = 5
"""Letters from which on a string is found about as quickly as an expression."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for."""

    pattern: Pattern[str]
    needle: str
    """What every match contains: a slice without it need not be searched. May be empty."""
    case: bool = True
    """Whether capitals count."""
    slow: bool = False
    """An expression may look at the same text many times, so that other threads must run."""

    def may_match(self, text: str) -> bool:
        """Whether there can be a match in a text; much quicker than looking for it."""
        if not self.needle:
            return True
        if self.case:
            found = _by_rare_letter(text, self.needle)
            return self.needle in text if found is None else found
        # Other letters may be equal in more ways than by their small letters.
        return not text.isascii() or self.needle in text.lower()

    def may_match_in(self, raw: bytes, encoding: str) -> bool:
        """The same for the bytes of a text.

        Args:
            raw: The text.
            encoding: One in which the letters of ASCII are what they are there.
        """
        told = self.tells(raw, encoding)
        return self.is_in(raw) if told is None else told

    def tells(self, raw: bytes, encoding: str) -> bool | None:
        """The same where it can be told at once; None: :meth:`is_in` has to look."""
        if not self.needle or not (self.needle.isascii() or (self.case and encoding == "utf-8")):
            return True
        needle = self.needle.encode()
        if self.case:
            found = _by_rare_letter(raw, needle)
            if found is not None:
                return found
        elif self._has_alike(raw) if encoding == "utf-8" else not raw.isascii():
            return True
        if len(needle) < _LONG:
            return needle in (raw if self.case else raw.lower())
        return None

    def is_in(self, raw: bytes) -> bool:
        """Whether bytes contain what every match contains; other threads run meanwhile."""
        return self._needle.search(raw, concurrent=True) is not None

    @cached_property
    def _needle(self) -> Pattern[bytes]:
        from regex import IGNORECASE
        from regex import compile as compiled

        return compiled(re.escape(self.needle.encode()), 0 if self.case else IGNORECASE)

    @cached_property
    def _alike(self) -> tuple[bytes, ...]:
        """The letters beyond ASCII that one of the needle's may stand for, in UTF-8."""
        return tuple(
            each.encode() for letter in set(self.needle) for each in _LIKE_ASCII.get(letter, ())
        )

    def _has_alike(self, raw: bytes) -> bool:
        # A single byte is looked for much faster than two.
        return any(each[:1] in raw and each in raw for each in self._alike)


def _by_rare_letter(text: Text, string: Text) -> bool | None:
    """Whether a text contains a string, looked for by a letter that is rare in the text, which is
    several times as fast as looking for the string; None: no letter is."""
    offset = _rare_letter(text[:_BEGINNING], string)
    if offset < 0:
        return None
    letter = string[offset : offset + 1]
    at = text.find(letter, offset)
    for _ in range(_TRIES):
        if at < 0 or text.startswith(string, at - offset):
            return at >= 0
        at = text.find(letter, at + 1)
    return at >= 0 and text.find(string, at - offset) >= 0


def _rare_letter(beginning: Text, string: Text) -> int:
    """The offset of a letter of a string that is rare in the beginning of a text; -1: none is."""
    fewest, offset = _RARE + 1, -1
    for number in range(len(string)):
        count = beginning.count(string[number : number + 1])
        if count < fewest:
            fewest, offset = count, number
        if not count:
            break
    return offset


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
        expression = rf"(?<!\w)(?:{expression})(?!\w)"
    try:
        found = compiled(expression, MULTILINE if case else MULTILINE | IGNORECASE)
    except error as wrong:
        raise InvalidError(f"no regular expression: {wrong}") from wrong
    needle = max(_literals(text) if regex else words, key=len, default="")
    return Wanted(found, needle if case else needle.lower(), case, regex)


def _literals(expression: str) -> list[str]:
    """Strings that every match of a regular expression contains, as far as that is plain to see."""
    if _UNCLEAR.search(expression):
        return []
    return [match["literal"] for match in _PART.finditer(expression) if match["literal"]]


def hits(wanted: Wanted, texts: Iterable[tuple[int, str]]) -> Iterator[list[Span]]:
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
        batch: list[Span] = []
        if wanted.may_match(text) or wanted.may_match(text[-OVERLAP:] + following):
            window = context + text + following
            batch = _in_window(wanted, window, base, max(start, found_to), last)
            found_to = batch[-1].end if batch else start
        context = text[-_CONTEXT:]
        yield batch


def _in_window(wanted: Wanted, window: str, base: int, begin: int, end: int) -> list[Span]:
    """The matches that begin from ``begin`` to ``end``, in a window that begins at ``base``."""
    found = wanted.pattern.finditer(
        window, begin - base, concurrent=wanted.slow, timeout=SECONDS_FOR_A_SLICE
    )
    try:
        return [
            Span(base + match.start(), base + match.end())
            for match in found
            if match.start() < match.end() and base + match.start() < end
        ]
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
