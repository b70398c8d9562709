"""Where a selection lies, as programs differ in counting it.

The specification counts code points and excludes the end. Programs were seen that include it, that
count a line end as two, or that count UTF-16 units. The words that a selection bears show which;
where they bear none (NVivo), that people select whole words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TypeAlias

from annotations.errors import InvalidError
from annotations.exchange.texts import CanonicalText
from annotations.model import Span
from annotations.text.offsets import Offsets, Unit

_LABEL = 40
"""Code points from which on a name is taken for the beginning of the words."""


Way: TypeAlias = tuple[Unit, bool, int]
"""Unit, whether a carriage return counts, code points by which the end falls short."""

_WAYS: tuple[Way, ...] = tuple(product((Unit.CODE_POINT, Unit.UTF16), (True, False), (0, 1)))
_EVIDENCE = 3
"""Selections that must be whole words in one way and not in the usual one."""


class Counting:
    """How one program counts, learnt from its selections.

    Args:
        unit: What it is known to count; what the selections show goes before it.
    """

    def __init__(self, unit: Unit = Unit.CODE_POINT) -> None:
        self._seen: dict[Way, int] = {}
        self._usual = next(way for way in _WAYS if way[0] is unit)
        self._whole = dict.fromkeys(_WAYS, 0)
        self._judged = 0

    def judge(self, text: SourceText, positions: Sequence[tuple[int, int]]) -> None:
        """Learn from what selections would be in each way of counting.

        Args:
            text: Of their source.
            positions: Starts and ends, as the file says.
        """
        self._judged += len(positions)
        for way in _WAYS:
            spans = (text.span(start, end, *way) for start, end in positions)
            self._whole[way] += sum(_is_whole(text.text, span) for span in spans if span)

    def _likely(self) -> Way:
        best = max(_WAYS, key=self._whole.__getitem__)
        evidence = self._whole[best] - self._whole[self._usual]
        return best if evidence >= max(_EVIDENCE, self._judged // 10) else self._usual

    def place(self, text: SourceText, start: int, end: int, *words: str) -> Span | None:
        """Where a selection lies in the canonical text.

        Args:
            text: Of the source.
            start: As the file says.
            end: As the file says.
            words: What may be the words that are selected, perhaps cut off, or a mere label.

        Returns:
            None where the positions are outside the text in every way of counting.
        """
        likely = self._likely()
        ways = sorted(_WAYS, key=lambda way: (-self._seen.get(way, 0), way != likely))
        usual: Span | None = None
        for way in ways:
            span = text.span(start, end, *way)
            if span is None:
                continue
            if usual is None:
                usual = span
            found = text.text[span.start : span.end]
            if any(is_same(each, found) for each in words if each):
                self._seen[way] = self._seen.get(way, 0) + 1
                return span
        elsewhere = (_only(text.text, each) for each in words)
        return next(filter(None, elsewhere), usual)


class SourceText:
    """The text of a source with the ways to count in it."""

    def __init__(self, raw: str) -> None:
        self._canonical = CanonicalText(raw)
        self._raw_offsets = Offsets(raw)
        self._offsets = Offsets(self._canonical.text)

    @property
    def text(self) -> str:
        """The canonical text."""
        return self._canonical.text

    def span(self, start: int, end: int, unit: Unit, raw: bool, short: int) -> Span | None:
        """The span in the canonical text; None where it is empty or outside the text."""
        offsets = self._raw_offsets if raw else self._offsets
        try:
            first = offsets.code_points(start, unit)
            last = offsets.code_points(end, unit) + short
            if short:
                offsets.units(last, Unit.CODE_POINT)  # must lie in the text too
        except InvalidError:
            return None
        if raw:
            first, last = self._canonical.place(first), self._canonical.place(last)
        return Span(first, last) if first < last else None


def _is_whole(text: str, span: Span) -> bool:
    """Whether a span begins and ends with a word or sign, and cuts none in two."""
    before, first = text[max(0, span.start - 1) : span.start], text[span.start]
    last, after = text[span.end - 1], text[span.end : span.end + 1]
    is_cut = (before.isalnum() and first.isalnum()) or (last.isalnum() and after.isalnum())
    return not (is_cut or first.isspace() or last.isspace())


def _only(text: str, words: str) -> Span | None:
    """Where words that are too long for a label stand, if just once."""
    start = text.find(words) if len(words) >= _LABEL else -1
    if start < 0 or text.find(words, start + 1) >= 0:
        return None
    return Span(start, start + len(words))


def is_same(words: str, found: str) -> bool:
    """Whether ``words`` are what was found, but for blanks and an end that was cut off."""
    said, there = " ".join(words.split()), " ".join(found[: len(words) * 4 + 100].split())
    if said == there:
        return True
    start = said.rstrip(".… ")
    return len(start) >= _LABEL and len(there) > len(said) and there.startswith(start)
