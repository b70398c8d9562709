"""Labels of a few letters for places on the screen, so that a place is reached by typing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from annotations.model import Span
from tui.page import motion
from tui.page.flow import Flow

HOME_ROW = "asdfghjkl"
LETTERS = HOME_ROW + "qwertyuiopzxcvbnm"


def labels(number: int) -> list[str]:
    """As many different labels, none the beginning of another, the shortest first.

    Letters of the home row as far as they go with two, else all letters. Of more places than two
    letters can name, the last ones get no label.
    """
    letters = HOME_ROW if number <= len(HOME_ROW) ** 2 else LETTERS
    # Every letter that begins longer labels names one place less, and as many more as letters.
    long_ones = -(-max(0, number - len(letters)) // (len(letters) - 1))
    long_ones = min(long_ones, len(letters))
    single = letters[: len(letters) - long_ones]
    pairs = ("".join(pair) for pair in product(letters[len(letters) - long_ones :], letters))
    return list(islice([*single, *pairs], number))


def visible_sentences(flow: Flow, visible: Span) -> list[Span]:
    """The sentences of which something is visible, in order."""
    return list(_units(flow, visible, words=False))


def visible_words(flow: Flow, visible: Span) -> list[Span]:
    """The words that begin in what is visible, in order."""
    return list(_units(flow, visible, words=True))


def _units(flow: Flow, visible: Span, *, words: bool) -> Iterator[Span]:
    at, step = (motion.word_at, motion.word) if words else (motion.sentence_at, motion.sentence)
    position = visible.start
    first = at(flow, position)
    if first is None or (words and first.start < position):
        position = step(flow, position, True)
    while position < visible.end:
        span = at(flow, position)
        if span is not None and span.end > position:
            yield span
        further = step(flow, position, True)
        if further <= position:
            return
        position = further


def assigned(spans: Sequence[Span]) -> dict[str, Span]:
    """A label for each span."""
    return dict(zip(labels(len(spans)), spans, strict=False))
