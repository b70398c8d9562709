"""Finding words and regular expressions in a text of any size, a slice at a time. Pure.

The matching lets other threads run (the module ``regex`` can, ``re`` cannot), so that a search in a
thread never holds up the keys; and it is stopped where an expression takes too long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from annotations.errors import InvalidError
from annotations.model import Span

if TYPE_CHECKING:
    from regex import Pattern

SECONDS_FOR_A_SLICE = 2.0
"""The time that an expression may take for a slice."""
OVERLAP = 4096
"""Code points of the next slice in which a match may end."""
_SMALLEST, _LARGEST = 65_536, 1_048_576
"""Code points of the first slice that is searched, and of the later ones, about."""
_CONTEXT = 64
"""Code points of the slice before that an expression may look back at."""
_BLANKS = re.compile(r"\s+")


def pattern(
    text: str, *, case: bool = False, regex: bool = False, word: bool = False
) -> Pattern[str]:
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

    expression = text if regex else r"\s+".join(map(re.escape, _BLANKS.split(text)))
    if word:
        expression = rf"(?<!\w)(?:{expression})(?!\w)"
    try:
        return compiled(expression, MULTILINE if case else MULTILINE | IGNORECASE)
    except error as wrong:
        raise InvalidError(f"no regular expression: {wrong}") from wrong


def hits(wanted: Pattern[str], texts: Iterable[tuple[int, str]]) -> Iterator[list[Span]]:
    """The places where a pattern matches, in lists that grow longer as the search goes on.

    A match may end in the slice after that in which it begins if that follows without a gap.
    Matches that are empty count for nothing.

    Args:
        wanted: What to look for.
        texts: Slices of the text, each with the position of its start.

    Raises:
        InvalidError: The expression takes too long.
    """
    context, last, found_to = "", -1, 0
    for start, text, following in _with_following(_gathered(texts)):
        if start != last:
            context, found_to = "", start
        base, last = start - len(context), start + len(text)
        begin = max(start, found_to) - base
        try:
            batch = [
                Span(base + match.start(), base + match.end())
                for match in wanted.finditer(
                    context + text + following,
                    begin,
                    concurrent=True,
                    timeout=SECONDS_FOR_A_SLICE,
                )
                if match.start() < match.end() and base + match.start() < last
            ]
        except TimeoutError:
            raise InvalidError("the expression takes too long: make it simpler") from None
        found_to = batch[-1].end if batch else start
        context = (context + text)[-_CONTEXT:]
        yield batch


def _gathered(texts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Slices joined, the first ones to small ones: the first hit is waited for, the last is not."""
    size, length, first, last = _SMALLEST, 0, 0, 0
    parts: list[str] = []
    for start, text in texts:
        if parts and (start != last or length >= size):
            yield first, "".join(parts)
            size = min(size * 2, _LARGEST)
            parts, length = [], 0
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
