"""How long it takes to place passages in a changed text, by its length and by what changed.

``python -m benchmarks.anchoring_speed [--small]``: 10,000 highlights of a text of 10 MB are placed
anew, and single quotes searched for in 200 KB. The texts are made here, of words as frequent as in
English. The reference of a placement is to read both texts line by line, the least that it can
cost; that of a search is its goal, which the slowest quote should keep too. Times are processor
time of this one thread, so that other programs do not count.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from itertools import accumulate
from statistics import median
from time import process_time
from typing import ParamSpec

from annotations.anchoring import find_quote, place_all
from annotations.model import Span
from benchmarks.table import Row, print_table

_SENTENCE, _PARAGRAPH = 14, 5
"""Words of a sentence, sentences of a paragraph."""
_QUOTE = 150
"""Code points of the longest passage."""
_LONG = 5000
"""The same of a long quote."""
_GOAL = 5.0
"""Milliseconds that a quote in 200 KB may take."""


class Writer:
    """Writes and changes texts, the same ones on every run."""

    def __init__(self) -> None:
        self.chance = random.Random(20)
        letters = "abcdefghijklmnopqrstuvwxyz"
        lengths = range(2, 11)
        self.words = [
            "".join(self.chance.choices(letters, k=self.chance.choice(lengths)))
            for _ in range(20_000)
        ]
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(len(self.words))))

    def text(self, length: int) -> str:
        """About so many code points of paragraphs, each on a line."""
        words = self.chance.choices(self.words, cum_weights=self.weights, k=length // 7)
        sentences = [
            " ".join(words[at : at + _SENTENCE]) + "." for at in range(0, len(words), _SENTENCE)
        ]
        return "\n".join(
            " ".join(sentences[at : at + _PARAGRAPH]) for at in range(0, len(sentences), _PARAGRAPH)
        )

    def change_words(self, text: str, share: float) -> str:
        """The text with so many of its words replaced."""
        return " ".join(
            self.chance.choice(self.words) if self.chance.random() < share else word
            for word in text.split(" ")
        )

    def remove_lines(self, text: str, share: float) -> str:
        """The text without so many of its paragraphs."""
        return "\n".join(line for line in text.split("\n") if self.chance.random() >= share)

    def spans(self, text: str, count: int, longest: int = _QUOTE) -> list[Span]:
        """So many passages from anywhere."""
        starts = [self.chance.randrange(len(text) - longest) for _ in range(count)]
        return [Span(start, start + self.chance.randint(10, longest)) for start in starts]


_P = ParamSpec("_P")


def _seconds(work: Callable[_P, object], *arguments: _P.args, **options: _P.kwargs) -> float:
    begun = process_time()
    work(*arguments, **options)
    return process_time() - begun


def _placing(writer: Writer, length: int, count: int) -> list[Row]:
    """All highlights of a large text, placed anew after different changes."""
    old = writer.text(length)
    spans = writer.spans(old, count)
    half = len(old) // 2
    changes = {
        "nothing": old,
        "1 % of the words": writer.change_words(old, 0.01),
        "10 % of the words": writer.change_words(old, 0.1),
        "10 % of the paragraphs gone": writer.remove_lines(old, 0.1),
        "its halves swapped": old[half:] + old[:half],
        "everything": writer.text(length),
    }
    rows = []
    for name, new in changes.items():
        least = _seconds(old.splitlines) + _seconds(new.splitlines)
        taken = _seconds(place_all, old, new, spans)
        rows.append(Row(f"{count:,} in {length / 1e6:g} MB, changed: {name}", taken, "s", least))
    return rows


def _searching(writer: Writer, length: int, count: int) -> list[Row]:
    """Single quotes, unchanged, damaged and gone, with nothing else known but their context."""
    text = writer.text(length)
    kinds = (
        ("unchanged", 0.0, _QUOTE),
        ("one word in ten replaced", 0.1, _QUOTE),
        ("gone", 1.0, _QUOTE),
        ("long, unchanged", 0.0, _LONG),
        ("long, one word in ten replaced", 0.1, _LONG),
    )
    rows = []
    for name, share, longest in kinds:
        times = []
        for span in writer.spans(text, count, longest):
            quote = writer.change_words(text[span.start : span.end], share)
            prefix, suffix = text[max(0, span.start - 32) : span.start], text[span.end :][:32]
            times.append(1000 * _seconds(find_quote, text, quote, prefix, suffix))
        where = f"quote {name}, {length // 1000} KB"
        rows.append(Row(f"{where}: median", median(times), "ms", _GOAL, 1))
        rows.append(Row(f"{where}: slowest", max(times), "ms", _GOAL, 1))
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.anchoring_speed")
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    scale = 10 if parser.parse_args(arguments).small else 1
    writer = Writer()
    rows = _searching(writer, 200_000, 200 // scale)
    rows += _placing(writer, 10_000_000 // scale, 10_000 // scale)
    print_table(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
