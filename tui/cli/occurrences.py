"""Where a quote stands in a text that streams by: pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotations.model import Passage, Span


def exact(passages: Iterable[Passage], quote: str) -> Iterator[Span]:
    """The places of ``quote``, from left to right; those of one do not overlap."""
    return _matches(passages, re.compile(re.escape(quote)), len(quote))


def spaced(passages: Iterable[Passage], quote: str) -> Iterator[Span]:
    """The places of ``quote`` where white space may be any other white space."""
    words = quote.split()
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    # White space longer than this between two words parts them for good.
    return _matches(passages, pattern, len(quote) + 64 * len(words))


def _matches(passages: Iterable[Passage], pattern: re.Pattern[str], longest: int) -> Iterator[Span]:
    """Matches of at most ``longest`` code points, also across the edges of passages."""
    window, start = "", 0
    for passage in passages:
        window += passage.text
        # A match that begins near the window's end may look different with what follows.
        sure = len(window) - longest
        done = 0
        for match in pattern.finditer(window):
            if match.start() > sure:
                break
            yield Span(start + match.start(), start + match.end())
            done = match.end()
        keep = max(done, sure, 0)
        window, start = window[keep:], start + keep
    for match in pattern.finditer(window):
        yield Span(start + match.start(), start + match.end())
