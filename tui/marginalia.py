"""Which highlights the margin lists, and in what order. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.model import Highlight


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the highlights of a document are listed."""

    words: str = ""
    """Only those whose quote, tags or note hold each of these words, in any case."""
    by_tag: bool = False
    """By their first tag, and only then by place; those without one come last."""

    def of(self, highlights: Sequence[Highlight]) -> Sequence[Highlight]:
        """The highlights to list.

        Args:
            highlights: In the order of their places; given back as they are where all are listed
                in that order.
        """
        words = self.words.casefold().split()
        if not words and not self.by_tag:
            return highlights
        found = [each for each in highlights if _says(each, words)]
        if self.by_tag:
            found.sort(key=lambda each: (not each.tags, each.tags[:1]))
        return found


def _says(highlight: Highlight, words: Sequence[str]) -> bool:
    text = f"{highlight.quote} {' '.join(highlight.tags)} {highlight.note}".casefold()
    return all(word in text for word in words)
