"""Which highlights the margin lists, in what order, and which of them it points at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotations.model import Highlight
from tui.widgets.margin import EMPTY

if TYPE_CHECKING:
    from tui.screens.reader import Reader


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


class Listing:
    """The margin's list of the open document.

    Args:
        reader: Its margin shows the list.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.arrangement = Arrangement()

    @property
    def pointed_here(self) -> Highlight | None:
        """The highlight that the margin points at, if the caret is in it."""
        pointed = self._reader.margin.pointed
        here = pointed is not None and pointed.span.contains(self._reader.page.caret)
        return pointed if here else None

    def show(self) -> None:
        """Fill the margin."""
        listed = self.arrangement.of(self._reader.desk.highlights)
        empty = "No highlight says this." if self.arrangement.words else EMPTY
        self._reader.margin.show(listed, self._index_here(), empty)

    def follow(self) -> None:
        """Point at what is under the caret, unless the margin led the caret there."""
        if not (self._reader.margin.has_focus and self.pointed_here):
            self._reader.margin.point(self._index_here())

    def narrow(self, words: str) -> None:
        """List only the highlights that say some words; all again without any."""
        self.arrangement = replace(self.arrangement, words=words)
        self.show()

    def group(self) -> None:
        """List by tag, or by place again."""
        self.arrangement = replace(self.arrangement, by_tag=not self.arrangement.by_tag)
        self.show()

    def _index_here(self) -> int:
        """Where the shortest highlight under the caret is listed, or the last one before it."""
        desk, view = self._reader.desk, self._reader.view
        here = view.highlight_here
        if self.arrangement != Arrangement():
            listed = self.arrangement.of(desk.highlights)
            return next((at for at, each in enumerate(listed) if here and each.id == here.id), 0)
        return desk.index(here) if here else desk.nearest(view.page.caret)
