"""The documents that are nearly the same, two by two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from annotations.library.clock import local
from annotations.library.duplicates import Alike
from annotations.library.wording import counted
from annotations.model import Document
from tui.commands import Scope, bindings
from tui.screens.reader import Reader
from tui.screens.station import Station, StationCards
from tui.widgets.cards import Line
from tui.widgets.document_cards import readable_date
from tui.widgets.lines import clip, column, one_line

_DATE_CELLS = 12


class AlikeCards(StationCards[Alike]):
    """Two rows a pair, and a blank one: how much they share, and what they are called."""

    ROWS: ClassVar[int] = 3

    def card(self, item: Alike, cells: int) -> Iterable[Line]:
        """The earlier document above the later one."""
        share = f" {item.resemblance:>4.0%}  "
        for lead, document in ((share, item.older), (" " * len(share), item.newer)):
            room = cells - len(lead) - _DATE_CELLS - 2
            yield [
                (lead, "accent"),
                (f"{column(readable_date(document.published), _DATE_CELLS)}  ", "dim"),
                (clip(one_line(document.title), room), ""),
            ]


class DuplicatesScreen(Station[Alike]):
    """The pairs, the likest first.

    Args:
        reader: The screen below.
        found: The pairs as they were found.
    """

    SCOPE: ClassVar[Scope] = Scope.DUPLICATES
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.DUPLICATES, Station.ALSO)

    def __init__(self, reader: Reader, found: Sequence[Alike]) -> None:
        self.cards = AlikeCards()
        super().__init__(reader, "Nearly the same", "Words of a title", self.cards)
        self._found = found

    def refill(self) -> None:
        """Show the pairs of which both documents are still there."""
        get = self.desk.library.documents.titles.get
        words = self.field.value.casefold().split()
        pairs = [
            pair
            for pair in self._found
            if _says(pair, words) and get(pair.older.id) and get(pair.newer.id)
        ]
        empty = "No title says this" if words else "No two documents are nearly the same"
        self.show(pairs, self.cards.cursor, empty, counted(len(pairs), "pair"))

    def describe(self, item: Alike) -> Iterator[str]:
        """What is known of both."""
        yield f"about {item.resemblance:.0%} of the wording of the two is the same"
        for document in (item.older, item.newer):
            yield f"added {local(document.added_at)[:10]} · {_known(document)}"

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.refill()


def _known(document: Document) -> str:
    facts = (
        f"{document.length:,} characters",
        counted(document.highlights, "highlight"),
        document.author,
        document.path or document.source,
    )
    return " · ".join(filter(None, facts))


def _says(pair: Alike, words: Sequence[str]) -> bool:
    text = f"{pair.older.title} {pair.newer.title}".casefold()
    return all(word in text for word in words)
