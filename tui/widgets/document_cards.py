"""The cards of the documents in the sidebar."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from annotations.library.wording import counted
from tui.commands import Scope, bindings
from tui.widgets.cards import Line
from tui.widgets.lines import one_line, wrap
from tui.widgets.marking import MarkingCards

if TYPE_CHECKING:
    from annotations.library.marks import Standing
    from annotations.model import Document
    from tui.catalogue import Catalogue

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNREAD = "•"
_TO_READ = "◆"
_TO_READ_ON = "◇"
"""Of a document that is to be read, and has been opened."""


def readable_date(published: str) -> str:
    """``2023-10-30`` as ``30 Oct 2023``; less if less is known; anything else as it is."""
    parts = published.split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        return one_line(published)
    year, month, day = (*map(int, parts), 0, 0)[:3]
    if month not in range(13):
        return one_line(published)
    words = (str(day) if day else "", _MONTHS[month - 1] if month else "", str(year or ""))
    return " ".join(word for word in words if word)


class DocumentCards(MarkingCards["Document", str]):
    """One card a document: title, date, how far it has been read, number of highlights."""

    ROWS: ClassVar[int] = 4

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.CARDS, ("open-document", "delete-document", "to-page")),
        Binding("up,k", "climb", show=False),
    ]
    DEFAULT_CSS = """
    DocumentCards { height: 1fr; }
    Sidebar:focus-within > DocumentCards > .cards--cursor {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
    }
    """

    class Left(Message):
        """The user went up from the first card."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = ""
        """The id of the document on the page."""

    @property
    def _catalogue(self) -> Catalogue | None:
        """What the cards show; None before anything is shown."""
        # No card is painted before the first picture.
        from tui.catalogue import Catalogue

        return self.items if isinstance(self.items, Catalogue) else None

    def action_climb(self) -> None:
        """Move to the document before; from the first one, out of the list."""
        if self.cursor:
            self.move(-1)
        else:
            self.post_message(self.Left())

    def key(self, item: Document) -> str:
        """Its id."""
        return item.id

    def keys(self) -> Iterable[str]:
        """The ids of all documents of the list, however many they are."""
        catalogue = self._catalogue
        return super().keys() if catalogue is None else catalogue.ids()

    def move(self, steps: int) -> None:
        """Move the cursor; past the first of what words filter, all of it is listed."""
        from tui.catalogue import Catalogue

        items = self.items
        if (
            isinstance(items, Catalogue)
            and self.cursor + steps >= len(items)
            and not items.is_whole
        ):
            items.complete()
            self.show(items, self.cursor)
        super().move(steps)

    def card(self, item: Document, cells: int) -> Iterable[Line]:
        """Up to two lines of title, then the date and the counts."""
        here = item.id == self.opened
        bar = (self.sign(item, "▌" if here else " "), "accent")
        for line in wrap(one_line(item.title), cells - 2, 2):
            yield [bar, (line, "strong" if here else "")]
        standing = self._standing(item)
        sign = _sign(standing)
        date = readable_date(item.published)
        facts = _facts(item.highlights, standing.progress, cells - 3 - len(sign) - len(date))
        gap = " " * max(1, cells - 2 - len(sign) - len(date) - len(facts))
        yield [bar, (sign, "accent"), (f"{date}{gap}{facts}", "dim")]

    def _standing(self, item: Document) -> Standing:
        # No card is painted before the first picture.
        from annotations.library.marks import Standing

        catalogue = self._catalogue
        standing = Standing() if catalogue is None else catalogue.standing(item)
        if item.id == self.opened and standing.unread:
            # It is being read, although nothing of that has been kept yet.
            return Standing(False, standing.to_read, standing.progress)
        return standing


def _sign(standing: Standing) -> str:
    """What the reader has to do with a document."""
    if standing.to_read:
        return f"{_TO_READ if standing.unread else _TO_READ_ON} "
    return f"{_UNREAD} " if standing.unread else ""


def _facts(highlights: int, progress: float, cells: int) -> str:
    """How far a document has been read and the number of its highlights, in as many words as there
    is room for."""
    far = f"{int(progress * 100)}%" if 0.01 <= progress < 0.99 else ""
    count = counted(highlights, "highlight") if highlights else ""
    ways = (
        " · ".join(filter(None, (far, count))),
        " · ".join(filter(None, (far, f"{highlights:,}" if highlights else ""))),
        count,
        f"{highlights:,}" if highlights else far,
    )
    return next((each for each in ways if len(each) <= cells), "")
