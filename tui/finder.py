"""The search in the open document: what was found, and which hit is the current one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from annotations.errors import FlorilegiumError
from annotations.model import Span
from tui.page.looks import Decoration, Layer

if TYPE_CHECKING:
    from textual.worker import Worker

    from annotations.text.find import Wanted
    from tui.desk import Search
    from tui.screens.reader import Reader
    from tui.widgets.reading_page import ReadingPage

_BATCH_SECONDS = 0.05
"""How often the thread that searches hands over what it has found."""


@dataclass
class Hits:
    """Hits in the order of the text. The search goes from the caret to the end, then from the start
    to the caret, so that there are two runs of them."""

    before: list[Span] = field(default_factory=list)
    after: list[Span] = field(default_factory=list)
    complete: bool = False

    def __len__(self) -> int:
        return len(self.before) + len(self.after)

    def __getitem__(self, index: int) -> Span:
        if index < len(self.before):
            return self.before[index]
        return self.after[index - len(self.before)]

    def touching(self, start: int, end: int) -> Iterator[Span]:
        """Those that share a position with a span."""
        for run in (self.before, self.after):
            first = max(0, bisect_right(run, Span(start, start)) - 1)
            for hit in run[first:]:
                if hit.start >= end:
                    break
                if hit.end > start:
                    yield hit

    def from_(self, position: int) -> int:
        """The index of the first hit at or after a position; past the last if there is none."""
        wanted = Span(position, position)
        if self.before and wanted <= self.before[-1]:
            return bisect_left(self.before, wanted)
        return len(self.before) + bisect_left(self.after, wanted)


class Finder:
    """Searches the open document while its words are typed.

    Args:
        reader: The screen; told by :meth:`Reader.show_hits` when there is news.
        page: Shows the text.
        search: Gives, for a position, what searches the open text from there on, in a thread.
    """

    def __init__(self, reader: Reader, page: ReadingPage, search: Callable[[int], Search]) -> None:
        self._reader = reader
        self._page = page
        self._search = search
        self._worker: Worker[None] | None = None
        self._origin = 0
        self.text = ""
        """What is searched for."""
        self.case = False
        """Whether capitals count."""
        self.regex = False
        """Whether the text is a regular expression."""
        self.hits = Hits()
        self.current: Span | None = None
        self.wrong = ""
        """Why the words cannot be searched for."""

    @property
    def described(self) -> str:
        """What has been found so far, in words."""
        if self.wrong:
            return self.wrong
        count = f"{len(self.hits):,}" + ("" if self.hits.complete else "…")
        if self.current is None:
            return "no hit" if self.hits.complete and self._worker else ""
        return f"hit {self.hits.from_(self.current.start) + 1:,} of {count}"

    def begin(self) -> None:
        """Search from the caret on, whatever is typed."""
        self._origin = self._page.caret

    def clear(self) -> None:
        """Forget what was found."""
        if self._worker is not None:
            self._worker.cancel()
        self._worker = None
        self.hits, self.current, self.wrong = Hits(), None, ""

    def leave(self) -> None:
        """Give up: back to where the search began."""
        self.clear()
        self._page.go_to(self._origin)
        self._reader.show_hits()

    def seek(self, text: str) -> None:
        """Search for other words."""
        from annotations.text.find import pattern

        self.clear()
        self.text = text
        try:
            wanted = pattern(text, case=self.case, regex=self.regex) if text.strip() else None
        except FlorilegiumError as error:
            self.wrong = str(error)
            wanted = None
        if wanted is not None:
            search, found = self._search(self._origin), self.hits
            self._worker = self._reader.run_worker(
                lambda: self._collect(found, search, wanted), thread=True
            )
        self._reader.show_hits()

    def _collect(self, found: Hits, search: Search, wanted: Wanted) -> None:
        """In a thread: hand over what is found, a few times a second."""
        app = self._reader.app
        waiting: list[Span] = []
        handed = 0.0
        try:
            for batch in search(wanted):
                if found is not self.hits:
                    return
                waiting += batch
                if waiting and (not handed or monotonic() - handed > _BATCH_SECONDS):
                    app.call_from_thread(self._take, found, waiting, False)
                    waiting, handed = [], monotonic()
        except FlorilegiumError as error:
            self.wrong = str(error)
        app.call_from_thread(self._take, found, waiting, True)

    def _take(self, found: Hits, batch: list[Span], complete: bool) -> None:
        """On the screen: keep hits, and go to the first."""
        if found is not self.hits:
            return
        for hit in batch:
            if hit.start >= self._origin:
                found.after.append(hit)
            else:
                # The slice that the search began in may hold hits before the caret.
                insort(found.before, hit)
        found.complete = complete
        if self.current is None and len(found):
            self.current = found.after[0] if found.after else found.before[0] if complete else None
            if self.current is not None:
                self._page.go_to(self.current.start)
                self._page.reveal(self.current)
        self._reader.show_hits()

    def step(self, steps: int) -> None:
        """Go to another hit, around the ends of the document."""
        if not len(self.hits):
            return
        caret = self._page.caret
        index = self.hits.from_(caret)
        here = index < len(self.hits) and self.hits[index].start == caret
        index += steps - (steps > 0 and not here)
        self.current = self.hits[index % len(self.hits)]
        self._page.go_to(self.current.start)
        self._page.reveal(self.current)
        self._reader.show_hits()

    def decorations(self, start: int, end: int) -> Iterator[Decoration]:
        """The hits that touch a span."""
        for hit in self.hits.touching(start, end):
            layer = Layer.CURRENT_HIT if hit == self.current else Layer.HIT
            yield Decoration(hit.start, hit.end, layer=layer)
