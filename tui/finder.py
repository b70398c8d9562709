"""The search in the open document: what was found, and which hit is the current one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import chain
from time import monotonic
from typing import TYPE_CHECKING

from annotations.errors import FlorilegiumError
from annotations.model import Span
from annotations.text.span_list import SpanList
from tui.page.overlay import Decoration, Layer

if TYPE_CHECKING:
    from textual.worker import Worker

    from tui.desk import Search
    from tui.screens.reader import Reader
    from tui.widgets.reading_page import ReadingPage

_BATCH_SECONDS = 0.15
"""How often the thread that searches hands over what it has found."""


class Hits:
    """Hits in the order of the text, as they come in.

    The search goes from a little before its origin to the end, then from the start to there, so
    that what lies before the origin comes in two runs.

    Args:
        origin: Where the search began.
    """

    def __init__(self, origin: int = 0) -> None:
        self.origin = origin
        self._runs = (SpanList(), SpanList(), SpanList())
        self._last, self._wrapped = -1, False
        self.complete = False

    def extend(self, found: SpanList) -> None:
        """Take in what has been found since, without a step back in it."""
        if not len(found):
            return
        before, lead, after = self._runs
        self._wrapped = self._wrapped or found.starts[0] < self._last
        self._last = found.starts[-1]
        early, late = found.parted(self.origin)
        (before if self._wrapped else lead).extend(early)
        after.extend(late)

    def continued(self) -> Hits:
        """None yet, of the same search from here on."""
        more = Hits(self.origin)
        more._last, more._wrapped = self._last, self._wrapped
        return more

    def absorb(self, other: Hits) -> None:
        """Take in what another one, of the same search, has gathered since."""
        for run, more in zip(self._runs, other._runs, strict=True):
            run.extend(more)

    def __len__(self) -> int:
        return sum(map(len, self._runs))

    def __getitem__(self, index: int) -> Span:
        for run in self._runs:
            if index < len(run):
                return run[index]
            index -= len(run)
        raise IndexError(index)

    @property
    def first(self) -> Span | None:
        """The one to go to: the first from the origin on, or of the text where all is searched."""
        after = self._runs[2]
        if len(after):
            return after[0]
        return self[0] if self.complete and len(self) else None

    def touching(self, start: int, end: int) -> Iterator[Span]:
        """Those that share a position with a span."""
        return chain.from_iterable(run.touching(start, end) for run in self._runs)

    def from_(self, position: int) -> int:
        """The index of the first hit at or after a position; past the last if there is none."""
        passed = 0
        for run in self._runs:
            number = bisect_left(run.starts, position)
            passed += number
            if number < len(run):
                break
        return passed


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
        hidden = " in hidden text" if self._page.flow.hides(self.current) else ""
        return f"hit {self.hits.from_(self.current.start) + 1:,} of {count}{hidden}"

    def begin(self) -> None:
        """Search from the caret on, whatever is typed."""
        self._origin = self._page.caret
        self._reader.run_worker(_load, thread=True)

    def clear(self) -> None:
        """Forget what was found."""
        if self._worker is not None:
            self._worker.cancel()
        self._worker = None
        self.hits, self.current, self.wrong = Hits(self._origin), None, ""

    def leave(self) -> None:
        """Give up: back to where the search began."""
        self.clear()
        self._page.go_to(self._origin)
        self._reader.show_hits()

    def seek(self, text: str) -> None:
        """Search for other words."""
        from annotations.text.find import pattern

        shown = len(self.hits) > 0
        self.clear()
        self.text = text
        try:
            wanted = pattern(text, case=self.case, regex=self.regex) if text.strip() else None
        except FlorilegiumError as error:
            self.wrong = str(error)
            wanted = None
        if wanted is not None:
            search = self._search(self._origin)
            self._begin(lambda: search(wanted))
        self._tell(shown)

    def follow(self, batches: Callable[[], Iterator[SpanList]], position: int) -> None:
        """Show what was found otherwise, and go to the first hit from a position on.

        Args:
            batches: Gives the hits in the order of the text, in a thread.
            position: In positions of the page.
        """
        self.text, self._origin = "", position
        self.clear()
        self._begin(batches)

    def _begin(self, batches: Callable[[], Iterator[SpanList]]) -> None:
        found = self.hits
        self._worker = self._reader.run_worker(lambda: self._collect(found, batches), thread=True)

    def _collect(self, found: Hits, batches: Callable[[], Iterator[SpanList]]) -> None:
        """In a thread: hand over what is found, a few times a second."""
        app = self._reader.app
        batch = found.continued()
        handed = 0.0
        try:
            for spans in batches():
                if found is not self.hits:
                    return
                batch.extend(spans)
                if len(batch) and (not handed or monotonic() - handed > _BATCH_SECONDS):
                    app.call_from_thread(self._take, found, batch, False)
                    batch, handed = batch.continued(), monotonic()
        except FlorilegiumError as error:
            self.wrong = str(error)
        app.call_from_thread(self._take, found, batch, True)

    def _take(self, found: Hits, batch: Hits, complete: bool) -> None:
        """On the screen: keep hits, and go to the first."""
        if found is not self.hits:
            return
        found.absorb(batch)
        found.complete = complete
        if self.current is None and (first := found.first):
            self.current = first
            self._page.go_to(first.start)
            self._page.reveal(first)
        self._tell(len(batch) > 0)

    def _tell(self, changed: bool) -> None:
        """Show what has been found so far.

        Args:
            changed: There are other hits on the page: it has to be painted anew.
        """
        if changed:
            self._reader.show_hits()
        else:
            self._reader.refresh_lines()

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


def _load() -> None:
    """In a thread: load what a search needs, before the first letter is typed."""
    from annotations.text.find import pattern

    pattern("a").may_match("b")
