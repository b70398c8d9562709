"""Where the pages of a plain text turn, and the heads and feet that stand there.

A form feed ends a page. The line above it and the line below it are a running foot and a running
head if they recur at other feeds, numbers aside. They are in the text, but no part of what it says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_RECURS = 1 / 3
"""The share of feeds that a running line stands at, at least."""
_LONGEST = 130
"""Code points of a running line."""
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b")


class Turn(NamedTuple):
    """From the foot of one page to the head of the next, in code points."""

    start: int
    """Of the running foot, or of the form feed."""
    feed: int
    end: int
    """After the running head, or after the form feed."""


class _Line(NamedTuple):
    start: int
    end: int
    key: str
    """What it says, numbers aside; empty where there is no line."""


def turns(text: str) -> list[Turn]:
    """The turns of the pages in a stretch of plain text, in order."""
    feeds = [match.start() for match in re.finditer("\f", text)]
    edges = [0, *feeds, len(text)]
    feet = [_line(text, above, feed, last=True) for above, feed in zip(edges, feeds, strict=False)]
    heads = [_line(text, feed + 1, below) for feed, below in zip(feeds, edges[2:], strict=True)]
    running_feet, running_heads = _recurring(feet), _recurring(heads)
    found: list[Turn] = []
    after = 0
    for foot, feed, head in zip(feet, feeds, heads, strict=True):
        start = foot.start if foot.key in running_feet and foot.start >= after else feed
        after = head.end if head.key in running_heads else feed + 1
        found.append(Turn(start, feed, after))
    return found


def without_running_lines(text: str, found: Sequence[Turn]) -> str:
    """``text`` with blanks instead of the running heads and feet, each as long as they."""
    parts: list[str] = []
    done = 0
    for turn in found:
        parts += [text[done : turn.start], _blanked(text[turn.start : turn.end])]
        done = turn.end
    return "".join([*parts, text[done:]])


def _blanked(lines: str) -> str:
    return re.sub(r"[^\n\f]", " ", lines)


def _line(text: str, start: int, end: int, *, last: bool = False) -> _Line:
    """The first line that is not blank of a page, or its last."""
    page = text[start:end]
    if not page.strip():
        return _Line(start, start, "")
    place = start + (len(page.rstrip()) if last else len(page) - len(page.lstrip()))
    first = max(text.rfind("\n", start, place) + 1, start)
    after = place if last else text.find("\n", place, end)
    after = after if after >= 0 else end
    words = " ".join(text[first:after].split()).casefold()
    return _Line(first, after, _NUMBER.sub("#", words) if len(words) <= _LONGEST else "")


def _recurring(lines: Sequence[_Line]) -> frozenset[str]:
    counts = Counter(line.key for line in lines if line.key)
    needed = max(2.0, _RECURS * len(lines))
    return frozenset(key for key, count in counts.items() if count >= needed)
