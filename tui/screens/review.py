"""The highlights that a new text of the document moved or lost, one after the other, with the old
text and the new side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual.binding import BindingType

from annotations.library.wording import sure
from annotations.model import Displaced, Status
from annotations.text.graphemes import width
from tui.commands import Scope, bindings
from tui.found import Found
from tui.screens.comparing import Comparing
from tui.screens.reader import Reader
from tui.screens.station import Station, StationCards
from tui.widgets.cards import Line
from tui.widgets.comparison import AROUND, CAME, GONE, QUOTE, Piece, Side
from tui.widgets.lines import clip, one_line, quoted

_CONTEXT = 140
"""Code points shown before and after a passage."""
_LONGEST = 20_000
"""Code points of a passage whose words are compared."""
_UNCHANGED = 240
"""Code points of a run of unchanged words beyond which its middle is left out."""


class CaseCards(StationCards[Displaced]):
    """One row a highlight: what became of it, how sure that is, its words."""

    def card(self, item: Displaced, cells: int) -> Iterable[Line]:
        """A line."""
        lost = item.highlight.status is Status.LOST
        became = "lost " if lost else "moved"
        certain = f"{'' if lost else sure(item.confidence):<10}"
        tags = one_line(" · ".join(item.highlight.tags))
        room = max(8, cells - len(became) - len(certain) - 6)
        quote = quoted(one_line(item.quote[: 4 * cells]))
        quote = clip(quote, max(room - width(tags), room * 2 // 3))
        tags = clip(tags, room - width(quote))
        yield [(f" {became} ", "strong"), (certain, "dim"), (f"{quote}  ", ""), (tags, "accent")]


class ReviewScreen(Comparing[Displaced]):
    """The review of the open document.

    Args:
        reader: The screen below.
        cursor: The index of the highlight to begin with.
    """

    SCOPE: ClassVar[Scope] = Scope.REVIEW
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.REVIEW, Station.ALSO)

    def __init__(self, reader: Reader, cursor: int = 0) -> None:
        super().__init__(reader, "Review of moved and lost highlights", CaseCards())
        self._begin = cursor
        self.revision = ""
        """The id of the text in which the highlights are shown."""

    def renew(self) -> None:
        """Show what other programs have made of it."""
        self.reader.reload()
        self.refill()

    def refill(self) -> None:
        """Read anew what is to be looked at."""
        library, document = self.desk.library, self.desk.document
        self.revision = self.desk.revision
        found = Found[Displaced](library.revisions.at)
        if document is not None:
            found.extend(library.revisions.numbers(document.id))
        at, self._begin = self.cards.cursor or self._begin, 0
        done = "Nothing is left to review.\n\nEsc goes back to the text."
        self.show(found, at, done, "")

    def point(self) -> None:
        """Show the passage that the list points at."""
        super().point()
        self.reader.reviewing = self.cards.cursor
        total = len(self.cards.items)
        self.head(f"{self.cards.cursor + 1:,} of {total:,}" if total else "")

    def sides(self, item: Displaced) -> Iterator[Side]:
        """The passage in the text that it was made on, and where it is now."""
        old, new = _pieces(item)
        before, after = item.prefix, item.suffix
        title = "Before"
        if item.revision:
            title = f"Before, in text {item.revision}, at {item.start:,}"
            before, after = self._around(item.start, item.end, item.revision)
        yield Side(title, (Piece(before, AROUND), *old, Piece(after, AROUND)))
        here = item.highlight
        if here.status is Status.LOST:
            before, after = self._around(item.near, item.near, self.revision)
            gap = Piece(" ▏ ", CAME)
            title = "Now: not to be found; it stood about here"
            yield Side(title, (Piece(before, AROUND), gap, Piece(after, AROUND)))
            return
        before, after = self._around(here.start, here.end, here.revision)
        title = f"Now, at {here.start:,}; {sure(item.confidence)}"
        yield Side(title, (Piece(before, AROUND), *new, Piece(after, AROUND)))

    def _around(self, start: int, end: int, revision: int | str) -> tuple[str, str]:
        """What stands before and after a passage of one of the texts."""
        document = self.desk.document
        if document is None:
            return "", ""
        text = self.desk.library.documents.text
        first = max(0, start - _CONTEXT)
        before = text(document.id, first, start, revision=revision)
        after = text(document.id, end, end + _CONTEXT, revision=revision)
        # No half words at the outer edges.
        if first:
            before = f"… {before.partition(' ')[2]}"
        if len(after) == _CONTEXT:
            after = f"{after.rpartition(' ')[0]} …"
        return before, after


def _pieces(case: Displaced) -> tuple[list[Piece], list[Piece]]:
    """The old and the new words, with what went and what came marked."""
    from annotations.anchoring import Change, differences

    old, new = case.quote, case.highlight.quote
    if case.highlight.status is Status.LOST:
        return [Piece(_short(old), QUOTE)], []
    if max(len(old), len(new)) > _LONGEST:
        return [Piece(_short(old), QUOTE)], [Piece(_short(new), QUOTE)]
    ours, theirs = [], []
    for part in differences(old, new):
        same = part.kind is Change.SAME or part.old.split() == part.new.split()
        ours.append(Piece(_short(part.old), QUOTE if same else GONE))
        theirs.append(Piece(_short(part.new), QUOTE if same else CAME))
    return ours, theirs


def _short(text: str) -> str:
    """A run of words without its middle, if it is long."""
    if len(text) <= _UNCHANGED:
        return text
    half = _UNCHANGED // 2
    return f"{text[:half].rpartition(' ')[0]} … {text[-half:].partition(' ')[2]}"
