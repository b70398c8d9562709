"""Which highlights the margin lists, in what order, and which of them it points at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, NamedTuple

from annotations.library.wording import counted
from annotations.model import Status

if TYPE_CHECKING:
    from annotations.model import Highlight
    from tui.screens.reader import Reader


class Arrangement(NamedTuple):
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


def _around(seen: range, middle: int, reach: int) -> range:
    """No more indices than can stand on a screen: those around one of them."""
    if len(seen) <= 2 * reach:
        return seen
    at = middle - seen.start
    return seen[max(0, at - reach) : at + reach]


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
        if pointed is None:
            return None
        # A lost one is nowhere: what the margin points at is meant where the keys are the margin's.
        if pointed.status is Status.LOST:
            return pointed if self._reader.margin.has_focus else None
        return pointed if pointed.span.contains(self._reader.page.caret) else None

    def show(self) -> None:
        """Fill the margin."""
        listed = self.arrangement.of(self._reader.desk.highlights)
        self._reader.margin.show(listed, self._index_here(), self._empty())
        self.align()

    def _empty(self) -> str:
        """What is said where none is listed."""
        if self.arrangement.words:
            return "No highlight says this."
        if waiting := len(self._reader.desk.waiting):
            return f"{counted(waiting, 'highlight')}, listed\nonce the file is added."
        if self._reader.page.is_blank:
            return ""
        key = self._reader.key
        return f"No highlights yet.\n\n{key('highlight')} marks the sentence\n{key('tag')} tags it"

    def follow(self) -> None:
        """Point at what is under the caret, unless the margin led the caret there."""
        if not (self._reader.margin.has_focus and self.pointed_here):
            self._reader.margin.point(self._index_here())
        self.align()

    def align(self) -> None:
        """Let the cards lie beside the rows where their highlights begin, if all are listed in
        that order; costs what is in sight, however many there are."""
        margin, page, desk = self._reader.margin, self._reader.page, self._reader.desk
        if self.arrangement != Arrangement() or margin.items is not desk.highlights:
            # A list, or one that is about to be filled anew.
            return
        # A card that has begun above the window hangs down into it.
        above = page.size.height
        seen = desk.highlights.between(*astuple(page.span_from(above)))
        pointed = margin.cursor if self.pointed_here else None
        first = desk.highlights.between(*astuple(page.visible_span)).start
        middle = pointed if pointed is not None and pointed in seen else first
        # A card is two rows high at least, with the blank one.
        shown = list(_around(seen, middle, above // 2 + 1))
        rows = page.rows_of((desk.highlights[each].start for each in shown), above)
        placed = dict(zip(shown, rows, strict=True))
        end = page.cell_at(page.source.size)
        if end is not None:
            # Those that have no place in the text come where it ends.
            placed |= dict.fromkeys(desk.highlights.lost[:above], end[1] + 2)
        if pointed is not None and pointed not in placed:
            # Begun long before: it is what the top row is about.
            placed = {pointed: 0, **placed}
        margin.lie_beside(placed)

    def narrow(self, words: str) -> None:
        """List only the highlights that say some words; all again without any."""
        self.arrangement = self.arrangement._replace(words=words)
        self.show()

    def group(self) -> None:
        """List by tag, or by place again."""
        self.arrangement = self.arrangement._replace(by_tag=not self.arrangement.by_tag)
        self.show()

    def _index_here(self) -> int:
        """Where the shortest highlight under the caret is listed, or the last one before it."""
        desk, view = self._reader.desk, self._reader.view
        here = view.highlight_here
        if self.arrangement != Arrangement():
            listed = self.arrangement.of(desk.highlights)
            return next((at for at, each in enumerate(listed) if here and each.id == here.id), 0)
        return desk.highlights.index_of(here) if here else desk.highlights.nearest(view.page.caret)
